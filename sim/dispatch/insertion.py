"""Cheapest feasible insertion: where in which vehicle's plan a booking costs the municipality least.

For every vehicle and every pair of positions the stops are timed again from the insertion on, each as early as
its window allows. A plan is feasible when every start of service lies in its window, no ride is longer than its limit
and the seats suffice; what is too late already, because a drive took longer, may stay so but not become worse. Its
cost is what the operator is paid for: a start fee for each duty, driving, and waiting; in a gap with nobody on board
the vehicle ends the duty and comes again from its base when that is cheaper than waiting and delays nothing. A
garantivogn is paid its hours anyway: it stays where it is between trips, and its last stop is done when they end. Ties
go to the vehicle with the lowest number, then to the earliest positions.
"""

import numpy as np
from numpy.typing import NDArray

from sim.dispatch.compiled import compiled
from sim.dispatch.plan import (
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
    R_DESTINATION,
    R_EARLIEST,
    R_LATEST,
    R_LIMIT,
    R_ORIGIN,
    R_PASSENGERS,
    R_WHEELCHAIR,
    REQUEST,
    SERVICE,
    STATE,
    STOP_FIELDS,
    V_BASE,
    V_CONTRACT,
    V_GROUP,
    V_LIFT,
    V_SEATS,
    V_UNTIL,
)

FAR = 1 << 60
PAST = -FAR


@compiled
def reach(
    place: int,
    leave: int,
    load: int,
    state: int,
    base: int,
    free_at: int,
    to: int,
    earliest: int,
    now: int,
    drive: NDArray[np.int32],
    rates: NDArray[np.int64],
) -> tuple[int, int, int]:
    """Return (start of service, cost, comes from base) for the leg from ``place`` to the stop at ``to``.

    ``leave`` is when the vehicle is ready at ``place``, ``load`` who is on board, ``state`` whether it must stay
    (HELD), stands at its base (AT_BASE) or may choose (DRIVING). Nothing can leave before ``now``.
    """
    if state == AT_BASE:
        approach = drive[base, to]
        start = max(earliest, max(free_at, now) + approach)
        return start, rates[C_START] + rates[C_DRIVE] * approach, 1
    ride = drive[place, to]
    start = max(earliest, max(leave, now) + ride)
    cost = rates[C_DRIVE] * ride + rates[C_WAIT] * (start - leave - ride)
    if load == 0 and state != HELD:
        approach = drive[base, to]
        if leave + drive[place, base] + approach <= start:
            anew = rates[C_START] + rates[C_DRIVE] * approach
            if anew < cost:
                return start, anew, 1
    return start, cost, 0


@compiled
def standing_between(vehicle: NDArray[np.int64]) -> int:
    """Return how a vehicle stands between its stops: a garantivogn is held where it is, others may choose."""
    if vehicle[V_CONTRACT] == GARANTIVOGN:
        return HELD
    return DRIVING


@compiled
def first_position(stops: NDArray[np.int64], count: int, committed: int, earliest: int) -> int:
    """Return the first position at which a pickup that starts at ``earliest`` or later can stand.

    It delays every stop after it beyond ``earliest``: no pickup that must start sooner may be among them. Starts never fall
    from stop to stop, so only those before the first start at ``earliest`` need looking at, the last one first.
    """
    low, high = committed, count
    while low < high:
        middle = (low + high) // 2
        if stops[middle, ARRIVE] < earliest:
            low = middle + 1
        else:
            high = middle
    while low > committed and (stops[low - 1, KIND] == DROPOFF or stops[low - 1, LATEST] >= earliest):
        low -= 1
    return low


