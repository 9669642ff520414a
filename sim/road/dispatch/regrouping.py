"""Re-optimising what is booked and not yet driven: take a few related bookings out together, put each where it costs least.

A booking that is moved alone soon finds no better place, because others are in its way. A regrouping takes out one open booking of the
day, drawn by chance, and those that one or two other vehicles serve near it in place and time, and puts them back one after the other.
The new plan replaces the old one when it is cheaper, or more expensive by no more than an allowance drawn by chance, which falls to nothing
as the trip comes near: so a plan that no single step makes cheaper can still become so by several. Otherwise everything stays as it was.
Every promise is kept: the window given to a rider is never touched, the time within it may move. Nobody loses a place in a vehicle.
"""

import numpy as np
from numpy.typing import NDArray

from sim.road.dispatch.bounds import bound_all
from sim.road.dispatch.compiled import compiled
from sim.road.dispatch.gaps import UNREACHABLE, list_gaps
from sim.road.dispatch.insertion import cheapest_from_lowest, cheapest_of_all, put_stops
from sim.road.dispatch.open_bookings import (
    NOWHERE,
    chance,
    drawn_booking,
    first_open,
    first_that_can_change,
    open_pickup,
    without,
)
from sim.road.dispatch.plan import (
    ARRIVE,
    C_DRIVE,
    COUNT,
    FAR,
    INFEASIBLE,
    KIND,
    PARTNER,
    PICKUP,
    PLACE,
    R_DESTINATION,
    R_ORIGIN,
    RATES_AT,
    REQUEST,
    RIDE,
    SLACK,
    STOP_FIELDS,
)
from sim.road.dispatch.state import State
from sim.road.dispatch.travel import seconds

MOST = 3
"""Bookings that are taken out together at most; two at least, where the number that may still be taken out allows it."""
ALLOWED_S = 90
"""Seconds of driving by which a plan may get longer at most; a third of it in the mean."""
AHEAD_S = 4 * 3600
"""So long before its stop and more, a booking has the whole allowance."""
BLUR = 100
"""Per cent by which chance makes a booking seem further away at most, so that not always the same ones are taken out together."""
ROOM = 1 + 2 * MOST
"""Rows of stops beside the vehicles' own: the memo, and the plans that are kept: at most one left and one joined by each booking."""

# Columns of the memo: one row for each booking taken out, and one row for each vehicle whose plan is kept.
M_REQUEST, M_LEFT, M_JOINED, M_VEHICLE, M_COUNT, M_FIRST = range(6)
# M_REQUEST  row of the request                  M_LEFT, M_JOINED  the vehicles that it was taken from and given to
# M_VEHICLE  whose plan is kept                  M_COUNT, M_FIRST  stops of that plan, and the first of them that is kept


@compiled
def copy_stops(stops: NDArray[np.int64], to: NDArray[np.int64], first: int, end: int) -> None:
    """Copy the stops from ``first`` to before ``end``."""
    for k in range(first, end):
        for field in range(STOP_FIELDS):
            to[k, field] = stops[k, field]


@compiled
def is_kept(memo: NDArray[np.int64], vehicle: int, kept: int) -> bool:
    """Return whether a vehicle's plan is among the ``kept`` ones."""
    number = 0
    while number < kept and memo[number, M_VEHICLE] != vehicle:
        number += 1
    return number < kept


@compiled
def keep(state: State, slot: int, vehicle: int, kept: int) -> int:
    """Keep a vehicle's plan as it is, unless that is done; return how many are kept."""
    memo_row = state.status.shape[1]
    memo = state.stops[slot, memo_row]
    if is_kept(memo, vehicle, kept):
        return kept
    stops, status = state.stops[slot, vehicle], state.status[slot, vehicle]
    first = first_that_can_change(stops, status)
    memo[kept, M_VEHICLE], memo[kept, M_COUNT], memo[kept, M_FIRST] = vehicle, status[COUNT], first
    copy_stops(stops, state.stops[slot, memo_row + 1 + kept], first, status[COUNT])
    return kept + 1


