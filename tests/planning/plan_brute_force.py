"""The shortest of all feasible plans for small instances, everything known beforehand: plain Python, every order tried.

Stops may begin later than they could, where that shortens the ride of somebody who is already promised a short one; so no
plan of any planner that serves the same requests can be shorter.
"""

import math
from functools import cache

from plan_oracle import Stop, World

Km = list[list[float]]


def shortest_km(world: World, km: Km, served: frozenset[int]) -> float:
    """Return the fewest kilometres in which the vehicles can serve exactly these requests; infinite when they cannot."""
    rows = sorted(served)

    @cache
    def best_of(vehicle: int, mask: int) -> float:
        return _best_route(world, km, vehicle, tuple(row for bit, row in enumerate(rows) if mask >> bit & 1))

    best = [0.0 if not mask else math.inf for mask in range(1 << len(rows))]
    for vehicle in range(len(world.vehicles)):
        before, best = best, list(best)
        for mask in range(1, 1 << len(rows)):
            part = mask
            while part:
                if before[mask ^ part] < best[mask]:
                    best[mask] = min(best[mask], before[mask ^ part] + best_of(vehicle, part))
                part = (part - 1) & mask
    return best[-1]


def _best_route(world: World, km: Km, vehicle: int, rows: tuple[int, ...]) -> float:
    """Return the shortest feasible route of one vehicle through some requests."""
    best = math.inf
    seats, start = world.vehicles[vehicle]["seats"], world.vehicles[vehicle]["place"]

    def go_on(route: list[Stop], place: int, ready: int, load: int, length: float) -> None:
        nonlocal best
        if length >= best:
            return
        if len(route) == 2 * len(rows):
            if _times(world, vehicle, route) is not None:
                best = length
            return
        for row in rows:
            picked, dropped = (row, True) in route, (row, False) in route
            if dropped:
                continue
            stop = (row, not picked)
            request, to = world.requests[row], world.place(stop)
            begin = ready + world.drive[place][to]
            if picked:
                late, people = begin > request["dropoff_latest_s"], -request["passengers"]
            else:
                begin = max(begin, request["earliest_s"])
                late, people = begin > request["latest_s"], request["passengers"]
            if not late and load + people <= seats:
                go_on([*route, stop], to, begin + world.service(stop), load + people, length + km[place][to])

    go_on([], start, world.vehicles[vehicle]["start_s"], 0, 0.0)
    return best


def _times(world: World, vehicle: int, route: list[Stop]) -> list[int] | None:
    """Return when each stop can begin at the earliest so that everything holds, or None when it cannot.

    A ride that is too long is mended by fetching its rider later, which may delay what comes after, and so on until
    nothing changes: the earliest times of all.
    """
    at = {stop: number for number, stop in enumerate(route)}
    begins = [world.requests[row]["earliest_s"] if pickup else -(10**9) for row, pickup in route]
    while True:
        place, ready = world.vehicles[vehicle]["place"], world.vehicles[vehicle]["start_s"]
        for number, stop in enumerate(route):
            begins[number] = max(begins[number], ready + world.drive[place][world.place(stop)])
            row, pickup = stop
            request = world.requests[row]
            if begins[number] > request["latest_s" if pickup else "dropoff_latest_s"]:
                return None
            place, ready = world.place(stop), begins[number] + world.service(stop)
        if ready > world.vehicles[vehicle]["end_s"]:
            return None
        later = False
        for (row, pickup), number in at.items():
            soonest = begins[at[row, False]] - world.requests[row]["ride_limit_s"]
            if pickup and begins[number] < soonest:
                begins[number], later = soonest, True
        if not later:
            return begins
