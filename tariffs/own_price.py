"""A level in whole kroner that the price list of the day does not have: an option's own price, a what-if and no fare of Movia's.

Where levels are numbers, as in columns, own prices follow the tariff's eight levels in `tariffs.price_book.Level`, one number a
krone; the highest is the last that fits in a byte.
"""

from tariffs.source import Source

LOWEST_KR, HIGHEST_KR = 21, 140
"""Below the lowest nothing is known of how riders respond, in any year's kroner; a study asks for the same in prices of 2017."""
OWN_SOURCE = Source("Egen pris, valgt i kroner; ikke Movias prisliste", "J", own=True)
OWN_PARAMETER = "flextur/egen_pris"
OWN_NAMES = ("Egen pris", "Own price")
_FIRST = 8


def own_level(kroner: int) -> int:
    """Return the number of an own price's level.

    >>> own_level(21), own_level(140)
    (8, 127)
    """
    if not LOWEST_KR <= kroner <= HIGHEST_KR:
        raise ValueError(f"an own price is {LOWEST_KR}-{HIGHEST_KR} kr, got {kroner}")
    return _FIRST + kroner - LOWEST_KR


def own_kroner(level: int) -> int | None:
    """Return the kroner of an own price's level, None for a level of the tariff.

    >>> own_kroner(own_level(52)), own_kroner(4)
    (52, None)
    """
    return level - _FIRST + LOWEST_KR if level >= _FIRST else None
