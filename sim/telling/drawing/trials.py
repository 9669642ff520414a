"""The published trials beside what is calculated here."""

from collections.abc import Mapping

from sim.telling.drawing.drawing import WIDE, Drawing
from sim.telling.drawing.rows import Axis, Line, Marks, Row, interval, row_chart
from sim.telling.drawing.said import HARD, INTERVAL, sentences
from sim.telling.drawing.scale import Scale
from sim.telling.drawing.svg import INK, PALE, box, document
from sim.telling.report.experiments_section import RESEMBLANCE, experiments_table
from sim.words.cells import Json, between, sign_is_sure, signed
from sim.words.numbers import danish

TITLE = "Forsøgene ved siden af det, der er beregnet"
SIDES = (("trips_percent", "ture"), ("cost_percent", "udgift"))


def trials(comparison: Json, width: int = WIDE) -> Drawing | None:
    """Draw each change's published range as a box over what is calculated; None where there is nothing to hold it against."""
    entries, table = comparison.get("experiments") or (), experiments_table(comparison)
    rows, values, clauses = [], [], []
    for entry in entries:
        lines = []
        for key, name in SIDES:
            trial = entry["published"][0][key] if entry["published"] else None
            if trial is None and key == "trips_percent":
                trial = entry["bounds_trips_percent"]
            if trial is not None:
                how = "forsøget" if entry["published"] else "forsøgene tillader"
                lines.append(Line(f"{name}, {how}: {_range(trial)}", _box(trial)))
                values += [trial["low"], trial["high"]]
            here = entry["predicted"] and entry["predicted"][key]
            if here:
                said = f"{signed(danish)(here['mean'])}{HARD}% ({between(here['p10'], here['p90'], signed(danish))})"
                lines.append(Line(f"{name}, beregnet: {said}", interval(here, 1, hollow=not sign_is_sure(here))))
                values += [here[end] for end in ("mean", "p10", "p90")]
                clauses.append(_clause(entry, name, said, trial))
        if lines:
            heading = f"{entry['option']}: {entry['change']} ({RESEMBLANCE[entry['resemblance']]})"
            rows.append(Row(heading, tuple(lines)))
    if not rows or table is None:
        return None
    parts, height = row_chart(rows, Axis(tuple(values), "ændring i procent", "færre", "flere"), width)
    alt = f"{sentences(clauses or [entry['text'] for entry in entries])} {INTERVAL if clauses else ''}".replace(
        HARD, " "
    ).strip()
    return Drawing("trials", TITLE, alt, document("trials", width, height, TITLE, alt, parts), table)


def _clause(entry: Json, name: str, said: str, trial: Mapping[str, float] | None) -> str:
    against = "" if trial is None else f" mod {_range(trial)} i forsøgene"
    return f"{entry['option']}: {name} {said}{against}"


def _range(percent: Mapping[str, float]) -> str:
    low, high = sorted(percent.values(), key=abs)
    shown = signed(danish)
    return f"{shown(low) if low == high else between(low, high, shown)}{HARD}%"


def _box(percent: Mapping[str, float]) -> Marks:
    def marks(across: Scale, y: float) -> str:
        left, right = across(percent["low"]), across(percent["high"])
        return box(left, y - 8, max(right - left, 2.0), 16, PALE, INK)

    return marks
