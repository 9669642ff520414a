"""On which dates a timetable's services run, and which dates are typical of a weekday, a Saturday and a Sunday."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.riders.plustur.feed_files import FeedFiles, once, one_of
from tariffs.errors import DataError

DAY_TYPES = ("hverdage", "lørdage", "søn- og helligdage")
WEEKDAYS_OF_TYPE = ((0, 1, 2, 3, 4), (5,), (6,))
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
FULL_SERVICE_SHARE, FULL_SERVICE_DATES, MAJORITY_SHARE = 0.90, 30, 0.75
"""How MobilityData's GTFS validator defines the majority service (TripCalendarUtil): at least 75 % of the departures of a full date, which
is the one that a tenth of the dates, at most 30, exceed."""
_MOST_DAYS = 366 * 20


@dataclass(frozen=True, eq=False)
class Services:
    """Which services run when: ``numbers`` of the services by id, ``first`` date, ``runs`` bool (services, days from the first)."""

    numbers: dict[str, int]
    first: date
    runs: NDArray[np.bool_]

    def on(self, day: date) -> NDArray[np.bool_]:
        """Return which services run on a day."""
        running: NDArray[np.bool_] = self.runs[:, (day - self.first).days]
        return running


def read_services(files: FeedFiles) -> Services:
    """Read calendar.txt and calendar_dates.txt, of which a feed may have either.

    Raises DataError naming file and row when a service is there twice with different days, or a date is none.
    """
    calendar = "calendar.txt" in files or "calendar_dates.txt" not in files
    weeks = files.whole("calendar.txt", ("service_id", *WEEKDAYS, "start_date", "end_date")) if calendar else None
    dates = (
        files.whole("calendar_dates.txt", ("service_id", "date", "exception_type"))
        if "calendar_dates.txt" in files
        else None
    )
    ids: list[str] = []
    ordinals: list[NDArray[np.int64]] = []
    if weeks is not None:
        weeks = once(weeks, ("service_id",), "calendar.txt", files)
        start, end = (_ordinals(weeks, column, "calendar.txt", files) for column in ("start_date", "end_date"))
        ids += weeks["service_id"].tolist()
        ordinals += [start, end]
    if dates is not None:
        dates = once(dates, ("service_id", "date"), "calendar_dates.txt", files)
        exceptions = _ordinals(dates, "date", "calendar_dates.txt", files)
        ids += dates["service_id"].tolist()
        ordinals.append(exceptions)
    numbers = {name: number for number, name in enumerate(dict.fromkeys(ids))}
    every = np.concatenate(ordinals)
    if not len(every):
        raise DataError(
            "Køreplanen har ingen dage",
            where=f"{files.path}, calendar.txt og calendar_dates.txt",
            next_step="brug en køreplan, der dækker mindst en hel uge",
        )
    first = int(every.min())
    days = min(int(every.max()) - first + 1, _MOST_DAYS)
    runs = np.zeros((len(numbers), days), dtype=bool)
    if weeks is not None:
        weekday = (first + np.arange(days) - 1) % 7
        on = np.column_stack([one_of(weeks, day, ("0", "1"), "calendar.txt", files) == "1" for day in WEEKDAYS])
        for row, name in enumerate(weeks["service_id"]):
            span = slice(max(int(start[row]) - first, 0), max(int(end[row]) - first + 1, 0))
            runs[numbers[name], span] = on[row][weekday[span]]
    if dates is not None:
        service = dates["service_id"].map(numbers).to_numpy(dtype=np.int64)
        within = exceptions - first < days
        added = one_of(dates, "exception_type", ("1", "2"), "calendar_dates.txt", files) == "1"
        runs[service[within], (exceptions - first)[within]] = added.to_numpy()[within]
    return Services(numbers, date.fromordinal(first), runs)


def typical_days(services: Services, trips: NDArray[np.int64], year: int | None) -> tuple[date, ...]:
    """Return the typical date of each day type, from the number of trips of each service.

    It is the date with the middle number of trips among those of the majority service, in ``year`` where there are such. Raises DataError
    when the timetable has no date of a type.
    """
    departures = trips @ services.runs
    days = [services.first + timedelta(days=n) for n in range(services.runs.shape[1])]
    typical = []
    for name, weekdays in zip(DAY_TYPES, WEEKDAYS_OF_TYPE, strict=True):
        counted = [(int(n), day) for n, day in zip(departures, days, strict=True) if day.weekday() in weekdays]
        if not counted:
            raise DataError(
                f"Køreplanen har ingen {name}",
                where="gtfs, calendar",
                next_step="brug en køreplan, der dækker mindst en hel uge",
            )
        least = majority_threshold([number for number, _ in counted])
        majority = [one for one in counted if one[0] >= least]
        among = sorted([one for one in majority if one[1].year == year] or majority)
        typical.append(among[len(among) // 2][1])
    return tuple(typical)


def majority_threshold(counts: list[int]) -> int:
    """Return the fewest departures of a date of the majority service; a date without any is none.

    >>> majority_threshold([0, 0, 60, 80, 100, 100, 100])
    75
    """
    ordered = sorted(counts)
    full = max(int(len(ordered) * FULL_SERVICE_SHARE), len(ordered) - FULL_SERVICE_DATES)
    return max(int(MAJORITY_SHARE * ordered[full]), min(1, ordered[-1]))


def _ordinals(frame: Any, column: str, file: str, files: FeedFiles) -> NDArray[np.int64]:
    found: dict[str, int] = {}
    for text in frame[column].unique():
        try:
            found[text] = date(int(text[:4]), int(text[4:6]), int(text[6:])).toordinal() if len(text) == 8 else 0
        except ValueError:
            found[text] = 0
    ordinals: NDArray[np.int64] = frame[column].map(found).to_numpy(dtype=np.int64)
    wrong = np.flatnonzero(ordinals == 0)
    if len(wrong):
        raise DataError(
            f"Køreplanens {file} har {column} '{frame[column].iloc[wrong[0]]}', som ikke er en dato",
            where=f"{files.path}, {file}, række {frame.index[wrong[0]]}",
            next_step="skriv den som 20270131, eller hent køreplanen igen",
        )
    return ordinals