@compiled
def restore(state: State, slot: int, kept: int) -> None:
    """Put the plans back as they were kept."""
    memo_row = state.status.shape[1]
    memo = state.stops[slot, memo_row]
    for number in range(kept):
        vehicle, count = memo[number, M_VEHICLE], memo[number, M_COUNT]
        old = state.stops[slot, memo_row + 1 + number]
        copy_stops(old, state.stops[slot, vehicle], memo[number, M_FIRST], count)
        state.status[slot, vehicle, COUNT] = count


@compiled
def list_again(state: State, slot: int, kept: int) -> None:
    """List the gaps of the vehicles whose plans were kept, from the first stop that is another or at another time now."""
    memo_row = state.status.shape[1]
    memo = state.stops[slot, memo_row]
    for number in range(kept):
        vehicle, count = memo[number, M_VEHICLE], memo[number, M_COUNT]
        old = state.stops[slot, memo_row + 1 + number]
        stops, status = state.stops[slot, vehicle], state.status[slot, vehicle]
        first, end = memo[number, M_FIRST], min(count, status[COUNT])
        while first < end and (
            old[first, PLACE] == stops[first, PLACE]
            and old[first, RIDE] == stops[first, RIDE]
            and old[first, ARRIVE] == stops[first, ARRIVE]
            and old[first, SLACK] == stops[first, SLACK]
        ):
            first += 1
        list_gaps(state.gaps, slot, stops, status, vehicle, first, max(count, status[COUNT]), state.where)


@compiled
def near(state: State, slot: int, place: int, at: int, kept: int, luck: int) -> tuple[int, int]:
    """Return (vehicle, position of the pickup) of an open booking with a stop near a place and a time; NOWHERE when there is none.

    Only the stops that a vehicle makes just before and after the time are looked at, and no vehicle whose plan is kept.
    """
    memo = state.stops[slot, state.status.shape[1]]
    best, best_vehicle, best_pickup = int(FAR), NOWHERE, 0
    for vehicle in range(state.status.shape[1] - 1):
        stops, status = state.stops[slot, vehicle], state.status[slot, vehicle]
        first, count = first_open(status), status[COUNT]
        if first >= count or is_kept(memo, vehicle, kept):
            continue
        low, high = first, count
        while low < high:
            middle = (low + high) // 2
            if stops[middle, ARRIVE] < at:
                low = middle + 1
            else:
                high = middle
        luck = (luck * 1_103_515_245 + 12_345) & 0x3FFFFFFF
        blur = 100 + (luck >> 8) % (BLUR + 1)
        for k in range(max(first, low - 1), min(count, low + 2)):
            pickup = k if stops[k, KIND] == PICKUP else stops[k, PARTNER]
            if pickup >= first:
                # A minute counts for half a minute's drive.
                apart = blur * (2 * seconds(state.where, place, stops[k, PLACE]) + abs(stops[k, ARRIVE] - at))
                if apart < best:
                    best, best_vehicle, best_pickup = apart, vehicle, pickup
    return best_vehicle, best_pickup


@compiled
def take_out(state: State, slot: int, vehicle: int, pickup: int, now: int) -> tuple[bool, int]:
    """Take a booking out of a vehicle's plan; return (promises to the others hold, cost saved). Where they do not, nothing is done."""
    stops, status = state.stops[slot, vehicle], state.status[slot, vehicle]
    count, rest = status[COUNT], state.stops[slot, state.status.shape[1] - 1]
    hold, saved = without(stops, status, pickup, rest, now, state.where)
    if not hold:
        status[COUNT] = count
        return False, 0
    copy_stops(rest, stops, first_that_can_change(rest, status), status[COUNT])
    return True, saved


@compiled
def cheapest_anywhere(
    state: State, slot: int, request: NDArray[np.int64], bound: int, now: int, kept: int
) -> tuple[int, int, int, int]:
    """Return what `cheapest` does; the vehicles whose plans are kept are always looked at, as their gaps are not listed meanwhile."""
    direct, nobody = seconds(state.where, request[R_ORIGIN], request[R_DESTINATION]), int(INFEASIBLE)
    low = state.gaps.low
    if not len(low):
        return cheapest_of_all(state, slot, request, direct, bound, now, nobody)
    bound_all(state.gaps, slot, request, state.where, direct)
    memo = state.stops[slot, state.status.shape[1]]
    for number in range(kept):
        low[memo[number, M_VEHICLE]] = -UNREACHABLE
    return cheapest_from_lowest(state, slot, request, direct, bound, now, nobody)


