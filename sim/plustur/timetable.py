"""Departures by bus and train from a timetable feed (GTFS), read by gtfs_kit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.geography.projection import to_metres
from tariffs.errors import DataError, InputError

if TYPE_CHECKING:
    from sim.geography.region import Region
    from sim.plustur.transfers import TransferPoints

FIRST_HOUR, HOURS = 6, 17
"""The hours of service, 06 to 22 (the last trip starts before 23)."""
DAY_TYPES = ("hverdage", "lørdage", "søn- og helligdage")
WEEKDAYS_OF_TYPE = ((0, 1, 2, 3, 4), (5,), (6,))


@dataclass(frozen=True, eq=False)
class Calls:
    """Every call of every trip on one day, ordered by trip and place in the trip.

    Attributes
    ----------
    trip : int64, numbered from 0; ``hour`` of departure, past 24 for trips after midnight
    east, north : metres, where the stop lies
    """

    trip: NDArray[np.int64]
    hour: NDArray[np.int64]
    east: NDArray[np.float64]
    north: NDArray[np.float64]


def read_calls(path: Path) -> tuple[tuple[Calls, ...], tuple[date, ...]]:
    """Read a feed: the calls of a typical weekday, Saturday and Sunday, and which dates were taken.

    Typical is the date of that kind with the middle number of trips. Raises InputError when the reader is not installed or
    the file is missing, DataError when it is not a timetable.
    """
    try:
        import gtfs_kit  # type: ignore[import-untyped]
    except ImportError:
        raise InputError(
            "Køreplanen kan ikke læses: biblioteket gtfs_kit er ikke installeret",
            where=f"gtfs = {path}",
            why="det er et tilvalg, fordi kun plustur med køreplan bruger det",
            next_step="installer det med: pip install 'takstlab[gtfs]', eller udelad gtfs",
        ) from None
    if not path.is_file():
        raise InputError(f"Køreplanen {path} findes ikke", where="gtfs", next_step="kontrollér stien til GTFS-zippen")
    try:
        feed = gtfs_kit.read_feed(path, dist_units="km")
        if feed.frequencies is not None:
            feed = feed.expand_frequencies()
        days = typical_days(feed)
        calls = tuple(_calls(feed, day) for day in days)
    except (DataError, InputError):
        raise
    except Exception as error:  # gtfs_kit raises whatever pandas does on what is not a feed
        raise DataError(
            "Filen kan ikke læses som køreplan (GTFS)",
            where=str(path),
            why=f"{type(error).__name__}: {error}",
            next_step="hent køreplanen igen; den skal være en GTFS-zip med stops, trips, stop_times og calendar",
        ) from None
    return calls, days


def typical_days(feed: Any) -> tuple[date, ...]:
    """Return the feed's date of each day type with the middle number of trips; raises DataError where there is none."""
    trips = feed.trips["service_id"].value_counts()
    counted: list[list[tuple[int, date]]] = [[] for _ in DAY_TYPES]
    for text in feed.get_dates():
        day = datetime.strptime(text, "%Y%m%d").date()
        number = int(sum(trips.get(service, 0) for service in feed.get_active_services(text)))
        kind = next(n for n, weekdays in enumerate(WEEKDAYS_OF_TYPE) if day.weekday() in weekdays)
        counted[kind].append((number, day))
    for name, dates in zip(DAY_TYPES, counted, strict=True):
        if not dates:
            raise DataError(
                f"Køreplanen har ingen {name}",
                where="gtfs, calendar",
                next_step="brug en køreplan, der dækker mindst en hel uge",
            )
    return tuple(sorted(dates)[len(dates) // 2][1] for dates in counted)


def _calls(feed: Any, day: date) -> Calls:
    """Return the calls of one day; a stop without a time of its own lies evenly between those that have one."""
    import gtfs_kit
    import pandas as pd

    times = feed.get_stop_times(day.strftime("%Y%m%d")).sort_values(["trip_id", "stop_sequence"], kind="stable")
    stops = feed.stops.set_index("stop_id")
    trip = pd.factorize(times["trip_id"])[0].astype(np.int64)
    text = times["departure_time"].fillna(times["arrival_time"])
    seconds = text.map(gtfs_kit.timestr_to_seconds, na_action="ignore").astype(float)
    gaps = np.isin(trip, np.unique(trip[seconds.isna().to_numpy()]))
    if gaps.any():
        between = seconds[gaps].groupby(trip[gaps]).transform(lambda s: s.interpolate(limit_area="inside"))
        seconds[gaps] = between
    lat, lon = (times["stop_id"].map(stops[c]).to_numpy(dtype=float) for c in ("stop_lat", "stop_lon"))
    known = seconds.notna().to_numpy() & np.isfinite(lat) & np.isfinite(lon)
    east, north = to_metres(lat[known], lon[known])
    return Calls(trip[known], (seconds.to_numpy()[known] // 3600).astype(np.int64), east, north)


def departures(
    region: Region, points: TransferPoints, days: Sequence[Calls], walk_m: float, source: str
) -> NDArray[np.int64]:
    """Return departures per hour from each place towards its nearest transfer point, (day types, places, hours).

    A departure counts when a stop lies within ``walk_m`` of the place as the crow flies, and the same trip calls later
    within ``walk_m`` of the transfer point; without any transfer point every departure counts. Each trip counts once.
    Raises InputError when the feed has no stop within walking distance of any place of the municipality.
    """
    east, north = to_metres(region.lat, region.lon)
    own = np.flatnonzero(region.inside)
    nearest = region.fare_distance_m[:, points.place].argmin(axis=1) if len(points) else np.zeros(len(region), int)
    x, y = to_metres(points.lat, points.lon)
    counts = np.zeros((len(days), len(region), HOURS), dtype=np.int64)
    served = False
    for number, whole in enumerate(days):
        calls = _around(whole, np.r_[east[own], x], np.r_[north[own], y], walk_m)
        towards = [_before_calling_at(calls, float(px), float(py), walk_m) for px, py in zip(x, y, strict=True)]
        for place in own:
            near = np.hypot(calls.east - east[place], calls.north - north[place]) <= walk_m
            served = served or bool(near.any())
            if towards:
                near &= towards[nearest[place]]
            rows = np.flatnonzero(near)
            _, first = np.unique(calls.trip[rows], return_index=True)
            hour = calls.hour[rows[first]] - FIRST_HOUR
            hour = hour[(hour >= 0) & (hour < HOURS)]
            counts[number, place] = np.bincount(hour, minlength=HOURS)
    if not served:
        raise InputError(
            f"Køreplanen har ingen stop i {region.municipality.name} Kommune",
            where=source,
            why="så ville plustur blive tilbudt overalt, uanset hvor godt bus og tog kører",
            next_step="brug en køreplan, der dækker kommunen, eller udelad gtfs",
        )
    return counts


def _around(calls: Calls, east: NDArray[np.float64], north: NDArray[np.float64], margin_m: float) -> Calls:
    """Return the calls in the rectangle round some points: of a national feed only a small part."""
    near = (calls.east >= east.min() - margin_m) & (calls.east <= east.max() + margin_m)
    near &= (calls.north >= north.min() - margin_m) & (calls.north <= north.max() + margin_m)
    return Calls(calls.trip[near], calls.hour[near], calls.east[near], calls.north[near])


def _before_calling_at(calls: Calls, east: float, north: float, walk_m: float) -> NDArray[np.bool_]:
    """Return which calls come before their trip's last call near a point."""
    at = np.hypot(calls.east - east, calls.north - north) <= walk_m
    row = np.arange(len(calls.trip))
    last = np.full(int(calls.trip.max(initial=-1)) + 1, -1, dtype=np.int64)
    np.maximum.at(last, calls.trip[at], row[at])
    before: NDArray[np.bool_] = row < last[calls.trip]
    return before
