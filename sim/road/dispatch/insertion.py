"""The cheapest insertion of all vehicles, and how it is written into the plan.

Ties go to the vehicle with the lowest number, then to the earliest positions.
"""

import numpy as np
from numpy.typing import NDArray

from sim.road.dispatch.bounds import bound_all, lowest
from sim.road.dispatch.compiled import compiled
from sim.road.dispatch.gaps import UNREACHABLE, list_gaps
from sim.road.dispatch.one_vehicle import alone, best_in_vehicle
from sim.road.dispatch.plan import (
    ARRIVE,
    C_DRIVE,
    COUNT,
    DROPOFF,
    EARLIEST,
    FAR,
    INFEASIBLE,
    KIND,
    LATEST,
    LIMIT,
    LOAD,
    OFF,
    PARTNER,
    PICKUP,
    PLACE,
    R_ALIGHTING,
    R_BOARDING,
    R_BY,
    R_DESTINATION,
    R_EARLIEST,
    R_LATEST,
    R_LIMIT,
    R_ORIGIN,
    R_PASSENGERS,
    R_WHEELCHAIR,
    RATES_AT,
    REQUEST,
    SERVICE,
    STATE,
    V_FROM,
    V_GROUP,
    V_LIFT,
    V_UNTIL,
    VEHICLE_AT,
)
from sim.road.dispatch.state import State
from sim.road.dispatch.timing import place_stop, retime
from sim.road.dispatch.travel import seconds


@compiled
def cheapest(
    state: State, slot: int, request: NDArray[np.int64], bound: int, now: int, instead: int
) -> tuple[int, int, int, int]:
    """Return (added cost, vehicle, pickup position, drop-off position) of the cheapest insertion below ``bound``.

    The vehicle is INFEASIBLE when there is none. ``now`` is the time of the service day (negative on the days before): no
    vehicle can leave sooner. Of vehicle ``instead`` the scratch plan counts in place of its own.
    """
    direct = seconds(state.where, request[R_ORIGIN], request[R_DESTINATION])
    if len(state.gaps.low):
        return cheapest_of_few(state, slot, request, direct, bound, now, instead)
    return cheapest_of_all(state, slot, request, direct, bound, now, instead)


@compiled
def cheapest_of_all(
    state: State, slot: int, request: NDArray[np.int64], direct: int, bound: int, now: int, instead: int
) -> tuple[int, int, int, int]:
    """Return what `cheapest` does, by looking at every vehicle."""
    best, best_vehicle, best_pickup, best_dropoff = bound, INFEASIBLE, -1, -1
    tried = -1
    for vehicle in range(state.status.shape[1] - 1):
        status = state.status[slot, vehicle]
        if status[COUNT] == 0 and status[STATE] != OFF:
            # Those of a group are alike, so the first empty one stands for all.
            if status[VEHICLE_AT + V_GROUP] == tried:
                continue
            tried = status[VEHICLE_AT + V_GROUP]
        added, pickup, dropoff = best_of_vehicle(state, slot, vehicle, request, direct, best, now, instead)
        if added < best:
            best, best_vehicle, best_pickup, best_dropoff = added, vehicle, pickup, dropoff
    return best, best_vehicle, best_pickup, best_dropoff


@compiled
def cheapest_of_few(
    state: State, slot: int, request: NDArray[np.int64], direct: int, bound: int, now: int, instead: int
) -> tuple[int, int, int, int]:
    """Return what `cheapest` does, by looking at the vehicles from the lowest bound (`sim.road.dispatch.gaps`) on.

    None whose bound is above the best found can be better, nor as good with a lower number.
    """
    bound_all(state.gaps, slot, request, state.where, direct)
    if instead >= 0:
        state.gaps.low[instead] = -UNREACHABLE
    return cheapest_from_lowest(state, slot, request, direct, bound, now, instead)


@compiled
def cheapest_from_lowest(
    state: State, slot: int, request: NDArray[np.int64], direct: int, bound: int, now: int, instead: int
) -> tuple[int, int, int, int]:
    """Return what `cheapest_of_few` does, once the bounds are known; they are used up by it."""
    best, best_vehicle, best_pickup, best_dropoff = bound, INFEASIBLE, -1, -1
    low = state.gaps.low
    rate = state.status[slot, 0, RATES_AT + C_DRIVE]
    vehicle = lowest(state.gaps)
    while low[vehicle] < UNREACHABLE and rate * low[vehicle] <= best:
        # Of two that cost the same, the first.
        below = best + 1 if vehicle < best_vehicle else best
        added, pickup, dropoff = best_of_vehicle(state, slot, vehicle, request, direct, below, now, instead)
        if added < below:
            best, best_vehicle, best_pickup, best_dropoff = added, vehicle, pickup, dropoff
        low[vehicle] = UNREACHABLE
        vehicle = lowest(state.gaps)
    return best, best_vehicle, best_pickup, best_dropoff


