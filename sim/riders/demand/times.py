"""When: the wished pickup of a tour, and when it is asked for."""

import numpy as np
from numpy.typing import NDArray

from sim.inputs.assumptions import Assumptions

DAY_S = 86_400
OPENS_S, LAST_START_S = 6 * 3600, 23 * 3600 - 1
NOTICE_S = 2 * 3600
HORIZON_DAYS = 14
EVENING_S = 20 * 3600
MORNING_S = 8 * 3600


def wished_times(
    assumptions: Assumptions,
    u_hour: NDArray[np.float64],
    u_minute: NDArray[np.float64],
    profile: str = "hour_profile",
) -> NDArray[np.int64]:
    """Return wished pickups of ways out: an hour from the profile (its id), five-minute steps within it."""
    weight = np.array(assumptions.profile(profile))
    hour = np.searchsorted(np.cumsum(weight)[:-1] / weight.sum(), u_hour, side="right")
    return OPENS_S + hour * 3600 + (u_minute * 12).astype(np.int64) * 300


def asking_times(
    day: NDArray[np.int64], wished: NDArray[np.int64], lead_s: NDArray[np.float64], standing: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Return when each tour is asked for, within the booking rules.

    At least two hours and at most 14 days ahead; not after 20:00 for the same day, nor for before 08:00 the next day: who
    thinks of it later than allowed has asked at 20:00. Standing trips come into view 14 days before.
    """
    pickup = day * DAY_S + wished
    earliest = (day - HORIZON_DAYS) * DAY_S + MORNING_S
    asked = np.maximum(pickup - NOTICE_S - lead_s.astype(np.int64), earliest)
    last_evening = np.where(wished < MORNING_S, (day - 1) * DAY_S + EVENING_S, day * DAY_S + EVENING_S)
    asked = np.minimum(asked, last_evening)
    asked = np.where(standing, earliest, asked)
    return np.minimum(asked, pickup - NOTICE_S).astype(np.int64)
