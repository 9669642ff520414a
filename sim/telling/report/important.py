"""The five assumptions that matter most, as a table for every report."""

from collections.abc import Sequence

from sim.answer.records.basis import Swing
from sim.telling.report.printed import UNIT
from sim.words.cells import Cell, plain_number
from sim.words.figure import Figure
from sim.words.rounding import Printed, thousands_for
from sim.words.table import Table

HEADING = "De fem forudsætninger, der betyder mest"
FITTED = "10-90 % af kurverne"


def most_important_table(rows: Sequence[Swing] | None) -> Table | None:
    """Return the five with the answer at their low and high value, None where the comparison does not name them."""
    if not rows:
        return None
    shown = printed_for(rows)
    caption = (
        f"{HEADING}. Skøn med en formel (ikke simulering), {rows[0].target}, {UNIT}; centralt"
        f" {shown(rows[0].central_oere)}; én forudsætning ad gangen, køretimens pris følger med"
    )
    return Table(
        caption,
        ("forudsætning", "fra", "til", "ved lav værdi", "ved høj værdi"),
        tuple(
            (
                Cell(row.statement, row.id), _value(row.low), _value(row.high),
                Cell(shown(row.low_oere)), Cell(shown(row.high_oere)),
            )
            for row in rows
        ),
    )  # fmt: skip


def printed_for(rows: Sequence[Swing]) -> Printed:
    """Return how the answers at low and high values are printed: so that the two ends are told apart; changes with signs."""
    shown = thousands_for(Figure.known(row.high_oere - row.low_oere) for row in rows)
    return shown.with_plus() if rows[0].target.startswith("mer-") else shown


def _value(value: float | None) -> Cell:
    if value is None:
        return Cell(FITTED)
    return Cell(plain_number(round(value) if abs(value) >= 1000 else value))
