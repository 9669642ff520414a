"""Timing a vehicle's stops: when each can start, what getting there costs, and how much later it could be.

Every stop starts as early as its window allows. A plan's cost is what the operator is paid for: a start fee for each duty,
driving, and waiting; in a gap with nobody on board the vehicle ends the duty and comes again from its base when that is
cheaper than waiting and delays nothing. A garantivogn is paid its hours anyway: it stays where it is between trips.
"""

import numpy as np
from numpy.typing import NDArray

from sim.road.dispatch.compiled import compiled
from sim.road.dispatch.plan import (
    ARRIVE,
    AT_BASE,
    C_DRIVE,
    C_START,
    C_WAIT,
    COMMITTED,
    COST,
    COUNT,
    DRIVING,
    DROPOFF,
    EARLIEST,
    FREE_AT,
    FROM_BASE,
    GARANTIVOGN,
    HELD,
    KIND,
    LATEST,
    LIMIT,
    LOAD,
    PARTNER,
    PAST,
    PICKUP,
    PLACE,
    RATES_AT,
    RIDE,
    SERVICE,
    SLACK,
    STATE,
    STOP_FIELDS,
    V_BASE,
    V_CONTRACT,
    V_UNTIL,
    VEHICLE_AT,
)
from sim.road.dispatch.travel import Where, seconds


@compiled
def reach(
    place: int,
    leave: int,
    load: int,
    state: int,
    to: int,
    earliest: int,
    now: int,
    status: NDArray[np.int64],
    where: Where,
) -> tuple[int, int, int]:
    """Return (start of service, cost, comes from base) for the leg from ``place`` to the stop at ``to``.

    ``leave`` is when the vehicle is ready at ``place``, ``load`` who is on board, ``state`` whether it must stay
    (HELD), stands at its base (AT_BASE) or may choose (DRIVING). Nothing can leave before ``now``.
    """
    start_fee, driving, waiting = status[RATES_AT + C_START], status[RATES_AT + C_DRIVE], status[RATES_AT + C_WAIT]
    base = status[VEHICLE_AT + V_BASE]
    if state == AT_BASE:
        approach = seconds(where, base, to)
        start = max(earliest, max(status[FREE_AT], now) + approach)
        return start, start_fee + driving * approach, 1
    ride = seconds(where, place, to)
    start = max(earliest, max(leave, now) + ride)
    cost = driving * ride + waiting * (start - leave - ride)
    if load == 0 and state != HELD:
        approach = seconds(where, base, to)
        if leave + seconds(where, place, base) + approach <= start:
            anew = start_fee + driving * approach
            if anew < cost:
                return start, anew, 1
    return start, cost, 0


@compiled
def standing_between(status: NDArray[np.int64]) -> int:
    """Return how a vehicle stands between its stops: a garantivogn is held where it is, others may choose."""
    if status[VEHICLE_AT + V_CONTRACT] == GARANTIVOGN:
        return HELD
    return DRIVING


@compiled
def retime(
    stops: NDArray[np.int64], status: NDArray[np.int64], first: int, changed: int, keep: int, now: int, where: Where
) -> int:
    """Time a vehicle's stops from position ``first`` on again, each as early as its window allows; measure their slack.

    ``changed`` is the last position whose stop before is another, or left otherwise, than it was: from the first stop after
    it that starts when it did, everything is as before. Returns the last position that was timed. With ``keep`` (1) no pickup
    is moved forward from its planned time: so it is on the road, where nobody is fetched sooner because another trip was in
    vain, to sit longer in the vehicle.
    """
    base, between = status[VEHICLE_AT + V_BASE], standing_between(status)
    count, committed = status[COUNT], status[COMMITTED]
    last = first - 1
    for k in range(first, count):
        if k == 0:
            place, leave, load, standing = base, status[FREE_AT], 0, AT_BASE
        else:
            place, leave, load = stops[k - 1, PLACE], stops[k - 1, ARRIVE] + stops[k - 1, SERVICE], stops[k - 1, LOAD]
            standing = status[STATE] if k == committed and status[STATE] != DRIVING else between
        old = stops[k, ARRIVE]
        earliest = old if keep and stops[k, KIND] == PICKUP else stops[k, EARLIEST]
        not_before = now if k == committed else PAST
        start, cost, fresh = reach(
            place, leave, load, standing, stops[k, PLACE], earliest, not_before, status, where
        )  # fmt: skip
        stops[k, ARRIVE], stops[k, COST], stops[k, FROM_BASE] = start, cost, fresh
        last = k
        if k <= changed:
            stops[k, RIDE] = seconds(where, place, stops[k, PLACE])
        if k >= changed and start == old:
            break
    measure_slack(stops, status, first, last)
    return last


@compiled
def measure_slack(stops: NDArray[np.int64], status: NDArray[np.int64], first: int, last: int) -> None:
    """Write down how much later the stops can start before they or later ones break their windows.

    The stops from ``first`` to ``last`` are new or timed anew; those after keep their slack, those before lose or gain some.
    Counted are windows, the rides of those on board already, and the vehicle's hours. The ride of somebody who is yet to be
    picked up is not: a pickup that is delayed delays the end of its ride too. What is late already has no slack.
    """
    count, committed = status[COUNT], status[COMMITTED]
    for k in range(last, committed - 1, -1):
        if k == count - 1:
            slack = max(0, status[VEHICLE_AT + V_UNTIL] - stops[k, ARRIVE] - stops[k, SERVICE])
        else:
            # A wait before the next stop swallows delay.
            wait = stops[k + 1, ARRIVE] - stops[k, ARRIVE] - stops[k, SERVICE] - stops[k + 1, RIDE]
            slack = stops[k + 1, SLACK] + wait
        latest = stops[k, LATEST]
        if stops[k, KIND] == DROPOFF and stops[k, PARTNER] < committed:
            partner = stops[k, PARTNER]
            latest = min(latest, stops[partner, ARRIVE] + stops[partner, SERVICE] + stops[k, LIMIT])
        slack = min(slack, max(0, latest - stops[k, ARRIVE]))
        if k < first and slack == stops[k, SLACK]:
            break
        stops[k, SLACK] = slack


@compiled
def place_stop(stops: NDArray[np.int64], count: int, position: int) -> None:
    """Open a gap at ``position`` by moving the later stops one on, their partners kept right."""
    for k in range(count, position, -1):
        for field in range(STOP_FIELDS):
            stops[k, field] = stops[k - 1, field]
    for k in range(count + 1):
        if k != position and stops[k, PARTNER] >= position:
            stops[k, PARTNER] += 1


@compiled
def take_stop(stops: NDArray[np.int64], count: int, position: int) -> None:
    """Close the gap of a stop that is taken out at ``position``, partners kept right; its own partner's is void."""
    for k in range(position, count - 1):
        for field in range(STOP_FIELDS):
            stops[k, field] = stops[k + 1, field]
    for k in range(count - 1):
        if stops[k, PARTNER] > position:
            stops[k, PARTNER] -= 1