@compiled
def take_out_related(
    state: State, slot: int, vehicle: int, pickup: int, now: int, seed: int, row: int, luck: int, many: int
) -> tuple[int, int, int, int]:
    """Take a booking out and others near it, each of another vehicle, until ``many`` have been tried.

    Returns (tried, taken out, plans kept, cost saved). Each further one is near a stop, drawn by chance, of the one before it.
    """
    memo = state.stops[slot, state.status.shape[1]]
    tried, taken, kept, saved = 0, 0, 0, 0
    while vehicle != NOWHERE:
        stops = state.stops[slot, vehicle]
        k = stops[pickup, PARTNER] if chance(seed, row, luck + 2 * tried, 2) else pickup
        place, at, request = stops[k, PLACE], stops[k, ARRIVE], stops[pickup, REQUEST]
        kept = keep(state, slot, vehicle, kept)
        hold, less = take_out(state, slot, vehicle, pickup, now)
        if hold:
            memo[taken, M_REQUEST], memo[taken, M_LEFT] = request, vehicle
            saved += less
            taken += 1
        tried += 1
        vehicle = NOWHERE
        if tried < many:
            vehicle, pickup = near(state, slot, place, at, kept, chance(seed, row, luck + 2 * tried + 1, 1 << 30))
    return tried, taken, kept, saved


@compiled
def regroup(
    state: State, slot: int, now: int, seed: int, row: int, turn: int, vehicle: int, left: int
) -> tuple[int, int]:
    """Try to regroup some open bookings of a day, not more than ``left``; return (how many were looked at, plans changed).

    The first turn begins with request ``row``, which ``vehicle`` just got, later ones with a booking drawn by chance. When plans have
    changed the memo says which bookings were given to whom, and whose plans they are.
    """
    memo, luck = state.stops[slot, state.status.shape[1]], 32 * turn
    pickup = open_pickup(state.stops[slot, vehicle], state.status[slot, vehicle], row) if turn == 0 else NOWHERE
    if pickup == NOWHERE:
        vehicle, pickup = drawn_booking(state, slot, seed, row, luck)
    if vehicle == NOWHERE:
        return 1, 0
    # The memo and the plans kept have a row for each of them.
    many = min(2 + chance(seed, row, luck + 1, MOST - 1), left, state.stops.shape[2] // 2)
    ahead = min(AHEAD_S, max(0, state.stops[slot, vehicle, pickup, ARRIVE] - now))
    drawn = chance(seed, row, luck + 2, 1000)
    allowed = state.status[slot, vehicle, RATES_AT + C_DRIVE] * (
        ALLOWED_S * ahead * drawn * drawn // (AHEAD_S * 1_000_000)
    )
    tried, taken, kept, saved = take_out_related(state, slot, vehicle, pickup, now, seed, row, luck + 8, many)
    for n in range(taken, tried):
        memo[n, M_LEFT] = memo[n, M_JOINED] = NOWHERE
    budget = saved + allowed
    start, onward = chance(seed, row, luck + 3, MOST), chance(seed, row, luck + 4, 2)
    for n in range(taken):
        which = (start + n if onward else start + taken - n) % taken
        request = memo[which, M_REQUEST]
        added, joined, i, j = cheapest_anywhere(state, slot, state.requests[request], budget, now, kept)
        if joined == INFEASIBLE:
            restore(state, slot, kept)
            return tried, 0
        budget -= added
        kept = keep(state, slot, joined, kept)
        put_stops(state, slot, joined, request, i, j, now)
        memo[which, M_JOINED] = joined
    if budget == allowed:
        # It costs what it did: most often everybody is back where they were.
        restore(state, slot, kept)
        return tried, 0
    list_again(state, slot, kept)
    return tried, kept
