"""Cheapest feasible insertion: where in which vehicle's plan a booking costs the municipality least.

For every vehicle and every pair of positions the stops are timed again from the insertion on, each as early as
its window allows. A plan is feasible when every start of service lies in its window, no ride is longer than its limit
and the seats suffice; what is too late already, because a drive took longer, may stay so but not become worse. Its
cost is what the operator is paid for (`sim.road.dispatch.timing`). Ties go to the earliest positions.
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
    FAR,
    FREE_AT,
    HELD,
    KIND,
    LATEST,
    LIMIT,
    LOAD,
    PARTNER,
    PAST,
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
    RATES_AT,
    RIDE,
    SERVICE,
    SLACK,
    STATE,
    TRIED,
    V_BASE,
    V_SEATS,
    V_UNTIL,
    VEHICLE_AT,
)
from sim.road.dispatch.timing import reach, standing_between
from sim.road.dispatch.travel import STRAIGHT, Where, seconds


@compiled
def first_position(stops: NDArray[np.int64], count: int, committed: int, earliest: int, no_short_cuts: bool) -> int:
    """Return the first position at which a pickup that starts at ``earliest`` or later can stand.

    It delays every stop after it beyond ``earliest``: none may be among them that must start sooner. On the straight line a
    stop must start by its planned start and its slack, which counts the stops after it; in a table, where a drop-off further on
    may make the way quicker, only its own window counts.
    """
    low, high = committed, count
    while low < high:
        middle = (low + high) // 2
        if stops[middle, ARRIVE] + (stops[middle, SLACK] if no_short_cuts else 0) < earliest:
            low = middle + 1
        else:
            high = middle
    while not no_short_cuts and low > committed and stops[low - 1, LATEST] >= earliest:
        low -= 1
    return low


@compiled
def sits_too_long(stops: NDArray[np.int64], pickup: int, k: int, start: int) -> bool:
    """Return whether the rider who gets out at position ``k`` would sit too long when that stop starts at ``start``.

    A stop from position ``pickup`` on starts when it was last tried; one before keeps its time. Who sits too long already may go on
    to, unless the stop comes later or the rider is fetched sooner than planned.
    """
    partner = stops[k, PARTNER]
    picked = stops[partner, ARRIVE] if partner < pickup else stops[partner, TRIED]
    allowed = picked + stops[partner, SERVICE] + stops[k, LIMIT]
    return start > allowed and (start > stops[k, ARRIVE] or picked < stops[partner, ARRIVE])


@compiled
def vehicle_before(stops: NDArray[np.int64], status: NDArray[np.int64], i: int) -> tuple[int, int, int, int]:
    """Return (place, free from, passengers on board, how it stands) of the vehicle before position ``i``."""
    if i == 0:
        return status[VEHICLE_AT + V_BASE], status[FREE_AT], 0, AT_BASE
    here = status[STATE] if i == status[COMMITTED] and status[STATE] != DRIVING else standing_between(status)
    return stops[i - 1, PLACE], stops[i - 1, ARRIVE] + stops[i - 1, SERVICE], stops[i - 1, LOAD], here


@compiled
def with_the_rest(
    stops: NDArray[np.int64],
    status: NDArray[np.int64],
    where: Where,
    pickup: int,
    j: int,
    place: int,
    leave: int,
    load: int,
    added: int,
    sooner: bool,
    best: int,
    only_driving: bool,
    between: int,
) -> int:
    """Return what an insertion adds in all when the drop-off stands before position ``j``, FAR when the rest cannot follow it.

    Parameters
    ----------
    place, leave, load : where the vehicle leaves the drop-off, when, and with how many on board
    added : what the plan costs more up to there
    sooner : whether a stop between pickup and drop-off starts sooner than planned
    best, only_driving : FAR also when it adds no less than ``best`` and nothing behind can make it less
    between : how the vehicle stands between two stops (`sim.road.dispatch.timing.standing_between`)
    """
    count = status[COUNT]
    for k in range(j, count):
        start, leg, _ = reach(place, leave, load, between, stops[k, PLACE], stops[k, EARLIEST], PAST, status, where)
        if start > stops[k, ARRIVE] and start - stops[k, ARRIVE] > stops[k, SLACK]:
            return FAR
        if stops[k, KIND] == DROPOFF and sits_too_long(stops, pickup, k, start):
            return FAR
        added += leg - stops[k, COST]
        if only_driving and added >= best:
            return FAR
        stops[k, TRIED] = start
        place, leave, load = stops[k, PLACE], start + stops[k, SERVICE], stops[k, LOAD]
        # From here on all is as before, unless somebody was picked up sooner (driving times are rounded, so that the way round
        # another place can be the quicker): then rides have grown.
        if start == stops[k, ARRIVE] and not sooner:
            return added
        sooner = sooner or start < stops[k, ARRIVE]
    last_done = stops[count - 1, ARRIVE] + stops[count - 1, SERVICE] if count else 0
    return FAR if leave > status[VEHICLE_AT + V_UNTIL] and leave > last_done else added


@compiled
def best_dropoff(
    stops: NDArray[np.int64],
    status: NDArray[np.int64],
    request: NDArray[np.int64],
    direct: int,
    where: Where,
    pickup: int,
    leave: int,
    load: int,
    added: int,
    best: int,
    later: int,
    only_driving: bool,
) -> tuple[int, int]:
    """Return (added cost, position) of the cheapest drop-off for a pickup before position ``pickup``; (best, -1) without one.

    ``leave`` is when the vehicle leaves the pickup, ``load`` with how many on board, ``added`` what the way there costs; ``best``
    and ``later`` are as in `best_in_vehicle`.
    """
    count, between, no_short_cuts = status[COUNT], standing_between(status), where.itemsize == STRAIGHT
    destination, passengers = request[R_DESTINATION], request[R_PASSENGERS]
    driving, seats = status[RATES_AT + C_DRIVE], status[VEHICLE_AT + V_SEATS]
    latest, place, sooner, found = min(leave + request[R_LIMIT], request[R_BY]), request[R_ORIGIN], False, -1
    for j in range(pickup, count + 1):
        if leave > latest:
            break
        # Drop-off here, then on through the rest until the times fall back into the old ones.
        ride = direct if j == pickup else seconds(where, place, destination)
        if leave + ride <= latest:
            in_all = with_the_rest(
                stops, status, where, pickup, j, destination, leave + ride + request[R_ALIGHTING], load - passengers,
                added + driving * ride, sooner, best, only_driving, between,
            )  # fmt: skip
            if in_all < best:
                best, found = in_all, j
        # Or carry the passengers on past stop j.
        if j == count:
            break
        start, leg, _ = reach(place, leave, load, between, stops[j, PLACE], stops[j, EARLIEST], PAST, status, where)
        if start > stops[j, ARRIVE] and (
            start > stops[j, LATEST] or (no_short_cuts and start - stops[j, ARRIVE] > stops[j, SLACK])
        ):
            break
        if stops[j, KIND] == DROPOFF and sits_too_long(stops, pickup, j, start):
            break
        load = stops[j, LOAD] + passengers
        if load > seats:
            break
        added += leg - stops[j, COST]
        if only_driving and added + driving * later >= best:
            break
        stops[j, TRIED] = start
        sooner = sooner or start < stops[j, ARRIVE]
        place, leave = stops[j, PLACE], start + stops[j, SERVICE]
    return best, found


@compiled
def best_in_vehicle(
    stops: NDArray[np.int64],
    status: NDArray[np.int64],
    request: NDArray[np.int64],
    direct: int,
    where: Where,
    bound: int,
    now: int,
    later: int,
) -> tuple[int, int, int]:
    """Return (added cost, pickup position, drop-off position) of the cheapest insertion into one vehicle's day.

    ``direct`` is the request's direct driving time. Positions count stops of the old plan that stand before. The added
    cost is FAR when nothing below ``bound`` is feasible. ``later``: a drop-off that does not follow on the pickup adds at least so
    many seconds of driving (0 where nothing is known of it).
    """
    count, committed, driving = status[COUNT], status[COMMITTED], status[RATES_AT + C_DRIVE]
    no_short_cuts = where.itemsize == STRAIGHT
    # Where only driving costs, a plan can get no cheaper by an insertion, and a stop that is not reached later costs what it did.
    only_driving = standing_between(status) == HELD and status[RATES_AT + C_WAIT] == 0 and no_short_cuts
    origin, earliest, latest = request[R_ORIGIN], request[R_EARLIEST], request[R_LATEST]
    best, best_pickup, best_at = min(bound, FAR), -1, -1
    # At least so far the origin is from the stop before (straight lines only), and whether that is its very distance.
    near, measured = 0, False
    for i in range(first_position(stops, count, committed, earliest, no_short_cuts), count + 1):
        place, free, load, state = vehicle_before(stops, status, i)
        not_before = now if i == committed else PAST
        if free > latest and state != AT_BASE:
            break
        before, was_measured = near, measured
        if only_driving and i > 0:
            # No way there and on can be shorter than this; where that is too dear already, nothing need be looked up.
            if i == count:
                detour = before + direct
            else:
                near, measured = max(0, before - stops[i, RIDE]), False
                detour = before + near - stops[i, RIDE]
            if driving * detour >= best:
                continue
        if load + request[R_PASSENGERS] > status[VEHICLE_AT + V_SEATS]:
            continue
        if i < count and stops[i, KIND] == DROPOFF and stops[i, ARRIVE] < earliest:
            # Whoever is to get out here got in before, at a time that stands.
            partner = stops[i, PARTNER]
            if stops[partner, ARRIVE] + stops[partner, SERVICE] + stops[i, LIMIT] < earliest:
                continue
        if only_driving and i > 0:
            ride = before if was_measured else seconds(where, place, origin)
            start, added = max(earliest, max(free, not_before) + ride), driving * ride
        else:
            start, added, _ = reach(place, free, load, state, origin, earliest, not_before, status, where)
        if start > latest:
            continue
        leave = start + request[R_BOARDING]
        if only_driving and i < count:
            near, measured = seconds(where, origin, stops[i, PLACE]), True
            late = leave + near - stops[i, ARRIVE] > stops[i, SLACK]
            if late or added + driving * near - stops[i, COST] >= best:
                continue
        best, j = best_dropoff(
            stops,
            status,
            request,
            direct,
            where,
            i,
            leave,
            load + request[R_PASSENGERS],
            added,
            best,
            later,
            only_driving,
        )
        if j >= 0:
            best_pickup, best_at = i, j
    if best_pickup < 0:
        return FAR, -1, -1
    return best, best_pickup, best_at


@compiled
def alone(
    status: NDArray[np.int64], request: NDArray[np.int64], direct: int, where: Where, bound: int, now: int
) -> int:
    """Return the cost of a booking in a vehicle that has no other on that day, FAR when nothing below ``bound`` is feasible.

    The same as `best_in_vehicle` for an empty plan, which most vehicles have when most bookings are made.
    """
    approach = seconds(where, status[VEHICLE_AT + V_BASE], request[R_ORIGIN])
    cost = status[RATES_AT + C_START] + status[RATES_AT + C_DRIVE] * (approach + direct)
    if cost >= bound or request[R_PASSENGERS] > status[VEHICLE_AT + V_SEATS]:
        return FAR
    pickup = max(request[R_EARLIEST], max(status[FREE_AT], now) + approach)
    dropoff = pickup + request[R_BOARDING] + direct
    if (
        pickup > request[R_LATEST]
        or direct > request[R_LIMIT]
        or dropoff > request[R_BY]
        or dropoff + request[R_ALIGHTING] > status[VEHICLE_AT + V_UNTIL]
    ):
        return FAR
    return cost
