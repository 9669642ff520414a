"""Town lines and neighbours: who lives on either side, and what each pays for the same trip."""

import re
import shlex
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, File, Request, UploadFile
from starlette.responses import RedirectResponse, Response

from api.http.areas import in_words_of
from api.jobs.accepting import AREAS
from api.store.areas import LARGEST, LARGEST_SENT
from api.store.price_lists import PriceLists
from api.web import known, price_tables
from api.web.form import ELSEWHERE
from api.web.in_use import data_address, map_address, sent_areas
from api.web.level_labels import level_labels
from api.web.maps import picture_of
from api.web.own_data import AREA_LABELS
from api.web.page import language_of, render
from api.web.point_list import write_points
from api.web.prices import said_beside
from api.web.reading import Faults, day_text, read_day, read_whole
from api.web.ticks import elements_of, is_tick, ticks
from sim.desk.fairness import FairnessReport, fairness, published
from sim.desk.fairness.measure import DEFAULT_M, FARTHEST_M, NEAREST_M
from sim.desk.fairness.tables import people_table, price_table
from sim.desk.fairness.words import how_sure, sentences
from sim.geography.municipalities import find_municipality
from sim.geography.user_areas import geojson_bytes, read_user_areas
from sim.geography.zone_files.parts import GEOJSON
from tariffs import ServicePackage, load_municipal_choices, parse_package
from tariffs.elements import elements
from tariffs.errors import InputError, TakstlabError

router = APIRouter()
ADDRESS, MAP = "/byomraade", "/kort/byomraader.svg"
USUAL_MUNICIPALITY, OWN = "0316", "egne"
UNDER_OWN_DATA = {
    key: f"feltet »{danish}« på siden »Egne data«" for key, (danish, _) in AREA_LABELS.items()
}  # what a file leaves open is asked about there
MANY = ("omraade", "prisliste")
"""Parameters that an address may hold several times."""
ONE_OF = {
    "valg": ("", OWN),
    "bytakst": ("", "low", "high"),
    "by": ("", *elements()),
    "kommunetakst": ("", "1"),
}


@dataclass(frozen=True)
class LineForm:
    """The form's fields as they were written; their names are the address's parameters."""

    kommune: str = USUAL_MUNICIPALITY
    dag: str = ""
    afstand: str = str(DEFAULT_M)
    omraade: tuple[str, ...] = ()
    omraader: str = ""
    valg: str = ""
    kommunetakst: str = ""
    bytakst: str = ""
    by: str = ""
    prisliste: tuple[str, ...] = ()
    """Own price lists, prices:<id>."""

    @property
    def query(self) -> str:
        """The question as an address has it; what has its usual value is left out."""
        told = [("kommune", self.kommune), *(("omraade", zone) for zone in self.omraade)]
        told += [("prisliste", name) for name in self.prisliste]
        for field in fields(self):
            if field.name not in ("kommune", *MANY) and getattr(self, field.name) != field.default:
                told.append((field.name, getattr(self, field.name)))
        return urlencode(told)

    def elements(self) -> str:
        """The elements that are ticked, as a package is written."""
        return ", ".join(elements_of(self.kommunetakst, self.bytakst, self.by))

    def showing(self, package: ServicePackage) -> "LineForm":
        """Return the form with a package's ticks as one's own."""
        own = ticks(package)
        return replace(self, valg=OWN, kommunetakst=own["kommunetakst"], bytakst=own["bytakst"], by=own["by"])


@router.get(ADDRESS)
def page(request: Request) -> Response:
    """Show the town lines of a municipality."""
    faults = Faults()
    form = read_form(list(request.query_params.multi_items()), faults, request.app.state.today())
    try:
        with sent_areas(request.app.state.areas, form.omraader) as areas:
            return _show(request, form, faults, areas)
    except InputError as error:
        faults.add("", said_beside(error))
        return _show(request, replace(form, omraader=""), faults, None)


@router.post(ADDRESS)
def with_own_line(request: Request, fil: Annotated[UploadFile, File()]) -> Response:
    """Show the same for a line of the municipality's own; the file is read and forgotten."""
    faults = Faults()
    form = read_form(list(request.query_params.multi_items()), faults, request.app.state.today())
    if not fil.filename:
        return RedirectResponse(f"{ADDRESS}?{form.query}", status_code=303)
    largest = LARGEST if Path(fil.filename).suffix.lower() in GEOJSON else LARGEST_SENT
    content = fil.file.read(largest + 1)
    if len(content) > largest:
        faults.add("fil", f"Filen er over {largest // 1_000_000} MB; en bygrænse fylder sjældent mere end 100 KB")
        return _show(request, form, faults, None)
    name = re.sub(r"[^\w.\- ]", "_", Path(fil.filename).name)[-80:] or "byomraader.geojson"
    with TemporaryDirectory(prefix="takstlab-") as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        return _show(request, form, faults, path)


def read_form(pairs: list[tuple[str, str]], faults: Faults, today: date) -> LineForm:
    """Return the form that an address holds; no day is today."""
    told = [(key, value.strip()[:120]) for key, value in pairs if key not in ELSEWHERE and value.strip()]
    names = {field.name for field in fields(LineForm)}
    one: dict[str, Any] = {key: value for key, value in told if key in names and key not in MANY}
    for key in sorted({key for key, _ in told} - names):
        faults.add("", f"Adressen har et felt, som siden ikke kender: '{key[:40]}'")
    for key, allowed in ONE_OF.items():
        if one.get(key, "") not in allowed and not is_tick(key, one[key]):
            faults.add(key, f"'{one.pop(key)[:40]}' kan ikke vælges her")
    if "omraader" in one and not AREAS.fullmatch(one["omraader"]):
        faults.add("", f"'{one.pop('omraader')[:40]}' er ikke byområder, der er indlæst her; se »Egne data«")
    one.setdefault("dag", day_text(today.isoformat()))
    zones, lists = (tuple(value for key, value in told if key == name) for name in MANY)
    return LineForm(**one, omraade=zones, prisliste=lists)


