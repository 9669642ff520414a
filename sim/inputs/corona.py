"""Months in which corona kept riders at home: a basis from them is warned of, months, a list of trips or a year's number."""

from collections.abc import Sequence
from datetime import date

from sim.words.numbers import english_marks, listed
from tariffs.typed import MONTHS, MONTHS_EN

FIRST, LAST = (2020, 3), (2022, 1)
YEARS = (2020, 2021)
"""Years that had ten months of it and more; January 2022 alone hardly moves its year."""


def corona_between(first: date, last: date) -> bool:
    """Return whether a period, both days included, has days of those months.

    >>> corona_between(date(2019, 1, 1), date(2020, 2, 29)), corona_between(date(2022, 1, 31), date(2022, 12, 31))
    (False, True)
    """
    return (first.year, first.month) <= LAST and (last.year, last.month) >= FIRST


def counted_in_corona(year: int | None) -> list[str]:
    """Warn of a year's passengers that were counted then.

    >>> counted_in_corona(2022), counted_in_corona(None)
    ([], [])
    """
    if year not in YEARS:
        return []
    return [
        f"Passagererne er talt i {year}, og corona holdt mange hjemme fra marts 2020 til januar 2022: et grundlag fra den tid giver for"
        " få passagerer i et normalt år."
    ]


def corona_notes(months: Sequence[int], year: int) -> list[str]:
    """Warn of the months of a year from March 2020 to January 2022; nothing where none of them is there.

    >>> corona_notes([1, 2], 2020), corona_notes([1, 2], 2022)
    ([], ['Corona holdt mange hjemme i januar 2022: et grundlag med de måneder giver for få passagerer i et normalt år.'])
    """
    hit = _hit(months, year)
    if not hit:
        return []
    names = listed([MONTHS[month - 1] for month in hit])
    return [
        f"Corona holdt mange hjemme i {names} {year}: et grundlag med de måneder giver for få passagerer i et normalt år."
    ]


def corona_notes_en(months: Sequence[int], year: int) -> list[str]:
    """Return the same in English."""
    names = ", ".join(MONTHS_EN[month - 1] for month in _hit(months, year))
    said = f"Corona kept many at home in {names} {year}: a basis with those months gives too few passengers in a normal year."
    return [english_marks(said)] if names else []


def _hit(months: Sequence[int], year: int) -> list[int]:
    return [month for month in months if FIRST <= (year, month) <= LAST]
