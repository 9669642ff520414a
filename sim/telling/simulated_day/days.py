"""Which days a run has trips on, and how many under each option."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from sim.telling.simulated_day.rows import batches

TRIPS_FILE, STOPS_FILE, DUTIES_FILE = "trips.parquet", "stops.parquet", "duties.parquet"
MADE = "trip"
TripsByDay = Mapping[date, int]


def has_days(folder: Path) -> bool:
    """Say whether a result has the tables that a day is read from: those on somebody's own trips have none."""
    return all((folder / name).is_file() for name in (TRIPS_FILE, STOPS_FILE, DUTIES_FILE))


def trips_by_day(folder: Path) -> Mapping[str, TripsByDay]:
    """Return the trips made on each day of the first replication, by the option's name; raises DataError.

    A finished result does not change, so its table is read once.
    """
    path = folder / TRIPS_FILE
    about = path.stat()
    return _counted(path, about.st_mtime_ns, about.st_size)


def busiest(days: TripsByDay) -> date | None:
    """Return the day with most trips, the first of several; None without any."""
    return min(days, key=lambda day: (-days[day], day), default=None)


@lru_cache(maxsize=16)
def _counted(path: Path, changed: int, size: int) -> Mapping[str, TripsByDay]:
    found: dict[str, Counter[date]] = {}
    for batch in batches(path, ("option", "service_date"), status=MADE):
        pairs = Counter(zip(*(column.to_pylist() for column in batch.columns), strict=True))
        for (option, day), trips in pairs.items():
            found.setdefault(option, Counter())[day] += trips
    return found
