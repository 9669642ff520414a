"""The common workload through our planner and clock: the work, the priced trip table, and what is checked of it."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from benchmarks.peer_tools import kilometres, road_km
from benchmarks.workloads import DAY_S, FACTOR, KMH, SEATS, Instance
from sim.road.dispatch.fleet import grouped
from sim.road.dispatch.plan import (
    C_DRIVE,
    CONTRACTS,
    FAR,
    GARANTIVOGN,
    NO_END,
    REQUEST_FIELDS,
    V_BASE,
    V_CONTRACT,
    V_SEATS,
    V_UNTIL,
    V_WEEKEND,
    VEHICLE_FIELDS,
)
from sim.road.dispatch.planner import INSERTION, Planner
from sim.road.dispatch.travel import Travel
from sim.road.kernel import EventLog, Kind, Workload, simulate
from tariffs import FareTable, Level, fare_columns, load_price_book
from tariffs.fare_table import day_number

MOST_STOPS = 512
YEARS_FARES = 2020


@dataclass(frozen=True)
class Problem:
    """An instance as the clock takes it; places are origins, destinations and the vehicles' own, in this order."""

    instance: Instance
    work: Workload
    vehicles: NDArray[np.int64]
    travel: Travel
    rates: NDArray[np.int64]
    direct_s: NDArray[np.int64]


@cache
def fare_table() -> FareTable:
    """Return the fares of the shipped price book."""
    return FareTable.build(load_price_book())


def problem(instance: Instance) -> Problem:
    """Return the instance as the clock takes it. A plan costs its driving; vehicles stand ready where they are all day."""
    n, vehicles = len(instance), len(instance.vehicle)
    places = np.concatenate([instance.origin, instance.destination, instance.vehicle])
    travel = Travel.straight(places[:, 0], places[:, 1], factor=FACTOR, kmh=KMH)
    row, zeros, planned = np.arange(n), np.zeros(n, dtype=np.int64), np.full(n, 1000, dtype=np.int64)
    day = instance.day
    earliest, latest, dropoff = (
        column - day * DAY_S
        for column in (instance.pickup_earliest_s, instance.pickup_latest_s, instance.dropoff_latest_s)
    )
    columns = (row, n + row, earliest, latest, zeros, zeros, zeros + FAR, zeros + 1, zeros)
    assert len(columns) == REQUEST_FIELDS
    fleet = np.zeros((vehicles, VEHICLE_FIELDS), dtype=np.int64)
    fleet[:, V_BASE], fleet[:, V_SEATS], fleet[:, V_UNTIL] = 2 * n + np.arange(vehicles), SEATS, NO_END
    fleet[:, V_CONTRACT], fleet[:, V_WEEKEND] = GARANTIVOGN, 1
    rates = np.zeros((instance.days, CONTRACTS, 3), dtype=np.int64)
    rates[:, :, C_DRIVE] = 1
    work = Workload(
        asked_at_s=instance.booked_s,
        service_day=day,
        decision=np.full(n, Kind.BOOKED, dtype=np.int8),
        outbound=zeros - 1,
        planner=np.stack(columns, axis=1),
        pickup_drive_permille=planned,
        dropoff_drive_permille=planned,
        boarding_s=zeros,
        alighting_s=zeros,
        in_vain=np.zeros(n, dtype=bool),
        in_vain_wait_s=0,
        dropoff_by_s=dropoff,
    )
    return Problem(instance, work, grouped(fleet), travel, rates, travel.seconds(row, n + row))


def priced_trips(
    p: Problem, planner: Planner = INSERTION, *, every_vehicle: bool = False
) -> tuple[EventLog, dict[str, NDArray[np.int64]]]:
    """Let every booking be planned and driven on the clock; return the events and the table of trips with their prices."""
    log = simulate(
        p.work, vehicles=p.vehicles, travel=p.travel, rates=p.rates, planner=planner, max_stops=MOST_STOPS,
        every_vehicle=every_vehicle,
    )  # fmt: skip
    events = log.columns()
    n = len(p.instance)
    vehicle, pickup, dropoff = (np.full(n, -1, dtype=np.int64) for _ in range(3))
    for kind, column, field in ((Kind.BOOKED, vehicle, 3), (Kind.PICKED_UP, pickup, 0), (Kind.DROPPED_OFF, dropoff, 0)):
        rows = np.flatnonzero(events[:, 1] == kind)
        column[events[rows, 2]] = events[rows, field]
    metres = (p.direct_s * KMH / 3.6).astype(np.int64)
    table = fare_table()
    first = np.datetime64(f"{YEARS_FARES}-01-01", "D").astype(object)
    period = table.period_of(day_number(first) + np.minimum(p.work.service_day, 365))
    level = np.full(n, Level.GRUNDTAKST, dtype=np.int64)
    ones = np.ones(n, dtype=np.int64)
    fares = fare_columns(table, period, level, np.zeros(n, dtype=bool), metres, ones, ones - 1)
    trips = {
        "request": np.arange(n),
        "service_day": p.work.service_day,
        "vehicle": vehicle,
        "pickup_s": pickup,
        "dropoff_s": dropoff,
        "ride_s": np.where(vehicle >= 0, dropoff - pickup, -1),
        "distance_m": metres,
        "fare_oere": np.where(vehicle >= 0, fares, 0),
    }
    return log, trips


def check(p: Problem, trips: dict[str, NDArray[np.int64]]) -> int:
    """Assert that whatever was booked was driven within its promise, and priced; return how many."""
    instance, served = p.instance, trips["vehicle"] >= 0
    pickup, dropoff = trips["pickup_s"][served], trips["dropoff_s"][served]
    assert (pickup >= instance.pickup_earliest_s[served]).all(), "too early"
    assert (pickup <= instance.pickup_latest_s[served]).all(), "late at a pickup"
    assert (dropoff <= instance.dropoff_latest_s[served]).all(), "late at a drop-off"
    assert (dropoff - pickup >= p.direct_s[served]).all(), "quicker than the road"
    assert (trips["fare_oere"][served] >= 3600).all(), "not priced"
    return int(served.sum())


def driven_km(p: Problem, log: EventLog) -> float:
    """Return the km from each vehicle's place through its stops of each day."""
    events = log.columns()
    stops = events[(events[:, 1] == Kind.PICKED_UP) | (events[:, 1] == Kind.DROPPED_OFF)]
    day = p.work.service_day[stops[:, 2]]
    stops = stops[np.lexsort((stops[:, 3], day))]
    day = p.work.service_day[stops[:, 2]]
    origin, destination, home = (
        kilometres(places) for places in (p.instance.origin, p.instance.destination, p.instance.vehicle)
    )
    km, at, who = 0.0, home[0], (-1, -1)
    for (_, kind, row, vehicle, _), today in zip(stops.tolist(), day.tolist(), strict=True):
        if who != (today, vehicle):
            at, who = home[vehicle], (today, vehicle)
        place = origin[row] if kind == Kind.PICKED_UP else destination[row]
        km += road_km(at, place)
        at = place
    return km
