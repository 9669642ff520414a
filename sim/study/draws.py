"""The fixed set of parameter draws: what is not known, varied together, the same for every option."""

import math
from dataclasses import dataclass

from sim.assumptions import Assumption
from sim.demand.volume import Volume

# The two steps of the plane's most even additive sequence (1/g and 1/g^2, g the real root of x^3 = x + 1).
EVEN_STEP = (0.7548776662466927, 0.5698402909980532)


@dataclass(frozen=True)
class ParameterDraw:
    """One joint draw of the parameters.

    ``response`` numbers the price response's draw; ``town_share`` is the share of town trips at equal fares;
    ``volume_factor`` multiplies the volume (1 for a municipality's own number).
    """

    response: int
    town_share: float
    volume_factor: float


def parameter_draws(count: int, town_share: Assumption, volume: Volume) -> tuple[ParameterDraw, ...]:
    """Return ``count`` draws; town share and volume each take the middles of ``count`` equally likely slices."""
    from statistics import NormalDist

    shares, factors = (_slices(count, step) for step in EVEN_STEP)
    return tuple(
        ParameterDraw(
            response=number,
            town_share=_triangular(shares[number], town_share),
            volume_factor=math.exp(volume.log_sigma * NormalDist().inv_cdf(factors[number])),
        )
        for number in range(count)
    )


def _slices(count: int, step: float) -> list[float]:
    """Return the middles of ``count`` equal slices of 0-1, in an order in which any few of them lie spread out.

    >>> sorted(_slices(4, EVEN_STEP[0]))
    [0.125, 0.375, 0.625, 0.875]
    """
    places = [(0.5 + step * number) % 1.0 for number in range(count)]
    rank = {place: order for order, place in enumerate(sorted(places))}
    return [(rank[place] + 0.5) / count for place in places]


def _triangular(u: float, assumption: Assumption) -> float:
    """Return the quantile of a triangle over the assumption's range with its top at the value.

    A value that the user has put in is taken as known.
    """
    top = float(assumption.value)  # type: ignore[arg-type]
    low, high = assumption.low, assumption.high
    if assumption.overridden or low is None or high is None or high <= low:
        return top
    cut = (top - low) / (high - low)
    if u < cut:
        return low + math.sqrt(u * (high - low) * (top - low))
    return high - math.sqrt((1 - u) * (high - low) * (high - top))