@compiled
def best_in_vehicle(
    stops: NDArray[np.int64],
    count: int,
    committed: int,
    state: int,
    free_at: int,
    vehicle: NDArray[np.int64],
    request: NDArray[np.int64],
    drive: NDArray[np.int32],
    all_rates: NDArray[np.int64],
    bound: int,
    now: int,
    times: NDArray[np.int64],
) -> tuple[int, int, int]:
    """Return (added cost, pickup position, drop-off position) of the cheapest insertion into one vehicle's day.

    Positions count stops of the old plan that stand before. The added cost is FAR when nothing below
    ``bound`` is feasible. ``all_rates`` holds a row for each contract; ``times`` is scratch space for new starts of service.
    """
    base, seats, until, rates = vehicle[V_BASE], vehicle[V_SEATS], vehicle[V_UNTIL], all_rates[vehicle[V_CONTRACT]]
    between = standing_between(vehicle)
    origin, destination = request[R_ORIGIN], request[R_DESTINATION]
    earliest, latest = request[R_EARLIEST], request[R_LATEST]
    boarding, limit, passengers = request[R_BOARDING], request[R_LIMIT], request[R_PASSENGERS]
    best, best_pickup, best_dropoff = FAR, -1, -1
    last_done = stops[count - 1, ARRIVE] + stops[count - 1, SERVICE] if count else 0
    for i in range(first_position(stops, count, committed, earliest), count + 1):
        # The vehicle as it stands before position i.
        if i == 0:
            place_before, leave_before, load_before, state_before = base, free_at, 0, AT_BASE
        else:
            place_before = stops[i - 1, PLACE]
            leave_before = stops[i - 1, ARRIVE] + stops[i - 1, SERVICE]
            load_before = stops[i - 1, LOAD]
            state_before = state if i == committed and state != DRIVING else between
        not_before = now if i == committed else PAST
        if leave_before > latest and state_before != AT_BASE:
            break
        if load_before + passengers > seats:
            continue
        if i < count and stops[i, KIND] == DROPOFF and stops[i, ARRIVE] < earliest:
            # Whoever is to get out here got in before, at a time that stands.
            partner = stops[i, PARTNER]
            if stops[partner, ARRIVE] + stops[partner, SERVICE] + stops[i, LIMIT] < earliest:
                continue
        pickup_start, cost, _ = reach(
            place_before,
            leave_before,
            load_before,
            state_before,
            base,
            free_at,
            origin,
            earliest,
            not_before,
            drive,
            rates,
        )
        if pickup_start > latest:
            continue
        place, leave, load = origin, pickup_start + boarding, load_before + passengers
        latest_dropoff = leave + limit
        removed = 0
        sooner_before = False
        for j in range(i, count + 1):
            if leave > latest_dropoff:
                break
            # Drop-off here, then on through the rest until the times fall back into the old ones.
            start, leg, _ = reach(place, leave, load, between, base, free_at, destination, 0, PAST, drive, rates)
            if start <= latest_dropoff:
                added = cost + leg
                gone = removed
                p, t, n = destination, start + request[R_ALIGHTING], load - passengers
                feasible, to_the_end = True, True
                sooner = sooner_before
                for k in range(j, count):
                    s, leg, _ = reach(
                        p, t, n, between, base, free_at, stops[k, PLACE], stops[k, EARLIEST], PAST, drive, rates
                    )
                    if s > stops[k, LATEST] and s > stops[k, ARRIVE]:
                        feasible = False
                        break
                    if stops[k, KIND] == DROPOFF:
                        partner = stops[k, PARTNER]
                        picked = stops[partner, ARRIVE] if partner < i else times[partner]
                        allowed = picked + stops[partner, SERVICE] + stops[k, LIMIT]
                        if s > allowed and (s > stops[k, ARRIVE] or picked < stops[partner, ARRIVE]):
                            feasible = False
                            break
                    added += leg
                    gone += stops[k, COST]
                    times[k] = s
                    p, t, n = stops[k, PLACE], s + stops[k, SERVICE], stops[k, LOAD]
                    # From here on all is as before, unless somebody was picked up sooner (driving times are rounded, so
                    # that the way round another place can be the quicker): then rides have grown.
                    if s == stops[k, ARRIVE] and not sooner:
                        to_the_end = False
                        break
                    sooner = sooner or s < stops[k, ARRIVE]
                if feasible and to_the_end and t > until and t > last_done:
                    feasible = False
                if feasible and added - gone < best and added - gone < bound:
                    best, best_pickup, best_dropoff = added - gone, i, j
            # Or carry the passengers on past stop j.
            if j == count:
                break
            s, leg, _ = reach(
                place, leave, load, between, base, free_at, stops[j, PLACE], stops[j, EARLIEST], PAST, drive, rates
            )
            if s > stops[j, LATEST] and s > stops[j, ARRIVE]:
                break
            if stops[j, KIND] == DROPOFF:
                partner = stops[j, PARTNER]
                picked = stops[partner, ARRIVE] if partner < i else times[partner]
                allowed = picked + stops[partner, SERVICE] + stops[j, LIMIT]
                if s > allowed and (s > stops[j, ARRIVE] or picked < stops[partner, ARRIVE]):
                    break
            load = stops[j, LOAD] + passengers
            if load > seats:
                break
            cost += leg
            removed += stops[j, COST]
            times[j] = s
            sooner_before = sooner_before or s < stops[j, ARRIVE]
            place, leave = stops[j, PLACE], s + stops[j, SERVICE]
    return best, best_pickup, best_dropoff


