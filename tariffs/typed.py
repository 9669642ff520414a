"""Numbers and days as people type them: the one reader of every door.

A Danish door (the pages, Danish files) reads 12.000 as twelve thousand and 12,5 as twelve and a half. An open one (the
command line, ``--assume``, addresses) reads 12,5 and 12.5 alike, and no single mark before exactly three digits: people of
two languages type there. What can be two numbers is refused with how each of them is written.
"""

import re
from datetime import date
from decimal import Decimal
from enum import Enum

from tariffs.errors import InputError


class Door(Enum):
    """Where a text was typed: whose marks it has."""

    DANISH = "danish"
    OPEN = "open"


MARKS = (",", ".")
"""Decimal marks, the Danish one first."""
MONTHS = (
    "januar", "februar", "marts", "april", "maj", "juni",
    "juli", "august", "september", "oktober", "november", "december",
)  # fmt: skip
MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
LONGEST = 40
MILLION = 1_000_000
_SPACES = re.compile("[\u00a0\u2009\u202f]")
_ONE_MARK_AND_THREE = re.compile(r"[+-]?[0-9 ]+[.,][0-9]{3}")
_UNIT = re.compile(r"\s*(mio\.?|million(?:er)?)?\s*(kr\.?|kroner|dkk|,-)?$", re.IGNORECASE)
_MONTH_OF = {
    name[:length].lower(): number
    for names in (MONTHS, MONTHS_EN)
    for number, name in enumerate(names, 1)
    for length in (3, 4, len(name))
}
_MONTH_NAME = rf"({'|'.join(sorted(_MONTH_OF, key=len, reverse=True))})"
_NAMED = re.compile(rf"(?:den |d\. ?)?([0-9]{{1,2}})\.? ?{_MONTH_NAME}\.? ([0-9]{{4}}|[0-9]{{2}})")
_NAME_FIRST = re.compile(rf"{_MONTH_NAME}\.? ([0-9]{{1,2}}),? ([0-9]{{4}})")
_NUMBERED = re.compile(r"([0-9]{1,2}) ?[./-] ?([0-9]{1,2}) ?[./ -] ?([0-9]{4}|[0-9]{2})")
_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def by_marks(text: str, mark: str) -> Decimal | None:
    """Return the number with ``mark`` before its decimals and the other mark or a space between thousands; None if it is none.

    >>> by_marks("1.234,50", ","), by_marks("1.234,50", "."), by_marks("1234", ".")
    (Decimal('1234.50'), None, Decimal('1234'))
    """
    other = re.escape(MARKS[1 - MARKS.index(mark)])
    whole = rf"[1-9][0-9]{{0,2}}(?:{other}[0-9]{{3}})+|[1-9][0-9]{{0,2}}(?: [0-9]{{3}})+|[0-9]+"
    found = re.fullmatch(rf"([+-]?)({whole})(?:{re.escape(mark)}([0-9]+))?", _tidy(text))
    if found is None:
        return None
    sign, digits, rest = found.groups()
    return Decimal(sign + re.sub(r"[^0-9]", "", digits) + (f".{rest}" if rest else ""))


def read_number(
    text: str, door: Door = Door.OPEN, where: str = "", *, kind: str = "et tal", example: str = "12,5"
) -> Decimal:
    """Return the number that a text is at a door; raises InputError for what is none, or may be another.

    ``where`` is the flag or parameter; a page says it by the field. ``kind`` is what a text is not, ``example`` what is
    advised, where it is no number at all.

    >>> read_number("12.000", Door.DANISH), read_number("12,5"), read_number("12.5")
    (Decimal('12000'), Decimal('12.5'), Decimal('12.5'))
    >>> read_number("1.358")
    Traceback (most recent call last):
    tariffs.errors.InputError: '1.358' kan være 1,3580 eller 1358. Gør nu: skriv 1,3580 eller 1358.
    """
    danish, english = (by_marks(text, mark) if len(text) <= LONGEST else None for mark in MARKS)
    either = english if danish is None else danish
    if either is None:
        raise InputError(f"'{shown(text)}' er ikke {kind}", where=where, next_step=f"skriv fx {example}")
    if door is Door.OPEN and _ONE_MARK_AND_THREE.fullmatch(_tidy(text)):
        raise _two_readings(text, door, where)
    if door is Door.DANISH and (danish is None or (english not in (None, danish) and "," in text)):
        raise _two_readings(text, door, where)
    return either


def read_whole(
    text: str, door: Door = Door.OPEN, where: str = "", *, kind: str = "et helt tal", example: str = "12"
) -> int:
    """Return the whole number that a text is; raises InputError.

    >>> read_whole("12.000", Door.DANISH), read_whole("4,0")
    (12000, 4)
    """
    number = read_number(text, door, where, kind=kind, example=example)
    if number != int(number):
        raise InputError(f"'{shown(text)}' er ikke {kind}", where=where, next_step=f"skriv fx {example}")
    return int(number)


