"""Random instances, small and tight enough that everything happens: refusals, sharing, bookings in the last minute."""

import csv
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from sim.desk.planning.files import REQUEST_COLUMNS, VEHICLE_COLUMNS
from sim.desk.planning.protocol import NO_LIMIT, Requests, Vehicles
from sim.road.dispatch.travel import Travel

MIDNIGHT = datetime(2019, 3, 4)
LAT, LON = 55.6, 11.6
DETOUR = (0.4, 10.0)
"""The detour rule of the instances that are not read from files: share and minutes."""


@dataclass(frozen=True)
class Instance:
    """Requests in the order of booking, vehicles, and the points of the map, float64 (places, 2)."""

    requests: Requests
    vehicles: Vehicles
    points: np.ndarray
    travel: Travel
    boarding_s: int


def random_instance(seed: int, requests: int, vehicles: int, *, days: int = 1, table: bool = False) -> Instance:
    """Return an instance within 12 km; half of its requests have a latest drop-off, the others a longest ride.

    With ``table`` the driving times are any: some ways round are quicker than the direct one.
    """
    rng = np.random.default_rng([seed, requests, vehicles, days, int(table)])
    spread = float(rng.choice([0.02, 0.05, 0.1]))
    points = np.array([LAT, LON]) + spread * rng.random((max(3, 2 * requests + vehicles), 2)) * (1, 1.7)
    points = points[rng.integers(0, len(points), 2 * requests + vehicles)]  # some stand at the same place
    travel = Travel.straight(points[:, 0], points[:, 1], factor=1.3, kmh=45)
    if table:
        travel = Travel.by_table(rng.integers(0, 1800, (len(points), len(points))).astype(np.int32))
    day = rng.integers(0, days, requests) * 86_400
    hours = float(rng.choice([0.5, 2.0, 8.0]))
    earliest = day + 8 * 3600 + rng.integers(0, int(hours * 3600), requests)
    latest = earliest + rng.choice([0, 60, 900, 1800, 3600], requests)
    origin, destination = np.arange(requests), requests + np.arange(requests)
    direct = travel.seconds(origin, destination)
    booked = latest - np.minimum(rng.choice([0, 600, 1800, 7200, 30_000, 200_000], requests), latest + 200_000)
    given = rng.random(requests) < 0.5
    by = latest + (direct * rng.choice([0.9, 1.0, 1.5, 2.5], requests)).astype(np.int64) + 60
    limit = direct + np.maximum((direct * DETOUR[0]).astype(np.int64), int(60 * DETOUR[1]))
    order = np.argsort(booked, kind="stable")
    columns = {
        "booked_s": booked,
        "earliest_s": earliest,
        "latest_s": latest,
        "dropoff_latest_s": np.where(given, np.maximum(by, earliest), NO_LIMIT),
        "ride_limit_s": np.where(given, NO_LIMIT, limit),
        "passengers": rng.choice([1, 1, 1, 2, 3], requests),
        "origin": origin,
        "destination": destination,
    }
    start = rng.integers(0, days, vehicles) * 86_400 + rng.integers(6 * 3600, 10 * 3600, vehicles)
    fleet = Vehicles(
        place=2 * requests + np.arange(vehicles),
        seats=rng.choice([1, 2, 4, 4], vehicles),
        start_s=start,
        end_s=start + rng.choice([1800, 3 * 3600, 9 * 3600], vehicles),
    )
    ordered = Requests(**{name: column[order].astype(np.int64) for name, column in columns.items()})
    return Instance(ordered, fleet, points, travel, int(rng.choice([0, 0, 60, 300])))


def write_files(instance: Instance, folder: Path) -> tuple[Path, Path]:
    """Write an instance as the two files, requests shuffled where that cannot matter: those of other seconds."""
    requests, vehicles = folder / "requests.csv", folder / "vehicles.csv"
    r, v, at = instance.requests, instance.vehicles, instance.points
    with requests.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(REQUEST_COLUMNS)
        for n in sorted(range(len(r)), key=lambda n: (int(r.booked_s[n]) * 7919 % 101, n)):
            times = [iso(c[n]) for c in (r.booked_s, r.earliest_s, r.latest_s)]
            by = iso(r.dropoff_latest_s[n]) if r.dropoff_latest_s[n] < NO_LIMIT else ""
            ends = [repr(float(x)) for place in (r.origin[n], r.destination[n]) for x in at[place]]
            writer.writerow([f"r{n}", *times, by, *ends, int(r.passengers[n])])
    with vehicles.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(VEHICLE_COLUMNS)
        for n in range(len(v)):
            point = [repr(float(x)) for x in at[v.place[n]]]
            writer.writerow([f"v{n}", *point, int(v.seats[n]), iso(v.start_s[n]), iso(v.end_s[n])])
    return requests, vehicles


def iso(seconds: int) -> str:
    """Return seconds from the first midnight as a local time."""
    return (MIDNIGHT + timedelta(seconds=int(seconds))).isoformat()