@compiled
def best_of_vehicle(
    state: State,
    slot: int,
    vehicle: int,
    request: NDArray[np.int64],
    direct: int,
    bound: int,
    now: int,
    instead: int,
) -> tuple[int, int, int]:
    """Return what `best_in_vehicle` does for a vehicle of the day, FAR when it cannot be there at all."""
    status = state.status[slot, vehicle]
    stops = state.stops[slot, state.status.shape[1] - 1 if vehicle == instead else vehicle]
    if status[STATE] == OFF or (request[R_WHEELCHAIR] and not status[VEHICLE_AT + V_LIFT]):
        return FAR, -1, -1
    count = status[COUNT]
    if count + 2 > state.stops.shape[2] or status[VEHICLE_AT + V_FROM] > request[R_LATEST]:
        return FAR, -1, -1
    if status[VEHICLE_AT + V_UNTIL] < request[R_EARLIEST]:
        last = stops[count - 1]
        if count == 0 or last[ARRIVE] + last[SERVICE] < request[R_EARLIEST]:
            return FAR, -1, -1
    if count == 0:
        return alone(status, request, direct, state.where, bound, now), 0, 0
    later = 0
    if len(state.gaps.low) and state.gaps.low[vehicle] > -UNREACHABLE:
        later = max(0, state.gaps.low_dropoff[vehicle])
    return best_in_vehicle(stops, status, request, direct, state.where, bound, now, later)


@compiled
def put_stops(state: State, slot: int, vehicle: int, row: int, pickup: int, dropoff: int, now: int) -> int:
    """Put request ``row`` into a vehicle's plan at two positions of the plan as it was, and time the plan again."""
    stops, status, request = state.stops[slot, vehicle], state.status[slot, vehicle], state.requests[row]
    count = status[COUNT]
    i, j = pickup, dropoff + 1
    place_stop(stops, count, i)
    place_stop(stops, count + 1, j)
    load = stops[i - 1, LOAD] if i > 0 else 0
    stops[i, REQUEST], stops[i, KIND], stops[i, PLACE] = row, PICKUP, request[R_ORIGIN]
    stops[i, EARLIEST], stops[i, LATEST] = request[R_EARLIEST], request[R_LATEST]
    stops[i, SERVICE], stops[i, PARTNER], stops[i, LIMIT] = request[R_BOARDING], j, 0
    stops[i, LOAD] = load + request[R_PASSENGERS]
    stops[j, REQUEST], stops[j, KIND], stops[j, PLACE] = row, DROPOFF, request[R_DESTINATION]
    stops[j, EARLIEST], stops[j, LATEST] = 0, request[R_BY]
    stops[j, SERVICE], stops[j, PARTNER], stops[j, LIMIT] = request[R_ALIGHTING], i, request[R_LIMIT]
    for k in range(i + 1, j):
        stops[k, LOAD] += request[R_PASSENGERS]
    stops[j, LOAD] = stops[j - 1, LOAD] - request[R_PASSENGERS]
    status[COUNT] = count + 2
    last = retime(stops, status, i, j + 1, 0, now, state.where)
    return max(last, j)


@compiled
def write_stops(state: State, slot: int, vehicle: int, row: int, pickup: int, dropoff: int, now: int) -> None:
    """Put request ``row`` into a vehicle's plan at two positions of the plan as it was, and list the plan's gaps again."""
    last = put_stops(state, slot, vehicle, row, pickup, dropoff, now)
    stops, status = state.stops[slot, vehicle], state.status[slot, vehicle]
    list_gaps(state.gaps, slot, stops, status, vehicle, pickup, min(last + 1, status[COUNT] - 1), state.where)


@compiled
def insert(state: State, slot: int, row: int, now: int) -> int:
    """Insert request ``row`` where it costs least; return the vehicle, or INFEASIBLE when nobody can take it."""
    # Plain numbers: for constants numba would compile the whole search once more.
    bound, nobody = int(FAR), int(INFEASIBLE)
    _, vehicle, pickup, dropoff = cheapest(state, slot, state.requests[row], bound, now, nobody)
    if vehicle != INFEASIBLE:
        write_stops(state, slot, vehicle, row, pickup, dropoff, now)
    return vehicle