def _show(request: Request, form: LineForm, faults: Faults, areas: Path | None) -> Response:
    store: PriceLists = request.app.state.price_lists
    usable = store.usable()
    if set(request.query_params) <= {"kommune", *ELSEWHERE}:
        form = replace(form, prisliste=tuple(kept.name for kept in usable))
    own_lists = _list_files(form, faults, store)
    report = _report(form, faults, areas, own_lists)
    language = language_of(request)
    response = render(
        request, "fairness.html.j2", 422 if faults else 200, form=form, faults=faults,
        municipalities=known.municipalities(), nearest=NEAREST_M, farthest=FARTHEST_M, query=form.query,
        shown=None if report is None else _shown(form, report, language),
        map=_map(report, form.omraader, areas, language) if report else None,
        usable=usable,
        levels=level_labels(read_day(form.dag, "", Faults()), own_lists, language),
        without_areas=f"{ADDRESS}?{replace(form, omraader='').query}",
        data=data_address(report.municipality.code if report else USUAL_MUNICIPALITY, ""),
    )  # fmt: skip
    # Under no-referrer a browser sends a form of ours with Origin: null, which the guard takes for another site's.
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def _map(report: FairnessReport, kept: str, file: Path | None, language: str) -> dict[str, str]:
    """Return what the map shows, a picture for who has no scripts, and where the line is drawn on."""
    code = report.municipality.code
    query, lines, points = _map_query(report, kept), "", ""
    picture = f"{MAP}?{query}{'&sprog=en' if language == 'en' else ''}"
    if file is not None and not kept:
        user = read_user_areas(file)
        lines = geojson_bytes(user).decode()
        picture, points = picture_of(code, lines.encode(), language), write_points(user.features)
    draw = map_address(code, "", brug="byomraade", **({"omraader": kept} if kept else {}))
    return {"code": code, "picture": picture, "areas": kept, "lines": lines, "points": points, "draw": draw,
            "zones": "" if kept or lines else query}  # fmt: skip


def _map_query(report: FairnessReport, areas: str) -> str:
    """Return what the map is asked: the municipality and the very town areas of the tables."""
    lines = [("omraader", areas)] if areas else [("omraade", line.name) for line in report.lines]
    return urlencode([("kommune", report.municipality.code), *lines])


def _list_files(form: LineForm, faults: Faults, store: PriceLists) -> tuple[Path, ...]:
    """Return the files of the own price lists that are ticked, none with what is wrong noted."""
    try:
        return store.places(form.prisliste)
    except TakstlabError as error:
        faults.add("prislister", said_beside(error))
        return ()


def _report(form: LineForm, faults: Faults, areas: Path | None, own_lists: tuple[Path, ...]) -> FairnessReport | None:
    day = read_day(form.dag, "dag", faults)
    metres = read_whole(form.afstand, "afstand", faults, kind="hele meter", example=str(DEFAULT_M))
    if metres is not None and not NEAREST_M <= metres <= FARTHEST_M:
        faults.add("afstand", f"Skriv hele meter fra {NEAREST_M} til {FARTHEST_M}")
    if faults or day is None or metres is None:
        return None
    try:
        code = find_municipality(form.kommune).code
        own = parse_package(form.elements()) if form.valg == OWN else None
        package = own or load_municipal_choices().choices(code, day).nearest
        return fairness(
            code, package, on=day, zones=form.omraade or None, areas=areas, distance_m=metres, tariff_files=own_lists
        )  # fmt: skip
    except TakstlabError as error:
        told = said_beside(in_words_of(UNDER_OWN_DATA, error))
        if areas is not None:
            told = told.replace(str(areas), areas.name)  # where the server put the file is nobody's business
        faults.add("fil" if areas else "", told)
        return None


def _shown(form: LineForm, report: FairnessReport, language: str) -> dict[str, Any]:
    told = published(report)
    choice = load_municipal_choices().choices(report.municipality.code, report.on)
    return {
        "name": report.municipality.name,
        "said": sentences(told, language),
        "people": people_table(told, language),
        "prices": price_table(told, language),
        "how_sure": how_sure(told, language),
        "elements": price_tables.package_words(report.package, language),
        "own": form.valg == OWN,
        "certainty": choice.certainty,
        "sources": list(dict.fromkeys(choice.sources)),
        "day": price_tables.day_words(report.on, language),
        "edition": report.edition,
        "distance": report.distance_m,
        "own_line": report.own_line,
        "own_address": f"{ADDRESS}?{form.showing(report.package).query}#valg",
        "in_force": f"{ADDRESS}?{replace(form, valg='', kommunetakst='', bytakst='', by='').query}",
        "command": None if report.own_line or form.prisliste else command(form, report),
    }


def command(form: LineForm, report: FairnessReport) -> str:
    """Return the command that gives the same figures."""
    words = ["takstlab", "fairness", "--municipality", report.municipality.code, "--on", report.on.isoformat()]
    words += ["--distance", str(report.distance_m)]
    words += [part for zone in form.omraade for part in ("--town-zone", zone)]
    elements = ",".join(report.package.elements()) or "grundtakst"
    return shlex.join([*words, "--elements", elements])
