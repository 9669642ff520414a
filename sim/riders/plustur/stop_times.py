"""The calls of a timetable: stop_times.txt read in pieces, 14 bytes a row, with what is left out of it counted."""

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.inputs.intake.raw import row_count
from sim.riders.plustur.feed_files import FeedFiles, codes
from sim.words.numbers import counted, danish
from tariffs.errors import DataError

NAME = "stop_times.txt"
FLEX = ("location_id", "location_group_id", "start_pickup_drop_off_window", "end_pickup_drop_off_window")
KINDS = (("pickup_type", "pickup_booking_rule_id"), ("drop_off_type", "drop_off_booking_rule_id"))
BY_ARRANGEMENT = ("1", "2")
"""pickup_type and drop_off_type of stops where nobody may get on or off, or only who has telephoned."""
DEFINED = ("", "0", *BY_ARRANGEMENT, "3")
UNKNOWN = -1


@dataclass(frozen=True, eq=False)
class StopTimes:
    """Rows of stop_times.txt at known stops of known trips, trip by trip in the order of their calls.

    Attributes
    ----------
    trip, stop : int32, places in the feed's trips and stops
    seconds : int32, of departure from the start of the service day, UNKNOWN where the stop has no time of its own
    boards, alights : bool, whether a rider may get on, and off, without having booked
    """

    trip: NDArray[np.int32]
    stop: NDArray[np.int32]
    seconds: NDArray[np.int32]
    boards: NDArray[np.bool_]
    alights: NDArray[np.bool_]


def read_stop_times(files: FeedFiles, trips: Any, stops: Any) -> StopTimes:
    """Return the calls at ``stops`` of ``trips`` (their ids); what is left out is told in the files' notes.

    Raises DataError naming the row of a time or place in the trip that cannot be read.
    """
    import pandas as pd

    trip_index, stop_index = pd.Index(trips), pd.Index(stops)
    flex = _Flex(files, len(trips))
    strays = undefined = 0
    pieces: list[tuple[NDArray[Any], ...]] = []
    optional = ("arrival_time", "departure_time", *(name for kind in KINDS for name in kind), *FLEX)
    for piece in files.pieces(NAME, ("trip_id", "stop_id", "stop_sequence"), optional):
        trip, stop = trip_index.get_indexer(piece["trip_id"]), stop_index.get_indexer(piece["stop_id"])
        flexible = flex.rows(piece, trip, stop)
        known = (trip != UNKNOWN) & (stop != UNKNOWN)
        strays += int((~known & ~flexible).sum())
        kept = known & ~flexible
        piece = piece[kept]
        undefined += int(
            (~codes(piece["pickup_type"]).isin(DEFINED) | ~codes(piece["drop_off_type"]).isin(DEFINED)).sum()
        )
        departs = piece["departure_time"]
        pieces.append(
            (
                trip[kept].astype(np.int32),
                stop[kept].astype(np.int32),
                _order(piece["stop_sequence"], files),
                seconds_of(departs.where(departs != "", piece["arrival_time"]), NAME, files),
                *((~codes(piece[kind]).isin(BY_ARRANGEMENT) & (piece[rule] == "")).to_numpy() for kind, rule in KINDS),
            )
        )
    if strays:
        files.notes.append(
            f"Køreplanens {NAME} har {row_count(strays)} med en tur eller et stop, der ikke er i trips.txt eller stops.txt;"
            " de er udeladt."
        )
    if undefined:
        files.notes.append(
            f"Køreplanens {NAME} har {row_count(undefined)} med en pickup_type eller drop_off_type, der ikke er 0-3; de er talt som"
            " almindelige stop."
        )
    read = StopTimes(*_in_order(pieces))
    flex.tell(read.trip)
    return read


def _in_order(pieces: list[tuple[NDArray[Any], ...]]) -> list[NDArray[Any]]:
    """Return trip, stop, seconds and rights of the calls, by trip and place in the trip (the third column); the pieces are used up."""
    trip, order = (np.concatenate([piece[number] for piece in pieces]) for number in (0, 2))
    pieces[:] = [(piece[0], piece[1], *piece[3:]) for piece in pieces]
    later = (trip[1:] > trip[:-1]) | (trip[1:] == trip[:-1]) & (order[1:] >= order[:-1])
    rows = slice(None) if later.all() else np.lexsort((order, trip)).astype(np.int32)
    del trip, order, later
    columns = []
    while pieces[0]:
        columns.append(np.concatenate([piece[0] for piece in pieces])[rows])
        pieces[:] = [piece[1:] for piece in pieces]
    return columns


