"""Re-optimising what is booked and not yet driven: take a booking out, put it where it costs least.

A relocation picks one open booking of the day by chance, takes it out of its vehicle's plan and looks for the cheapest place in
any vehicle's. It moves only when that makes the whole plan cheaper; otherwise everything stays as it was. Every promise is kept:
the window given to a rider is never touched, the time within it may move. Nobody loses a place in a vehicle.
"""

import numpy as np
from numpy.typing import NDArray

from sim.road.dispatch.compiled import compiled
from sim.road.dispatch.gaps import list_gaps
from sim.road.dispatch.insertion import cheapest, write_stops
from sim.road.dispatch.plan import (
    ARRIVE,
    COMMITTED,
    COST,
    COUNT,
    DROPOFF,
    GARANTIVOGN,
    INFEASIBLE,
    KIND,
    LATEST,
    LIMIT,
    LOAD,
    PARTNER,
    PICKUP,
    PLACE,
    REQUEST,
    RIDE,
    SERVICE,
    STOP_FIELDS,
    UNDER_WAY,
    V_BASE,
    V_CONTRACT,
    V_UNTIL,
    VEHICLE_AT,
)
from sim.road.dispatch.state import State
from sim.road.dispatch.timing import retime
from sim.road.dispatch.travel import Where, seconds

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
def drawn_booking(state: State, slot: int, seed: int, row: int, turn: int) -> tuple[int, int]:
    """Return (vehicle, position of the pickup) of an open booking drawn by chance; NOWHERE when the draw met none.

    Every open stop of the day is as likely as any other; a drop-off stands for its booking when its pickup is open too.
    """
    total = 0
    for vehicle in range(state.stops.shape[1] - 1):
        status = state.status[slot, vehicle]
        total += max(0, status[COUNT] - first_open(status))
    if total == 0:
        return NOWHERE, 0
    left = chance(seed, row, turn, total)
    for vehicle in range(state.stops.shape[1] - 1):
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
def detour(stops: NDArray[np.int64], status: NDArray[np.int64], pickup: int, where: Where) -> int:
    """Return how much driving the vehicle would be spared without a booking, seconds; waits and new starts aside."""
    dropoff, spared = stops[pickup, PARTNER], 0
    before = stops[pickup - 1, PLACE] if pickup else status[VEHICLE_AT + V_BASE]
    for k in (pickup, dropoff):
        spared += stops[k, RIDE]
        after = k + 1
        if after == dropoff:
            continue
        if after < status[COUNT]:
            spared += stops[after, RIDE] - seconds(where, before, stops[after, PLACE])
        before = stops[dropoff - 1, PLACE]
    return max(0, spared)


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
    # Those on board got in before: their stops are needed too.
    to = max(0, status[COMMITTED] - 1)
    for k in range(status[COMMITTED], count):
        if stops[k, KIND] == DROPOFF:
            to = min(to, stops[k, PARTNER])
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


@compiled
def further_out_of_two(state: State, slot: int, seed: int, row: int, turn: int) -> tuple[int, int]:
    """Return, of two bookings drawn, the one whose vehicle goes further out of its way for it: there is more to gain."""
    vehicle, pickup, longest = NOWHERE, 0, -1
    for draw in (2 * turn, 2 * turn + 1):
        one, at = drawn_booking(state, slot, seed, row, draw)
        if one != NOWHERE:
            out_of_way = detour(state.stops[slot, one], state.status[slot, one], at, state.where)
            if out_of_way > longest:
                vehicle, pickup, longest = one, at, out_of_way
    return vehicle, pickup


@compiled
def relocate(state: State, slot: int, now: int, seed: int, row: int, turn: int) -> tuple[int, int, int]:
    """Try to relocate one open booking of a day; return (vehicle left, vehicle joined, its request), NOWHERE when it stays."""
    vehicle, pickup = further_out_of_two(state, slot, seed, row, turn)
    if vehicle == NOWHERE:
        return NOWHERE, NOWHERE, NOWHERE
    stops, status = state.stops[slot, vehicle], state.status[slot, vehicle]
    count, moved = status[COUNT], stops[pickup, REQUEST]
    kept = state.stops[slot, state.stops.shape[1] - 1]
    hold, saved = without(stops, status, pickup, kept, now, state.where)
    if hold and saved > 0:
        _, joined, i, j = cheapest(state, slot, state.requests[moved], saved, now, vehicle)
        if joined != INFEASIBLE:
            # The stop that is under way as well: it knows where its booking's other stop stands.
            first = max(0, status[COMMITTED] - 1)
            for k in range(first, status[COUNT]):
                for field in range(STOP_FIELDS):
                    stops[k, field] = kept[k, field]
            list_gaps(state.gaps, slot, stops, status, vehicle, first, count, state.where)
            write_stops(state, slot, joined, moved, i, j, now)
            return vehicle, joined, moved
    status[COUNT] = count
    return NOWHERE, NOWHERE, NOWHERE
