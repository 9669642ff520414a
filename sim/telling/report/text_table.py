"""Lays a table out for a terminal: intervals under their numbers, and blocks of columns where it is too wide."""

from textwrap import wrap

from sim.words.cells import Cell
from sim.words.table import Table

GAP = "  "
FIRST_WIDTH = 26
HEADER_WIDTH = 14
UNDER_WIDTH = 20
LONGEST_WORD = 26


def lay_out(table: Table, width: int = 100) -> list[str]:
    """Return the table's lines, none wider than ``width``; columns that do not fit follow in blocks of their own."""
    first = _column(table, 0, FIRST_WIDTH)
    columns = [_column(table, n, HEADER_WIDTH) for n in range(1, len(table.header))]
    lines: list[str] = []
    for block in _blocks(columns, width - _width(first)):
        lines += [*([""] if lines else []), *_rows([first, *block])]
    return lines


def _column(table: Table, place: int, limit: int) -> list[list[str]]:
    """Return one column as cells of lines, the header on top."""
    return [_wrapped(table.header[place], limit)] + [_lines(row[place], limit) for row in table.rows]


def _lines(cell: Cell, limit: int) -> list[str]:
    under = [cell.under] if cell.under.startswith("(") else _wrapped(cell.under, max(limit, UNDER_WIDTH))
    return _wrapped(cell.text, max(limit, UNDER_WIDTH)) + [line for line in under if line]


def _wrapped(text: str, limit: int) -> list[str]:
    """Return the text in lines of ``limit``; a longer word gets a line of its own, and beyond LONGEST_WORD is broken."""
    longest = max((len(word) for word in text.split()), default=1)
    return wrap(text, max(limit, min(longest, LONGEST_WORD)), break_on_hyphens=False) or [""]


def _width(column: list[list[str]]) -> int:
    return max(len(line) for cell in column for line in cell)


def _blocks(columns: list[list[list[str]]], room: int) -> list[list[list[list[str]]]]:
    blocks: list[list[list[list[str]]]] = [[]]
    used = 0
    for column in columns:
        needed = len(GAP) + _width(column)
        if blocks[-1] and used + needed > room:
            blocks.append([])
            used = 0
        blocks[-1].append(column)
        used += needed
    # Even blocks read better than a full one and a rest.
    even = -(-len(columns) // len(blocks)) if columns else 1
    balanced = [columns[n : n + even] for n in range(0, len(columns), even)] or [[]]
    fits = all(sum(len(GAP) + _width(c) for c in block) <= room for block in balanced)
    return balanced if fits else blocks


def _rows(columns: list[list[list[str]]]) -> list[str]:
    widths = [_width(column) for column in columns]
    lines = []
    for place in range(len(columns[0])):
        cells = [column[place] for column in columns]
        for n in range(max(len(cell) for cell in cells)):
            texts = [cell[n] if n < len(cell) else "" for cell in cells]
            parts = [
                text.rjust(size) if k else text.ljust(size)
                for k, (text, size) in enumerate(zip(texts, widths, strict=True))
            ]
            lines.append(GAP.join(parts).rstrip())
        if place == 0:
            lines.append(GAP.join("-" * size for size in widths))
    return lines
