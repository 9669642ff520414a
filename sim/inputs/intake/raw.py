"""A file's columns as text, before any cell is judged."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa


@dataclass(frozen=True)
class RawTable:
    """A file's columns as text by name (some dictionary-encoded), so that no row is ever lost on the way.

    Attributes
    ----------
    broken : by row number from 0, why a row does not fit the columns at all
    numeric : names of the columns that the file stores as numbers; their text has a decimal point
    stored : of columns of numbers and texts, the texts that are stored numbers, with a decimal point whatever the others have
    delimiter, excel : a CSV file's dress (``excel`` is BOM and semicolons)
    first_row : the number, in the file, of the first row after the header
    notes : what is to be said of how the file was read, in Danish
    maybe_shares : names of the columns with a number between 0 and 1 that the file may show as per cent
    repeats : the rows that are an earlier one over again, where columns that tell them apart are not here; else None
    """

    columns: dict[str, pa.Array]
    rows: int
    broken: dict[int, str]
    numeric: frozenset[str] = frozenset()
    stored: Mapping[str, frozenset[str]] = field(default_factory=dict)
    delimiter: str = ","
    excel: bool = False
    first_row: int = 2
    notes: tuple[str, ...] = ()
    repeats: tuple[int, ...] | None = None
    maybe_shares: frozenset[str] = frozenset()


MOST_ABOVE = 30
"""Rows in which the one with the columns' names is looked for."""
FEWEST_KNOWN = 3
"""Names of fields that a row under the first must have to be it."""


def heading_place(rows: Sequence[list[str]], known: Callable[[list[str]], int]) -> int:
    """Return which row holds the columns' names: the one with most names of fields, the first that is not empty if none has any.

    >>> heading_place([["Flextur 2019", ""], [], ["dato", "tid"], ["3.8.", ""]], lambda names: 3 * names.count("dato"))
    2
    """
    filled = [place for place, row in enumerate(rows) if any(row)]
    first = filled[0] if filled else 0
    counts = {place: known(rows[place]) for place in filled if place < MOST_ABOVE}
    best = max(counts, key=lambda place: counts[place], default=first)
    return best if counts.get(best, 0) >= FEWEST_KNOWN and counts[best] > counts[first] else first


def text_above(rows: int) -> str:
    """Return what is told of rows that stand above the columns' names."""
    return f"Over kolonnenavnene er sprunget over: {row_count(rows)} med tekst."


def row_count(rows: int) -> str:
    """Return a number of rows in words.

    >>> row_count(1), row_count(2_000)
    ('1 række', '2.000 rækker')
    """
    return "1 række" if rows == 1 else f"{rows:,} rækker".replace(",", ".")
