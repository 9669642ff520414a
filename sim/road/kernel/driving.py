"""What a request becomes, and what a vehicle does next: the steps that the clock's calls are made of.

A vehicle's event is the end of a stop. What has happened since its last event is written down, the rest of the plan timed
again when a stop ended late, and the end of the next stop worked out. Until the vehicle leaves for that stop the planner may
still put another one before it; its entry on the road's calendar is replaced then.
"""

import numpy as np
from numpy.typing import NDArray

from sim.road.dispatch.compiled import compiled
from sim.road.dispatch.gaps import look_always
from sim.road.dispatch.insertion import insert
from sim.road.dispatch.open_bookings import NOWHERE
from sim.road.dispatch.plan import (
    ARRIVE,
    ARRIVES_AT,
    AT_BASE,
    COMMITTED,
    COUNT,
    DAY,
    DEPARTS_AT,
    DRIVEN,
    DRIVING,
    FAR,
    FREE_AT,
    FROM_BASE,
    GARANTIVOGN,
    HELD,
    INFEASIBLE,
    KIND,
    LOAD,
    NEXT_AT,
    PARTNER,
    PICKUP,
    PLACE,
    R_ASKED,
    R_DAY,
    R_DROPOFF_PERMILLE,
    R_FATE,
    R_IN_VAIN,
    R_OUTBOUND,
    R_PICKUP_PERMILLE,
    R_REAL_ALIGHTING,
    R_REAL_BOARDING,
    REQUEST,
    SERVICE,
    STATE,
    TOLD,
    UNDER_WAY,
    V_BASE,
    V_CONTRACT,
    VEHICLE_AT,
)
from sim.road.dispatch.regrouping import M_JOINED, M_LEFT, M_REQUEST, M_VEHICLE, regroup
from sim.road.dispatch.relocation import relocate
from sim.road.dispatch.state import State
from sim.road.dispatch.timing import retime, take_stop
from sim.road.dispatch.travel import Where, seconds
from sim.road.dispatch.waiting import drive_to_next, leave_no_sooner, wait_before_pickup
from sim.road.kernel.log import Kind

DAY_S = 86_400

# What a request's call answers beside the number of one vehicle whose next stop has changed.
NOBODY, SEVERAL = -1, -2
TOUCHED = 2
FIRST_ALONE = 1 << 40
"""Turns from here on draw the bookings that are relocated one by one, others than those that are regrouped."""

# Plain numbers for the compiled code.
DROPPED, BOOKED, NO_VEHICLE = int(Kind.DROPPED), int(Kind.BOOKED), int(Kind.NO_VEHICLE)
DUTY_START, DUTY_END = int(Kind.DUTY_START), int(Kind.DUTY_END)
AT_PICKUP, PICKED_UP, IN_VAIN = int(Kind.AT_PICKUP), int(Kind.PICKED_UP), int(Kind.IN_VAIN)
MOVED = int(Kind.MOVED)
AT_DROPOFF, DROPPED_OFF = int(Kind.AT_DROPOFF), int(Kind.DROPPED_OFF)


@compiled
def write(log: NDArray[np.int64], time_s: int, kind: int, row: int, vehicle: int, seconds: int) -> None:
    """Append an event; the log's first row holds the number of events written."""
    log[0, 0] += 1
    at = log[0, 0]
    log[at, 0], log[at, 1], log[at, 2], log[at, 3], log[at, 4] = time_s, kind, row, vehicle, seconds