def read_kroner(
    text: str, door: Door = Door.OPEN, where: str = "", *, kind: str = "et beløb i kroner", example: str = "1250000"
) -> Decimal:
    """Return an amount in kroner, written with or without its unit; raises InputError.

    >>> read_kroner("1,25 mio. kr."), read_kroner("52 kr.")
    (Decimal('1250000.00'), Decimal('52'))
    """
    unit = _UNIT.search(_tidy(text))
    assert unit is not None
    bare = _tidy(text)[: unit.start()]
    number = read_number(bare or text, door, where, kind=kind, example=example)
    return number * MILLION if unit[1] else number


def read_day(text: str, where: str = "", *, example: str = "1.7.2020") -> date:
    """Return a day: 1.5.2024, 1/5 2024, 01-05-2024, 1. maj 2024 or 2024-05-01; raises InputError.

    >>> read_day("1. maj 2024") == read_day("1/5 2024") == read_day("2024-05-01")
    True
    >>> read_day("12/31/2024")
    Traceback (most recent call last):
    tariffs.errors.InputError: '12/31/2024' har måneden først. Gør nu: skriv 31.12.2024.
    """
    tidy = " ".join(_tidy(text).lower().split())[:LONGEST]
    if found := _NAME_FIRST.fullmatch(tidy):
        meant = _day(int(found[2]), _MONTH_OF[found[1]], int(found[3]))
        raise _not_a_day(text, "har måneden først", _typed(meant) or f"fx {example}", where)
    if found := _NAMED.fullmatch(tidy):
        day, month, year = found[1], _MONTH_OF[found[2]], found[3]
    elif found := _NUMBERED.fullmatch(tidy):
        day, month, year = found[1], int(found[2]), found[3]
    elif found := _YEAR_FIRST.fullmatch(tidy):
        day, month, year = found[3], int(found[2]), found[1]
    else:
        raise _not_a_day(text, "er ikke en dato", f"fx {example}", where)
    numbers = int(day), month, int(year)
    if len(year) == 2:
        meant = None if "-" in tidy else _day(numbers[0], month, 2000 + numbers[2])
        raise _not_a_day(text, "har kun to cifre af året", _typed(meant) or f"fx {example}", where)
    if (read := _day(*numbers)) is not None:
        return read
    turned = _day(month, numbers[0], numbers[2])
    if turned is not None and not _YEAR_FIRST.fullmatch(tidy):
        raise _not_a_day(text, "har måneden først", _typed(turned), where)
    raise _not_a_day(text, "er ikke en dato", f"fx {example}", where)


def shown(text: str) -> str:
    """Return a typed text as a message shows it: on one line, and not too long."""
    flat = " ".join(text.split())
    return f"{flat[:LONGEST]}…" if len(flat) > LONGEST else flat


def in_field(value: float | Decimal, door: Door = Door.DANISH) -> str:
    """Return a number as it can be typed at a door and is read as itself: with a zero more where three decimals may be thousands.

    >>> in_field(12000), in_field(0.125), in_field(1.358), in_field(0.125, Door.OPEN), in_field(12000, Door.OPEN)
    ('12.000', '0,125', '1,3580', '0,1250', '12000')
    """
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    whole, _, rest = f"{exact.normalize():f}".partition(".")
    digits = whole.removeprefix("-")
    if len(rest) == 3 and (door is Door.OPEN or (digits != "0" and len(digits) <= 3)):
        rest += "0"
    number = f"{int(digits):,}".replace(",", ".") if door is Door.DANISH else digits
    return f"{'-' if whole.startswith('-') else ''}{number}{',' if rest else ''}{rest}"


def _tidy(text: str) -> str:
    return _SPACES.sub(" ", text.strip()).replace("\u2212", "-")


def _two_readings(text: str, door: Door, where: str) -> InputError:
    """Return the refusal of a number against the door's marks, with how what it can be is written there."""
    tidy, readings = _tidy(text), {by_marks(text, mark) for mark in MARKS}
    if len(re.findall("[.,]", tidy)) == 1:
        readings.add(Decimal(re.sub("[., ]", "", tidy)))
    known = sorted((reading for reading in readings if reading is not None), key=abs)
    said = " eller ".join(in_field(reading, door) for reading in known)
    what = f"kan være {said}" if len(known) > 1 else "er et engelsk tal"
    return InputError(f"'{shown(text)}' {what}", where=where, next_step=f"skriv {said}")


def _day(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day) if 1900 <= year < 2100 else None
    except ValueError:
        return None


def _typed(day: date | None) -> str:
    return "" if day is None else f"{day.day}.{day.month}.{day.year}"


def _not_a_day(text: str, why: str, write: str, where: str) -> InputError:
    return InputError(f"'{shown(text)}' {why}", where=where, next_step=f"skriv {write}")
