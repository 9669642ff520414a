"""A table for people: a caption, names of columns, rows of cells."""

from dataclasses import dataclass

from sim.words.cells import Cell


@dataclass(frozen=True)
class Table:
    """A table: its caption, the names of its columns, and rows whose first cell names the row.

    ``ids`` are the columns by what they show, where something asks for them by that.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    ids: tuple[str, ...] = ()
