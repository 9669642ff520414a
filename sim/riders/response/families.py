"""Survival functions S(p) = P(willingness to pay > p), kroner, all cut off at 0 so that S(0) = 1.

Each family has two parameters ``a`` and ``b`` in its own terms:

=========  =========================  ==============================
family     a                          b
=========  =========================  ==============================
logistic   midpoint, kr               scale, kr
normal     mean, kr                   standard deviation, kr
weibull    scale, kr                  shape k (no unit)
linear     where the fall begins, kr  where nobody is left, kr
=========  =========================  ==============================

Everything is in logarithms, because a municipality's curve is S(p) ** exp(s z).
"""

import math
from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

FAMILIES: Final = ("logistic", "normal", "weibull", "linear")

_erfc = np.frompyfunc(math.erfc, 1, 1)


def _log(x: ArrayLike) -> Floats:
    """Natural logarithm with log(0) = -inf and no warning."""
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(x), dtype=np.float64)


def _logistic(p: Floats, a: Floats, b: Floats) -> Floats:
    return np.asarray(np.logaddexp(0.0, -a / b) + (a / b) - np.logaddexp(a / b, p / b), dtype=np.float64)


def _normal(p: Floats, a: Floats, b: Floats) -> Floats:
    root = b * math.sqrt(2.0)
    above = np.asarray(_erfc((p - a) / root), dtype=np.float64)
    whole = np.asarray(_erfc(-a / root), dtype=np.float64)
    return _log(above) - _log(whole)


def _weibull(p: Floats, a: Floats, b: Floats) -> Floats:
    return np.asarray(-((p / a) ** b), dtype=np.float64)


def _linear(p: Floats, a: Floats, b: Floats) -> Floats:
    start = np.maximum(a, 0.0)
    return _log(np.clip((b - p) / (b - start), 0.0, 1.0))


_LOG_SURVIVAL: Final[dict[str, Callable[[Floats, Floats, Floats], Floats]]] = {
    "logistic": _logistic,
    "normal": _normal,
    "weibull": _weibull,
    "linear": _linear,
}


def log_survival(family: str, p: ArrayLike, a: ArrayLike, b: ArrayLike) -> Floats:
    """Return ln S(p); ``p`` (kr, at least 0) and the parameters broadcast against each other.

    Minus infinity where nobody is left. Raises ValueError for an unknown family or a negative price.

    >>> round(float(np.exp(log_survival("linear", 24.0, 0.0, 76.0))), 6) == round(52 / 76, 6)
    True
    """
    if family not in _LOG_SURVIVAL:
        raise ValueError(f"unknown family {family!r}, expected one of {', '.join(FAMILIES)}")
    price = np.asarray(p, dtype=np.float64)
    if np.any(price < 0):
        raise ValueError("a price is never negative")
    first, second = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    return _LOG_SURVIVAL[family](price, first, second)


def survival(family: str, p: ArrayLike, a: ArrayLike, b: ArrayLike) -> Floats:
    """Return S(p), the share whose willingness to pay exceeds ``p`` kroner.

    >>> float(survival("weibull", 0.0, 50.0, 3.0))
    1.0
    """
    return np.asarray(np.exp(log_survival(family, p, a, b)), dtype=np.float64)


def weibull_shape(variation: float) -> float:
    """Return the Weibull k whose standard deviation over mean is ``variation`` (bisection on k in 0.2-60).

    >>> round(weibull_shape(1.0), 6)
    1.0
    """
    low, high = 0.2, 60.0
    for _ in range(80):
        k = math.sqrt(low * high)
        second_over_first = math.lgamma(1 + 2 / k) - 2 * math.lgamma(1 + 1 / k)
        low, high = (k, high) if math.expm1(second_over_first) > variation**2 else (low, k)
    return math.sqrt(low * high)


def parameters(family: str, mean: Floats, variation: Floats) -> tuple[Floats, Floats]:
    """Translate mean (kr) and standard deviation over mean, before the cut at 0, into a family's ``a`` and ``b``.

    ``mean`` is a column and ``variation`` a row (or equal shapes); one prior on these two then serves every family,
    so that their evidences can be compared. The linear family's start may fall below 0 and is then cut at 0.
    """
    mean, variation = np.broadcast_arrays(mean, variation)
    if family == "logistic":
        return mean.copy(), mean * variation * math.sqrt(3.0) / math.pi
    if family == "normal":
        return mean.copy(), mean * variation
    if family == "weibull":
        values, where = np.unique(variation, return_inverse=True)
        shapes = np.array([weibull_shape(float(v)) for v in values])
        factors = np.array([math.gamma(1 + 1 / k) for k in shapes])
        where = where.reshape(variation.shape)
        return mean / factors[where], shapes[where]
    if family == "linear":
        half = mean * variation * math.sqrt(3.0)
        return np.maximum(mean - half, 0.0), mean + half
    raise ValueError(f"unknown family {family!r}, expected one of {', '.join(FAMILIES)}")
