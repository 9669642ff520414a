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
from sim.road.dispatch.travel import Where, seconds


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
    base, seats, until = status[VEHICLE_AT + V_BASE], status[VEHICLE_AT + V_SEATS], status[VEHICLE_AT + V_UNTIL]
    count, committed, state = status[COUNT], status[COMMITTED], status[STATE]
    driving = status[RATES_AT + C_DRIVE]
    between = standing_between(status)
    # Where only driving costs, a plan can get no cheaper by an insertion, and a stop that is not reached later costs what it did.
    only_driving = between == HELD and status[RATES_AT + C_WAIT] == 0
    # On the straight line no way round another place is quicker; in a table it can be, by what its times are rounded.
    no_short_cuts = where.itemsize == 8
    only_driving = only_driving and no_short_cuts
    origin, destination = request[R_ORIGIN], request[R_DESTINATION]
    earliest, latest = request[R_EARLIEST], request[R_LATEST]
    boarding, limit, passengers = request[R_BOARDING], request[R_LIMIT], request[R_PASSENGERS]
    best, best_pickup, best_dropoff = min(bound, FAR), -1, -1
    last_done = stops[count - 1, ARRIVE] + stops[count - 1, SERVICE] if count else 0
    # At least so far the origin is from the stop before (straight lines only), and whether that is its very distance.
    near, measured = 0, False
    for i in range(first_position(stops, count, committed, earliest, no_short_cuts), count + 1):
        # The vehicle as it stands before position i.
        if i == 0:
            place_before, leave_before, load_before, state_before = base, status[FREE_AT], 0, AT_BASE
        else:
            place_before = stops[i - 1, PLACE]
            leave_before = stops[i - 1, ARRIVE] + stops[i - 1, SERVICE]
            load_before = stops[i - 1, LOAD]
            state_before = state if i == committed and state != DRIVING else between
        not_before = now if i == committed else PAST
        if leave_before > latest and state_before != AT_BASE:
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
        if load_before + passengers > seats:
            continue
        if i < count and stops[i, KIND] == DROPOFF and stops[i, ARRIVE] < earliest:
            # Whoever is to get out here got in before, at a time that stands.
            partner = stops[i, PARTNER]
            if stops[partner, ARRIVE] + stops[partner, SERVICE] + stops[i, LIMIT] < earliest:
                continue
        if only_driving and i > 0:
            ride = before if was_measured else seconds(where, place_before, origin)
            pickup_start, cost = max(earliest, max(leave_before, not_before) + ride), driving * ride
        else:
            pickup_start, cost, _ = reach(
                place_before, leave_before, load_before, state_before, origin, earliest, not_before, status, where
            )
        if pickup_start > latest:
            continue
        place, leave, load = origin, pickup_start + boarding, load_before + passengers
        if only_driving and i < count:
            near, measured = seconds(where, origin, stops[i, PLACE]), True
            late = leave + near - stops[i, ARRIVE] > stops[i, SLACK]
            if late or cost + driving * near - stops[i, COST] >= best:
                continue
        latest_dropoff = min(leave + limit, request[R_BY])
        removed = 0
        sooner_before = False
        for j in range(i, count + 1):
            if leave > latest_dropoff:
                break
            # Drop-off here, then on through the rest until the times fall back into the old ones.
            ride = direct if j == i else seconds(where, place, destination)
            start = leave + ride
            leg = driving * ride
            if start <= latest_dropoff:
                added = cost + leg
                gone = removed
                p, t, n = destination, start + request[R_ALIGHTING], load - passengers
                feasible, to_the_end = True, True
                sooner = sooner_before
                for k in range(j, count):
                    s, leg, _ = reach(p, t, n, between, stops[k, PLACE], stops[k, EARLIEST], PAST, status, where)
                    if s > stops[k, ARRIVE] and s - stops[k, ARRIVE] > stops[k, SLACK]:
                        feasible = False
                        break
                    if stops[k, KIND] == DROPOFF:
                        partner = stops[k, PARTNER]
                        picked = stops[partner, ARRIVE] if partner < i else stops[partner, TRIED]
                        allowed = picked + stops[partner, SERVICE] + stops[k, LIMIT]
                        if s > allowed and (s > stops[k, ARRIVE] or picked < stops[partner, ARRIVE]):
                            feasible = False
                            break
                    added += leg
                    gone += stops[k, COST]
                    if added - gone >= best and only_driving:
                        feasible = False
                        break
                    stops[k, TRIED] = s
                    p, t, n = stops[k, PLACE], s + stops[k, SERVICE], stops[k, LOAD]
                    # From here on all is as before, unless somebody was picked up sooner (driving times are rounded, so
                    # that the way round another place can be the quicker): then rides have grown.
                    if s == stops[k, ARRIVE] and not sooner:
                        to_the_end = False
                        break
                    sooner = sooner or s < stops[k, ARRIVE]
                if feasible and to_the_end and t > until and t > last_done:
                    feasible = False
                if feasible and added - gone < best:
                    best, best_pickup, best_dropoff = added - gone, i, j
            # Or carry the passengers on past stop j.
            if j == count:
                break
            s, leg, _ = reach(place, leave, load, between, stops[j, PLACE], stops[j, EARLIEST], PAST, status, where)
            if s > stops[j, ARRIVE] and (
                s > stops[j, LATEST] or (no_short_cuts and s - stops[j, ARRIVE] > stops[j, SLACK])
            ):
                break
            if stops[j, KIND] == DROPOFF:
                partner = stops[j, PARTNER]
                picked = stops[partner, ARRIVE] if partner < i else stops[partner, TRIED]
                allowed = picked + stops[partner, SERVICE] + stops[j, LIMIT]
                if s > allowed and (s > stops[j, ARRIVE] or picked < stops[partner, ARRIVE]):
                    break
            load = stops[j, LOAD] + passengers
            if load > seats:
                break
            cost += leg
            removed += stops[j, COST]
            if only_driving and cost - removed + driving * later >= best:
                break
            stops[j, TRIED] = s
            sooner_before = sooner_before or s < stops[j, ARRIVE]
            place, leave = stops[j, PLACE], s + stops[j, SERVICE]
    if best_pickup < 0:
        return FAR, -1, -1
    return best, best_pickup, best_dropoff


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
