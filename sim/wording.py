"""Danish numbers for people: millions with one decimal, thousands with a point, decimals with a comma."""

import math

OERE_PER_KRONE = 100


def danish(value: float, decimals: int = 0) -> str:
    """Return a number as Danes write it.

    >>> danish(12345.678, 1)
    '12.345,7'
    """
    rounded = round_half_away(value, decimals)
    text = f"{rounded:,.{decimals}f}"
    if float(rounded) == 0:
        text = text.lstrip("-")
    return text.replace(",", " ").replace(".", ",").replace(" ", ".")


def round_half_away(value: float, decimals: int = 0) -> float:
    """Round halves away from zero, as people do.

    >>> round_half_away(-0.25, 1)
    -0.3
    """
    factor = 10.0**decimals
    return math.copysign(math.floor(abs(value) * factor + 0.5) / factor, value)


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
    return danish(round_half_away(count / step) * step)
