"""A timetable feed (GTFS) as numbers, put right where that is certain; what is left out or put right is told.

Left out are services that no rider of an ordinary bus could use: demand-responsive ones, school buses and taxis by their
route type, and GTFS-Flex.
"""

import zipfile
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
from numpy.typing import NDArray

from sim.inputs.intake.raw import row_count
from sim.riders.plustur.feed_files import FeedFiles, codes, once
from sim.riders.plustur.services import Services, read_services
from sim.riders.plustur.stop_times import UNKNOWN, StopTimes, read_stop_times, seconds_of
from sim.words.numbers import counted, danish
from tariffs.errors import DataError

HERE = "Europe/Copenhagen"
NOT_ORDINARY = {
    "712": "skolebusser",
    "715": "behovsstyret kørsel",
    **dict.fromkeys(map(str, range(1500, 1508)), "taxi"),
}
"""Route types that are no ordinary bus or train. 713 (school and public service) is one: anybody may board."""
ROUTE_TYPE = r"[0-7]|1[12]|[1-9][0-9]{2}|1[0-7][0-9]{2}"
"""The route types that are defined: the twelve of GTFS and the hundreds of its extension."""

MOST_STARTS = 500_000
"""How many trips a day headways may stand for: a short file could fill the machine. All of Denmark has some 100,000."""


@dataclass(frozen=True, eq=False)
class Feed:
    """A timetable.

    Attributes
    ----------
    lat, lon : float64, of each stop in degrees, nan where it has none
    service : int32, of each trip, its place in ``services``; UNKNOWN for one that runs on no date or is not ordinary
    starts : by trip that is repeated, when it starts (seconds)
    """

    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    service: NDArray[np.int32]
    services: Services
    starts: dict[int, tuple[int, ...]]
    times: StopTimes

    def departures(self) -> NDArray[np.int64]:
        """Return how many trips each service has on a day that it runs."""
        trips = np.ones(len(self.service))
        for trip, starts in self.starts.items():
            trips[trip] = len(starts)
        runs = self.service != UNKNOWN
        number = len(self.services.numbers)
        return np.bincount(self.service[runs], trips[runs], minlength=number).astype(np.int64)


def read_feed(path: Path, notes: list[str]) -> Feed:
    """Return the feed; what was put right or left out is added to ``notes``, in Danish.

    Raises DataError where two rows have one id and say different things, and where no ordinary service is left.
    """
    with zipfile.ZipFile(path) as packed:
        files = FeedFiles(path, packed, notes)
        _check_zone(files)
        stops = once(files.whole("stops.txt", ("stop_id", "stop_lat", "stop_lon")), ("stop_id",), "stops.txt", files)
        routes = once(files.whole("routes.txt", ("route_id", "route_type")), ("route_id",), "routes.txt", files)
        trips = once(files.whole("trips.txt", ("trip_id", "route_id", "service_id")), ("trip_id",), "trips.txt", files)
        services = read_services(files)
        types = codes(routes["route_type"])
        kinds = dict(zip(routes["route_id"], types.map(NOT_ORDINARY), strict=True))
        kind = trips["route_id"].map(kinds)
        for name, count in kind.value_counts().items():
            notes.append(
                f"Køreplanens {name} ({counted(count, 'tur', 'ture')}) er ikke ordinære afgange og er udeladt."
            )
        if unknown := int((~trips["route_id"].isin(routes["route_id"][types.str.fullmatch(ROUTE_TYPE)])).sum()):
            notes.append(
                f"Køreplanens trips.txt har {counted(unknown, 'tur', 'ture')} af en rute, der ikke er i routes.txt eller ikke har en"
                " route_type, der kendes; de er talt som almindelige afgange, men kan være skolebusser eller behovsstyret kørsel."
            )
        service = trips["service_id"].map(services.numbers).fillna(UNKNOWN).to_numpy(dtype=np.int32)
        if never := int((service == UNKNOWN).sum()):
            notes.append(
                f"Køreplanens trips.txt har {counted(never, 'tur', 'ture')} med et service_id, der ikke er i calendar.txt eller"
                " calendar_dates.txt, så de kører ingen dag."
            )
        service[kind.notna().to_numpy()] = UNKNOWN
        names = trips["trip_id"]
        lat, lon = _degrees(stops, "stop_lat", 90, files), _degrees(stops, "stop_lon", 180, files)
        lat = np.where((lat == 0) & (lon == 0), np.nan, lat)  # 0, 0 is how programs write that they do not know
        feed = Feed(
            lat,
            lon,
            service,
            services,
            _starts(files, names),
            read_stop_times(files, names, stops["stop_id"]),
        )
        without_place = np.isnan(feed.lat + feed.lon)[np.unique(feed.times.stop)].sum()
        if without_place:
            notes.append(f"Køreplanens stops.txt har {danish(without_place)} stop uden koordinater; de er udeladt.")
        ordinary = np.zeros(len(service), dtype=bool)
        ordinary[feed.times.trip] = True
        feed = replace(feed, service=np.where(ordinary, feed.service, UNKNOWN).astype(np.int32))
    if not (feed.departures() @ feed.services.runs).any():
        raise DataError(
            "Køreplanen har ingen almindelige afgange",
            where=str(path),
            why=" ".join(notes) or "ingen tur i trips.txt kører på nogen dag",
            next_step="brug en køreplan med busser og tog, som alle kan stige på, eller udelad gtfs",
        )
    return feed


