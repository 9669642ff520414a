"""Departures by bus and train from a timetable feed (GTFS), read by gtfs_kit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.geography.projection import to_metres
from sim.plustur.feed import read_feed
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
    boards, alights : bool, whether a rider may get on, and off, without having booked
    """

    trip: NDArray[np.int64]
    hour: NDArray[np.int64]
    east: NDArray[np.float64]
    north: NDArray[np.float64]
    boards: NDArray[np.bool_]
    alights: NDArray[np.bool_]

    def take(self, rows: NDArray[Any]) -> Calls:
        """Return some of the calls."""
        return Calls(*(getattr(self, f.name)[rows] for f in fields(self)))


def read_calls(path: Path, year: int | None = None) -> tuple[tuple[Calls, ...], tuple[date, ...], tuple[str, ...]]:
    """Read a feed: the calls of a typical weekday, Saturday and Sunday, which dates were taken, and what is to be told.

    Typical is the date of that kind with the middle number of departures, in ``year`` where the feed has such days, among those
    with at least half as many as the fullest: days on which little or nothing runs are no service. Raises InputError when
    the reader is not installed or the file is missing, DataError when it is not a timetable.
    """
    try:
        import gtfs_kit  # type: ignore[import-untyped]  # noqa: F401
    except ImportError:
        raise InputError(
            "Køreplanen kan ikke læses: biblioteket gtfs_kit er ikke installeret",
            where=f"gtfs = {path}",
            why="det er et tilvalg, fordi kun plustur med køreplan bruger det",
            next_step="installer det med: pip install 'takstlab[gtfs]', eller udelad gtfs",
        ) from None
    if not path.is_file():
        raise InputError(f"Køreplanen {path} findes ikke", where="gtfs", next_step="kontrollér stien til GTFS-zippen")
    notes: list[str] = []
    try:
        feed = read_feed(path, notes)
        days = typical_days(feed, year)
        read = [_calls(feed, day) for day in days]
    except (DataError, InputError):
        raise
    except Exception as error:  # gtfs_kit raises whatever pandas does on what is not a feed
        raise DataError(
            "Filen kan ikke læses som køreplan (GTFS)",
            where=str(path),
            why=f"{type(error).__name__}: {error}",
            next_step="hent køreplanen igen; den skal være en GTFS-zip med stops, trips, stop_times og calendar",
        ) from None
    if year is not None and any(day.year != year for day in days):
        notes.append(
            f"Køreplanen er fra {', '.join(map(str, sorted({day.year for day in days})))}; der regnes på {year}."
        )
    twice = max(repeated for _, repeated in read)
    if twice:
        notes.append(f"Køreplanen har {twice} ture om dagen to gange (samme stop og tider); hver er talt én gang.")
    calls = tuple(calls for calls, _ in read)
    if any((~(one.boards & one.alights)).any() for one in calls):
        notes.append(
            "Stop, hvor man ikke må stige på eller af, eller kun efter aftale pr. telefon (pickup_type, drop_off_type 1 og 2),"
            " tæller ikke som afgange."
        )
    return calls, days, tuple(notes)


