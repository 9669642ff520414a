"""Whole oere: how money is read, written and shared out without ever being a float."""

import re
from collections.abc import Sequence
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
        raise ValueError(f"'{text}' is not an amount in kroner such as \"36\" or \"34.50\"")
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


def share_out(total: int, weights: Sequence[int]) -> list[int]:
    """Split a whole total by weights so that the parts sum exactly to it, by largest remainder.

    Equal remainders go to the earlier part. With no weight at all every part counts alike. A negative total
    is split as its positive twin with the signs turned.

    Raises ValueError when there is no part, or a weight is negative.

    >>> share_out(100, [1, 1, 1])
    [34, 33, 33]
    """
    if not weights or min(weights) < 0:
        raise ValueError(f"weights must be at least one and none negative, got {list(weights)[:5]}")
    if total < 0:
        return [-part for part in share_out(-total, weights)]
    whole = sum(weights)
    if whole == 0:
        return share_out(total, [1] * len(weights))
    parts = [total * weight // whole for weight in weights]
    left = total - sum(parts)
    order = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in order[:left]:
        parts[i] += 1
    return parts
