"""The cheapest insertion the slow way: every vehicle, every pair of positions, all timed from scratch, in plain Python.

It takes the driving times from the table it is given, and nothing else of the planner. The rules are those of `PlanAndDrive`.
"""

import itertools
import math
from dataclasses import dataclass, field

import numpy as np

from sim.desk.planning.protocol import Outcome, Requests, Vehicles
from sim.road.dispatch.travel import Travel

NEVER = 1 << 60
Stop = tuple[int, bool]
"""A request's row, and whether it is its pickup."""


@dataclass
class World:
    """The files as plain lists, and the driving times between all places."""

    requests: list[dict[str, int]]
    vehicles: list[dict[str, int]]
    drive: list[list[int]]
    boarding_s: int

    @classmethod
    def of(cls, requests: Requests, vehicles: Vehicles, travel: Travel, boarding_s: int) -> "World":
        places = 1 + max(int(c.max()) for c in (requests.origin, requests.destination, vehicles.place))
        a, b = (grid.ravel() for grid in np.meshgrid(np.arange(places), np.arange(places), indexing="ij"))
        table = travel.seconds(a, b).reshape(places, places).tolist()
        return cls(_rows(requests), _rows(vehicles), table, boarding_s)

    def place(self, stop: Stop) -> int:
        return self.requests[stop[0]]["origin" if stop[1] else "destination"]

    def service(self, stop: Stop) -> int:
        return self.boarding_s if stop[1] else 0


def _rows(columns: Requests | Vehicles) -> list[dict[str, int]]:
    lists = {name: column.tolist() for name, column in vars(columns).items()}
    return [{name: values[row] for name, values in lists.items()} for row in range(len(columns))]


@dataclass
class Day:
    """One vehicle's stops, with the time at which each begins; the first ``left`` are not the planner's to change."""

    stops: list[Stop] = field(default_factory=list)
    begins: list[int] = field(default_factory=list)
    left: int = 0
    known: dict[object, int] = field(default_factory=dict)


def plain_insertion(
    requests: Requests,
    vehicles: Vehicles,
    travel: Travel,
    *,
    planner: str,
    boarding_s: int,
    relocations: int,
    seed: int,
) -> Outcome:
    """Answer the requests one by one; `PlanAndDrive` for the planner `insertion`."""
    world = World.of(requests, vehicles, travel, boarding_s)
    days = [Day() for _ in world.vehicles]
    took = []
    for row, request in enumerate(world.requests):
        now = request["booked_s"]
        for number, day in enumerate(days):
            leave(world, number, day, now)
        took.append(insert(world, days, row, now))
    for number, day in enumerate(days):
        leave(world, number, day, NEVER)
    return _outcome(world, days, took)


def leave(world: World, number: int, day: Day, now: int) -> None:
    """Send a vehicle off to every stop for which it leaves by now; if it waits on, it leaves no sooner than now."""
    while day.left < len(day.stops):
        place, _ = standing(world, number, day, day.left)
        drive = world.drive[place][world.place(day.stops[day.left])]
        leaves = latest_leaving(world, number, day, day.begins[day.left] - drive)
        begins = timed(world, number, day, day.stops[day.left :], min(now, leaves))
        assert begins is not None, "somebody waited so long that a promise is broken"
        day.begins[day.left :] = begins
        if leaves > now:
            return
        day.left += 1


def latest_leaving(world: World, number: int, day: Day, leaves: int) -> int:
    """Return when a vehicle leaves for its next stop: second by second later, as long as that makes the rides shorter in all until no more
    passengers are on board than now. For a drop-off it leaves as soon as can be.
    """
    ahead = day.stops[day.left :]
    key = (tuple(ahead), tuple(day.begins), day.left)
    if key not in day.known:
        rides = riding(world, ahead, timed(world, number, day, ahead, leaves))
        while ahead[0][1]:
            later = riding(world, ahead, timed(world, number, day, ahead, leaves + 1))
            if later >= rides:
                break
            rides, leaves = later, leaves + 1
        day.known[key] = leaves
    return day.known[key]


