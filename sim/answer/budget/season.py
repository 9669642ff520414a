"""How a year's passengers fall on its months, and what a few observed months make of a year."""

import numpy as np
from numpy.typing import NDArray

from sim.answer.budget.observed import Observed
from sim.inputs.assumptions import Assumptions
from sim.riders.demand.days import ServiceYear

MONTHS = 12
PROFILE_DECIMALS = 4


def month_shares(year: ServiceYear, assumptions: Assumptions) -> NDArray[np.float64]:
    """Return each month's share of the year's trips, float64 (12,), summing to 1.

    Days in the month, its weekdays and holidays, and the month profile: what the demand itself is drawn by, so that a
    year made of observed months gives those months back.
    """
    weights = year.weights(assumptions)
    return np.array([weights[year.month == month].sum() for month in range(MONTHS)])


def yearly_passengers(observed: Observed, shares: NDArray[np.float64]) -> float:
    """Return a year's passengers: those of the observed months over these months' share of the year."""
    seen = np.array(observed.months) - 1
    return float(sum(observed.passengers) / shares[seen].sum())


def own_month_profile(observed: Observed, year: ServiceYear, assumptions: Assumptions) -> tuple[float, ...]:
    """Return the month profile (trips a day relative to a mean month, mean 1) that twelve observed months show."""
    if not observed.is_whole_year:
        raise ValueError(f"a month profile takes twelve months, not {len(observed.months)}")
    flat = assumptions.overriding({"month_profile": (1.0,) * MONTHS})
    shares = month_shares(year, flat)
    level = np.divide(observed.passengers, shares, out=np.zeros(MONTHS), where=shares > 0)
    return tuple(round(float(value), PROFILE_DECIMALS) for value in level / level.mean())
