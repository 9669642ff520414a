"""How sensitive riders are at a level of fare: percent fewer trips for one percent dearer, at that very level."""

import math
from collections.abc import Sequence

import numpy as np

from sim.inputs.chance.quantiles import interval
from sim.riders.response.draws import Draw
from sim.riders.response.families import FAMILIES, Floats, log_survival
from sim.riders.response.posterior import Summary
from sim.riders.response.response import load_response

LEVELS_KR = (24, 30, 36, 42, 48, 60)
HALF_STEP = 1e-4
"""Half the step of the central difference, as a share of the level."""


def point_elasticity(family: str, a: Floats, b: Floats, power: Floats, level_kr: float) -> Floats:
    """Return d ln R / d ln p at ``level_kr``, elementwise: p times the slope of ln S, times the municipality's power.

    Minus infinity where nobody is left at the level. The linear curve has no slope at its start; there this is the mean
    of the slopes on its two sides.

    >>> one = np.array([1.0])
    >>> round(float(point_elasticity("linear", 0 * one, 76 * one, one, 48.0)[0]), 4)  # 48 / (76 - 48)
    -1.7143
    """
    if level_kr <= 0:
        raise ValueError(f"an elasticity needs a positive level, got {level_kr}")
    below, above = (log_survival(family, level_kr * (1 + step), a, b) for step in (-HALF_STEP, HALF_STEP))
    left = np.isfinite(above)
    slope = np.where(left, np.where(left, above, 0.0) - np.where(left, below, 0.0), -np.inf) / (2 * HALF_STEP)
    return np.asarray(slope * power, dtype=np.float64)


def of_draws(draws: Sequence[Draw], level_kr: float) -> Floats:
    """Return the elasticity at ``level_kr`` of each draw, in a municipality not yet seen, in the draws' order."""
    found = np.empty(len(draws))
    for family in FAMILIES:
        rows = [i for i, draw in enumerate(draws) if draw.family == family]
        if rows:
            columns = [(d.a, d.b, math.exp(d.spread * d.z)) for d in (draws[i] for i in rows)]
            a, b, power = np.array(columns).T
            found[rows] = point_elasticity(family, a, b, power, level_kr)
    return found


def elasticity(level_kr: float, draws: Sequence[Draw] | None = None) -> Summary:
    """Return the elasticity at a level in kroner (2017) over the draws (the shipped ones): mean, 10 % and 90 % quantiles.

    It is that of one municipality not yet seen, so what municipalities differ by is inside the interval.
    """
    found = of_draws(load_response().draws if draws is None else draws, level_kr)
    low, high = interval(found)
    return Summary(float(found.mean()), low, high)


def elasticities(draws: Sequence[Draw] | None = None) -> dict[int, Summary]:
    """Return the elasticity at each of LEVELS_KR."""
    return {level: elasticity(level, draws) for level in LEVELS_KR}
