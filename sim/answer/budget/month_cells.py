"""Months and years as cells of a sheet have them."""

import re
from datetime import date

from sim.answer.budget.sheet import Cell
from sim.geography.names import fold
from tariffs.errors import InputError
from tariffs.typed import read_day

MONTHS = (
    ("jan", "januar", "january"), ("feb", "februar", "february"), ("mar", "marts", "march"), ("apr", "april"),
    ("maj", "may"), ("jun", "juni", "june"), ("jul", "juli", "july"), ("aug", "august"),
    ("sep", "sept", "september"), ("okt", "oktober", "oct", "october"), ("nov", "november"),
    ("dec", "december"),
)  # fmt: skip


def is_month(cell: Cell) -> bool:
    """Say whether a cell is a month."""
    return month_of(cell) is not None


def month_of(cell: Cell) -> tuple[int | None, int] | None:
    """Return (year or None, month) of a cell, None when it is no month.

    >>> month_of("jan-25"), month_of("marts 2025"), month_of("2025M03"), month_of("Maj"), month_of("1. maj 2025")
    ((2025, 1), (2025, 3), (2025, 3), (None, 5), (2025, 5))
    """
    if isinstance(cell, date):
        return cell.year, cell.month
    if isinstance(cell, float | int) and not isinstance(cell, bool) and float(cell).is_integer():
        cell = str(int(cell))
    if not isinstance(cell, str):
        return None
    text = fold(cell.strip())
    day = _day(text)
    if day is not None:
        return day.year, day.month
    for pattern in (
        r"(?P<y>\d{4})[-/. m]?(?P<m>\d{1,2})",
        r"(?P<m>\d{1,2})[-/. ](?P<y>\d{4})",
        r"(?P<m>\d{1,2})",
    ):
        found = re.fullmatch(pattern, text)
        if found and 1 <= int(found["m"]) <= 12:
            return (int(found["y"]) if "y" in found.re.groupindex else None), int(found["m"])
    found = re.fullmatch(r"([a-z]+)\.?(?:[ -]+(\d{4}|\d{2}))?", text)
    number = next((n for n, names in enumerate(MONTHS, 1) if found and found[1] in names), None)
    if found is None or number is None:
        return _named_day(cell)
    return (int(f"20{found[2]}"[-4:]) if found[2] else None), number


def _named_day(cell: str) -> tuple[int, int] | None:
    """Return (year, month) of a day that names its month, 1. maj 2024; None for another text."""
    try:
        day = read_day(cell) if re.search("[a-z]", cell, re.IGNORECASE) else None
    except InputError:
        return None
    return None if day is None else (day.year, day.month)


def _day(text: str) -> date | None:
    """Return the date of a text that is one: year first, or day first with hyphens or dots.

    With slashes the month may be first: only the first of a month, and days past the twelfth, are read.

    >>> _day("01-04-2020"), _day("1/4/2020"), _day("4/1/2020"), _day("2020-04-30 00:00:00")
    (datetime.date(2020, 4, 1), datetime.date(2020, 4, 1), None, datetime.date(2020, 4, 30))
    """
    clock = r"(?:[ t]00:00(?::00)?)?"
    found = re.fullmatch(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){clock}", text)
    if found:
        year, month, day = int(found[1]), int(found[3]), int(found[4])
    else:
        found = re.fullmatch(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}){clock}", text)
        if not found or (found[2] == "/" and 1 < int(found[1]) <= 12):
            return None
        year, month, day = int(found[4]), int(found[3]), int(found[1])
    try:
        return date(year, month, day)
    except ValueError:
        return None


def year_of(cell: Cell) -> int | None:
    """Return the year of a cell, None when it is no year."""
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    return int(text) if re.fullmatch(r"(19|20)\d{2}", text) else None