@compiled
def retime(
    stops: NDArray[np.int64],
    first: int,
    count: int,
    committed: int,
    state: int,
    free_at: int,
    vehicle: NDArray[np.int64],
    keep: int,
    now: int,
    drive: NDArray[np.int32],
    all_rates: NDArray[np.int64],
) -> None:
    """Time the stops from position ``first`` on again, each as early as its window allows.

    With ``keep`` (1) no pickup is moved forward from its planned time: so it is on the road, where nobody is
    fetched sooner because another trip was in vain, to sit longer in the vehicle.
    """
    base, rates, between = vehicle[V_BASE], all_rates[vehicle[V_CONTRACT]], standing_between(vehicle)
    for k in range(first, count):
        if k == 0:
            place, leave, load, standing = base, free_at, 0, AT_BASE
        else:
            place, leave, load = stops[k - 1, PLACE], stops[k - 1, ARRIVE] + stops[k - 1, SERVICE], stops[k - 1, LOAD]
            standing = state if k == committed and state != DRIVING else between
        earliest = stops[k, ARRIVE] if keep and stops[k, KIND] == PICKUP else stops[k, EARLIEST]
        not_before = now if k == committed else PAST
        start, cost, fresh = reach(
            place, leave, load, standing, base, free_at, stops[k, PLACE], earliest, not_before, drive, rates
        )
        stops[k, ARRIVE], stops[k, COST], stops[k, FROM_BASE] = start, cost, fresh


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
def insert(
    all_stops: NDArray[np.int64],
    all_status: NDArray[np.int64],
    slot: int,
    requests: NDArray[np.int64],
    row: int,
    vehicles: NDArray[np.int64],
    drive: NDArray[np.int32],
    rates: NDArray[np.int64],
    times: NDArray[np.int64],
    now: int,
) -> int:
    """Insert request ``row`` where it costs least; return the vehicle, or INFEASIBLE when nobody can take it.

    ``now`` is the time of the service day (negative on the days before): no vehicle can leave sooner.
    """
    request = requests[row]
    best, best_vehicle, best_pickup, best_dropoff = FAR, INFEASIBLE, -1, -1
    tried = -1
    for vehicle in range(vehicles.shape[0]):
        if request[R_WHEELCHAIR] and not vehicles[vehicle, V_LIFT]:
            continue
        if all_status[slot, vehicle, STATE] == OFF:
            continue
        count = all_status[slot, vehicle, COUNT]
        if count + 2 > all_stops.shape[2]:
            continue
        if count == 0:
            if vehicles[vehicle, V_GROUP] == tried:
                continue
            tried = vehicles[vehicle, V_GROUP]
        added, pickup, dropoff = best_in_vehicle(
            all_stops[slot, vehicle],
            count,
            all_status[slot, vehicle, COMMITTED],
            all_status[slot, vehicle, STATE],
            all_status[slot, vehicle, FREE_AT],
            vehicles[vehicle],
            request,
            drive,
            rates,
            best,
            now,
            times,
        )
        if added < best:
            best, best_vehicle, best_pickup, best_dropoff = added, vehicle, pickup, dropoff
    if best_vehicle == INFEASIBLE:
        return INFEASIBLE

    stops, status = all_stops[slot, best_vehicle], all_status[slot, best_vehicle]
    count = status[COUNT]
    i, j = best_pickup, best_dropoff + 1
    place_stop(stops, count, i)
    place_stop(stops, count + 1, j)
    load = stops[i - 1, LOAD] if i > 0 else 0
    stops[i, REQUEST], stops[i, KIND], stops[i, PLACE] = row, PICKUP, request[R_ORIGIN]
    stops[i, EARLIEST], stops[i, LATEST] = request[R_EARLIEST], request[R_LATEST]
    stops[i, SERVICE], stops[i, PARTNER], stops[i, LIMIT] = request[R_BOARDING], j, 0
    stops[i, LOAD] = load + request[R_PASSENGERS]
    stops[j, REQUEST], stops[j, KIND], stops[j, PLACE] = row, DROPOFF, request[R_DESTINATION]
    stops[j, EARLIEST], stops[j, LATEST] = 0, FAR
    stops[j, SERVICE], stops[j, PARTNER], stops[j, LIMIT] = request[R_ALIGHTING], i, request[R_LIMIT]
    for k in range(i + 1, j):
        stops[k, LOAD] += request[R_PASSENGERS]
    stops[j, LOAD] = stops[j - 1, LOAD] - request[R_PASSENGERS]
    status[COUNT] = count + 2
    retime(
        stops, i, count + 2, status[COMMITTED], status[STATE], status[FREE_AT], vehicles[best_vehicle],
        0, now, drive, rates,
    )  # fmt: skip
    return best_vehicle
