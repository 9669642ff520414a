"""The calls of a day's trips, made of a timetable some thousand trips at a time.

A large timetable has ten million calls: what is kept of one is 12 bytes, and what it takes to make them is held for one part at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.geography.projection import to_metres
from sim.riders.plustur.feed import Feed
from sim.riders.plustur.stop_times import UNKNOWN

ONE_STOP_M = 50.0
"""How far apart two agencies may lay one stop."""
_PART = 400_000
"""About how many calls are made at a time."""
_NONE = np.zeros(0, dtype=np.uint64)


@dataclass(frozen=True, eq=False)
class Stops:
    """Where each stop lies in metres, nan where that is not known, and a number that is the same for one stop given twice."""

    east: NDArray[np.float64]
    north: NDArray[np.float64]
    same: NDArray[np.int64]

    @classmethod
    def of(cls, feed: Feed) -> Stops:
        """Return where the stops lie, those within ONE_STOP_M of each other as one."""
        from scipy.sparse import coo_array
        from scipy.sparse.csgraph import connected_components
        from scipy.spatial import cKDTree

        east, north = to_metres(feed.lat, feed.lon)
        known = np.flatnonzero(np.isfinite(east))
        near = known[cKDTree(np.c_[east, north][known]).query_pairs(ONE_STOP_M, output_type="ndarray")]
        pairs = coo_array((np.ones(len(near), dtype=bool), (near[:, 0], near[:, 1])), shape=(len(east), len(east)))
        return cls(east, north, connected_components(pairs, directed=False)[1].astype(np.int64))

    def within(self, metres: float, east: float, north: float) -> NDArray[np.bool_]:
        """Return which stops lie within so many metres of a point; the end is included."""
        near: NDArray[np.bool_] = np.hypot(self.east - east, self.north - north) <= metres
        return near


@dataclass(frozen=True, eq=False)
class Calls:
    """Every call of every trip on one day, ordered by trip and place in the trip.

    Attributes
    ----------
    stops : where the timetable's stops lie
    trip : int32, numbered from 0; ``hour`` int16, of departure, past 24 for trips after midnight
    stop : int32, place in ``stops``
    boards, alights : bool, whether a rider may get on, and off, without having booked
    """

    stops: Stops
    trip: NDArray[np.int32]
    hour: NDArray[np.int16]
    stop: NDArray[np.int32]
    boards: NDArray[np.bool_]
    alights: NDArray[np.bool_]

    @property
    def east(self) -> NDArray[np.float64]:
        """Return where each call lies, in metres."""
        return self.stops.east[self.stop]

    @property
    def north(self) -> NDArray[np.float64]:
        """Return where each call lies, in metres."""
        return self.stops.north[self.stop]

    @property
    def trips(self) -> int:
        """Return how many trips there are."""
        return int(np.count_nonzero(np.diff(self.trip, prepend=-1)))

    def take(self, rows: NDArray[Any]) -> Calls:
        """Return some of the calls."""
        columns = (self.trip, self.hour, self.stop, self.boards, self.alights)
        return Calls(self.stops, *(column[rows] for column in columns))


@dataclass(frozen=True)
class Odd:
    """How many of a day's trips were another one over again, and how many have a time before that of an earlier stop."""

    twice: int
    backwards: int


def calls_of(feed: Feed, stops: Stops, running: NDArray[np.bool_]) -> tuple[Calls, Odd]:
    """Return the calls of the trips that run on one day, and how many of those trips are odd.

    A stop without a time of its own lies evenly between those that have one; a trip with headways is as many trips, after all others. Of
    trips that call at the same stops at the same times, one is taken.
    """
    parts: list[tuple[NDArray[Any], ...]] = []
    marks: list[NDArray[np.uint64]] = []
    backwards = trips = 0
    for rows, repeated in _parts(feed, running):
        part, odd, mark = _part(feed, stops, rows, repeated)
        backwards += odd
        parts.append((part[0] + np.int32(trips), *part[1:]))
        marks.append(mark)
        trips += len(mark)
    once = _once(np.concatenate([_NONE, *marks]), parts)
    twice = trips - int(once.sum())
    if twice:
        for number, part in enumerate(parts):
            kept = once[part[0]]
            parts[number] = tuple(column[kept] for column in part)
    columns: list[NDArray[Any]] = []
    for kind in (np.int32, np.int16, np.int32, np.bool_, np.bool_):
        columns.append(np.concatenate([part[0] for part in parts], dtype=kind) if parts else np.zeros(0, dtype=kind))
        parts = [part[1:] for part in parts]
    return Calls(stops, *columns), Odd(twice, backwards)


def _once(marks: NDArray[np.uint64], parts: Sequence[tuple[NDArray[Any], ...]]) -> NDArray[np.bool_]:
    """Return which trips are kept: of those with one mark the one with the most rights to get on and off, else the first."""
    once = np.ones(len(marks), dtype=bool)
    if len(np.unique(marks)) == len(marks):
        return once
    rights = np.zeros(len(marks), dtype=np.int64)
    for trip, _, _, boards, alights in parts:
        rights += np.bincount(trip, boards.astype(np.int64) + alights, len(marks)).astype(np.int64)
    order = np.lexsort((-rights, marks))
    once[order[1:][marks[order[1:]] == marks[order[:-1]]]] = False
    return once


