"""One option's day: its duties with their stops, who is on board after each, and its trips."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from sim.telling.simulated_day.days import DUTIES_FILE, STOPS_FILE, TRIPS_FILE
from sim.telling.simulated_day.rows import Row, rows_of

PICKUP, DROPOFF, IN_VAIN = "pickup", "dropoff", "in_vain"
REFERRED = -1
"""The request of a referred rider's stops: the table does not tell them apart."""
STOP_COLUMNS = (
    "duty",
    "sequence",
    "vehicle",
    "request_id",
    "kind",
    "lat",
    "lon",
    "arrive_s",
    "done_s",
    "drive_s",
    "load",
)
DUTY_COLUMNS = ("duty", "vehicle", "contract", "start_s", "end_s")
TRIP_COLUMNS = ("request_id", "status", "passengers", "shared")


@dataclass(frozen=True)
class Stop:
    """A stop as it was made, times in seconds from the start of the service day.

    ``drive_s`` is the driving that ends at ``arrive_s``. ``load`` is passengers and ``bookings`` bookings on board afterwards,
    ``load_before`` the passengers before; ``aboard`` are the flextur requests among the bookings, in the order they came in.
    """

    request: int
    kind: str
    lat: float
    lon: float
    arrive_s: int
    done_s: int
    drive_s: int
    load_before: int
    load: int
    bookings: int
    aboard: tuple[int, ...]

    @property
    def leave_s(self) -> int:
        """When the vehicle set out for this stop."""
        return self.arrive_s - self.drive_s

    @property
    def referred(self) -> bool:
        """Whether it is a referred rider's (visiteret kørsel)."""
        return self.request == REFERRED

    @property
    def shared(self) -> bool:
        """Whether more than one booking is on board afterwards."""
        return self.bookings > 1


@dataclass(frozen=True)
class Duty:
    """A vehicle's working period with its stops; seconds from the start of the service day."""

    number: int
    vehicle: int
    contract: str
    start_s: int
    end_s: int
    stops: tuple[Stop, ...]


@dataclass(frozen=True)
class Trip:
    """What became of one wish for a trip: ``status`` as in docs/tables.md."""

    request: int
    status: str
    passengers: int
    shared: bool


@dataclass(frozen=True)
class SimulatedDay:
    """A day of the first replication under one option; duties by vehicle and time, trips by request."""

    option: str
    day: date
    duties: tuple[Duty, ...]
    trips: tuple[Trip, ...]

    @property
    def stops(self) -> tuple[Stop, ...]:
        """All stops of the day, duty by duty."""
        return tuple(stop for duty in self.duties for stop in duty.stops)


def read_day(folder: Path, option: str, day: date) -> SimulatedDay:
    """Return a day, empty where nobody rode; raises DataError where a table cannot be read."""
    about = [(folder / name).stat() for name in (TRIPS_FILE, STOPS_FILE, DUTIES_FILE)]
    return _read(folder, option, day, *((one.st_mtime_ns, one.st_size) for one in about))


@lru_cache(maxsize=8)
def _read(folder: Path, option: str, day: date, *about: tuple[int, int]) -> SimulatedDay:
    def rows(file: str, columns: tuple[str, ...]) -> list[Row]:
        return rows_of(folder / file, columns, option=option, service_date=day)

    stops: dict[int, list[Row]] = {}
    for row in rows(STOPS_FILE, STOP_COLUMNS):
        stops.setdefault(row["duty"], []).append(row)
    duties = [
        Duty(
            row["duty"],
            row["vehicle"],
            row["contract"],
            row["start_s"],
            row["end_s"],
            _stops(stops.get(row["duty"], [])),
        )
        for row in rows(DUTIES_FILE, DUTY_COLUMNS)
    ]
    trips = [
        Trip(row["request_id"], row["status"], row["passengers"], row["shared"])
        for row in rows(TRIPS_FILE, TRIP_COLUMNS)
    ]
    return SimulatedDay(
        option,
        day,
        tuple(sorted(duties, key=lambda duty: (duty.vehicle, duty.start_s))),
        tuple(sorted(trips, key=lambda trip: trip.request)),
    )


def _stops(rows: list[Row]) -> tuple[Stop, ...]:
    """Return a duty's stops in their order, with who is on board after each."""
    load, bookings, aboard, found = 0, 0, (), []  # type: int, int, tuple[int, ...], list[Stop]
    for row in sorted(rows, key=lambda row: int(row["sequence"])):
        before, request = load, row["request_id"]
        load = row["load"]
        bookings += {PICKUP: 1, DROPOFF: -1}.get(row["kind"], 0)
        if request != REFERRED:
            aboard = tuple(one for one in aboard if one != request) + ((request,) if row["kind"] == PICKUP else ())
        at = row["lat"], row["lon"]
        times = row["arrive_s"], row["done_s"], row["drive_s"]
        found.append(Stop(request, row["kind"], *at, *times, before, load, bookings, aboard))
    return tuple(found)
