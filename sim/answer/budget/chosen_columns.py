"""A sheet of months whose columns have other names: what stands in each column, a guess, and the sheet read as a person chooses."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sim.answer.budget.across import said_of_columns, stands_across
from sim.answer.budget.month_cells import is_month
from sim.answer.budget.month_rows import COLUMN_NAMES, MOST_ABOVE, is_cumulated, kind_of, month_rows, unit_of
from sim.answer.budget.observed import Observed, observed_of
from sim.answer.budget.sheet import Cell, Row, Rows
from sim.geography.names import fold
from sim.inputs.intake.labels import own_names
from sim.inputs.intake.named_units import says_no_kroner, says_thousands
from sim.inputs.intake.personal import may_be_told
from tariffs.errors import InputError

FEWEST_MONTHS = 2
MOST_EXAMPLES, LONGEST_EXAMPLE = 3, 24
WORDS = {
    "year": ("aar", "year"),
    "passengers": ("passager", "pass", "pers", "pax", "rejsende", "antal"),
    "cost": ("netto", "udgift", "kost", "forbrug", "regnskab", "betal", "beloeb", "kr", "cost"),
}
"""How words of a heading begin that speak of a column, the surest first."""
NOT_OBSERVED = ("budget", "prognose", "forvent", "afvig", "differen", "rest", "estimat")
_NUMBER = re.compile(r"[-\u2212]?[0-9][0-9.,\s\xa0\u202f]*(?:kr\.?)?")


@dataclass(frozen=True)
class MonthColumn:
    """A column: its name in the sheet, or its number where it has none, and some of its cells."""

    name: str
    examples: tuple[str, ...]


@dataclass(frozen=True)
class MonthSheet:
    """A sheet with a month a row.

    Attributes
    ----------
    above : the rows over the first month, the last of them with the columns' names
    rows : the others
    headings : the name of every column, a number where the sheet has none
    columns : those that hold anything
    turned : whether its months stood side by side, so that its columns are the file's rows
    """

    above: tuple[Row, ...]
    rows: tuple[Row, ...]
    headings: tuple[str, ...]
    columns: tuple[MonthColumn, ...]
    notes: tuple[str, ...]
    turned: bool


def month_sheet(sheet: Rows) -> MonthSheet | None:
    """Return a sheet ready for its columns to be chosen, turned where its months stand side by side; None for one without months."""
    rows = sheet.rows
    across = _month_column(rows, bare=False) is None and stands_across(rows, is_month)
    if across:
        rows = _turned(rows)
    place = _month_column(rows)
    if place is None:
        return None
    first = next(n for n, (_, row) in enumerate(rows) if place < len(row) and is_month(row[place]))
    width = max(len(row) for _, row in rows)
    texts = [n for n in range(max(0, first - MOST_ABOVE), first) if sum(_is_label(cell) for cell in rows[n][1]) > 1]
    heading = rows[texts[-1]][1] if texts else []
    headings = tuple(as_text(heading[n]) if n < len(heading) else "" for n in range(width))
    names = own_names(list(headings))
    columns = tuple(
        MonthColumn(name, _examples([row[n] for _, row in rows[first:] if n < len(row)]))
        for n, name in enumerate(names)
    )
    filled = tuple(column for column in columns if column.examples or column.name in headings)
    above = tuple(rows[: texts[-1]]) if texts else tuple(rows[:first])
    return MonthSheet(above, tuple(rows[first:]), tuple(names), filled, sheet.notes, across)


def guessed(sheet: MonthSheet) -> dict[str, str]:
    """Return the column of each kind that one can be guessed for: by its known name, else by words of its name and its cells."""
    found: dict[str, str] = {}
    place = _month_column(sheet.rows)
    if place is not None:
        found["month"] = sheet.headings[place]
    for kind, words in WORDS.items():
        fit = [column.name for column in sheet.columns if column.name not in found.values() and _may_be(column)]
        known = [name for name in fit if kind_of(name) == kind]
        spoken = [name for word in words for name in fit if _speaks_of(name, (word,))]
        if kind == "year":
            spoken = []
        if known or spoken:
            found[kind] = (known or spoken)[0]
    return found


def observed_with(sheet: MonthSheet, chosen: Mapping[str, str], where: str) -> Observed:
    """Return the months of a sheet when ``chosen`` is the column of each kind; raises InputError as `read_observed` does.

    The year may stand in the name of a chosen column.
    """
    places = {sheet.headings.index(name): kind for kind, name in chosen.items() if name}
    for place in places:
        if is_cumulated(sheet.headings[place]):
            raise InputError(
                f"Kolonnen »{sheet.headings[place]}« er lagt sammen måned for måned",
                where=where,
                next_step="vælg en kolonne med hver måneds egne tal",
            )
    cost, passengers = chosen.get("cost", ""), chosen.get("passengers", "")
    if says_no_kroner(cost) and not unit_of(cost):
        raise InputError(
            f"Kolonnen »{cost}« er ifølge sit navn ikke i kroner",
            where=where,
            next_step="regn beløbene om til kroner, eller vælg en anden kolonne",
        )
    if says_thousands(passengers):
        raise InputError(
            f"Kolonnen »{passengers}« er ifølge sit navn i tusinder",
            where=where,
            next_step="vælg en kolonne med antallet af passagerer",
        )
    names = [
        f"{COLUMN_NAMES[places[n]]} {unit_of(name)}".strip() if n in places else ""
        for n, name in enumerate(sheet.headings)
    ]
    rows = [(number, [cell if n in places else "" for n, cell in enumerate(row)]) for number, row in sheet.rows]
    number = sheet.rows[0][0] - 1
    titles = [*sheet.above, (number, [name for place, name in enumerate(sheet.headings) if place in places])]
    try:
        read = observed_of(month_rows([(number, names), *rows], where, titles), where, ())
    except InputError as error:
        said = [said_of_columns(part) if sheet.turned else part for part in (error.what, error.why, error.next_step)]
        raise InputError(said[0], where=error.where, why=said[1], next_step=said[2]) from None
    notes = map(said_of_columns, read.notes) if sheet.turned else read.notes
    return replace(read, notes=(*sheet.notes, *notes))


def as_text(cell: Cell) -> str:
    """Return a cell as a Dane would type it.

    >>> as_text(812.0), as_text(1234.5), as_text(date(2025, 3, 1))
    ('812', '1234,5', '2025-03-01')
    """
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    if isinstance(cell, float):
        return (str(int(cell)) if cell.is_integer() else repr(round(cell, 6))).replace(".", ",")
    return str(cell)


def _month_column(rows: Sequence[Row], *, bare: bool = True) -> int | None:
    """Return the column that has most months; with ``bare`` numbers alone count where no column has others. None for none."""
    width = max((len(row) for _, row in rows), default=0)

    def count(place: int, *, bare: bool) -> int:
        cells = [row[place] for _, row in rows if place < len(row)]
        return sum(is_month(cell) and (bare or not as_text(cell).isdigit()) for cell in cells)

    for alone in (False, True)[: 1 + bare]:
        counts = [count(place, bare=alone) for place in range(width)]
        if counts and max(counts) >= FEWEST_MONTHS:
            return counts.index(max(counts))
    return None


def _turned(rows: Sequence[Row]) -> list[Row]:
    width = max(len(row) for _, row in rows)
    return [(n + 1, [row[n] if n < len(row) else "" for _, row in rows]) for n in range(width)]


def _is_label(cell: Cell) -> bool:
    text = as_text(cell).strip()
    return bool(text) and (not _NUMBER.fullmatch(text) or bool(re.fullmatch(r"20[0-9]{2}", text)))


def _examples(cells: Sequence[Cell]) -> tuple[str, ...]:
    texts = [text for cell in cells if (text := as_text(cell).strip()) and may_be_told(text)]
    return tuple(text[:LONGEST_EXAMPLE] for text in list(dict.fromkeys(texts))[:MOST_EXAMPLES])


def _may_be(column: MonthColumn) -> bool:
    """Whether nothing in a column's name or cells speaks against months that were observed."""
    if _speaks_of(column.name, NOT_OBSERVED) or is_cumulated(column.name):
        return False
    return bool(column.examples) and all(_NUMBER.fullmatch(text) for text in column.examples)


def _speaks_of(name: str, begins: Sequence[str]) -> bool:
    return any(word.startswith(tuple(begins)) for word in re.findall("[a-z]+", fold(name)))
