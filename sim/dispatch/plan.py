"""The plan: for each service day and vehicle, the stops it is to make, in one packed integer array.

``plan[slot, vehicle, position, field]`` holds the stops, ``status[slot, vehicle, field]`` what has been
done of them. A slot is the service day modulo SLOTS. All times are seconds since the start of the service day
(they may pass 86,400), all costs oere/3600 (an hourly rate in oere times seconds), so sums are exact.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SLOTS = 32
"""Service days held at once: 14 days ahead, today, and yesterday's last vehicles; a power of two."""

MAX_STOPS = 128
"""Stops one vehicle can have on one service day; a vehicle that is full takes no more bookings."""

# Fields of a stop.
REQUEST, KIND, PLACE, EARLIEST, LATEST, SERVICE, ARRIVE, LOAD, PARTNER, LIMIT, FROM_BASE, COST = range(12)
STOP_FIELDS = 12
# REQUEST    row of the request                      KIND      PICKUP or DROPOFF
# PLACE      index of the place                      EARLIEST  earliest start of service, s
# LATEST     latest start of service, s              SERVICE   boarding or alighting time, s
# ARRIVE     planned start of service, s             LOAD      passengers on board after the stop
# PARTNER    position of the same booking's other stop
# LIMIT      longest ride from the pickup's end to the drop-off, s (drop-offs only)
# FROM_BASE  1 when the vehicle comes from its base, beginning a new duty
# COST       cost of getting here from the stop before, oere/3600

PICKUP, DROPOFF = 0, 1

# Fields of a vehicle's status on a day.
COUNT, COMMITTED, STATE, FREE_AT = range(4)
STATUS_FIELDS = 4
# COUNT      stops in the plan                        COMMITTED  of them driven to already, or being driven to
# STATE      where it stands before the next stop: DRIVING (to or at the last committed stop), HELD there, AT_BASE, or OFF all day
# FREE_AT    earliest time it can leave the base, s (only meaningful when AT_BASE)

DRIVING, HELD, AT_BASE, OFF = 0, 1, 2, 3

# Fields of a request row handed to the planner.
(
    R_ORIGIN,
    R_DESTINATION,
    R_EARLIEST,
    R_LATEST,
    R_BOARDING,
    R_ALIGHTING,
    R_LIMIT,
    R_PASSENGERS,
    R_WHEELCHAIR,
) = range(9)
REQUEST_FIELDS = 9

# Fields of a vehicle row.
V_BASE, V_SEATS, V_LIFT, V_GROUP, V_CONTRACT, V_FROM, V_UNTIL, V_WEEKEND = range(8)
VEHICLE_FIELDS = 8
# V_GROUP     vehicles of one group are alike in all else, so only the first empty one needs trying
# V_CONTRACT  VARIABEL or GARANTIVOGN
# V_FROM      from when it can leave its base, s     V_UNTIL  by when its last stop must be done, s
# V_WEEKEND   1 when it works on weekends and holidays too

VARIABEL, GARANTIVOGN = 0, 1
CONTRACTS = 2
NO_END = 1 << 40
"""V_UNTIL of a vehicle whose day has no end."""

# Fields of a contract's cost rates, oere per hour but for the start, which is oere times 3600.
C_START, C_DRIVE, C_WAIT = range(3)

INFEASIBLE = -1


@dataclass(frozen=True)
class Plan:
    """The stops planned for a fleet over the days in view.

    Attributes
    ----------
    stops : int32 array, shape (SLOTS, vehicles, MAX_STOPS, STOP_FIELDS); costs need int64, so int64 throughout
    status : int64 array, shape (SLOTS, vehicles, STATUS_FIELDS)
    """

    stops: NDArray[np.int64]
    status: NDArray[np.int64]

    @classmethod
    def empty(cls, vehicles: NDArray[np.int64], *, slots: int = SLOTS, max_stops: int = MAX_STOPS) -> "Plan":
        """Return a plan without stops; every day of it is that of a weekday until `open_day` says otherwise."""
        stops = np.zeros((slots, len(vehicles), max_stops, STOP_FIELDS), dtype=np.int64)
        status = np.zeros((slots, len(vehicles), STATUS_FIELDS), dtype=np.int64)
        plan = cls(stops, status)
        for slot in range(slots):
            plan.open_day(slot, vehicles, weekend=False)
        return plan

    def open_day(self, slot: int, vehicles: NDArray[np.int64], *, weekend: bool) -> None:
        """Clear a slot for a new day: every vehicle at its base from its hour on, or off."""
        self.status[slot] = 0
        self.status[slot, :, STATE] = np.where(weekend & (vehicles[:, V_WEEKEND] == 0), OFF, AT_BASE)
        self.status[slot, :, FREE_AT] = vehicles[:, V_FROM]
