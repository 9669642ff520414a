"""Amounts in a sheet's cells, Danish or English: which marks a whole sheet has, and each cell by them."""

from collections.abc import Iterable
from decimal import Decimal

from tariffs.typed import MARKS, by_marks


def reading(text: str, mark: str, decimals: int) -> Decimal | None:
    """Return the number with ``mark`` before its decimals, at most so many; None if it is none.

    Whole numbers (``decimals`` 0) may have one or two zeros after theirs, as sheets write them.

    >>> reading("1.234,50", ",", 2), reading("1.234,50", ".", 2), reading("1.234", ".", 2), reading("12,0", ",", 0)
    (Decimal('1234.50'), None, None, Decimal('12.0'))
    """
    number = by_marks(text, mark)
    if number is None:
        return None
    written = -int(number.as_tuple().exponent)
    fits = written <= decimals or (not decimals and written <= 2 and number == int(number))
    return number if fits else None


def marks_that_fit(cells: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    """Return the decimal marks under which every cell (text, most decimals) can be read.

    >>> marks_that_fit([("1.234", 0), ("12,5", 2)]), marks_that_fit([("1.234", 2), ("1,5", 2), ("1.5", 2)])
    ((',',), ())
    """
    listed = list(cells)
    return tuple(mark for mark in MARKS if all(reading(text, mark, most) is not None for text, most in listed))
