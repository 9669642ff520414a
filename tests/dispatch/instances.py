"""Random small worlds: places, vehicles and requests, drawn from a seed."""

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from sim.road.dispatch import plan as p
from sim.road.dispatch.gaps import empty_gaps
from sim.road.dispatch.insertion import insert
from sim.road.dispatch.open_bookings import NOWHERE
from sim.road.dispatch.planner import INSERTION, Planner
from sim.road.dispatch.regrouping import M_JOINED, M_REQUEST, ROOM, regroup
from sim.road.dispatch.state import State
from sim.road.dispatch.timing import measure_slack
from sim.road.dispatch.travel import Travel
from sim.road.kernel import EventLog, Kind, Workload, simulate

DAY_S = 86_400


@dataclass(frozen=True)
class World:
    """Everything one simulation needs."""

    work: Workload
    vehicles: NDArray[np.int64]
    drive_s: NDArray[np.int32]
    rates: NDArray[np.int64]
    weekend: NDArray[np.bool_] | None = None

    def run(
        self, planner: Planner = INSERTION, *, travel: Travel | None = None, every_vehicle: bool = False
    ) -> EventLog:
        return simulate(
            self.work,
            vehicles=self.vehicles,
            travel=travel or Travel.by_table(self.drive_s),
            rates=self.rates,
            weekend=self.weekend,
            planner=planner,
            every_vehicle=every_vehicle,
        )


def variable(*rows: tuple[int, int, int, int]) -> NDArray[np.int64]:
    """Return variable vehicles of (base, seats, lift, group), at their base from 4:00 on."""
    vehicles = np.zeros((len(rows), p.VEHICLE_FIELDS), dtype=np.int64)
    vehicles[:, [p.V_BASE, p.V_SEATS, p.V_LIFT, p.V_GROUP]] = rows
    vehicles[:, p.V_FROM], vehicles[:, p.V_UNTIL], vehicles[:, p.V_WEEKEND] = 4 * 3600, p.NO_END, 1
    return vehicles


