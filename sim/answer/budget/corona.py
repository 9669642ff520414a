"""Months in which corona kept riders at home: a basis with them is warned of wherever months are read."""

from collections.abc import Sequence

from sim.words.numbers import english_marks, listed
from tariffs.typed import MONTHS, MONTHS_EN

FIRST, LAST = (2020, 3), (2022, 1)


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
