"""All municipalities at once: a package's figures over the 45 on a map and in a table, from the batches the server is given."""

import hashlib
from collections import OrderedDict
from dataclasses import dataclass, replace
from pathlib import Path as Folder
from threading import Lock
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from api.http.batches import BatchParameters, View, batch_rows
from api.http.replies import SHORT, kept_reply
from api.store.errors import NotFoundError
from api.web.form import read_plan
from api.web.option_form import option_of
from api.web.page import language_of, render, translator
from sim.telling.drawing.drawing import NARROW, WIDE, Drawing
from sim.words.figure import Figure
from tariffs import Certainty, parse_package
from tariffs.certainty import TEXTS
from tariffs.errors import DataError, InputError

router = APIRouter()
Name = Annotated[str, Path(max_length=60)]
Rows = list[dict[str, Any]]
KEPT = 4


@dataclass(frozen=True)
class Measure:
    """What the map shows: a column of the packages in ``part`` of its unit, perhaps for each resident."""

    column: str
    da: str
    en: str
    unit: str
    part: float
    decimals: int
    change: bool = False
    each: bool = False


MEASURES = {
    "aendring": Measure(
        "net_cost_change_oere", "ændring i nettoudgift pr. indbygger", "change in net cost per resident",
        "kr. pr. indbygger om året", 100, 1, change=True, each=True,
    ),
    "aendring_ialt": Measure(
        "net_cost_change_oere", "ændring i nettoudgift", "change in net cost", "mio. kr. om året", 1e8, 2, change=True
    ),
    "passagerer": Measure(
        "passengers_change_percent", "ændring i passagerer", "change in passengers", "procent", 1, 0, change=True
    ),
    "udgift": Measure(
        "net_cost_oere", "nettoudgift pr. indbygger", "net cost per resident", "kr. pr. indbygger om året", 100, 1,
        each=True,
    ),
    "pr_passager": Measure(
        "net_cost_per_passenger_oere", "nettoudgift pr. passager", "net cost per passenger", "kr. pr. passager", 100, 0
    ),
}  # fmt: skip
"""What can be chosen, the first by default."""


@dataclass(frozen=True)
class Asked:
    """What the page shows of a batch: the year, the package by its number, and the measure."""

    year: int
    package: int
    measure: str

    @property
    def query(self) -> str:
        """The same as the address has it."""
        return urlencode({"aar": self.year, "pakke": self.package, "maal": self.measure})


@router.get("/batch")
def listed(request: Request) -> Response:
    """Show which batches there are."""
    found = []
    for name, folder in sorted(request.app.state.batches.items()):
        try:
            rows = _rows(name, folder)
        except DataError as error:
            found.append({"name": name, "wrong": error.why})
            continue
        found.append({
            "name": name, "wrong": "", "municipalities": len({row["municipality"] for row in rows}),
            "packages": len({row["option"] for row in rows}), "years": sorted({row["year"] for row in rows}),
        })  # fmt: skip
    return render(request, "batches.html.j2", batches=found)


@router.get("/batch/{batch}")
def shown(request: Request, batch: Name) -> Response:
    """Show one measure of one package in every municipality."""
    rows = _rows(batch, _folder(request, batch))
    asked = _asked(request, rows)
    measure, language = MEASURES[asked.measure], language_of(request)
    drawn = _drawing(rows, asked, WIDE)
    names = {row["option"]: row["option_name"] for row in rows}
    return render(
        request, "batch.html.j2", batch=batch, asked=asked, measure=measure, drawn=drawn,
        names=names, base=names[1], is_base=measure.change and asked.package == 1,
        choices={
            "aar": [(year, year) for year in sorted({row["year"] for row in rows})],
            "pakke": sorted(names.items()),
            "maal": [(key, _capital(translator(language)(m.da, m.en))) for key, m in MEASURES.items()],
        },
        rows=_table(rows, asked, drawn), fares=_fares(_chosen(rows, asked)),
    )  # fmt: skip


@router.get("/batch/{batch}/kort.svg")
def picture(request: Request, batch: Name) -> Response:
    """Send the map."""
    rows = _rows(batch, _folder(request, batch))
    width = NARROW if request.query_params.get("smal") else WIDE
    drawn = _drawing(rows, _asked(request, rows), width)
    return kept_reply(request, drawn.svg.encode(), "image/svg+xml", cache=SHORT)