def _parts(feed: Feed, running: NDArray[np.bool_]) -> Iterator[tuple[NDArray[np.int64], bool]]:
    """Yield rows of the feed's calls of whole trips that run, and whether those have headways."""
    trip = feed.times.trip
    repeated = np.zeros(len(running), dtype=bool)
    repeated[list(feed.starts)] = True
    plain, start = running & ~repeated, 0
    while start < len(trip):
        end = int(np.searchsorted(trip, trip[min(start + _PART, len(trip)) - 1], side="right"))
        rows = start + np.flatnonzero(plain[trip[start:end]])
        if len(rows):
            yield rows, False
        start = end
    group: list[NDArray[np.int64]] = []
    calls = 0
    for number in np.flatnonzero(running & repeated).tolist():
        own = np.arange(*np.searchsorted(trip, (number, number + 1)))
        group.append(own)
        calls += len(own) * len(feed.starts[number])
        if calls > _PART:
            yield np.concatenate(group), True
            group, calls = [], 0
    if group:
        yield np.concatenate(group), True


def _part(
    feed: Feed, stops: Stops, rows: NDArray[np.int64], repeated: bool
) -> tuple[tuple[NDArray[Any], ...], int, NDArray[np.uint64]]:
    """Return the columns of some trips' calls, how many of them go backwards, and a mark of each that tells different ones apart."""
    times = feed.times
    trip: NDArray[np.integer] = times.trip[rows]
    seconds = times.seconds[rows]
    backwards = _backwards(trip, seconds)
    at = _between(trip, seconds)
    known = np.isfinite(at) & np.isfinite(stops.east[times.stop[rows]])
    trip, at, rows = trip[known], at[known], rows[known]
    if repeated:
        trip, at, kept = _unrolled(trip, at, feed.starts)
        rows = rows[kept]
    stop = times.stop[rows]
    begins = np.diff(trip, prepend=-1) != 0
    number = np.cumsum(begins, dtype=np.int32) - np.int32(1)
    columns = (number, (at // 3600).astype(np.int16), stop, times.boards[rows], times.alights[rows])
    return columns, backwards, _marks(number, np.flatnonzero(begins), stops.same[stop], at)


def _marks(
    trip: NDArray[np.int32], first: NDArray[np.int64], stop: NDArray[np.int64], at: NDArray[np.float64]
) -> NDArray[np.uint64]:
    """Return a number for each trip, the same for trips that call at the same stops at the same times; ``first`` is where each begins."""
    import pandas as pd

    marks = np.zeros(len(first), dtype=np.uint64)
    if len(first):
        call = pd.DataFrame({"stop": stop, "at": at, "place": np.arange(len(at)) - first[trip]})
        np.add.at(marks, trip, pd.util.hash_pandas_object(call, index=False).to_numpy())
    return marks


def _backwards(trip: NDArray[np.integer], seconds: NDArray[np.int32]) -> int:
    """Return how many trips have a time before that of the stop before it; calls lie trip by trip.

    >>> _backwards(np.array([0, 0, 0, 1, 1]), np.array([600, UNKNOWN, 540, 300, 360], np.int32))
    1
    """
    timed = seconds != UNKNOWN
    if not timed.all():
        trip, seconds = trip[timed], seconds[timed]
    back = (trip[1:] == trip[:-1]) & (seconds[1:] < seconds[:-1])
    return len(np.unique(trip[1:][back]))


def _between(trip: NDArray[np.integer], seconds: NDArray[np.int32]) -> NDArray[np.float64]:
    """Return the time of every call, nan before its trip's first known time and after its last; calls lie trip by trip."""
    row, timed = np.arange(len(trip)), seconds != UNKNOWN
    if not timed.any():
        return np.full(len(trip), np.nan)
    before = np.maximum.accumulate(np.where(timed, row, 0))
    after = np.minimum.accumulate(np.where(timed, row, len(trip) - 1)[::-1])[::-1]
    inside = timed[before] & timed[after] & (trip[before] == trip) & (trip[after] == trip)
    return np.where(inside, np.interp(row, row[timed], seconds[timed]), np.nan)


def _unrolled(
    trip: NDArray[np.integer], at: NDArray[np.float64], starts: Mapping[int, Sequence[int]]
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]:
    """Return trip and time of every call of trips that have headways, each as many trips, and the rows they are of."""
    numbers, first, calls = np.unique(trip, return_index=True, return_counts=True)
    parts = [(np.zeros(0, np.int64), np.zeros(0), np.zeros(0, np.int64))]
    count = 0
    for number, start, end in zip(numbers.tolist(), first.tolist(), (first + calls).tolist(), strict=True):
        begins = np.array(starts[number], dtype=np.float64)
        own = at[start:end] - at[start]
        trips = count + np.arange(len(begins))
        parts.append((
            np.repeat(trips, len(own)), (begins[:, None] + own).ravel(), np.tile(np.arange(start, end), len(begins)),
        ))  # fmt: skip
        count += len(begins)
    return tuple(np.concatenate(columns) for columns in zip(*parts, strict=True))  # type: ignore[return-value]