def typical_days(feed: Any, year: int | None = None) -> tuple[date, ...]:
    """Return the feed's typical date of each day type; raises DataError where there is none."""
    starts = _starts(feed)
    runs = feed.trips["trip_id"].map(lambda trip: len(starts.get(trip, (0,))))
    trips = runs.groupby(feed.trips["service_id"]).sum()
    counted: list[list[tuple[int, date]]] = [[] for _ in DAY_TYPES]
    for text in feed.get_dates():
        day = datetime.strptime(text, "%Y%m%d").date()
        number = int(sum(trips.get(service, 0) for service in feed.get_active_services(text)))
        kind = next(n for n, weekdays in enumerate(WEEKDAYS_OF_TYPE) if day.weekday() in weekdays)
        counted[kind].append((number, day))
    typical = []
    for name, dates in zip(DAY_TYPES, counted, strict=True):
        if not dates:
            raise DataError(
                f"Køreplanen har ingen {name}",
                where="gtfs, calendar",
                next_step="brug en køreplan, der dækker mindst en hel uge",
            )
        among = [one for one in dates if one[1].year == year and one[0]] or dates
        served = sorted(one for one in among if 2 * one[0] >= max(number for number, _ in among))
        typical.append(served[len(served) // 2][1])
    return tuple(typical)


def _calls(feed: Any, day: date) -> tuple[Calls, int]:
    """Return the calls of one day, and how many trips were another one over again.

    A stop without a time of its own lies evenly between those that have one; a trip with headways is as many trips.
    """
    import gtfs_kit
    import pandas as pd

    times = feed.get_stop_times(day.strftime("%Y%m%d")).sort_values(["trip_id", "stop_sequence"], kind="stable")
    stops = feed.stops.set_index("stop_id")
    trip, names = pd.factorize(times["trip_id"])
    text = times["departure_time"].fillna(times["arrival_time"])
    seconds = text.map(gtfs_kit.timestr_to_seconds, na_action="ignore").astype(float)
    gaps = np.isin(trip, np.unique(trip[seconds.isna().to_numpy()]))
    if gaps.any():
        between = seconds[gaps].groupby(trip[gaps]).transform(lambda s: s.interpolate(limit_area="inside"))
        seconds[gaps] = between
    lat, lon = (times["stop_id"].map(stops[c]).to_numpy(dtype=float) for c in ("stop_lat", "stop_lon"))
    known = seconds.notna().to_numpy() & np.isfinite(lat) & np.isfinite(lon)
    at = seconds.to_numpy()[known]
    trip, at, rows = _unrolled(trip[known].astype(np.int64), at, [str(name) for name in names], _starts(feed))
    east, north = to_metres(lat[known], lon[known])
    free = [~np.isin(_kinds(times, name)[known], (1, 2)) for name in ("pickup_type", "drop_off_type")]
    calls = Calls(trip, (at // 3600).astype(np.int64), east[rows], north[rows], free[0][rows], free[1][rows])
    return _once(calls, at)


def _kinds(times: Any, name: str) -> NDArray[np.int64]:
    """Return pickup_type or drop_off_type of every call, 0 (regular) where nothing is said."""
    if name not in times:
        return np.zeros(len(times), dtype=np.int64)
    kinds: NDArray[np.int64] = times[name].fillna(0).to_numpy(dtype=np.int64)
    return kinds


def _starts(feed: Any) -> dict[str, tuple[int, ...]]:
    """Return when each trip of frequencies.txt starts, in seconds from the start of the service day."""
    import gtfs_kit

    if feed.frequencies is None:
        return {}
    starts: dict[str, tuple[int, ...]] = {}
    for row in feed.frequencies.itertuples():
        first, end = (int(gtfs_kit.timestr_to_seconds(text)) for text in (row.start_time, row.end_time))
        starts[row.trip_id] = starts.get(row.trip_id, ()) + tuple(range(first, end, int(row.headway_secs)))
    return starts


def _unrolled(
    trip: NDArray[np.int64], at: NDArray[np.float64], names: Sequence[str], starts: dict[str, tuple[int, ...]]
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]:
    """Return trip and time of every call with each trip that has headways as many trips, and the rows they are of."""
    rows = np.arange(len(trip))
    with_headways = [number for number, name in enumerate(names) if name in starts]
    if not with_headways:
        return trip, at, rows
    plain = ~np.isin(trip, with_headways)
    parts = [(trip[plain], at[plain], rows[plain])]
    next_trip = len(names)
    for number in with_headways:
        own = np.flatnonzero(trip == number)
        for start in starts[names[number]] if len(own) else ():
            parts.append((np.full(len(own), next_trip), at[own] - at[own[0]] + start, own))
            next_trip += 1
    return tuple(np.concatenate(columns) for columns in zip(*parts, strict=True))  # type: ignore[return-value]


def _once(calls: Calls, at: NDArray[np.float64]) -> tuple[Calls, int]:
    """Return the calls without trips that call at the same places at the same times as another, and how many those are."""
    import pandas as pd

    if not len(at):
        return calls, 0
    place = np.arange(len(at)) - np.maximum.accumulate(
        np.where(np.diff(calls.trip, prepend=-1) != 0, np.arange(len(at)), 0)
    )
    call = pd.DataFrame({"east": calls.east.round(), "north": calls.north.round(), "at": at, "place": place})
    number, trips = pd.factorize(calls.trip)
    marks = np.zeros(len(trips), dtype=np.uint64)
    np.add.at(marks, number, pd.util.hash_pandas_object(call, index=False).to_numpy())
    _, first = np.unique(marks, return_index=True)
    kept = np.isin(number, first)
    return calls.take(kept), len(trips) - len(first)


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
            rows = np.flatnonzero(near & calls.boards)
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
    return calls.take(near)


def _before_calling_at(calls: Calls, east: float, north: float, walk_m: float) -> NDArray[np.bool_]:
    """Return which calls come before their trip's last call near a point."""
    at = calls.alights & (np.hypot(calls.east - east, calls.north - north) <= walk_m)
    row = np.arange(len(calls.trip))
    last = np.full(int(calls.trip.max(initial=-1)) + 1, -1, dtype=np.int64)
    np.maximum.at(last, calls.trip[at], row[at])
    before: NDArray[np.bool_] = row < last[calls.trip]
    return before
