"""Whole oere: how money is read, written and shared out without ever being a float."""

import re
from decimal import Decimal
from typing import NewType

Money = NewType("Money", int)
"""An amount in whole oere."""

OERE_PER_KRONE = 100
_AMOUNT = re.compile(r"\d{1,6}(\.\d{1,2})?")


def parse_kroner(text: str) -> Money:
    """Read kroner written with a decimal point, at most two decimals, as oere.

    Raises ValueError for anything else, a sign or a thousands separator included.

    >>> parse_kroner("34.50")
    3450
    """
    if not _AMOUNT.fullmatch(text):
        raise ValueError(f'\'{text}\' er ikke et beløb i kroner som "36" eller "34.50"')
    return Money(int(Decimal(text) * OERE_PER_KRONE))


def format_kroner(oere: int, lang: str = "da") -> str:
    """Write oere as kroner, with oere only when there are any.

    >>> format_kroner(-1250)
    '-12,50'
    >>> format_kroner(5400)
    '54'
    """
    kroner, rest = divmod(abs(oere), OERE_PER_KRONE)
    sign = "-" if oere < 0 else ""
    mark = "," if lang == "da" else "."
    return f"{sign}{kroner}{mark}{rest:02d}" if rest else f"{sign}{kroner}"
