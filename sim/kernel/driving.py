"""What a vehicle does next, and what a request becomes: one compiled call for each event of the clock.

A vehicle's event is the end of a stop or of a wait. The call writes down what has happened since its last event, times
the rest of the plan again when a stop ended late, and sends the vehicle off, lets it wait, or ends its duty.
"""

import numpy as np
from numpy.typing import NDArray

from sim.dispatch.compiled import compiled
from sim.dispatch.insertion import insert, retime
from sim.dispatch.plan import (
    ARRIVE,
    AT_BASE,
    COMMITTED,
    COUNT,
    DRIVING,
    FREE_AT,
    FROM_BASE,
    GARANTIVOGN,
    HELD,
    INFEASIBLE,
    KIND,
    LATEST,
    LOAD,
    PARTNER,
    PICKUP,
    PLACE,
    REQUEST,
    SERVICE,
    STATE,
    STOP_FIELDS,
    V_BASE,
    V_CONTRACT,
)
from sim.kernel.log import Kind

# Fields of a request's luck: what really happens, as against the plan.
L_PICKUP_PERMILLE, L_DROPOFF_PERMILLE, L_BOARDING, L_ALIGHTING, L_IN_VAIN = range(5)
# L_*_PERMILLE  actual over planned driving time of the leg to the stop
# L_BOARDING    actual boarding time, s; the wait when nobody comes      L_ALIGHTING  actual alighting time, s
# L_IN_VAIN     1 when nobody will be there

# Fields of a vehicle's day on the road.
UNDER_WAY, TURN, SLEEPS_UNTIL, ARRIVES_AT, DRIVEN = range(5)
ROAD_FIELDS = 5
# UNDER_WAY     1 when a process drives it           TURN         number of that process; an older one has been replaced
# SLEEPS_UNTIL  when its wait ends, -1 when it does not wait (s of the service day, like the next)
# ARRIVES_AT    arrival at the stop it is bound for     DRIVEN  driving time of the leg to it, rounded half up

NOTHING_MORE = -1
FIELDS = 5

# Plain numbers for the compiled code.
BOOKED, NO_VEHICLE = int(Kind.BOOKED), int(Kind.NO_VEHICLE)
DUTY_START, DUTY_END = int(Kind.DUTY_START), int(Kind.DUTY_END)
AT_PICKUP, PICKED_UP, IN_VAIN = int(Kind.AT_PICKUP), int(Kind.PICKED_UP), int(Kind.IN_VAIN)
AT_DROPOFF, DROPPED_OFF = int(Kind.AT_DROPOFF), int(Kind.DROPPED_OFF)


@compiled
def write(log: NDArray[np.int64], time_s: int, kind: int, row: int, vehicle: int, seconds: int) -> None:
    """Append an event; the log's first row holds the number of events written."""
    log[0, 0] += 1
    at = log[0, 0]
    log[at, 0], log[at, 1], log[at, 2], log[at, 3], log[at, 4] = time_s, kind, row, vehicle, seconds


@compiled
def book(
    stops: NDArray[np.int64],
    status: NDArray[np.int64],
    road: NDArray[np.int64],
    log: NDArray[np.int64],
    day: int,
    slot: int,
    now: int,
    requests: NDArray[np.int64],
    row: int,
    vehicles: NDArray[np.int64],
    drive: NDArray[np.int32],
    rates: NDArray[np.int64],
    times: NDArray[np.int64],
) -> tuple[int, int]:
    """Hand a request to the planner at ``now`` (seconds of the year) and write down what came of it.

    Returns the vehicle, INFEASIBLE for none, and whether it must be told: it has nothing under way today, or sleeps longer
    than the new plan allows.
    """
    vehicle = insert(stops, status, slot, requests, row, vehicles, drive, rates[day], times, now - day * 86_400)
    if vehicle == INFEASIBLE:
        write(log, now, NO_VEHICLE, row, -1, 0)
        return vehicle, 0
    write(log, now, BOOKED, row, vehicle, 0)
    if now < day * 86_400:
        return vehicle, 0
    if not road[slot, vehicle, UNDER_WAY]:
        return vehicle, 1
    sleeps = road[slot, vehicle, SLEEPS_UNTIL]
    if sleeps < 0:
        return vehicle, 0
    plan, position = stops[slot, vehicle], status[slot, vehicle, COMMITTED]
    before = vehicles[vehicle, V_BASE] if plan[position, FROM_BASE] else plan[position - 1, PLACE]
    return vehicle, 1 if plan[position, ARRIVE] - drive[before, plan[position, PLACE]] < sleeps else 0


