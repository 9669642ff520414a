"""A table for people: a caption, names of columns, rows of cells."""

from dataclasses import dataclass

from sim.words.cells import Cell

OPTION = "valgmulighed"
ACROSS = ("tur", "borger", "måned")
"""What the rows of a table are that has the options across."""
IN_WORDS = frozenset({"linje", "gruppe", "alder", "turen begynder i", "forsøg", "ordning nu"})
"""Columns of words among columns of numbers, which are read from the left."""


@dataclass(frozen=True)
class Table:
    """A table: its caption, the names of its columns, and rows whose first cell names the row.

    ``ids`` are the columns by what they show, where something asks for them by that.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    ids: tuple[str, ...] = ()

    @property
    def rows_are_options(self) -> bool:
        """Say whether each row is named after an option: a name that somebody typed, in no language."""
        return self.header[0] == OPTION

    @property
    def in_words(self) -> frozenset[int]:
        """Return the places of the columns of words."""
        return frozenset(place for place, name in enumerate(self.header) if name in IN_WORDS)

    @property
    def columns_are_options(self) -> bool:
        """Say whether each column but the first is named after an option."""
        return self.header[0] in ACROSS and "passagerer" not in self.header