@compiled
def ask(state: State, row: int, relocations: int, seed: int) -> int:
    """Let request ``row`` be made at its time: declined, refused, dropped, or handed to the planner; write down what came of it.

    Returns the vehicle whose next stop today has changed, NOBODY, or SEVERAL.
    """
    requests, log = state.requests, state.log
    request = requests[row]
    now, out = request[R_ASKED], request[R_OUTBOUND]
    if request[R_FATE] == BOOKED and out >= 0 and requests[out, R_FATE] != BOOKED:
        request[R_FATE] = DROPPED
    if request[R_FATE] != BOOKED:
        write(log, now, request[R_FATE], row, -1, 0)
        return NOBODY
    day = request[R_DAY]
    slot, clock = day % state.stops.shape[0], now - day * DAY_S
    if clock >= 0:
        leave_in_time(state, slot, clock)
    vehicle = insert(state, slot, row, clock)
    if vehicle == INFEASIBLE:
        request[R_FATE] = NO_VEHICLE
        write(log, now, NO_VEHICLE, row, -1, 0)
        return NOBODY
    write(log, now, BOOKED, row, vehicle, 0)
    if relocations:
        return improve(state, slot, clock, vehicle, row, relocations, seed)
    if clock < 0:
        return NOBODY
    return vehicle if changed(state, slot, vehicle, clock) else NOBODY


@compiled
def improve(state: State, slot: int, clock: int, vehicle: int, row: int, relocations: int, seed: int) -> int:
    """Regroup so many open bookings of the day after ``vehicle`` got request ``row``, then relocate as many one by one.

    Returns whose next stops have changed.
    """
    day = state.status[slot]
    day[vehicle, TOLD] = TOUCHED
    memo, left, turn = state.stops[slot, day.shape[0]], relocations, 0
    while left > 0:
        tried, plans = regroup(state, slot, clock, seed, row, turn, vehicle, left)
        for number in range(tried if plans else 0):
            joined = memo[number, M_JOINED]
            if joined != memo[number, M_LEFT]:
                write(state.log, state.requests[row, R_ASKED], MOVED, memo[number, M_REQUEST], joined, 0)
        for number in range(plans):
            day[memo[number, M_VEHICLE], TOLD] = TOUCHED
        left, turn = left - tried, turn + 1
    for one in range(relocations):
        before, joined, moved = relocate(state, slot, clock, seed, row, FIRST_ALONE + one)
        if before != NOWHERE:
            day[before, TOLD] = day[joined, TOLD] = TOUCHED
            if before != joined:
                write(state.log, state.requests[row, R_ASKED], MOVED, moved, joined, 0)
    told = 0
    for other in range(day.shape[0] - 1):
        if day[other, TOLD] == TOUCHED:
            day[other, TOLD] = clock >= 0 and changed(state, slot, other, clock)
            told += day[other, TOLD]
    return SEVERAL if told else NOBODY


@compiled
def leave_in_time(state: State, slot: int, clock: int) -> None:
    """Send off every vehicle that was to leave by now: its next stop is no longer the planner's to change.

    Those that wait on leave no sooner than now, which the planner must know.
    """
    for vehicle in range(state.status.shape[1] - 1):
        departs = state.status[slot, vehicle, DEPARTS_AT]
        if departs <= clock:
            depart(state.stops[slot, vehicle], state.status[slot, vehicle], state.log, state.where, vehicle)
        elif departs < FAR:
            leave_no_sooner(state.stops[slot, vehicle], state.status[slot, vehicle], clock, state.where)


@compiled
def depart(
    stops: NDArray[np.int64], status: NDArray[np.int64], log: NDArray[np.int64], where: Where, vehicle: int
) -> None:
    """Commit a vehicle to its next stop, at the time it was to leave for it."""
    leave_no_sooner(stops, status, status[DEPARTS_AT], where)
    position = status[COMMITTED]
    if stops[position, FROM_BASE]:
        left = status[DAY] * DAY_S + status[DEPARTS_AT]
        write(log, left, DUTY_START, stops[position, REQUEST], vehicle, 0)
    status[COMMITTED], status[STATE], status[DEPARTS_AT] = position + 1, DRIVING, FAR


