"""The fixed set of parameter draws: what is not known, varied together, the same for every option.

Draw number k takes the price response's draw k; every assumption of the register that has a range, at its own place in
that range; the price of a driving hour that calibration found for exactly these values; and, where the volume is
allocated, a factor on it.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from sim.inputs.assumptions import Assumption, Assumptions
from sim.inputs.chance.places import DRAWS
from sim.riders.demand.volume import Volume
from sim.riders.response.draws import Draw
from sim.riders.response.response import Curve, curve_of, load_response
from sim.study.columns import places
from sim.study.shipped_draws import ShippedDraws

MOST_DRAWS = DRAWS
SHIPPED = ShippedDraws("draws.csv", MOST_DRAWS, "De tilpassede trækninger", "kør takstlab calibrate --write")


@dataclass(frozen=True)
class ParameterDraw:
    """One joint draw of the parameters.

    ``number`` is also the number of the price response's draw; ``values`` are the register's assumptions in this draw;
    ``volume_factor`` multiplies the volume (1 for a municipality's own number). ``riders`` is a price response that is not
    among the shipped draws, when truths are made to check the intervals by.
    """

    number: int
    values: Mapping[str, float]
    volume_factor: float = 1.0
    riders: Draw | None = None

    def curve(self, index: float) -> Curve:
        """Return the price response in this draw, at an index of the willingness to pay."""
        return load_response().curve(self.response, index) if self.riders is None else curve_of(self.riders, index)

    @property
    def response(self) -> int:
        """Number of the price response's draw."""
        return self.number


def parameter_draws(count: int, assumptions: Assumptions, volume: Volume) -> tuple[ParameterDraw, ...]:
    """Return the first ``count`` draws, at most 64; what the user has stated is taken as known."""
    from statistics import NormalDist

    varied = {key: column(entry) for key, entry in assumptions.items() if entry.drawn}
    varied |= {key: values for key, values in fitted_columns().items() if not assumptions[key].overridden}
    volumes = places("volume")
    return tuple(
        ParameterDraw(
            number,
            {key: values[number] for key, values in varied.items()},
            math.exp(volume.log_sigma * NormalDist().inv_cdf(volumes[number])),
        )
        for number in range(count)
    )


@lru_cache(maxsize=1_024)
def column(entry: Assumption) -> tuple[float, ...]:
    """Return an assumption's values in all 64 draws, at the places that `sim.study.columns` gives its id."""
    return tuple(two_sided(place, entry) for place in places(entry.id))


def two_sided(u: float, entry: Assumption) -> float:
    """Return the quantile of an assumption's distribution, whose median is its value.

    Half of it lies on each side of the value, thickest there and thinning out to nothing at the end of the range: two halves of
    triangles, one triangle where the value is the middle of the range. A range of ratios (`by_factor`) has its triangles in the
    logarithm: half of 9 (3-27) is as far away as twice. Where the value is an end of the range, half of the distribution is the
    value itself.
    """
    middle, low, high = entry.value, entry.low, entry.high
    if isinstance(middle, tuple) or low is None or high is None or high <= low:
        raise ValueError(f"{entry.id} has no range to draw from")
    middle = min(max(middle, low), high)
    if by_factor(low, middle, high):
        return math.exp(_two_triangles(u, math.log(low), math.log(middle), math.log(high)))
    return _two_triangles(u, low, middle, high)


def by_factor(low: float, middle: float, high: float) -> bool:
    """Return whether a range is meant as ratios: its value is nearer to the geometric middle than to the arithmetic one.

    >>> by_factor(3.0, 9.1, 27.0), by_factor(0.05, 0.15, 0.25)
    (True, False)
    """
    if not 0 < low < middle < high:
        return False
    off = abs(math.log(middle / low) / math.log(high / low) - 0.5)
    return off < abs((middle - low) / (high - low) - 0.5)


def _two_triangles(u: float, low: float, middle: float, high: float) -> float:
    if u < 0.5:
        return low + (middle - low) * math.sqrt(2 * u)
    return high - (high - middle) * math.sqrt(2 * (1 - u))


def fitted_columns() -> dict[str, tuple[float, ...]]:
    """Return what calibration settled in each draw, by assumption id; raises DataError when the file is not whole."""
    return {key: fitted_column(key) for key in FITTED}


@cache
def fitted_column(name: str) -> tuple[float, ...]:
    """Return one column of what calibration settled or found in each draw; raises DataError when the file is not whole."""
    return SHIPPED.read(lambda rows: tuple(float(row[name]) for row in rows))


FITTED = ("operator_driving_kr_per_hour", "distance_decay_km", "distance_decay_across_km", "town_trip_factor")
"""Assumptions whose value in each draw calibration settles, so that the draw agrees with what is known of 2017."""
