"""Waiting before a pickup and not after it: how much later the next pickup can be, so that nobody sits in a standing vehicle.

The plan has every stop as early as can be, so that insertions have all the room there is. On the road the vehicle leaves for a pickup so
late that the waits before the stops after it are used up, as far as that spares the riders more standing than it costs them and every
window, longest ride and the vehicle's hours allow (the slack). No stop after the last wait used up begins later than planned.
"""

import numpy as np
from numpy.typing import NDArray

from sim.road.dispatch.compiled import compiled
from sim.road.dispatch.plan import (
    ARRIVE,
    COMMITTED,
    COUNT,
    DROPOFF,
    FROM_BASE,
    KIND,
    LIMIT,
    LOAD,
    PARTNER,
    PICKUP,
    PLACE,
    RIDE,
    SERVICE,
    SLACK,
    V_BASE,
    VEHICLE_AT,
)
from sim.road.dispatch.timing import retime
from sim.road.dispatch.travel import Where, seconds


@compiled
def drive_to_next(stops: NDArray[np.int64], status: NDArray[np.int64], where: Where) -> int:
    """Return the planned driving time to the next stop from where the vehicle leaves for it."""
    position = status[COMMITTED]
    before = status[VEHICLE_AT + V_BASE] if stops[position, FROM_BASE] else stops[position - 1, PLACE]
    return seconds(where, before, stops[position, PLACE])


@compiled
def wait_before_pickup(stops: NDArray[np.int64], status: NDArray[np.int64]) -> int:
    """Return how many seconds later than planned the next stop is to begin; 0 for a drop-off.

    Each further second makes the rides of those who get in from here to the next wait a second shorter, and of those who are on
    board now a second longer if they stay on until then: it is gone on to the next wait while more ride before it than now.
    """
    first, committed = status[COMMITTED], status[COMMITTED]
    if stops[first, KIND] != PICKUP:
        return 0
    on_board = stops[first - 1, LOAD] if first else 0
    most, later = stops[first, SLACK], 0
    for k in range(first, status[COUNT] - 1):
        if stops[k, KIND] == DROPOFF and stops[k, PARTNER] < committed:
            # The slack may have been measured before this rider got in.
            picked = stops[k, PARTNER]
            by = stops[picked, ARRIVE] + stops[picked, SERVICE] + stops[k, LIMIT]
            most = min(most, later + max(0, by - stops[k, ARRIVE]))
        if later >= most or stops[k, LOAD] <= on_board:
            break
        later += stops[k + 1, ARRIVE] - stops[k, ARRIVE] - stops[k, SERVICE] - stops[k + 1, RIDE]
    return max(0, min(later, most))


@compiled
def leave_no_sooner(stops: NDArray[np.int64], status: NDArray[np.int64], now: int, where: Where) -> None:
    """Time a standing vehicle's plan again when it has waited longer than the plan's times say: as early as still can be."""
    position = status[COMMITTED]
    if stops[position, ARRIVE] < now + drive_to_next(stops, status, where):
        retime(stops, status, position, position, 1, now, where)