def _check_zone(files: FeedFiles) -> None:
    """Raise DataError for a timetable whose clock is another than Denmark's."""
    if "agency.txt" not in files:
        return
    zones = files.whole("agency.txt", (), ("agency_timezone",))["agency_timezone"]
    for row, name in zones.items():
        try:
            clocks = [
                [datetime(2027, month, 1, tzinfo=ZoneInfo(zone)).utcoffset() for month in (1, 7)]
                for zone in (name, HERE)
            ]
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
        if name and clocks[0] != clocks[1]:
            raise DataError(
                f"Køreplanens tider er i tidszonen {name}",
                where=f"{files.path}, agency.txt, række {row}",
                why="de ville blive læst som dansk tid",
                next_step=f"brug en køreplan i {HERE}",
            )


def _degrees(stops: Any, column: str, most: int, files: FeedFiles) -> NDArray[np.float64]:
    import pandas as pd

    text = stops[column].str.replace(",", ".", regex=False)
    numbers: NDArray[np.float64] = pd.to_numeric(text, errors="coerce").to_numpy(dtype=float)
    wrong = np.flatnonzero((np.isnan(numbers) & (text != "").to_numpy()) | (np.abs(numbers) > most))
    if len(wrong):
        raise DataError(
            f"Køreplanens stops.txt har {column} '{stops[column].iloc[wrong[0]]}', som ikke er et tal i grader",
            where=f"{files.path}, stops.txt, række {stops.index[wrong[0]]}",
            next_step="ret rækken (et navn med komma skal stå i anførselstegn), eller hent køreplanen igen",
        )
    return numbers


def _starts(files: FeedFiles, trips: Any) -> dict[int, tuple[int, ...]]:
    """Return when each trip of frequencies.txt starts, in seconds from the start of the service day.

    Raises DataError for headways that are none, or that give more than MOST_STARTS trips.
    """
    name = "frequencies.txt"
    if name not in files:
        return {}
    rows = files.whole(name, ("trip_id", "start_time", "end_time", "headway_secs")).drop_duplicates()
    first, end = (seconds_of(rows[column], name, files) for column in ("start_time", "end_time"))
    places = {trip: number for number, trip in enumerate(trips)}
    if strays := int((~rows["trip_id"].isin(places)).sum()):
        files.notes.append(
            f"Køreplanens {name} har {row_count(strays)} med en tur, der ikke er i trips.txt; de er udeladt."
        )
    starts: dict[int, tuple[int, ...]] = {}
    trips_a_day = 0
    for row, (trip, headway) in enumerate(zip(rows["trip_id"], rows["headway_secs"], strict=True)):
        if not headway.isdecimal() or int(headway) == 0 or first[row] == UNKNOWN or end[row] <= first[row]:
            raise DataError(
                f"Køreplanens {name} har headway_secs '{headway}' mellem to tider, hvor der skal stå et antal sekunder",
                where=f"{files.path}, {name}, række {rows.index[row]}",
                next_step="skriv første og sidste tid og sekunderne mellem turene, eller hent køreplanen igen",
            )
        if trip in places:
            number = places[trip]
            trips_a_day += -(-(int(end[row]) - int(first[row])) // int(headway))
            if trips_a_day > MOST_STARTS:
                raise DataError(
                    f"Køreplanens {name} giver over {danish(MOST_STARTS)} ture om dagen",
                    where=f"{files.path}, {name}, række {rows.index[row]}",
                    why="så mange kører der ikke; headway_secs er sekunder mellem to afgange",
                    next_step="ret headway_secs (600 er hvert tiende minut), eller hent køreplanen igen",
                )
            starts[number] = starts.get(number, ()) + tuple(range(int(first[row]), int(end[row]), int(headway)))
    return starts
