"""The first rows of a file as they are understood, and what is wrong with the others, for a person to look at."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.inputs.intake.cells import HIDDEN, Faults, told_of
from sim.inputs.intake.door import Judged
from sim.inputs.intake.workbook import rows_named
from sim.inputs.intake.zones import zone_map

MOST_ROWS = 6
MOST_GROUPS = 10
MOST_NUMBERS = 6
UNPLACED = "(ikke placeret)"
"""What stands for an end that is no known place, or whose trips are left out."""
SHOWN = (
    "date",
    "time",
    "booked_at",
    "from",
    "to",
    "passengers",
    "children",
    "price",
    "channel",
    "standing",
    "status",
    "product",
)
"""What is shown of a trip; its ends by the names of their zones."""


@dataclass(frozen=True)
class FaultGroup:
    """Rows whose cell of one column is wrong in one way: how many, which the first are, what stands in one, and what should."""

    column: str
    count: int
    rows: str
    cell: str
    expects: str


def first_rows(file: Judged, most: int = MOST_ROWS) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    """Return the pieces of a trip that the file has, and the first trips without a fault by their row in the file."""
    good = ~file.reader.blank
    for _, rows, _, _ in file.reader.faults.parts:
        good[rows] = False
    has = {key.removesuffix(part) for key in file.fields for part in ("", "_lat", "_x", "_zone")}
    pieces = [key for key in SHOWN if key in has or key == "time"]
    zones = zone_map(file.municipality)
    names = dict(zip(zones.ids, zones.region.name, strict=True))
    trips = []
    for row in np.flatnonzero(good)[:most].tolist():
        cells = {
            key: _text(file.columns[f"{key}_zone" if key in ("from", "to") else key][row].as_py()) for key in pieces
        }
        for end, place in zip(("from", "to"), file.reader.ends, strict=True):
            cells[end] = names[cells[end]] if place.zone[row] >= 0 else UNPLACED
        if "status" in cells:
            cells["status"] = "aflyst" if file.columns["cancelled"][row] else cells["status"] or "udført"
        trips.append((row + file.opened.table.first_row, cells))
    return pieces, trips


def grouped(faults: Faults, most: int = MOST_GROUPS) -> list[FaultGroup]:
    """Return the faults by column and kind, those of most rows first, at most so many."""
    groups = []
    for column, rows, expects, texts in faults.parts:
        numbers = (rows[:MOST_NUMBERS] + faults.first_row).tolist()
        shown = rows_named(tuple(numbers)) + (" og flere" if len(rows) > MOST_NUMBERS else "")
        cell = HIDDEN if texts is None else told_of(texts, int(rows[0]))
        groups.append(FaultGroup(column, len(rows), shown, cell, expects))
    return sorted(groups, key=lambda group: -group.count)[:most]


def _text(value: Any) -> str:
    return "" if value is None else str(value)
