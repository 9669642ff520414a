"""The pool of one replication: who else is driven, and the vehicles there are for them and for flextur."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.geography.region import Region
from sim.inputs.assumptions import Assumptions
from sim.riders.demand.days import ServiceYear
from sim.road.dispatch.fleet import guaranteed_fleet, joint_fleet, variable_fleet
from sim.road.pool.background import Background, bookings_a_weekday, bookings_a_year, draw_background


@dataclass(frozen=True)
class Pool:
    """The referred bookings of a replication, and the vehicles, int64 (vehicles, VEHICLE_FIELDS), variable ones first."""

    background: Background
    fleet: NDArray[np.int64]

    def among(self, days: NDArray[np.bool_]) -> "Pool":
        """Return the pool of the days that are true in ``days``, one value per day of the year."""
        return replace(self, background=self.background.among(days))


def draw_pool(
    region: Region,
    year: ServiceYear,
    assumptions: Assumptions,
    *,
    flextur_a_day: float,
    seed: int,
    replication: int,
) -> Pool:
    """Draw the pool of one replication.

    The vehicles are as many as the expected bookings need, flextur's (``flextur_a_day``, whatever the option) and the referred
    ones, not the drawn ones.
    """
    referred_a_day = bookings_a_year(region, assumptions) / year.days
    fleet = joint_fleet(
        variable_fleet(region, flextur_a_day + referred_a_day, assumptions),
        guaranteed_fleet(region, bookings_a_weekday(region, year, assumptions), assumptions),
    )
    return Pool(draw_background(region, year, assumptions, seed=seed, replication=replication), fleet)
