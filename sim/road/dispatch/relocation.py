"""Relocating one open booking: take it out, put it where it costs least.

It moves only when that makes the whole plan cheaper; otherwise everything stays as it was. Every promise is kept: the window given to a
rider is never touched, the time within it may move. Nobody loses a place in a vehicle.
"""

import numpy as np
from numpy.typing import NDArray

from sim.road.dispatch.compiled import compiled
from sim.road.dispatch.gaps import list_gaps
from sim.road.dispatch.insertion import cheapest, write_stops
from sim.road.dispatch.open_bookings import NOWHERE, drawn_booking, without
from sim.road.dispatch.plan import (
    COMMITTED,
    COUNT,
    INFEASIBLE,
    PARTNER,
    PLACE,
    REQUEST,
    RIDE,
    STOP_FIELDS,
    V_BASE,
    VEHICLE_AT,
)
from sim.road.dispatch.state import State
from sim.road.dispatch.travel import Where, seconds


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
    kept = state.stops[slot, state.status.shape[1] - 1]
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
