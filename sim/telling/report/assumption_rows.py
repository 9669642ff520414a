"""The assumptions of a comparison as rows: what the user changed first in sight, every one of them listed."""

from sim.answer.records import Answer
from sim.answer.records.basis import AssumptionUsed, Number
from sim.telling.report.phrases import MARKS
from sim.words.cells import Cell, between, plain_number
from sim.words.table import Table

CHANGED = "ændret i denne beregning"
OUTSIDE = "uden for spændet"
FIXED = "uden spænd"
WEIGHTY = (
    "volume_spread", "town_share", "cross_border_share", "online_share", "party_size_shares",
    "operator_driving_kr_per_hour", "operator_waiting_share", "price_level",
)  # fmt: skip
"""Those that move the answer most, in the order they are shown when there is room for a few."""


def value_text(value: Number | tuple[Number, ...]) -> str:
    """Return an assumption's value, numbers of a list with semicolons between.

    >>> value_text((0.84, 0.13))
    '0,84; 0,13'
    """
    return "; ".join(plain_number(v) for v in value) if isinstance(value, tuple) else plain_number(value)


def range_text(assumption: AssumptionUsed) -> str:
    """Return the range in which the value may lie."""
    if assumption.range:
        return str(assumption.range)
    low, high = assumption.low, assumption.high
    if low is None or high is None:
        return "ikke angivet"
    return FIXED if low == high else between(low, high, plain_number)


def remark(assumption: AssumptionUsed) -> str:
    """Say whether the user changed or replaced the value, and whether it lies outside its range."""
    replaced = assumption.replaced_by
    remarks = (
        CHANGED if assumption.overridden else "",
        OUTSIDE if assumption.outside_range else "",
        f"erstattet af {replaced}" if replaced else "",
    )
    return ", ".join(filter(None, remarks))


def assumptions_table(comparison: Answer) -> Table:
    """Return all assumptions, in their own order."""
    rows = tuple(
        (
            Cell(a.statement, a.id), Cell(value_text(a.value), remark(a)), Cell(range_text(a)), Cell(a.unit),
            Cell(a.mark), Cell(a.source),
        )
        for a in comparison.assumptions
    )  # fmt: skip
    return Table("Alle forudsætninger", ("udsagn", "værdi", "spænd", "enhed", "mærke", "kilde"), rows)


def weighty_lines(comparison: Answer) -> list[str]:
    """Return one line for each assumption that the user changed, then for those that usually move the answer most."""
    listed = {a.id: a for a in comparison.assumptions}
    changed = [a for a in listed.values() if a.overridden or a.outside_range]
    known = {a.id for a in changed}
    own = comparison.volume.origin == "own"
    usual = [
        listed[name]
        for name in WEIGHTY
        if name in listed and name not in known and not (own and name == "volume_spread")
    ]
    return [_line(a) for a in changed + usual]


def _line(assumption: AssumptionUsed) -> str:
    said = remark(assumption)
    lead = f"{said.upper()}: " if said else ""
    spread = range_text(assumption)
    spread = spread if spread == FIXED else f"spænd {spread}"
    return (
        f"{lead}{assumption.statement}: {value_text(assumption.value)}"
        f" ({assumption.unit}; {spread}; {MARKS.get(assumption.mark, assumption.mark)})"
    )
