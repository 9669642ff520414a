"""Departures by bus and train from a timetable feed (GTFS)."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.geography.projection import to_metres
from sim.riders.plustur.day_calls import Calls, Odd, Stops, calls_of
from sim.riders.plustur.feed import Feed, read_feed
from sim.riders.plustur.services import DAY_TYPES, typical_days
from sim.words.numbers import counted
from tariffs.errors import DataError, InputError

if TYPE_CHECKING:
    from sim.geography.region import Region
    from sim.riders.plustur.transfers import TransferPoints

FIRST_HOUR, HOURS = 6, 17
"""The hours of service, 06 to 22 (the last trip starts before 23)."""


@dataclass(frozen=True)
class Surroundings:
    """A rectangle in metres round a municipality's places and transfer points."""

    east: tuple[float, float]
    north: tuple[float, float]

    @classmethod
    def of(cls, region: Region, points: TransferPoints, walk_m: float) -> Surroundings:
        """Return what lies within walking distance of the municipality's places and its transfer points, and a little more."""
        (own_x, own_y), (x, y) = to_metres(region.lat, region.lon), to_metres(points.lat, points.lon)
        east, north = np.r_[own_x[region.inside], x], np.r_[own_y[region.inside], y]
        return cls(
            (float(east.min() - walk_m), float(east.max() + walk_m)),
            (float(north.min() - walk_m), float(north.max() + walk_m)),
        )

    def hold(self, east: NDArray[np.float64], north: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Return which points lie inside."""
        inside: NDArray[np.bool_] = (east >= self.east[0]) & (east <= self.east[1])
        return inside & (north >= self.north[0]) & (north <= self.north[1])


def read_calls(
    path: Path, year: int | None = None, around: Surroundings | None = None
) -> tuple[tuple[Calls, ...], tuple[date, ...], tuple[str, ...]]:
    """Read a feed: the calls of a typical weekday, Saturday and Sunday, which dates were taken, and what is to be told.

    Typical is a date of the majority service (`sim.riders.plustur.services`), in ``year`` where there are such. ``around`` leaves out
    trips without a stop there: of a national feed a municipality's are few. Raises InputError when the file is missing, DataError when
    it is not a timetable.
    """
    held = _whole(path)
    feed, notes = held.feed, list(held.notes)
    days = typical_days(feed.services, held.departures, year)
    trips = None if around is None else _trips_at(feed, around.hold(held.stops.east, held.stops.north))
    by_services: dict[bytes, tuple[Calls, Odd]] = {}
    read = [_calls_of(feed, held.stops, feed.services.on(day), trips, by_services) for day in days]
    where = "" if around is None else " omkring kommunen"
    if year is not None and any(day.year != year for day in days):
        notes.append(
            f"Køreplanen er fra {', '.join(map(str, sorted({day.year for day in days})))}; der regnes på {year}."
        )
    notes += [
        f"Køreplanen har ingen afgange på {name}{where}."
        for name, (calls, _) in zip(DAY_TYPES, read, strict=True)
        if not len(calls.trip)
    ]
    backwards = max(odd.backwards for _, odd in read)
    if backwards:
        notes.append(
            f"Køreplanen har {counted(backwards, 'tur', 'ture')} om dagen{where} med tider, der går baglæns fra ét stop til det næste;"
            " afgangene er talt, som tiderne står."
        )
    twice = max(odd.twice for _, odd in read)
    if twice:
        notes.append(
            f"Køreplanen har {counted(twice, 'tur', 'ture')} om dagen{where} to gange (samme stop og tider); hver er talt én gang."
        )
    calls = tuple(calls for calls, _ in read)
    if any((~(one.boards & one.alights)).any() for one in calls):
        notes.append(
            "Stop, hvor man ikke må stige på eller af, eller kun efter aftale (pickup_type, drop_off_type 1 og 2, eller en"
            " bestillingsregel), tæller ikke som afgange."
        )
    return calls, days, tuple(notes)


@dataclass(frozen=True, eq=False)
class _Whole:
    """A timetable read whole: its feed, where its stops lie, how many trips each service has, and what is to be told of it."""

    feed: Feed
    stops: Stops
    departures: NDArray[np.int64]
    notes: tuple[str, ...]


_HELD: dict[tuple[Path, int, int], _Whole] = {}
"""The timetable that was read last, by path, time of change and size: every year of a comparison takes its days from one reading."""
_READING = Lock()
"""A large timetable takes about 1 GB while it is read: who wants one meanwhile waits."""


def _whole(path: Path) -> _Whole:
    """Return a timetable, read anew only where the last one was another file; one at a time is held, 14 bytes a call."""
    if not path.is_file():
        raise InputError(f"Køreplanen {path} findes ikke", where="gtfs", next_step="kontrollér stien til GTFS-zippen")
    about = path.stat()
    key = (path.absolute(), about.st_mtime_ns, about.st_size)
    with _READING:
        held = _HELD.get(key)
        if held is None:
            _HELD.clear()
            held = _HELD[key] = _read_whole(path)
    return held


def _read_whole(path: Path) -> _Whole:
    notes: list[str] = []
    try:
        feed = read_feed(path, notes)
    except (zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError, RuntimeError) as error:
        packed = isinstance(
            error, RuntimeError
        )  # also NotImplementedError: a password, or a way of packing that is not known
        raise DataError(
            "Filen kan ikke læses som køreplan (GTFS)",
            where=str(path),
            why="den er pakket med adgangskode eller på en måde, der ikke kendes"
            if packed
            else "den er ikke en hel zip-fil",
            next_step="hent køreplanen igen; den skal være en GTFS-zip med stops, routes, trips, stop_times og calendar",
        ) from None
    return _Whole(feed, Stops.of(feed), feed.departures(), tuple(notes))


def _trips_at(feed: Feed, stops: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which of the feed's trips call at any of some stops."""
    trips = np.zeros(len(feed.service), dtype=np.bool_)
    trips[feed.times.trip[stops[feed.times.stop]]] = True
    return trips


def _calls_of(
    feed: Feed,
    stops: Stops,
    services: NDArray[np.bool_],
    trips: NDArray[np.bool_] | None,
    known: dict[bytes, tuple[Calls, Odd]],
) -> tuple[Calls, Odd]:
    """Return the calls of a day on which some services run, made once for days that have the same."""
    key = services.tobytes()
    if key not in known:
        running = np.r_[services, False][feed.service]
        known[key] = calls_of(feed, stops, running if trips is None else running & trips)
    return known[key]


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
    served, around = False, Surroundings.of(region, points, walk_m)
    for number, whole in enumerate(days):
        stops = whole.stops
        calls = whole.take(around.hold(stops.east, stops.north)[whole.stop])
        towards = [_before_calling_at(calls, stops.within(walk_m, px, py)) for px, py in zip(x, y, strict=True)]
        for place in own:
            near = stops.within(walk_m, east[place], north[place])[calls.stop]
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


def _before_calling_at(calls: Calls, stops: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which calls come before their trip's last call at any of some stops."""
    at = calls.alights & stops[calls.stop]
    row = np.arange(len(calls.trip))
    last = np.full(int(calls.trip.max(initial=-1)) + 1, -1, dtype=np.int64)
    np.maximum.at(last, calls.trip[at], row[at])
    before: NDArray[np.bool_] = row < last[calls.trip]
    return before