@compiled
def look_ahead(state: State, slot: int, vehicle: int, clock: int) -> bool:
    """Work out when a standing vehicle leaves for its next stop and when that stop ends; say whether it has one.

    A garantivogn without one stands where it is.
    """
    stops, status, requests, where = (
        state.stops[slot, vehicle],
        state.status[slot, vehicle],
        state.requests,
        state.where,
    )
    position = status[COMMITTED]
    if position == status[COUNT]:
        status[UNDER_WAY], status[DEPARTS_AT] = 0, FAR
        return False
    planned = drive_to_next(stops, status, where)
    starts = stops[position, ARRIVE] + wait_before_pickup(stops, status)
    request, pickup = requests[stops[position, REQUEST]], stops[position, KIND] == PICKUP
    permille = request[R_PICKUP_PERMILLE] if pickup else request[R_DROPOFF_PERMILLE]
    service = request[R_REAL_BOARDING] if pickup else request[R_REAL_ALIGHTING]
    status[DEPARTS_AT] = max(clock, starts - planned)
    status[DRIVEN] = (planned * permille + 500) // 1000
    status[ARRIVES_AT] = status[DEPARTS_AT] + status[DRIVEN]
    # Who is early at a pickup waits for the planned time; a drop-off begins at once.
    begins = max(status[ARRIVES_AT], starts) if pickup else status[ARRIVES_AT]
    status[NEXT_AT] = begins + service
    return True


@compiled
def changed(state: State, slot: int, vehicle: int, clock: int) -> bool:
    """Look ahead again for a vehicle whose plan has changed today; return whether its next stop has changed."""
    own = state.status[slot, vehicle]
    if own[UNDER_WAY] and own[STATE] == DRIVING:
        return False
    before = own[NEXT_AT] if own[UNDER_WAY] else -1
    return look_ahead(state, slot, vehicle, clock) and before != own[NEXT_AT]


@compiled
def advance(state: State, slot: int, vehicle: int) -> bool:
    """End a vehicle's stop at the time it was to end; say whether it has another one.

    It has not when its plan is done, or was changed so that the stop was not to be made any more.
    """
    stops, status, requests, log, where = (
        state.stops[slot, vehicle], state.status[slot, vehicle], state.requests, state.log, state.where,
    )  # fmt: skip
    if not status[UNDER_WAY]:
        return False
    clock, midnight = status[NEXT_AT], status[DAY] * DAY_S
    if status[STATE] != DRIVING:
        depart(stops, status, log, where, vehicle)
    position = status[COMMITTED]
    last = position - 1
    row, pickup = stops[last, REQUEST], stops[last, KIND] == PICKUP
    request = requests[row]
    in_vain = pickup and request[R_IN_VAIN] == 1
    service = request[R_REAL_BOARDING] if pickup else request[R_REAL_ALIGHTING]
    arrived = AT_PICKUP if pickup else AT_DROPOFF
    ended = IN_VAIN if in_vain else (PICKED_UP if pickup else DROPPED_OFF)
    write(log, midnight + status[ARRIVES_AT], arrived, row, vehicle, status[DRIVEN])
    write(log, midnight + clock, ended, row, vehicle, service)
    if in_vain:
        cancel_dropoff(stops, status, last, where)
        look_always(state.gaps, slot, vehicle)
    if clock > stops[last, ARRIVE] + stops[last, SERVICE]:
        stops[last, ARRIVE] = clock - stops[last, SERVICE]
        retime(stops, status, position, position, 1, clock, where)
        look_always(state.gaps, slot, vehicle)
    if status[VEHICLE_AT + V_CONTRACT] == GARANTIVOGN:
        status[STATE] = HELD
    elif position == status[COUNT] or stops[position, FROM_BASE]:
        write(log, midnight + clock, DUTY_END, row, vehicle, 0)
        status[STATE] = AT_BASE
        status[FREE_AT] = clock + seconds(where, stops[last, PLACE], status[VEHICLE_AT + V_BASE])
    else:
        status[STATE] = HELD
    return look_ahead(state, slot, vehicle, clock)


@compiled
def cancel_dropoff(stops: NDArray[np.int64], status: NDArray[np.int64], pickup: int, where: Where) -> None:
    """Take the drop-off of the booking at position ``pickup`` out: nobody was there, the trip was in vain."""
    count, gone = status[COUNT], stops[pickup, PARTNER]
    passengers = stops[gone - 1, LOAD] - stops[gone, LOAD]
    for k in range(pickup, gone):
        stops[k, LOAD] -= passengers
    take_stop(stops, count, gone)
    status[COUNT] = count - 1
    retime(stops, status, pickup + 1, gone, 1, 0, where)
