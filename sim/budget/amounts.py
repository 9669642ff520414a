"""Numbers as people write them, Danish or English, read without guessing by a factor of a thousand."""

import re
from collections.abc import Iterable
from decimal import Decimal

from tariffs.errors import InputError

MARKS = (",", ".")
"""Decimal marks, the Danish one first."""
MOST_KR = 500_000_000
MILLION = Decimal(1_000_000)
_UNITS = re.compile(r"\s*(mio\.?|million(?:er)?)?\s*(kr\.?|kroner|dkk)?\s*$", re.IGNORECASE)


def reading(text: str, mark: str, decimals: int) -> Decimal | None:
    """Return the number with ``mark`` before its decimals and the other mark or a space between thousands; None if it is none.

    A mark followed by exactly three digits is no decimal mark where there are fewer than three decimals, and whole
    numbers (``decimals`` 0) may have one or two zeros after theirs.

    >>> reading("1.234,50", ",", 2), reading("1.234,50", ".", 2), reading("1234", ".", 0)
    (Decimal('1234.50'), None, Decimal('1234'))
    """
    other = re.escape(MARKS[1 - MARKS.index(mark)])
    tail = rf"\d{{1,{decimals}}}" if decimals else "0{1,2}"
    tidy = text.strip().replace("\u00a0", " ").replace("\u2212", "-")
    whole = rf"[1-9]\d{{0,2}}(?:{other}\d{{3}})+|[1-9]\d{{0,2}}(?: \d{{3}})+|\d+"
    found = re.fullmatch(rf"(-?)({whole})(?:{re.escape(mark)}({tail}))?", tidy)
    if not found:
        return None
    sign, digits, rest = found.groups()
    return Decimal(sign + re.sub(r"[^0-9]", "", digits) + (f".{rest}" if rest else ""))


def marks_that_fit(cells: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    """Return the decimal marks under which every cell (text, most decimals) can be read.

    >>> marks_that_fit([("1.234", 0), ("12,5", 2)]), marks_that_fit([("1.234", 2), ("1,5", 2), ("1.5", 2)])
    ((',',), ())
    """
    listed = list(cells)
    return tuple(mark for mark in MARKS if all(reading(text, mark, most) is not None for text, most in listed))


def read_kroner(text: str, flag: str) -> float:
    """Read an amount of kroner from the command line: 1250000, 1.250.000, 1.250.000,50 kr. or 1,25 mio.

    Raises InputError for what cannot be read, is negative, or is too large to be a flextur budget.

    >>> read_kroner("1,25 mio.", "--budget"), read_kroner("1.250.000 kr.", "--budget")
    (1250000.0, 1250000.0)
    """
    unit = _UNITS.search(text)
    assert unit is not None
    number, millions = text[: unit.start()], unit.group(1) is not None
    for mark in MARKS:
        value = reading(number, mark, 6 if millions else 2)
        if value is not None and 0 <= value * (MILLION if millions else 1) <= MOST_KR:
            return float(value * (MILLION if millions else 1))
    raise InputError(
        f"{flag} {text} er ikke et beløb i kroner, der kan bruges",
        why=f"beløbet skal være et tal fra 0 til {MOST_KR:,}".replace(",", "."),
        next_step="skriv det som 1250000, 1.250.000 eller 1,25 mio.",
    )