@compiled
def advance(
    all_stops: NDArray[np.int64],
    all_status: NDArray[np.int64],
    all_road: NDArray[np.int64],
    log: NDArray[np.int64],
    day: int,
    slot: int,
    vehicle: int,
    turn: int,
    clock: int,
    vehicles: NDArray[np.int64],
    drive: NDArray[np.int32],
    rates: NDArray[np.int64],
    luck: NDArray[np.int64],
    notice: int,
) -> int:
    """Let a vehicle go on at ``clock`` (seconds of the service day); return seconds to its next event.

    NOTHING_MORE when its plan is done, or when another process has taken over (``turn`` is not the latest). No request
    comes less than ``notice`` seconds before its earliest pickup, so a stop that must begin sooner is the next for
    certain: the wait for it and the way to it are one event. A garantivogn without a next stop stands where it is.
    """
    road = all_road[slot, vehicle]
    if road[TURN] != turn:
        return NOTHING_MORE
    stops, status, own = all_stops[slot, vehicle], all_status[slot, vehicle], vehicles[vehicle]
    base, midnight = own[V_BASE], day * 86_400
    position = status[COMMITTED]
    road[SLEEPS_UNTIL] = -1
    if status[STATE] == DRIVING:
        last = position - 1
        row, pickup = stops[last, REQUEST], stops[last, KIND] == PICKUP
        in_vain = pickup and luck[row, L_IN_VAIN] == 1
        service = luck[row, L_BOARDING] if pickup else luck[row, L_ALIGHTING]
        arrived = AT_PICKUP if pickup else AT_DROPOFF
        ended = IN_VAIN if in_vain else (PICKED_UP if pickup else DROPPED_OFF)
        write(log, midnight + road[ARRIVES_AT], arrived, row, vehicle, road[DRIVEN])
        write(log, midnight + clock, ended, row, vehicle, service)
        if in_vain:
            cancel_dropoff(stops, status, last, own, drive, rates[day])
        if clock > stops[last, ARRIVE] + stops[last, SERVICE]:
            stops[last, ARRIVE] = clock - stops[last, SERVICE]
            retime(stops, position, status[COUNT], position, DRIVING, 0, own, 1, clock, drive, rates[day])
        if own[V_CONTRACT] == GARANTIVOGN:
            status[STATE] = HELD
        elif position == status[COUNT] or stops[position, FROM_BASE]:
            write(log, midnight + clock, DUTY_END, row, vehicle, 0)
            status[STATE] = AT_BASE
            status[FREE_AT] = clock + drive[stops[last, PLACE], base]
        else:
            status[STATE] = HELD
    if position == status[COUNT]:
        road[UNDER_WAY] = 0
        return NOTHING_MORE
    before = base if stops[position, FROM_BASE] else stops[position - 1, PLACE]
    planned = drive[before, stops[position, PLACE]]
    wait = max(0, stops[position, ARRIVE] - planned - clock)
    if wait > 0 and max(stops[position, LATEST], stops[position, ARRIVE]) >= clock + notice:
        road[SLEEPS_UNTIL] = clock + wait
        return wait
    # Off to the next stop: from here on it is no longer the planner's to change.
    row, pickup = stops[position, REQUEST], stops[position, KIND] == PICKUP
    status[COMMITTED], status[STATE] = position + 1, DRIVING
    if stops[position, FROM_BASE]:
        write(log, midnight + clock + wait, DUTY_START, row, vehicle, 0)
    permille = luck[row, L_PICKUP_PERMILLE] if pickup else luck[row, L_DROPOFF_PERMILLE]
    road[DRIVEN] = (planned * permille + 500) // 1000
    road[ARRIVES_AT] = clock + wait + road[DRIVEN]
    service = luck[row, L_BOARDING] if pickup else luck[row, L_ALIGHTING]
    # Who is early at a pickup waits for the planned time; a drop-off begins at once.
    begins = max(road[ARRIVES_AT], stops[position, ARRIVE]) if pickup else road[ARRIVES_AT]
    seconds: int = begins + service - clock
    return seconds


@compiled
def cancel_dropoff(
    stops: NDArray[np.int64],
    status: NDArray[np.int64],
    pickup: int,
    vehicle: NDArray[np.int64],
    drive: NDArray[np.int32],
    rates: NDArray[np.int64],
) -> None:
    """Take the drop-off of the booking at position ``pickup`` out: nobody was there, the trip was in vain."""
    count, gone = status[COUNT], stops[pickup, PARTNER]
    passengers = stops[gone - 1, LOAD] - stops[gone, LOAD]
    for k in range(pickup, gone):
        stops[k, LOAD] -= passengers
    for k in range(gone, count - 1):
        for field in range(STOP_FIELDS):
            stops[k, field] = stops[k + 1, field]
    for k in range(count - 1):
        if stops[k, PARTNER] > gone:
            stops[k, PARTNER] -= 1
    status[COUNT] = count - 1
    retime(stops, pickup + 1, count - 1, status[COMMITTED], DRIVING, 0, vehicle, 1, 0, drive, rates)
