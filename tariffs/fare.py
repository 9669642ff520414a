"""The price rule, written once: pure arithmetic on whole oere and metres, for Python ints and numpy arrays alike."""

from fractions import Fraction
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from tariffs.switches import KilometreCounting

N = TypeVar("N", int, NDArray[np.signedinteger[Any]])
METRES = 1000
OERE_PER_KRONE = 100


def counted_metres(distance_m: N, counting: KilometreCounting) -> N:
    """Return the distance that is paid for: started kilometres, the nearest (half up), or the metres themselves.

    >>> counted_metres(12_001, "started")
    13000
    """
    return distance_m if counting == "exact" else counted_kilometres(distance_m, counting) * METRES


def counted_kilometres(distance_m: N, counting: KilometreCounting) -> N:
    """Return the whole kilometres that are paid for, started or nearest (half up)."""
    return (distance_m + (METRES - 1 if counting == "started" else METRES // 2)) // METRES


def beyond(counted_m: N, covered_m: int) -> N:
    """Return the metres beyond the first ``covered_m``, never negative."""
    over = counted_m - covered_m
    return (over > 0) * over


def distance_charge(counted_m: N, rate: int, rate_after_step: int, covered_m: int, step_m: int) -> N:
    """Return the oere for the way beyond the base level, at oere per kilometre, rounded down to a whole oere.

    ``rate`` counts from ``covered_m`` and ``rate_after_step`` from ``step_m``. Only metres counted exactly can
    leave a part of an oere to round.

    >>> distance_charge(13_000, 600, 600, 10_000, 20_000)
    1800
    """
    charge = beyond(counted_m, covered_m) * rate + beyond(counted_m, step_m) * (rate_after_step - rate)
    return charge // METRES


def reduction(child: bool, online: bool, child_percent: int, online_percent: int) -> Fraction:
    """Return the part of the price that is paid; child and online together pay 45 % at 50 % and 10 % off.

    >>> reduction(True, True, 50, 10)
    Fraction(9, 20)
    """
    left = (100 - (child_percent if child else 0)) * (100 - (online_percent if online else 0))
    return Fraction(left, 100 * 100)


def reduced_price(price: N, paid: Fraction) -> N:
    """Return a passenger's price after reductions, rounded down once to a whole krone.

    A price without reduction is left as it is. Movia's own prices show the rounding: 36 kr. less 10 % is 32,
    24 kr. is 21.

    >>> reduced_price(3600, Fraction(9, 10))
    3200
    """
    if paid == 1:
        return price
    return price * paid.numerator // (paid.denominator * OERE_PER_KRONE) * OERE_PER_KRONE


def party_fare(adult: N, child: N, adults: N, children: N) -> N:
    """Return the party's fare: each passenger's own, rounded price, summed."""
    return adult * adults + child * children
