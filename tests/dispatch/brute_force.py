"""The cheapest insertion found the slow way: every vehicle, every pair of positions, timed from scratch each time.

Only the numbering of fields is taken from the planner. The rules, as its docstring states them:

- each stop starts as early as its window allows, after the drive from the stop before;
- a plan costs a start fee for each duty, driving, and waiting between stops (boarding costs the same wherever it stands);
- with nobody on board a vehicle goes home and comes again when that is cheaper than staying and delays nothing;
  a vehicle already standing still for its next stop (HELD) stays, one at its base starts from there;
- a garantivogn stays where it is between trips, works only on its days, and makes its last stop before its hours end;
- windows, ride limits and seats hold; what is too late already may stay so, but no stop becomes later
  and no ride longer;
- ties: the lowest vehicle, then the earliest pickup position, then the earliest drop-off position.
"""

from dataclasses import dataclass

import numpy as np
from instances import OneDay
from numpy.typing import NDArray

from sim.road.dispatch import plan as p


@dataclass
class Stop:
    """A stop yet to be timed; ``old_start`` is when the plan had it start, None for a new one."""

    row: int
    pickup: bool
    old_start: int | None = None


def cheapest(planner: OneDay, row: int) -> tuple[int, int, int, int] | None:
    """Return (added cost, vehicle, pickup position, drop-off position), or None when nobody can."""
    best = None
    for vehicle in range(len(planner.vehicles)):
        for found in insertions(planner, row, vehicle):
            if best is None or found < best:
                best = found
    return best


def insertions(planner: OneDay, row: int, vehicle: int) -> list[tuple[int, int, int, int]]:
    """Return every feasible insertion into one vehicle's plan as (added cost, vehicle, position, position)."""
    old = planner.stops(vehicle)
    if planner.requests[row, p.R_WHEELCHAIR] and not planner.vehicles[vehicle, p.V_LIFT]:
        return []
    if planner.plan.status[0, vehicle, p.STATE] == p.OFF:
        return []
    if len(old) + 2 > planner.plan.stops.shape[2]:
        return []
    committed = int(planner.plan.status[0, vehicle, p.COMMITTED])
    ahead = [Stop(s[p.REQUEST], s[p.KIND] == p.PICKUP, s[p.ARRIVE]) for s in old[committed:]]
    before = timed(planner, vehicle, ahead)
    found = []
    for i in range(len(ahead) + 1):
        for j in range(i, len(ahead) + 1):
            stops = [*ahead[:i], Stop(row, True), *ahead[i:j], Stop(row, False), *ahead[j:]]
            after = timed(planner, vehicle, stops)
            if feasible(planner, vehicle, stops, after):
                added = sum(cost for _, cost, _ in after) - sum(cost for _, cost, _ in before)
                found.append((added, vehicle, committed + i, committed + j))
    return found


def timed(planner: OneDay, vehicle: int, stops: list[Stop]) -> list[tuple[int, int, bool]]:
    """Return (start of service, cost of the leg, comes from base) of the stops not driven to yet."""
    drive: list[list[int]] = planner.drive_s.tolist()
    guaranteed = int(planner.vehicles[vehicle, p.V_CONTRACT]) == p.GARANTIVOGN
    start_fee, per_s, waiting = (int(r) for r in planner.rates[1 if guaranteed else 0])
    base = int(planner.vehicles[vehicle, p.V_BASE])
    state, free_at = (int(planner.plan.status[0, vehicle, f]) for f in (p.STATE, p.FREE_AT))
    committed = int(planner.plan.status[0, vehicle, p.COMMITTED])
    if committed:
        last = planner.stops(vehicle)[committed - 1]
        place, ready, load = last[p.PLACE], last[p.ARRIVE] + last[p.SERVICE], last[p.LOAD]
    else:
        place, ready, load = base, free_at, 0
    result = []
    for k, stop in enumerate(stops):
        request = [int(v) for v in planner.requests[stop.row]]
        to = request[p.R_ORIGIN if stop.pickup else p.R_DESTINATION]
        earliest = request[p.R_EARLIEST] if stop.pickup else -(10**9)
        at_base, held = k == 0 and state == p.AT_BASE, k == 0 and state == p.HELD
        home_at = free_at if at_base else ready + drive[place][base]
        home_cost = start_fee + per_s * drive[base][to]
        arrive = ready + drive[place][to]
        start = max(earliest, arrive)
        stay_cost = per_s * drive[place][to] + waiting * (start - arrive)
        may_go_home = load == 0 and not held and not guaranteed and home_at + drive[base][to] <= start
        if at_base:
            leg = (max(earliest, home_at + drive[base][to]), home_cost, True)
        elif may_go_home and home_cost < stay_cost:
            leg = (start, home_cost, True)
        else:
            leg = (start, stay_cost, False)
        result.append(leg)
        place, ready = to, leg[0] + request[p.R_BOARDING if stop.pickup else p.R_ALIGHTING]
        load += request[p.R_PASSENGERS] * (1 if stop.pickup else -1)
    return result


def feasible(planner: OneDay, vehicle: int, stops: list[Stop], times: list[tuple[int, int, bool]]) -> bool:
    """Whether windows, ride limits and seats hold, or a stop late already is at least no later."""
    committed = planner.stops(vehicle)[: int(planner.plan.status[0, vehicle, p.COMMITTED])]
    load = committed[-1][p.LOAD] if committed else 0
    picked = {s[p.REQUEST]: s[p.ARRIVE] + s[p.SERVICE] for s in committed if s[p.KIND] == p.PICKUP}
    sooner = set()
    for stop, (start, _, _) in zip(stops, times, strict=True):
        request = [int(v) for v in planner.requests[stop.row]]
        if stop.pickup:
            latest = request[p.R_LATEST]
            picked[stop.row] = start + request[p.R_BOARDING]
            load += request[p.R_PASSENGERS]
            if stop.old_start is not None and start < stop.old_start:
                sooner.add(stop.row)
        else:
            latest = picked[stop.row] + request[p.R_LIMIT]
            load -= request[p.R_PASSENGERS]
        if load > planner.vehicles[vehicle, p.V_SEATS]:
            return False
        no_worse = stop.old_start is not None and start <= stop.old_start and (stop.pickup or stop.row not in sooner)
        if start > latest and not no_worse:
            return False
    old = planner.stops(vehicle)
    done = times[-1][0] + service(planner, stops[-1])
    return done <= planner.vehicles[vehicle, p.V_UNTIL] or (
        len(old) > len(committed) and done <= old[-1][p.ARRIVE] + old[-1][p.SERVICE]
    )


def service(planner: OneDay, stop: Stop) -> int:
    """Return how long a stop takes."""
    return int(planner.requests[stop.row, p.R_BOARDING if stop.pickup else p.R_ALIGHTING])


def sequence(stops: list[list[int]]) -> list[tuple[int, bool]]:
    """Return what a plan visits, as (request, whether it is the pickup)."""
    return [(s[p.REQUEST], s[p.KIND] == p.PICKUP) for s in stops]


def state_of(planner: OneDay) -> NDArray[np.int64]:
    """Return a copy of everything the plan holds but its scratch space."""
    stops = np.delete(planner.plan.stops[:, :-1], p.TRIED, axis=3)
    return np.concatenate([stops.ravel(), planner.plan.status.ravel()])
