"""What the clock calls: the events of one kind that follow on each other, done by compiled code in one go."""

import numpy as np
from numpy.typing import NDArray

from sim.road.dispatch.compiled import compiled
from sim.road.dispatch.gaps import Gaps
from sim.road.dispatch.plan import COUNT, DAY, NEXT_AT, R_ASKED, R_DAY, TOLD, UNDER_WAY
from sim.road.dispatch.state import State
from sim.road.dispatch.travel import Where
from sim.road.kernel.calendar import NEVER, REQUEST, SECOND, WHO, first, key, put, take_first
from sim.road.kernel.driving import DAY_S, SEVERAL, advance, ask, look_ahead


@compiled
def make_requests(
    stops: NDArray[np.int64],
    status: NDArray[np.int64],
    requests: NDArray[np.int64],
    log: NDArray[np.int64],
    where: Where,
    hours: NDArray[np.float32],
    depth: NDArray[np.int64],
    ends: NDArray[np.float32],
    work: NDArray[np.float32],
    low: NDArray[np.int32],
    low_dropoff: NDArray[np.int32],
    calendar: NDArray[np.int64],
    row: int,
    end: int,
    until: int,
    relocations: int,
    seed: int,
) -> tuple[int, int]:
    """Make the requests from ``row`` to before ``end``, those that come before the road's next stop and before second ``until``.

    Returns the row of the next request, and when the road's next stop ends.
    """
    state = State(stops, status, requests, log, where, Gaps(hours, depth, ends, work, low, low_dropoff))
    while row < end and requests[row, R_ASKED] < until and calendar[REQUEST, 0] < first(calendar):
        told = ask(state, row, relocations, seed)
        slot, clock = requests[row, R_DAY] % stops.shape[0], requests[row, R_ASKED] - requests[row, R_DAY] * DAY_S
        row += 1
        calendar[REQUEST, 0] = key(calendar, requests[row, R_ASKED]) if row < len(requests) else NEVER
        if told >= 0:
            set_off(state, calendar, slot, told, clock, True)
        elif told == SEVERAL:
            for vehicle in range(status.shape[1] - 1):
                if status[slot, vehicle, TOLD]:
                    set_off(state, calendar, slot, vehicle, clock, True)
    return row, first(calendar) // SECOND


@compiled
def drive_on(
    stops: NDArray[np.int64],
    status: NDArray[np.int64],
    requests: NDArray[np.int64],
    log: NDArray[np.int64],
    where: Where,
    hours: NDArray[np.float32],
    depth: NDArray[np.int64],
    ends: NDArray[np.float32],
    work: NDArray[np.float32],
    low: NDArray[np.int32],
    low_dropoff: NDArray[np.int32],
    calendar: NDArray[np.int64],
    until: int,
) -> int:
    """End the stops that come before the next request and before second ``until``; return when the one after them ends."""
    state = State(stops, status, requests, log, where, Gaps(hours, depth, ends, work, low, low_dropoff))
    before = min(calendar[REQUEST, 0], until * SECOND)
    while first(calendar) < before:
        who = calendar[WHO, 1]
        slot, vehicle = who // status.shape[1], who % status.shape[1]
        if advance(state, slot, vehicle):
            put(calendar, who, ends_at(status[slot, vehicle]))
        else:
            take_first(calendar)
    return first(calendar) // SECOND


@compiled
def begin_day(
    stops: NDArray[np.int64],
    status: NDArray[np.int64],
    requests: NDArray[np.int64],
    log: NDArray[np.int64],
    where: Where,
    hours: NDArray[np.float32],
    depth: NDArray[np.int64],
    ends: NDArray[np.float32],
    work: NDArray[np.float32],
    low: NDArray[np.int32],
    low_dropoff: NDArray[np.int32],
    calendar: NDArray[np.int64],
    slot: int,
) -> int:
    """Put every vehicle that has a plan for the day on the calendar; return when the road's next stop ends."""
    state = State(stops, status, requests, log, where, Gaps(hours, depth, ends, work, low, low_dropoff))
    for vehicle in range(status.shape[1] - 1):
        if status[slot, vehicle, COUNT]:
            set_off(state, calendar, slot, vehicle, 0, False)
    return first(calendar) // SECOND


@compiled
def set_off(state: State, calendar: NDArray[np.int64], slot: int, vehicle: int, clock: int, told: bool) -> None:
    """Put a vehicle's next stop on the calendar at ``clock``.

    ``told`` says that it has been looked up already, by the call that changed it.
    """
    own = state.status[slot, vehicle]
    own[UNDER_WAY], own[TOLD] = 1, 0
    if told or look_ahead(state, slot, vehicle, clock):
        put(calendar, slot * state.status.shape[1] + vehicle, ends_at(own))


@compiled
def ends_at(status: NDArray[np.int64]) -> int:
    """Return when a vehicle's next stop ends, in seconds from the start of the year."""
    return status[DAY] * DAY_S + status[NEXT_AT]
