"""The change between two answers as tables and sentences for people."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from sim.answer.quantities import cells
from sim.desk.changed.causes import UNKNOWN
from sim.desk.changed.shares import CHANGE, NET, PARTED, REST
from sim.words.cells import Cell, Formatter, between, percent, signed
from sim.words.numbers import OERE_PER_KRONE, danish, kroner, nearest
from sim.words.table import Table

NAMES = {
    **{q.key: f"{q.da}, kr." if q.is_money else q.da for q in cells()},
    "net_cost_change_oere": "mer-/mindreudgift, kr.",
    "net_cost_change_percent": "mer-/mindreudgift, procent",
    "trips_change": "ændring i antal ture",
    "part_year_change_oere": "virkning i budgetåret, kr.",
}
CHANGES = ("net_cost_change_oere", "net_cost_change_percent", "trips_change", "part_year_change_oere")
STEPS = {"year": "året", "price_level": "prisniveau", "volume": "passagertal", "town_zones": "byområder"}
BEFORE, NOW, MOVED = "før", "nu", "forskel"
RANGES = "Intervaller, der er ændret (flytter usikkerheden)"


def figures_table(option: dict[str, Any]) -> Table:
    """Return one option's old and new figures side by side, with their intervals and the difference."""
    rows = []
    for figure in option["figures"]:
        key = figure["key"]
        nowhere = figure["old"] is None and figure["new"] is None
        if nowhere or (option["today"] and key in CHANGES):
            continue
        shown = _shown(key)
        one = signed(shown) if key in CHANGES else shown
        moved = figure["difference"]
        rows.append(
            (Cell(NAMES[key]), _figure(figure["old"], one), _figure(figure["new"], one),
             Cell(UNKNOWN if moved is None else signed(shown)(moved)))
        )  # fmt: skip
    return Table(f"{option['name']}: før og nu", ("", BEFORE, NOW, MOVED), tuple(rows))


def _shown(key: str) -> Formatter:
    if key == "net_cost_per_passenger_oere":
        return partial(kroner, decimals=2)
    if key.endswith("_percent"):
        return percent
    return kroner if key.endswith("_oere") else danish


def _figure(figure: dict[str, Any] | None, shown: Formatter) -> Cell:
    if figure is None:
        return Cell(UNKNOWN)
    return Cell(shown(figure["mean"]), f"({between(figure['p10'], figure['p90'], shown)})")


def parts_table(option: dict[str, Any], report: dict[str, Any]) -> Table | None:
    """Return what each cause adds to one option's figures, from the old to the new; None when one answer has not the option.

    In whole kroner and trips; the rest takes the roundings, so that each column adds up as it is shown.
    """
    if not option["parts"]:
        return None
    keys = [key for key in PARTED if key != CHANGE or not option["today"]]
    figures = {figure["key"]: figure for figure in option["figures"]}
    columns = [_column(key, figures[key], option["parts"]) for key in keys]
    names = [BEFORE, *(cause_name(part["cause"], report) for part in option["parts"]), NOW]
    rows = tuple((Cell(name), *(column[n] for column in columns)) for n, name in enumerate(names))
    return Table(f"{option['name']}: hvad forskellen kommer af", ("", *(NAMES[key] for key in keys)), rows)


def _column(key: str, figure: dict[str, Any], parts: Sequence[dict[str, Any]]) -> list[Cell]:
    """Return one figure from the old through its parts to the new."""
    unit = OERE_PER_KRONE if key.endswith("_oere") else 1
    before, now = (nearest(figure[end]["mean"] / unit) for end in ("old", "new"))
    steps = [nearest(part[key] / unit) for part in parts[:-1]]
    moved = [*steps, now - before - sum(steps)]
    ends_shown = signed(danish) if key == CHANGE else danish
    return [Cell(ends_shown(before)), *(Cell(signed(danish)(amount)) for amount in moved), Cell(ends_shown(now))]


def cause_name(cause: str, report: dict[str, Any]) -> str:
    """Return what a part is called; an assumption by its statement, the rest by what in it has changed."""
    if cause == REST:
        return str(report["rest"])
    statement: str = next((c["statement"] for c in report["causes"] if c["id"] == cause), cause)
    return STEPS.get(cause, statement.removesuffix(f" ({cause.removeprefix('assumption:')})"))


def causes_table(report: dict[str, Any]) -> Table | None:
    """Return what is different besides the figures, None when nothing is; ranges that moved are counted apart."""
    rows = tuple(
        (Cell(cause["statement"]), Cell(cause["old"]), Cell(cause["new"]))
        for cause in report["causes"]
        if cause["kind"] != "range"
    )
    return Table("Årsager", ("hvad", BEFORE, NOW), rows) if rows else None


def ranges_table(report: dict[str, Any]) -> Table | None:
    """Return the assumptions of which only the range moved: they move intervals, not the middle."""
    rows = tuple(
        (Cell(cause["statement"]), Cell(cause["old"]), Cell(cause["new"]))
        for cause in report["causes"]
        if cause["kind"] == "range"
    )
    return Table(RANGES, ("forudsætning", BEFORE, NOW), rows) if rows else None


def sentences(report: dict[str, Any]) -> list[str]:
    """Return for each option what its figure was and is, and what moved it most."""
    return [said for option in report["options"] if (said := _sentence(option, report))]


def _sentence(option: dict[str, Any], report: dict[str, Any]) -> str:
    name, key = option["name"], NET if option["today"] else CHANGE
    if not option["in_old"]:
        return f"{name} er ikke i det gamle svar."
    if not option["in_new"]:
        return f"{name} er ikke i det nye scenarie."
    figure = next(f for f in option["figures"] if f["key"] == key)
    before, now = (_amount(figure[end]["mean"], plain=option["today"]) for end in ("old", "new"))
    if figure["difference"] == 0:
        return f"{name}: uændret, {now} om året."
    inside = figure["old"]["p10"] <= figure["new"]["mean"] <= figure["old"]["p90"]
    most = max(option["parts"], key=lambda part: abs(part[key]))
    why = f"{cause_name(most['cause'], report)} ({signed(kroner)(most[key])} kr.)"
    place = "inden for" if inside else "uden for"
    return f"{name}: før {before} om året, nu {now}, {place} det gamle interval. Størst betydning har {why}."


def _amount(oere: float, *, plain: bool) -> str:
    """Return a net cost, or a change in it, in words."""
    if plain:
        return f"en nettoudgift på {kroner(oere)} kr."
    kind = "mindreudgift" if oere < 0 else "merudgift"
    return f"en {kind} på {kroner(abs(oere))} kr."


def made_words(report: dict[str, Any]) -> str:
    """Say which builds made the two answers."""
    old, new = report["old"], report["new"]
    first = f"Takstlab {old['takstlab']}" if old["takstlab"] else "en ukendt udgave af Takstlab"
    return f"Før: regnet med {first}. Nu: regnet igen med Takstlab {new['takstlab'] or UNKNOWN}."


__all__ = ["causes_table", "figures_table", "made_words", "parts_table", "ranges_table", "sentences"]
