"""Which bookings are open, booked and not yet driven for, and what a vehicle's plan is without one of them."""

import numpy as np
from numpy.typing import NDArray

from sim.road.dispatch.compiled import compiled
from sim.road.dispatch.plan import (
    ARRIVE,
    COMMITTED,
    COST,
    COUNT,
    DROPOFF,
    GARANTIVOGN,
    KIND,
    LATEST,
    LIMIT,
    LOAD,
    PARTNER,
    PICKUP,
    REQUEST,
    SERVICE,
    STOP_FIELDS,
    UNDER_WAY,
    V_CONTRACT,
    V_UNTIL,
    VEHICLE_AT,
)
from sim.road.dispatch.state import State
from sim.road.dispatch.timing import retime
from sim.road.dispatch.travel import Where

NOWHERE = -1


@compiled
def chance(seed: int, row: int, turn: int, below: int) -> int:
    """Return a number from 0 to ``below`` - 1 that depends on its arguments alone (splitmix64)."""
    z = np.uint64(seed) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(row) * np.uint64(0xD1B54A32D192ED03)
    z += np.uint64(turn + 1) * np.uint64(0x8CB92BA72F3D8DD7)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    z = z ^ (z >> np.uint64(31))
    return np.int64(z % np.uint64(below))  # type: ignore[return-value]


@compiled
def first_open(status: NDArray[np.int64]) -> int:
    """Return the first position whose stop may be taken out.

    A variable vehicle that stands waiting for its next stop is paid to wait for it: that one stays.
    """
    if status[UNDER_WAY] and status[VEHICLE_AT + V_CONTRACT] != GARANTIVOGN:
        return status[COMMITTED] + 1
    return status[COMMITTED]


@compiled
def first_that_can_change(stops: NDArray[np.int64], status: NDArray[np.int64]) -> int:
    """Return the first position whose stop a change of the open stops touches: the stop under way, or the pickup of a rider on board.

    They know where their bookings' other stops are.
    """
    first = max(0, status[COMMITTED] - 1)
    for k in range(status[COMMITTED], status[COUNT]):
        if stops[k, KIND] == DROPOFF:
            first = min(first, stops[k, PARTNER])
    return first


@compiled
def open_pickup(stops: NDArray[np.int64], status: NDArray[np.int64], row: int) -> int:
    """Return the position of an open pickup of request ``row`` in a vehicle's plan, NOWHERE when it is not there or not open."""
    for k in range(first_open(status), status[COUNT]):
        if stops[k, REQUEST] == row and stops[k, KIND] == PICKUP:
            return k
    return NOWHERE


@compiled
def drawn_booking(state: State, slot: int, seed: int, row: int, turn: int) -> tuple[int, int]:
    """Return (vehicle, position of the pickup) of an open booking drawn by chance; NOWHERE when the draw met none.

    Every open stop of the day is as likely as any other; a drop-off stands for its booking when its pickup is open too.
    """
    total = 0
    for vehicle in range(state.status.shape[1] - 1):
        status = state.status[slot, vehicle]
        total += max(0, status[COUNT] - first_open(status))
    if total == 0:
        return NOWHERE, 0
    left = chance(seed, row, turn, total)
    for vehicle in range(state.status.shape[1] - 1):
        status = state.status[slot, vehicle]
        first = first_open(status)
        here = max(0, status[COUNT] - first)
        if left < here:
            stop = state.stops[slot, vehicle, first + left]
            if stop[KIND] == PICKUP:
                return vehicle, first + left
            if stop[PARTNER] >= first:
                return vehicle, stop[PARTNER]
            return NOWHERE, 0
        left -= here
    return NOWHERE, 0


@compiled
def without(
    stops: NDArray[np.int64], status: NDArray[np.int64], pickup: int, kept: NDArray[np.int64], now: int, where: Where
) -> tuple[bool, int]:
    """Write a vehicle's open stops less one booking's into ``kept`` and time them; return (promises hold, cost saved).

    They may not hold: somebody who is now fetched sooner may sit longer in the vehicle than is allowed. The status counts two
    stops less afterwards.
    """
    count, dropoff = status[COUNT], stops[pickup, PARTNER]
    passengers = stops[dropoff - 1, LOAD] - stops[dropoff, LOAD]
    last = stops[count - 1]
    until = max(status[VEHICLE_AT + V_UNTIL], last[ARRIVE] + last[SERVICE])
    to = first_that_can_change(stops, status)
    for k in range(to, count):
        if k in (pickup, dropoff):
            continue
        for field in range(STOP_FIELDS):
            kept[to, field] = stops[k, field]
        partner = stops[k, PARTNER]
        kept[to, PARTNER] = partner - (partner > pickup) - (partner > dropoff)
        if pickup < k < dropoff:
            kept[to, LOAD] -= passengers
        to += 1
    status[COUNT] = count - 2
    timed = retime(kept, status, pickup, dropoff - 1, 0, now, where)
    saved = stops[pickup, COST] + stops[dropoff, COST]
    for k in range(pickup, status[COUNT]):
        if k <= timed:
            old = k + 1 + (k >= dropoff - 1)
            saved += stops[old, COST] - kept[k, COST]
        elif kept[k - 1, LOAD] == 0:
            break  # nobody who was fetched sooner is on board any more
        if kept[k, ARRIVE] > kept[k, LATEST]:
            return False, 0
        if kept[k, KIND] == DROPOFF:
            partner = kept[k, PARTNER]
            if kept[k, ARRIVE] > kept[partner, ARRIVE] + kept[partner, SERVICE] + kept[k, LIMIT]:
                return False, 0
    end = kept[status[COUNT] - 1]
    return status[COUNT] == 0 or end[ARRIVE] + end[SERVICE] <= until, saved
