"""Months in a field: copied from a sheet, or typed with spaces between the columns, since a tab cannot be typed there."""

import re
from collections.abc import Sequence

from sim.answer.budget.month_cells import month_of
from sim.answer.budget.month_rows import MOST_ABOVE, is_heading, is_sum, kind_of
from sim.answer.budget.sheet import Rows, not_empty, separated
from tariffs.errors import InputError

SEPARATED = re.compile(r"[\t;]")
COLUMNS = re.compile(r"\s{2,}")
LONGEST_HEADING = 4
"""Words of a heading, as in "kommunens nettoudgift (t.kr.)"."""
YEAR = re.compile(r"20(1\d|2\d|3[0-5])")
LABELLED = re.compile(r"(\D+?)((?:\s+-?[\d.,]+)+)")


def pasted_rows(text: str, where: str) -> Rows:
    """Return the rows of a field; raises InputError where there is no row under a heading."""
    typed = typed_rows(text, where)
    return Rows(not_empty(separated(text.encode(), where) if typed is None else typed, where))


def typed_rows(text: str, where: str) -> list[list[str]] | None:
    """Return the rows of months typed with spaces between their columns; None for what has separators or no such heading.

    Raises InputError for a month whose numbers could belong to several columns.

    >>> typed_rows("måned passagerer nettoudgift\\nseptember 2025 812 145.300", "")
    [['måned', 'passagerer', 'nettoudgift'], ['september 2025', '812', '145.300']]
    >>> typed_rows("måned;passagerer\\njanuar;812", "") is None
    True
    """
    lines = [line.strip() for line in text.splitlines()]
    if SEPARATED.search(text):
        return None
    place = next(
        (n for n, line in enumerate(lines[:MOST_ABOVE]) if "," not in line and is_heading(_heading(line))), None
    )
    if place is None:
        return None
    heading = _heading(lines[place])
    below = [_cells(number, line, heading, where) for number, line in enumerate(lines[place + 1 :], place + 2)]
    return [*([line] for line in lines[:place]), heading, *below]


def _heading(line: str) -> list[str]:
    """Return the headings of a line: the longest that are known, and each other word by itself.

    >>> _heading("Måned antal passagerer nettoudgift (t.kr.)")
    ['Måned', 'antal passagerer', 'nettoudgift (t.kr.)']
    >>> _heading("år måned passagerer")
    ['år', 'måned', 'passagerer']
    """
    words, found = line.split(), []
    while words:
        known = (
            n
            for n in range(min(LONGEST_HEADING, len(words)), 1, -1)
            if kind_of(" ".join(words[:n])) and not (kind_of(words[0]) and kind_of(words[1]))
        )
        size = next(known, 1)
        found.append(" ".join(words[:size]))
        words = words[size:]
    return found


def _cells(number: int, line: str, heading: Sequence[str], where: str) -> list[str]:
    """Return the cells of a row under its heading; a row that begins with no month keeps its words together."""
    kinds = [kind_of(name) for name in heading]
    at = kinds.index("month")
    columns = COLUMNS.split(line)
    if len(columns) == len(heading) and month_of(columns[at]):
        return columns
    labelled = LABELLED.fullmatch(line)
    if labelled and at == 0 and is_sum(labelled[1]):
        return [labelled[1], *labelled[2].split()]
    words = line.split()
    if at >= len(words) or not month_of(words[at]):
        return [line]
    with_year = [*words[:at], " ".join(words[at : at + 2]), *words[at + 2 :]]
    has_year = "year" not in kinds and len(words) > at + 1 and YEAR.fullmatch(words[at + 1]) is not None
    readings = [
        cells
        for cells, is_one in ((with_year, has_year), (words, not has_year or len(words) == len(heading)))
        if is_one and len(cells) <= len(heading)
    ]
    if len(readings) != 1:
        raise InputError(
            f"Det er ikke til at se, hvilke kolonner tallene i række {number} hører til: '{line[:60]}'",
            where=where,
            next_step="skriv tallene uden mellemrum, og sæt semikolon mellem kolonnerne, som i måned;passagerer;nettoudgift",
        )
    return readings[0]