def random_world(
    seed: int,
    *,
    requests: int,
    vehicles: int,
    places: int,
    days: int = 1,
    noise: bool = False,
    in_vain_share: float = 0.0,
    metric: bool = True,
    guaranteed: float = 0.0,
    drive: NDArray[np.int32] | None = None,
) -> World:
    """Draw a world in which every request is made early enough to be reached from anywhere; also its driving times, if none are given."""
    rng = np.random.default_rng(seed)
    drive = random_drives(rng, places, metric=metric) if drive is None else drive
    planner = random_requests(rng, requests, drive)
    service_day = rng.integers(14, 14 + days, requests)
    notice = int(drive.max()) + rng.choice([0, 600, 3600, 10 * 3600, 5 * DAY_S], requests)
    asked = service_day * DAY_S + planner[:, p.R_EARLIEST] - notice
    if rng.random() < 0.3:  # several in the same second, as a tour's two legs are
        asked[: requests // 2] = asked.min()
    order = np.argsort(asked, kind="stable")
    asked, service_day, planner = asked[order], service_day[order], planner[order]
    decision = rng.choice(
        [Kind.BOOKED, Kind.DECLINED, Kind.REFUSED], requests, p=[0.9, 0.06, 0.04] if requests > 3 else [1, 0, 0]
    ).astype(np.int8)
    outbound = np.where((rng.random(requests) < 0.3) & (np.arange(requests) > 0), np.arange(requests) - 1, -1)

    def permille() -> NDArray[np.int64]:
        return np.rint(1000 * np.exp(0.2 * rng.standard_normal(requests))).astype(np.int64)

    def about(planned: NDArray[np.int64]) -> NDArray[np.int64]:
        return (planned * rng.uniform(0.3, 2.5, requests)).astype(np.int64)

    exact = np.full(requests, 1000)
    boarding, alighting = planner[:, p.R_BOARDING].copy(), planner[:, p.R_ALIGHTING].copy()
    work = Workload(
        asked_at_s=asked,
        service_day=service_day,
        decision=decision,
        outbound=outbound,
        planner=planner,
        pickup_drive_permille=permille() if noise else exact,
        dropoff_drive_permille=permille() if noise else exact,
        boarding_s=about(boarding) if noise else boarding,
        alighting_s=about(alighting) if noise else alighting,
        in_vain=rng.random(requests) < in_vain_share,
        in_vain_wait_s=int(rng.choice([0, 120, 600])),
    )
    rates = np.stack([random_rates(rng) for _ in range(15 + days)])
    fleet = random_vehicles(rng, vehicles, places, guaranteed=guaranteed)
    return World(work, fleet, drive, rates, np.arange(15 + days) == 15 if guaranteed else None)


def random_drives(rng: np.random.Generator, places: int, *, metric: bool = True) -> NDArray[np.int32]:
    """Draw symmetric driving times; as in the real matrix, a drive within a place takes time too."""
    x, y = rng.integers(0, 2400, (2, places))
    drive = np.abs(x[:, None] - x) + np.abs(y[:, None] - y) + rng.integers(0, 60, (places, places))
    drive = np.minimum(drive, drive.T)
    if metric:
        for k in range(places):
            drive = np.minimum(drive, drive[:, [k]] + drive[[k], :])
    else:
        drive = np.minimum(drive, (lambda d: np.minimum(d, d.T))(rng.integers(60, 3000, (places, places))))
    return np.ascontiguousarray(drive, dtype=np.int32)


def random_vehicles(rng: np.random.Generator, count: int, places: int, *, guaranteed: float = 0.0) -> NDArray[np.int64]:
    """Draw vehicles, alike ones next to each other and in one group; a share of them with guaranteed hours."""
    bases = rng.integers(0, places, 2)
    rows = sorted(
        (int(rng.choice(bases)), int(rng.integers(2, 9)) if rng.random() < 0.4 else 4, int(rng.random() < 0.5))
        for _ in range(count)
    )
    vehicles = variable(*((*row, sorted(set(rows)).index(row)) for row in rows))
    for vehicle in vehicles:
        if guaranteed and rng.random() < guaranteed:
            vehicle[p.V_CONTRACT], vehicle[p.V_WEEKEND] = p.GARANTIVOGN, rng.integers(2)
            vehicle[p.V_FROM] = rng.integers(4, 10) * 3600
            vehicle[p.V_UNTIL] = vehicle[p.V_FROM] + rng.integers(2, 10) * 3600
    vehicles = vehicles[np.lexsort(vehicles.T)]
    vehicles[:, p.V_GROUP] = [[tuple(v) for v in vehicles.tolist()].index(tuple(v)) for v in vehicles.tolist()]
    return vehicles


def random_requests(rng: np.random.Generator, count: int, drive: NDArray[np.int32]) -> NDArray[np.int64]:
    """Draw request rows; half of the worlds crowd them into few hours, so that they compete and share."""
    opens, closes = (6 * 3600, 23 * 3600) if rng.random() < 0.5 else (9 * 3600, 12 * 3600)
    rows = np.zeros((count, p.REQUEST_FIELDS), dtype=np.int64)
    places = len(drive)
    rows[:, p.R_ORIGIN], rows[:, p.R_DESTINATION] = rng.integers(0, places, (2, count))
    wished = rng.integers(opens, closes, count) // 300 * 300
    half = 900 if rng.random() < 0.6 else int(rng.integers(0, 2400))
    rows[:, p.R_EARLIEST], rows[:, p.R_LATEST] = wished - half, wished + half
    rows[:, p.R_BOARDING] = rng.choice([0, 60, 120, 300], count)
    rows[:, p.R_ALIGHTING] = rows[:, p.R_BOARDING] // 2
    direct = drive[rows[:, p.R_ORIGIN], rows[:, p.R_DESTINATION]].astype(np.int64)
    slack = np.maximum(direct, 1800) if rng.random() < 0.5 else rng.integers(0, 1800, count)
    rows[:, p.R_LIMIT] = direct + slack
    rows[:, p.R_PASSENGERS] = rng.choice([1, 2, 3, 4], count, p=[0.6, 0.25, 0.1, 0.05])
    rows[:, p.R_WHEELCHAIR] = rng.random(count) < 0.15
    return rows


def random_rates(rng: np.random.Generator) -> NDArray[np.int64]:
    """Draw start, driving and waiting of both contracts; sometimes round figures, so that ties are common."""
    if rng.random() < 0.3:
        own = [[3_600_000, 6000, 6000], [0, 1, 0], [0, 1, 1]][rng.integers(3)]
    else:
        start, driving = int(rng.integers(0, 8000)) * 3600, int(rng.integers(20_000, 40_000))
        own = [start, driving, int(driving * rng.uniform(0.2, 1.0))]
    return np.array([own, [0, max(1, own[1] // 2), 0]], dtype=np.int64)


def rows(requests: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return requests as the planner takes them: with a latest drop-off that is never reached, and no more."""
    wide = np.zeros((len(requests), p.ROW_FIELDS), dtype=np.int64)
    wide[:, : p.REQUEST_FIELDS], wide[:, p.R_BY] = requests, p.FAR
    return wide


@dataclass(frozen=True)
class OneDay:
    """The plan of one service day and what `insert` needs beside it."""

    plan: p.Plan
    requests: NDArray[np.int64]
    vehicles: NDArray[np.int64]
    drive_s: NDArray[np.int32]
    rates: NDArray[np.int64]

    @classmethod
    def of(
        cls,
        requests: NDArray[np.int64],
        vehicles: NDArray[np.int64],
        drive_s: NDArray[np.int32],
        rates: NDArray[np.int64],
        max_stops: int = 128,
    ) -> "OneDay":
        plan = p.Plan.empty(vehicles, slots=1, max_stops=max_stops, room=ROOM)
        both = rates if len(rates) == p.CONTRACTS else np.repeat(rates, p.CONTRACTS, axis=0)
        plan.open_day(0, p.day_before_it_begins(vehicles, both, weekend=False))
        return cls(plan, rows(requests), vehicles, drive_s, rates)

    def insert(self, row: int) -> int:
        """Insert a request; return its vehicle or INFEASIBLE."""
        return int(insert(self.state(), 0, row, -DAY_S))

    def regroup(self, seed: int, row: int, turn: int, vehicle: int, left: int) -> dict[int, int] | None:
        """Let open bookings be regrouped the day before; return who each of those taken out was given to, None when all stays."""
        tried, plans = regroup(self.state(), 0, -DAY_S, seed, row, turn, vehicle, left)
        memo = self.plan.stops[0, len(self.vehicles) + 1, :tried]
        given = {int(m[M_REQUEST]): int(m[M_JOINED]) for m in memo if m[M_JOINED] != NOWHERE}
        return given if plans else None

    def state(self) -> State:
        """Return the plan and what belongs to it as compiled code takes it."""
        where = Travel.by_table(self.drive_s).where
        gaps = empty_gaps(self.vehicles, where, self.rates, latest_s=0, slots=1, every_vehicle=True)
        log = np.zeros((1, 5), dtype=np.int64)
        return State(self.plan.stops, self.plan.status, self.requests, log, where, gaps)

    def cost(self) -> int:
        """Return what the plan costs, oere/3600."""
        return sum(stop[p.COST] for vehicle in range(len(self.vehicles)) for stop in self.stops(vehicle))

    def look_again(self, vehicle: int) -> None:
        """Let the planner measure the slack of a vehicle's stops after a test has put other ones there."""
        stops, status = self.plan.stops[0, vehicle], self.plan.status[0, vehicle]
        for before, stop in pairwise(stops[: status[p.COUNT]]):
            stop[p.RIDE] = self.drive_s[before[p.PLACE], stop[p.PLACE]]
        measure_slack(stops, status, 0, status[p.COUNT] - 1)

    def stops(self, vehicle: int) -> list[list[int]]:
        """Return the stops planned for a vehicle, as plain lists without the scratch field."""
        count = int(self.plan.status[0, vehicle, p.COUNT])
        rows: list[list[int]] = self.plan.stops[0, vehicle, :count, : p.TRIED].tolist()
        return rows


def with_work(world: World, **changes: object) -> World:
    """Return the world with some columns of its workload replaced."""
    return replace(world, work=replace(world.work, **changes))  # type: ignore[arg-type]
