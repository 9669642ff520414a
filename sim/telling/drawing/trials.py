"""The published trials beside what is calculated here."""

from sim.answer.records import Answer
from sim.answer.records.trials import Trial
from sim.telling.drawing.drawing import WIDE, Drawing
from sim.telling.drawing.figures_in_words import HARD, INTERVAL, sentences
from sim.telling.drawing.rows import Axis, Line, Marks, Row, interval, row_chart
from sim.telling.drawing.scale import Scale
from sim.telling.drawing.svg import INK, PALE, box, document
from sim.telling.report.experiments_section import RESEMBLANCE, experiments_table, trips_cell
from sim.words.cells import Cell, between, percent_cell, signed
from sim.words.figure import Range
from sim.words.numbers import danish

TITLE = "Forsøgene ved siden af det, der er beregnet"


def trials(comparison: Answer, width: int = WIDE) -> Drawing | None:
    """Draw each change's published range as a box over what is calculated; None where there is nothing to hold it against."""
    entries, table = comparison.experiments or (), experiments_table(comparison)
    rows, values, clauses = [], [], []
    for entry in entries:
        lines = []
        published, predicted = next(iter(entry.published), None), entry.predicted
        for name, trial, here in (
            (
                "ture",
                published.trips_percent if published else entry.bounds_trips_percent,
                predicted.trips_percent if predicted else None,
            ),
            ("udgift", published.cost_percent if published else None, predicted.cost_percent if predicted else None),
        ):
            if trial is not None:
                how = "forsøget" if entry.published else "forsøgene tillader"
                lines.append(Line(f"{name}, {how}: {_range(trial)}", _box(trial)))
                values += [trial.low, trial.high]
            if here:
                said = _predicted(trips_cell(comparison, entry.option, here) if name == "ture" else percent_cell(here))
                lines.append(Line(f"{name}, beregnet: {said}", interval(here, 1, hollow=not here.sign_is_sure)))
                values += here.numbers
                clauses.append(_clause(entry, name, said, trial))
        if lines:
            heading = f"{entry.option}: {entry.change} ({RESEMBLANCE[entry.resemblance]})"
            rows.append(Row(heading, tuple(lines)))
    if not rows or table is None:
        return None
    parts, height = row_chart(rows, Axis(tuple(values), "ændring i procent", "færre", "flere"), width)
    alt = f"{sentences(clauses or [entry.text for entry in entries])} {INTERVAL if clauses else ''}".replace(
        HARD, " "
    ).strip()
    return Drawing("trials", TITLE, alt, document("trials", width, height, TITLE, alt, parts), table)


def _clause(entry: Trial, name: str, said: str, trial: Range | None) -> str:
    against = "" if trial is None else f" mod {_range(trial)} i forsøgene"
    return f"{entry.option}: {name} {said}{against}"


def _predicted(cell: Cell) -> str:
    """Return a predicted change with its interval, as the table behind the drawing has it."""
    return str(cell).replace(" %", f"{HARD}%")


def _range(percent: Range) -> str:
    low, high = sorted((percent.low, percent.high), key=abs)
    shown = signed(danish)
    return f"{shown(low) if low == high else between(low, high, shown)}{HARD}%"


def _box(percent: Range) -> Marks:
    def marks(across: Scale, y: float) -> str:
        left, right = across(percent.low), across(percent.high)
        return box(left, y - 8, max(right - left, 2.0), 16, PALE, INK)

    return marks