def _folder(request: Request, batch: str) -> Folder:
    folder: Folder | None = request.app.state.batches.get(batch)
    if folder is None:
        raise NotFoundError("Der er ingen batch med det navn", next_step="se dem på siden Alle kommuner")
    return folder


_kept: OrderedDict[tuple[str, str], Rows] = OrderedDict()
_lock = Lock()


def _rows(batch: str, folder: Folder) -> Rows:
    """Return a batch's packages, kept for as long as its manifest stays as it is; raises DataError when it is not whole."""
    try:
        key = str(folder), hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()
    except OSError:
        key = str(folder), ""
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    found: Rows = batch_rows(batch, folder, View.PACKAGES, BatchParameters()).to_pylist()
    with _lock:
        _kept[key] = found
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return found


def _asked(request: Request, rows: Rows) -> Asked:
    """Return what the address asks for; raises InputError for what the batch does not have."""
    query = request.query_params
    years, packages = sorted({row["year"] for row in rows}), sorted({row["option"] for row in rows})
    told = {
        "aar": query.get("aar") or str(years[0]),
        "pakke": query.get("pakke") or str(packages[min(1, len(packages) - 1)]),
        "maal": query.get("maal") or next(iter(MEASURES)),
    }
    allowed = {"aar": [str(y) for y in years], "pakke": [str(p) for p in packages], "maal": list(MEASURES)}
    for key, text in told.items():
        if text not in allowed[key]:
            raise InputError("Batchen har ikke det, der spørges om", where=key, next_step="vælg på siden i stedet")
    return Asked(int(told["aar"]), int(told["pakke"]), told["maal"])


def _chosen(rows: Rows, asked: Asked) -> dict[str, dict[str, Any]]:
    return {row["municipality"]: row for row in rows if (row["year"], row["option"]) == (asked.year, asked.package)}


def _fares(chosen: dict[str, dict[str, Any]]) -> list[tuple[str, str]]:
    """Say in both languages how surely the fares of a package are known, where they are not Movia's own list."""
    unsure = {row["fares"] for row in chosen.values()} - {None, Certainty.KNOWN}
    return [TEXTS[certainty] for certainty in Certainty if certainty in unsure]


def _figure(row: dict[str, Any], measure: Measure) -> Figure | None:
    """Return a row's figure in the measure's unit, None where nobody has it."""
    mean, p10, p90 = (row[f"{measure.column}_{part}"] for part in ("mean", "p10", "p90"))
    if mean is None or p10 is None or p90 is None:
        return None
    over = measure.part * (_residents(row["municipality"], row["year"]) if measure.each else 1)
    return Figure(mean, p10, p90).over(over)


def _residents(code: str, year: int) -> int:
    from sim.inputs.assumptions import load_assumptions
    from sim.riders.demand.population import residents

    return residents(code, year, load_assumptions()).everyone


def _drawing(rows: Rows, asked: Asked, width: int) -> Drawing:
    from sim.telling.drawing.choropleth import choropleth

    measure, chosen = MEASURES[asked.measure], _chosen(rows, asked)
    figures = {code: _figure(row, measure) for code, row in chosen.items()}
    name = next(iter(chosen.values()))["option_name"]
    return choropleth(
        figures, f"{name}: {measure.da}", measure.unit, decimals=measure.decimals, change=measure.change, width=width
    )


def _table(rows: Rows, asked: Asked, drawn: Drawing) -> list[dict[str, Any]]:
    """Return the municipalities by name, each with its figure as the map's table has it and where it can be tried."""
    chosen = {row["municipality_name"]: row for row in _chosen(rows, asked).values()}
    told = []
    for name, value, interval in drawn.table.rows:
        row = chosen.get(name.text)
        if row is not None:
            told.append({
                "name": name.text, "value": value.text, "interval": interval.text, "status": row["status"],
                "certainty": row["certainty"], "n": row["replications"] + row["draws"] if row["status"] == "ok" else None,
                "address": _builder(row),
            })  # fmt: skip
    return told


def _builder(row: dict[str, Any]) -> str:
    """Return the municipality's own comparison with the package beside what it has today."""
    plan = read_plan([("kommune", row["municipality"]), ("aar", str(row["year"]))], row["year"])
    elements = "" if row["elements"] == "grundtakst" else row["elements"]
    package = option_of(parse_package(elements), plan.levels, row["option_name"])
    return replace(plan, options=(plan.options[0], package)).following().address


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
