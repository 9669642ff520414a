"""The report's tables cut to the width of a page: fewer columns at a time, or rows and columns changed about."""

from sim.words.cells import Cell
from sim.words.table import Table


def picked(table: Table, columns: tuple[str, ...], caption: str) -> Table:
    """Return the columns of these names that the table has, in this order, after its first.

    >>> from sim.words.cells import Cell
    >>> wide = Table("t", ("valg", "a", "b", "c"), ((Cell("x"), Cell("1"), Cell("2"), Cell("3")),))
    >>> picked(wide, ("c", "a", "findes ikke"), "smal").header
    ('valg', 'c', 'a')
    """
    places = [0, *(table.header.index(name) for name in columns if name in table.header)]
    rows = tuple(tuple(row[place] for place in places) for row in table.rows)
    return Table(caption, tuple(table.header[place] for place in places), rows)


def transposed(table: Table, corner: str) -> Table:
    """Return the table with a row for each of its columns, which bear the names that its rows had.

    Raises ValueError when a row has a remark under its name, which a column's name has no room for.
    """
    if any(row[0].under for row in table.rows):
        raise ValueError(f"{table.caption}: en kolonne har ikke plads til en bemærkning under navnet")
    header = (corner, *(row[0].text for row in table.rows))
    rows = tuple(
        (Cell(name), *(row[place] for row in table.rows)) for place, name in enumerate(table.header) if place > 0
    )
    return Table(table.caption, header, rows)