class _Flex:
    """GTFS-Flex in a feed: rows with a window, an area or a group of stops in place of a time at a stop."""

    def __init__(self, files: FeedFiles, trips: int) -> None:
        self.files = files
        self.areas = _areas(files)
        self.groups = _ids(files, "location_groups.txt", "location_group_id")
        self.trips, self.number = np.zeros(trips, dtype=bool), 0

    def rows(self, piece: Any, trip: NDArray[np.int64], stop: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return which rows are flexible, and count them; of before 2024, some have an area's id for a stop's."""
        flexible: NDArray[np.bool_] = (piece[list(FLEX)] != "").any(axis=1).to_numpy()
        if self.areas or self.groups:
            flexible = flexible | (stop == UNKNOWN) & piece["stop_id"].isin(self.areas | self.groups).to_numpy()
        self.trips[trip[flexible & (trip != UNKNOWN)]] = True
        self.number += int(flexible.sum())
        return flexible

    def tell(self, ordinary: NDArray[np.int32]) -> None:
        """Add to the notes what there is of it, and how many of its trips are ``ordinary`` at other stops."""
        counts = (
            (int(self.trips.sum()), "tur", "ture"),
            (self.number, f"række i {NAME}", f"rækker i {NAME}"),
            (len(self.areas), "område", "områder"),
            (len(self.groups), "gruppe af stop", "grupper af stop"),
            (len(_ids(self.files, "booking_rules.txt", "booking_rule_id")), "bestillingsregel", "bestillingsregler"),
        )
        there = ", ".join(counted(*count) for count in counts if count[0])
        if not there:
            return
        deviating = np.zeros_like(self.trips)
        deviating[ordinary] = True
        deviating &= self.trips
        also = f" {danish(int(deviating.sum()))} af turene har også faste stop, som er talt."
        self.files.notes.append(
            f"Køreplanens fleksible kørsel (GTFS-Flex: {there}) er ikke ordinære afgange og er udeladt."
            + (also if deviating.any() else "")
        )


def _ids(files: FeedFiles, name: str, column: str) -> set[str]:
    return set(files.whole(name, (column,))[column]) if name in files else set()


def _areas(files: FeedFiles) -> set[str]:
    """Return the ids of the areas in locations.geojson; one that cannot be read has none, as they are left out anyway."""
    if "locations.geojson" not in files:
        return set()
    try:
        features = json.loads(files.content("locations.geojson").decode("utf-8-sig"))["features"]
        return {str(feature.get("id", number)) for number, feature in enumerate(features)}
    except (ValueError, KeyError, TypeError, AttributeError):
        return set()


def _order(text: Any, files: FeedFiles) -> NDArray[np.int32]:
    import pandas as pd

    numbers: NDArray[np.float64] = pd.to_numeric(text, errors="coerce").to_numpy(dtype=float)
    wrong = np.flatnonzero(np.isnan(numbers))
    if len(wrong):
        raise DataError(
            f"Køreplanens {NAME} har stop_sequence '{text.iloc[wrong[0]]}', som ikke er et tal",
            where=f"{files.path}, {NAME}, række {text.index[wrong[0]]}",
            next_step="ret rækken, eller hent køreplanen igen",
        )
    return numbers.astype(np.int32)


def seconds_of(text: Any, name: str, files: FeedFiles) -> NDArray[np.int32]:
    """Return clock times as seconds, UNKNOWN for an empty one; raises DataError naming the row of one that is none."""
    import pandas as pd

    codes, times = pd.factorize(text)
    values = np.array([_seconds(time) for time in times], dtype=np.int32)
    found: NDArray[np.int32] = values[codes]
    wrong = np.flatnonzero(found < UNKNOWN)
    if len(wrong):
        raise DataError(
            f"Køreplanens {name} har tiden '{text.iloc[wrong[0]]}', som ikke er et klokkeslæt",
            where=f"{files.path}, {name}, række {text.index[wrong[0]]}",
            next_step="skriv den som 08:05:00 (efter midnat 24:05:00), eller hent køreplanen igen",
        )
    return found


def _seconds(time: str) -> int:
    """Return seconds from the start of the service day, one below UNKNOWN for what is no time.

    >>> _seconds("06:00:30"), _seconds("25:10"), _seconds(""), _seconds("6.30")
    (21630, 90600, -1, -2)
    """
    if not time:
        return UNKNOWN
    parts = time.split(":")
    if len(parts) not in (2, 3) or not all(part.isdecimal() and len(part) <= 3 for part in parts):
        return UNKNOWN - 1
    hours, minutes, seconds = (*map(int, parts), 0)[:3]
    return 3600 * hours + 60 * minutes + seconds
