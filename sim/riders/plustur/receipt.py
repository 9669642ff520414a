"""What is to be known of a timetable before it is used: its typical days and what was left out, read once and within bounds."""

import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from sim.riders.plustur.services import DAY_TYPES
from sim.riders.plustur.stop_times import NAME
from sim.riders.plustur.timetable import read_calls
from sim.words.numbers import danish
from tariffs.errors import InputError

MOST_CALLS_MB, MOST_TABLE_MB = 2_000, 100
"""What stop_times.txt, which is read in pieces, and each other table, which is held whole, may unpack to: a national feed is a gigabyte."""
WHOLE = frozenset({
    "agency.txt", "stops.txt", "routes.txt", "trips.txt", "calendar.txt", "calendar_dates.txt", "frequencies.txt",
    "location_groups.txt", "booking_rules.txt", "locations.geojson",
})  # fmt: skip


@dataclass(frozen=True)
class TypicalDay:
    """A day that stands for all of its type, and how many trips the timetable has on it."""

    name: str
    day: date
    trips: int


@dataclass(frozen=True)
class Receipt:
    """A timetable that can be used: the typical weekday, Saturday and Sunday of all its dates, and what was put right or left out."""

    days: tuple[TypicalDay, ...]
    notes: tuple[str, ...]


def read_receipt(path: Path) -> Receipt:
    """Read a timetable from end to end; raises InputError for one that unpacks to too much, DataError for one that cannot be used."""
    check_unpacked(path)
    calls, days, notes = read_calls(path)
    counted = (one.trips for one in calls)
    return Receipt(tuple(map(TypicalDay, DAY_TYPES, days, counted)), notes)


def check_unpacked(path: Path) -> None:
    """Raise InputError when a table that is read unpacks to more than is read of it; a file that is no zip is left to its reader.

    No more is ever unpacked of a table than the zip says that it is.
    """
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return
    for part in parts:
        name = PurePosixPath(part.filename).name
        most = MOST_CALLS_MB if name == NAME else MOST_TABLE_MB if name in WHOLE else None
        if most is not None and part.file_size > most * 1_000_000:
            raise InputError(
                f"Køreplanens {name} fylder over {danish(most)} MB udpakket",
                why="så store tabeller læses ikke, for at en lille fil ikke kan fylde maskinen",
                next_step="brug en køreplan for landsdelen eller trafikselskabet alene",
            )
