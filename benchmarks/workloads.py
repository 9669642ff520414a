"""The common workload: pre-booked rides in a made-up area, the same for every planner that is measured on it.

30 x 20 km with three towns and countryside between them; a service day from 06 to 23 with a morning and an afternoon peak;
roads 1.3 times the straight line at 45 km/h, no boarding time. A trip is 6 km by road in the middle and about 7 in the mean;
the pickup may start 15 minutes before or after the wished time, the drop-off is by the latest pickup plus 1.5 times the direct
drive plus 10 minutes; one passenger each, four seats. Booked 2 hours plus a lognormal time (median 10 hours) ahead, never
more than 14 days.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LAT, LON = 55.60, 11.60
KM_PER_LAT = 111.195
KM_PER_LON = KM_PER_LAT * float(np.cos(np.radians(LAT + 0.09)))
WIDTH_KM, HEIGHT_KM = 30.0, 20.0
TOWNS = ((6.0, 13.0, 0.35), (16.0, 6.0, 0.25), (25.0, 14.0, 0.15))
"""Middle (km from the south-west corner) and share of the trip ends; the rest lie anywhere."""
TOWN_SPREAD_KM = 1.2
FACTOR, KMH, SEATS = 1.3, 45.0, 4
WINDOW_S = 15 * 60
DAY_S, OPENS_S, CLOSES_S = 86_400, 6 * 3600, 23 * 3600
HOURS = np.array([2, 5, 9, 8, 6, 6, 7, 7, 8, 9, 7, 4, 3, 2, 2, 1, 1], dtype=float)
"""Weight of the hours from 06 on in which a pickup is wished."""
MEDIAN_KM, SPREAD = 6.0, 0.555
CANDIDATES = 24
SIZES = ((200, 7), (1_100, 22), (5_000, 72), (20_000, 240))
"""Requests and vehicles of a day."""
YEAR = (33, 3, 365)
"""Requests a day, vehicles and days of a municipality's year."""


@dataclass(frozen=True)
class Instance:
    """Requests in the order of booking, and vehicles; times in seconds from the first midnight (booked_s may be negative)."""

    booked_s: NDArray[np.int64]
    pickup_earliest_s: NDArray[np.int64]
    pickup_latest_s: NDArray[np.int64]
    dropoff_latest_s: NDArray[np.int64]
    origin: NDArray[np.float64]
    destination: NDArray[np.float64]
    vehicle: NDArray[np.float64]
    days: int

    def __len__(self) -> int:
        return len(self.booked_s)

    @property
    def day(self) -> NDArray[np.int64]:
        """The service day of each request."""
        return self.pickup_earliest_s // DAY_S


def instance(requests_a_day: int, vehicles: int, days: int = 1, seed: int = 1) -> Instance:
    """Return an instance; ``origin``, ``destination`` and ``vehicle`` are float64 (n, 2), degrees north and east."""
    rng = np.random.default_rng([seed, requests_a_day, vehicles])
    n = requests_a_day * days
    day = np.repeat(np.arange(days), requests_a_day)
    wished = OPENS_S + WINDOW_S + _hours(rng, n)
    wished = np.minimum(wished, CLOSES_S - 2 * WINDOW_S)
    start = _places(rng, n)
    length = MEDIAN_KM / FACTOR * np.exp(SPREAD * rng.standard_normal(n))
    choices = np.stack([_places(rng, n) for _ in range(CANDIDATES)])
    apart = np.abs(np.linalg.norm(choices - start, axis=2) - length)
    end = choices[apart.argmin(axis=0), np.arange(n)]
    road_km = FACTOR * np.linalg.norm(end - start, axis=1)
    direct = np.ceil(road_km / KMH * 3600).astype(np.int64)
    lead = np.minimum(7_200 + 36_000 * np.exp(rng.standard_normal(n)), 13.5 * DAY_S).astype(np.int64)
    pickup = day * DAY_S + wished
    latest = pickup + WINDOW_S
    order = np.argsort(pickup - lead, kind="stable")
    columns = (pickup - lead, pickup - WINDOW_S, latest, latest + (1.5 * direct).astype(np.int64) + 600)
    booked, earliest, latest, dropoff = (column[order] for column in columns)
    return Instance(
        booked,
        earliest,
        latest,
        dropoff,
        _degrees(start[order]),
        _degrees(end[order]),
        _degrees(_places(rng, vehicles)),
        days,
    )


def _hours(rng: np.random.Generator, n: int) -> NDArray[np.int64]:
    hour = rng.choice(len(HOURS), n, p=HOURS / HOURS.sum())
    return hour * 3600 + rng.integers(0, 3600, n)


def _places(rng: np.random.Generator, n: int) -> NDArray[np.float64]:
    """Return places in km from the south-west corner, float64 (n, 2), east and north."""
    anywhere = rng.random((n, 2)) * (WIDTH_KM, HEIGHT_KM)
    town = rng.random(n)
    at = 0.0
    for east, north, share in TOWNS:
        here = (town >= at) & (town < at + share)
        anywhere[here] = np.array([east, north]) + TOWN_SPREAD_KM * rng.standard_normal((int(here.sum()), 2))
        at += share
    places: NDArray[np.float64] = np.clip(anywhere, 0, (WIDTH_KM, HEIGHT_KM))
    return places


def _degrees(places_km: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.stack([LAT + places_km[:, 1] / KM_PER_LAT, LON + places_km[:, 0] / KM_PER_LON], axis=1)
