"""The fixed set of parameter draws: what is not known, varied together, the same for every option.

Draw number k takes the price response's draw k; every assumption of the register that has a range, at its own place in
that range; the price of a driving hour that calibration found for exactly these values; and, where the volume is
allocated, a factor on it.
"""

import csv
import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from sim.assumptions import Assumption, Assumptions
from sim.demand.volume import Volume
from tariffs.errors import DataError

MOST_DRAWS = 64
HALF = MOST_DRAWS // 2
EVEN_STEP = 0.5698402909980532
"""One over the square of the plastic number: an evenly spreading sequence, used for the volume."""
FITTED_FILE = "data/calibration/draws.csv"


@dataclass(frozen=True)
class ParameterDraw:
    """One joint draw of the parameters.

    ``number`` is also the number of the price response's draw; ``values`` are the register's assumptions in this draw;
    ``volume_factor`` multiplies the volume (1 for a municipality's own number).
    """

    number: int
    values: Mapping[str, float]
    volume_factor: float = 1.0

    @property
    def response(self) -> int:
        """Number of the price response's draw."""
        return self.number


def parameter_draws(count: int, assumptions: Assumptions, volume: Volume) -> tuple[ParameterDraw, ...]:
    """Return the first ``count`` draws, at most 64; what the user has stated is taken as known."""
    from statistics import NormalDist

    varied = {key: column(entry) for key, entry in assumptions.items() if entry.drawn}
    varied |= {key: values for key, values in fitted_columns().items() if not assumptions[key].overridden}
    places = _slices(count, EVEN_STEP)
    return tuple(
        ParameterDraw(
            number,
            {key: values[number] for key, values in varied.items()},
            math.exp(volume.log_sigma * NormalDist().inv_cdf(places[number])),
        )
        for number in range(count)
    )


def column(entry: Assumption) -> tuple[float, ...]:
    """Return an assumption's values in all 64 draws: the middles of equally likely slices of a triangle over its range.

    The order of the slices is the assumption's own, made from its id. The first 32 draws take one from every pair of
    neighbouring slices, so that half the draws cover the range as evenly as all of them.
    """
    label = int.from_bytes(hashlib.sha256(entry.id.encode()).digest()[:8], "big")
    generator = np.random.Generator(np.random.Philox(np.random.SeedSequence([MOST_DRAWS, label])))
    pairs, other = generator.permutation(HALF), generator.permutation(HALF)
    upper = generator.integers(0, 2, HALF)
    slices = np.concatenate([2 * pairs + upper[pairs], 2 * other + 1 - upper[other]])
    return tuple(triangular((float(place) + 0.5) / MOST_DRAWS, entry) for place in slices)


def triangular(u: float, entry: Assumption) -> float:
    """Return the quantile of a triangle over the assumption's range with its top at the value."""
    top, low, high = entry.value, entry.low, entry.high
    if isinstance(top, tuple) or low is None or high is None or high <= low:
        raise ValueError(f"{entry.id} has no range to draw from")
    top = min(max(top, low), high)
    cut = (top - low) / (high - low)
    if u < cut:
        return low + math.sqrt(u * (high - low) * (top - low))
    return high - math.sqrt((1 - u) * (high - low) * (high - top))


def _slices(count: int, step: float) -> list[float]:
    """Return the middles of ``count`` equal slices of 0-1, in an order in which any few of them lie spread out.

    >>> sorted(_slices(4, EVEN_STEP))
    [0.125, 0.375, 0.625, 0.875]
    """
    places = [(0.5 + step * number) % 1.0 for number in range(count)]
    rank = {place: order for order, place in enumerate(sorted(places))}
    return [(rank[place] + 0.5) / count for place in places]


@cache
def fitted_columns() -> dict[str, tuple[float, ...]]:
    """Return what calibration solved for in each draw, by assumption id; raises DataError when the file is not whole."""
    text = (files("data") / "calibration" / "draws.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    try:
        numbers = [int(row["draw"]) for row in rows]
        if numbers != list(range(MOST_DRAWS)):
            raise ValueError(f"the draws are numbered {numbers[:3]}...")
        return {key: tuple(float(row[key]) for row in rows) for key in FITTED}
    except (KeyError, TypeError, ValueError) as error:
        raise DataError(
            f"De tilpassede trækninger kan ikke læses: {error}",
            where=FITTED_FILE,
            next_step="kør takstlab calibrate --write",
        ) from None


FITTED = ("operator_driving_kr_per_hour", "distance_decay_km", "distance_decay_across_km", "town_trip_factor")
"""Assumptions whose value in each draw is solved for, so that the draw agrees with what is known of 2017."""