def riding(world: World, ahead: list[Stop], begins: list[int] | None) -> float:
    """Return the seconds that passengers ride until no more of them are on board than now, but for a number that is the same
    for all times; without end when a promise is broken."""
    if begins is None:
        return math.inf
    rides, more = 0, 0
    for (row, pickup), begin in zip(ahead, begins, strict=True):
        boards = (1 if pickup else -1) * world.requests[row]["passengers"]
        rides -= boards * begin
        more += boards
        if more <= 0:
            break
    return rides


def standing(world: World, number: int, day: Day, position: int) -> tuple[int, int]:
    """Return where a vehicle stands before a position, and from when on it can leave."""
    if position == 0:
        return world.vehicles[number]["place"], world.vehicles[number]["start_s"]
    stop = day.stops[position - 1]
    return world.place(stop), day.begins[position - 1] + world.service(stop)


def insert(world: World, days: list[Day], row: int, now: int) -> int:
    """Put a request where it adds the least driving; return the vehicle, -1 when it fits nowhere."""
    best: tuple[int, int, int, int] | None = None
    for number, day in enumerate(days):
        ahead = day.stops[day.left :]
        for i in range(len(ahead) + 1):
            for j in range(i, len(ahead) + 1):
                tried = [*ahead[:i], (row, True), *ahead[i:j], (row, False), *ahead[j:]]
                if timed(world, number, day, tried, now) is None:
                    continue
                added = driving(world, number, day, tried) - driving(world, number, day, ahead)
                if best is None or (added, number, i, j) < best:
                    best = (added, number, i, j)
    if best is None:
        return -1
    _, number, i, j = best
    day = days[number]
    ahead = day.stops[day.left :]
    ahead = [*ahead[:i], (row, True), *ahead[i:j], (row, False), *ahead[j:]]
    begins = timed(world, number, day, ahead, now)
    assert begins is not None
    day.stops[day.left :], day.begins[day.left :] = ahead, begins
    return number


def driving(world: World, number: int, day: Day, ahead: list[Stop]) -> int:
    """Return the driving seconds of the stops ahead."""
    place, _ = standing(world, number, day, day.left)
    places = [place, *(world.place(stop) for stop in ahead)]
    return sum(world.drive[a][b] for a, b in itertools.pairwise(places))


def timed(world: World, number: int, day: Day, ahead: list[Stop], now: int) -> list[int] | None:
    """Return when each stop ahead begins, as early as can be, or None when a promise would be broken."""
    vehicle = world.vehicles[number]
    place, ready = standing(world, number, day, day.left)
    ready = max(ready, now)
    picked = {stop[0]: begin for stop, begin in zip(day.stops[: day.left], day.begins, strict=False) if stop[1]}
    gone = {stop[0] for stop in day.stops[: day.left] if not stop[1]}
    load = sum(world.requests[row]["passengers"] for row in picked if row not in gone)
    begins = []
    for stop in ahead:
        row, pickup = stop
        request = world.requests[row]
        begin = ready + world.drive[place][world.place(stop)]
        if pickup:
            begin = max(begin, request["earliest_s"])
            load += request["passengers"]
            picked[row] = begin
            if begin > request["latest_s"] or load > vehicle["seats"]:
                return None
        else:
            load -= request["passengers"]
            if begin > min(request["dropoff_latest_s"], picked[row] + request["ride_limit_s"]):
                return None
        begins.append(begin)
        place, ready = world.place(stop), begin + world.service(stop)
    if ready > vehicle["end_s"]:
        return None
    return begins


def _outcome(world: World, days: list[Day], took: list[int]) -> Outcome:
    columns: list[tuple[int, int, bool, int, int]] = []
    for number, day in enumerate(days):
        for position, (stop, begin) in enumerate(zip(day.stops, day.begins, strict=True)):
            done = begin + world.service(stop)
            if position + 1 < len(day.stops):
                on = day.stops[position + 1]
                done = day.begins[position + 1] - world.drive[world.place(stop)][world.place(on)]
            columns.append((number, stop[0], stop[1], begin, done))
    vehicle, request, pickup, begin_s, depart = (
        np.array([row[field] for row in columns], dtype=np.bool_ if field == 2 else np.int64) for field in range(5)
    )
    return Outcome(np.array(took, dtype=np.int64), vehicle, request, pickup, begin_s, begin_s, depart)
