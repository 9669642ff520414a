"""The plan: for each service day and vehicle, the stops it is to make, in one packed integer array.

``stops[slot, vehicle, position, field]`` holds the stops, ``status[slot, vehicle, field]`` the vehicle's day: what has been
done of them, and who the vehicle is. A slot is the service day modulo SLOTS. All times are seconds since the start of the
service day (they may pass 86,400), all costs oere/3600 (an hourly rate in oere times seconds), so sums are exact. Few arrays
with many fields, because every array that is handed to compiled code costs as much as a drive looked up five times.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SLOTS = 32
"""Service days held at once: 14 days ahead, today, and yesterday's last vehicles; a power of two."""

MAX_STOPS = 128
"""Stops one vehicle can have on one service day; a vehicle that is full takes no more bookings."""

# Fields of a stop, those that every search looks at first, so that they lie together.
ARRIVE, PLACE, SERVICE, LOAD, SLACK, KIND, COST, RIDE = range(8)
EARLIEST, LATEST, PARTNER, LIMIT, REQUEST, FROM_BASE, TRIED = range(8, 15)
STOP_FIELDS = 16
# REQUEST    row of the request                      KIND      PICKUP or DROPOFF
# PLACE      index of the place                      EARLIEST  earliest start of service, s
# LATEST     latest start of service, s              SERVICE   boarding or alighting time, s
# ARRIVE     planned start of service, s             LOAD      passengers on board after the stop
# PARTNER    position of the same booking's other stop
# LIMIT      longest ride from the pickup's end to the drop-off, s (drop-offs only)
# FROM_BASE  1 when the vehicle comes from its base, beginning a new duty
# RIDE       planned driving time from the stop before, s (from the base at the first stop)
# COST       cost of getting here from the stop before, oere/3600
# SLACK      how much later the stop can start before this or a later one breaks its window, s
# TRIED      start of service in the insertion that is being tried (scratch)

PICKUP, DROPOFF = 0, 1

# Fields of a vehicle's day. The road's part is the clock's (`sim.road.kernel.driving`).
COUNT, COMMITTED, STATE, FREE_AT, DAY = range(5)
UNDER_WAY, DEPARTS_AT, ARRIVES_AT, DRIVEN, NEXT_AT, TOLD = range(5, 11)
VEHICLE_AT, RATES_AT = 11, 19
STATUS_FIELDS = 22
# COUNT       stops in the plan                       COMMITTED  of them driven to already, or being driven to
# STATE       where it stands before the next stop: DRIVING (to or at the last committed stop), HELD there, AT_BASE, or OFF all day
# FREE_AT     earliest time it can leave the base, s (only meaningful when AT_BASE)
# DAY         the service day, counted from the start of the year
# UNDER_WAY   1 when it has a next stop today, from the day's beginning on
# DEPARTS_AT  when it leaves for the next stop, FAR when it is on its way or has none
# ARRIVES_AT  arrival at the stop it is bound for     DRIVEN  driving time of the leg to it
# NEXT_AT     its next event: the end of that stop    TOLD  1 when a new booking changed that and the calendar must hear of it
# VEHICLE_AT  and on: the fields of its vehicle row   RATES_AT  and on: the day's cost rates of its contract

DRIVING, HELD, AT_BASE, OFF = 0, 1, 2, 3

# Fields of a request's row.
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
R_BY, R_DAY, R_ASKED, R_OUTBOUND, R_FATE = range(9, 14)
R_PICKUP_PERMILLE, R_DROPOFF_PERMILLE, R_REAL_BOARDING, R_REAL_ALIGHTING, R_IN_VAIN = range(14, 19)
ROW_FIELDS = 19
# R_BY       latest drop-off, s, FAR when only the ride's length is limited
# R_DAY, R_ASKED  service day; time of the request in seconds from the start of the year
# R_OUTBOUND row of the tour's way out, -1 for a way out itself       R_FATE  what became of it, a `sim.road.kernel.log.Kind`
# R_*_PERMILLE    actual over planned driving time of the leg to the stop
# R_REAL_*   actual boarding (the wait when nobody comes) and alighting time, s      R_IN_VAIN  1 when nobody will be there

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
FAR = 1 << 60
PAST = -FAR


@dataclass(frozen=True)
class Plan:
    """The stops planned for a fleet over the days in view.

    Attributes
    ----------
    stops : int64 array, shape (SLOTS, vehicles + 1 + room, MAX_STOPS, STOP_FIELDS); what comes after the vehicles is
        scratch space: one row, and the room that `sim.road.dispatch.regrouping` needs
    status : int64 array, shape (SLOTS, vehicles + 1, STATUS_FIELDS)
    """

    stops: NDArray[np.int64]
    status: NDArray[np.int64]

    @classmethod
    def empty(
        cls, vehicles: NDArray[np.int64], *, slots: int = SLOTS, max_stops: int = MAX_STOPS, room: int = 0
    ) -> "Plan":
        """Return a plan without days; `open_day` opens them."""
        stops = np.zeros((slots, len(vehicles) + 1 + room, max_stops, STOP_FIELDS), dtype=np.int64)
        status = np.zeros((slots, len(vehicles) + 1, STATUS_FIELDS), dtype=np.int64)
        status[:, :, STATE] = OFF
        return cls(stops, status)

    def open_day(self, day: int, beginning: NDArray[np.int64]) -> None:
        """Clear the slot of a new day, which begins as `day_before_it_begins` says."""
        status = self.status[day % len(self.status)]
        status[:], status[:, DAY] = beginning, day


def day_before_it_begins(vehicles: NDArray[np.int64], rates: NDArray[np.int64], *, weekend: bool) -> NDArray[np.int64]:
    """Return the status of a day on which nothing is planned yet, int64 (vehicles + 1, STATUS_FIELDS)."""
    status = np.zeros((len(vehicles) + 1, STATUS_FIELDS), dtype=np.int64)
    status[:, STATE], status[:, DEPARTS_AT] = OFF, FAR
    fleet = status[:-1]
    fleet[:, STATE] = np.where(weekend & (vehicles[:, V_WEEKEND] == 0), OFF, AT_BASE)
    fleet[:, FREE_AT] = vehicles[:, V_FROM]
    fleet[:, VEHICLE_AT : VEHICLE_AT + VEHICLE_FIELDS] = vehicles
    fleet[:, RATES_AT : RATES_AT + 3] = rates[vehicles[:, V_CONTRACT]]
    return status
