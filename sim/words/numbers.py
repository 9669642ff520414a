"""Numbers for people: millions with one decimal, thousands with a point, decimals with a comma; in English the other way."""

import math
import re

from sim.words.figure import Figure
from tariffs.typed import MONTHS, MONTHS_EN

OERE_PER_KRONE = 100
NOISE = 6
"""Decimals of a step that are kept before it is rounded up or down: what lies behind them is noise of the floating point."""
_NUMBER = re.compile(r"(?<![\w.,])([1-9]\d{0,2}(?:\.\d{3})+|\d+)(?:,(\d+))?(?![\w]|[.,]\d)", re.ASCII)
_DAY = re.compile(rf"(?<![\d.])(\d{{1,2}})\.(?:(\d{{1,2}})\.| ({'|'.join(MONTHS)}) )(\d{{4}})(?![\d.])")


def unchanged(year: int) -> str:
    """Return what the option in force is called as what others are compared with: never "today", which is the calendar's.

    >>> unchanged(2027)
    'uændret 2027'
    """
    return f"uændret {year}"


def danish(value: float, decimals: int = 0) -> str:
    """Return a number as Danes write it.

    >>> danish(12345.678, 1)
    '12.345,7'
    """
    number = rounded(value, decimals)
    text = f"{number:,.{decimals}f}"
    if number == 0:
        text = text.lstrip("-")
    return text.replace(",", " ").replace(".", ",").replace(" ", ".")


def counted(number: int, one: str, more: str) -> str:
    """Return a number of things.

    >>> counted(1, "tur", "ture"), counted(1_200, "tur", "ture")
    ('1 tur', '1.200 ture')
    """
    return f"{danish(number)} {one if number == 1 else more}"


def nearest(steps: float) -> int:
    """Return the nearest whole number, halves away from zero, as people round.

    >>> nearest(2.5), nearest(-2.5), nearest(0.4999999999)
    (3, -3, 1)
    """
    return int(math.copysign(math.floor(abs(round(steps, NOISE)) + 0.5), steps))


def rounded(value: float, decimals: int = 0) -> float:
    """Return a number with so many decimals, by the rule of `nearest`.

    >>> rounded(-0.25, 1), rounded(1.005, 2)
    (-0.3, 1.01)
    """
    factor = 10.0**decimals
    return math.copysign(nearest(value * factor) / factor, value)


def millions(oere: float, *, signed: bool = False, decimals: int | None = None) -> str:
    """Return an amount in oere as millions of kroner; below 50,000 kr with more decimals, so that it is not 0,0.

    >>> millions(215_412_500)
    '2,2'
    """
    amount = oere / OERE_PER_KRONE / 1e6
    if decimals is None:
        decimals = 1 if abs(amount) >= 0.05 or amount == 0 else 2 if abs(amount) >= 0.005 else 3
    text = danish(amount, decimals)
    return f"+{text}" if signed and amount > 0 else text


def telling_decimals(figure: Figure) -> int:
    """Return the decimals of a million in which a figure (mean, p10, p90 in oere) is told: one, up to four if it takes them.

    Enough is what shows no amount as 0 that is not, and tells the ends of the interval apart.

    >>> telling_decimals(Figure(240e6, 110e6, 300e6)), telling_decimals(Figure(6e6, 5e6, 7e6))
    (1, 2)
    """
    for decimals in (1, 2, 3):
        texts = [millions(number, decimals=decimals) for number in figure.numbers]
        nothing_lost = all(text.strip("-0,.") or not number for text, number in zip(texts, figure.numbers, strict=True))
        if nothing_lost and (texts[1] != texts[2] or figure.p10 == figure.p90):
            return decimals
    return 4


def kroner(oere: float, decimals: int = 0) -> str:
    """Return an amount in oere as kroner.

    >>> kroner(3450, 2)
    '34,50'
    """
    return danish(oere / OERE_PER_KRONE, decimals)


def approximately(count: float) -> str:
    """Return a count to two significant digits (three from 10,000 on), as said in a sentence.

    >>> approximately(2874)
    '2.900'
    """
    if count == 0:
        return "0"
    digits = 3 if abs(count) >= 10_000 else 2
    step = 10 ** max(0, math.floor(math.log10(abs(count))) + 1 - digits)
    return danish(nearest(count / step) * step)


def english_marks(text: str) -> str:
    """Return a text whose numbers and days have Danish marks with English ones; made once, of what the functions above wrote.

    >>> english_marks("about 2.900 fewer trips, 12,5 % (-1.234,50 to +0,4), from 1.7.2020 to 31. maj 2021 at 8:00")
    'about 2,900 fewer trips, 12.5 % (-1,234.50 to +0.4), from 1 July 2020 to 31 May 2021 at 8:00'
    """

    def day(found: re.Match[str]) -> str:
        month = MONTHS.index(found[3]) if found[3] else int(found[2]) - 1
        return f"{found[1]} {MONTHS_EN[month]} {found[4]}" if month in range(12) else found[0]

    def number(found: re.Match[str]) -> str:
        return found[1].replace(".", ",") + (f".{found[2]}" if found[2] else "")

    return _NUMBER.sub(number, _DAY.sub(day, text))


def listed(names: list[str], language: str = "da") -> str:
    """Return names with commas and a last "og" or "and".

    >>> listed(["a", "b", "c"]), listed(["a", "b"], "en")
    ('a, b og c', 'a and b')
    """
    last = " and " if language == "en" else " og "
    return last.join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
