"""The two files: requests and vehicles as they stand, checked row by row, in columns."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.desk.planning.cells import Cells
from sim.desk.planning.opened import open_columns
from sim.desk.planning.protocol import Ints
from sim.inputs.intake.cells import Bools
from tariffs.errors import InputError

REQUEST_COLUMNS = (
    "request_id",
    "booked_at",
    "pickup_earliest",
    "pickup_latest",
    "dropoff_latest",
    "origin_lat",
    "origin_lon",
    "destination_lat",
    "destination_lon",
    "passengers",
)
VEHICLE_COLUMNS = ("vehicle_id", "lat", "lon", "seats", "shift_start", "shift_end")
DAY_S = 86_400
LONGEST_DAYS = 800
"""From the first to the last day of a file; more is a wrong year."""
MOST_PASSENGERS, MOST_SEATS = 99, 99
Degrees = NDArray[np.float64]


@dataclass(frozen=True)
class RequestFile:
    """The rows of a file of requests; times in seconds from 1970 as if there were no time zones.

    ``dropoff_given`` says which rows have a ``dropoff_latest_s``.
    """

    request_id: Sequence[str]
    booked_s: Ints
    earliest_s: Ints
    latest_s: Ints
    dropoff_latest_s: Ints
    dropoff_given: Bools
    origin_lat: Degrees
    origin_lon: Degrees
    destination_lat: Degrees
    destination_lon: Degrees
    passengers: Ints
    ignored: tuple[str, ...] = field(default=())
    notes: tuple[str, ...] = field(default=())

    def __len__(self) -> int:
        return len(self.request_id)


@dataclass(frozen=True)
class VehicleFile:
    """The rows of a file of vehicles; times as in `RequestFile`."""

    vehicle_id: Sequence[str]
    lat: Degrees
    lon: Degrees
    seats: Ints
    start_s: Ints
    end_s: Ints
    ignored: tuple[str, ...] = field(default=())
    notes: tuple[str, ...] = field(default=())

    def __len__(self) -> int:
        return len(self.vehicle_id)


def read_requests(file: Path, sheet: str | None = None, encoding: str | None = None) -> RequestFile:
    """Read a file of requests; raises InputError, with the faults by kind, when any cell cannot be used."""
    opened = open_columns(file, REQUEST_COLUMNS, sheet, encoding)
    _check_not_empty(opened.table.rows, file, "bestillinger")
    cells = Cells(opened, file, ("origin_lat", "origin_lon", "destination_lat", "destination_lon"))
    names = cells.names("request_id")
    booked, has_booked = cells.moments("booked_at")
    earliest, has_earliest = cells.moments("pickup_earliest")
    latest, has_latest = cells.moments("pickup_latest")
    dropoff, given = cells.moments("dropoff_latest", optional=True)
    window = has_earliest & has_latest
    cells.fault("pickup_latest", window & (latest < earliest), "et tidspunkt, der ikke er før pickup_earliest")
    cells.fault(
        "dropoff_latest", given & has_earliest & (dropoff < earliest), "et tidspunkt, der ikke er før pickup_earliest"
    )
    cells.fault(
        "booked_at", has_booked & has_latest & (booked > latest), "et tidspunkt, der ikke er efter pickup_latest"
    )
    cells.fault(
        "booked_at",
        has_booked & has_latest & (booked < latest - LONGEST_DAYS * DAY_S),
        f"højst {LONGEST_DAYS} dage før afhentningen",
    )
    cells.fault(
        "dropoff_latest",
        given & has_latest & (dropoff > latest + LONGEST_DAYS * DAY_S),
        f"højst {LONGEST_DAYS} dage efter afhentningen",
    )
    origin_lat, origin_lon = cells.points("origin_lat", "origin_lon")
    destination_lat, destination_lon = cells.points("destination_lat", "destination_lon")
    passengers = cells.counts("passengers", MOST_PASSENGERS)
    cells.finish()
    rows = np.flatnonzero(cells.filled)
    return RequestFile(
        [names[row] for row in rows],
        booked[rows],
        earliest[rows],
        latest[rows],
        dropoff[rows],
        given[rows],
        origin_lat[rows],
        origin_lon[rows],
        destination_lat[rows],
        destination_lon[rows],
        passengers[rows],
        opened.ignored,
        tuple(cells.notes),
    )


def read_vehicles(file: Path, sheet: str | None = None, encoding: str | None = None) -> VehicleFile:
    """Read a file of vehicles; raises InputError, with the faults by kind, when any cell cannot be used."""
    opened = open_columns(file, VEHICLE_COLUMNS, sheet, encoding)
    _check_not_empty(opened.table.rows, file, "vogne")
    cells = Cells(opened, file, ("lat", "lon"))
    names = cells.names("vehicle_id")
    lat, lon = cells.points("lat", "lon")
    seats = cells.counts("seats", MOST_SEATS)
    start, has_start = cells.moments("shift_start")
    end, has_end = cells.moments("shift_end")
    cells.fault("shift_end", has_start & has_end & (end <= start), "et tidspunkt efter shift_start")
    cells.finish()
    rows = np.flatnonzero(cells.filled)
    return VehicleFile(
        [names[row] for row in rows],
        lat[rows],
        lon[rows],
        seats[rows],
        start[rows],
        end[rows],
        opened.ignored,
        tuple(cells.notes),
    )


def first_midnight(requests: RequestFile, vehicles: VehicleFile) -> int:
    """Return midnight of the first day on which anything is to happen, in seconds from 1970.

    Raises InputError when the days lie too far from each other to be one plan.
    """
    first = min(int(requests.earliest_s.min()), int(vehicles.start_s.min())) // DAY_S * DAY_S
    last = max(int(requests.latest_s.max()), int(vehicles.end_s.max()))
    if last - first > LONGEST_DAYS * DAY_S:
        raise InputError(
            f"filerne dækker over {LONGEST_DAYS} dage",
            where=f"fra {_day(first)} til {_day(last)}",
            why="et af årstallene er formentlig forkert",
            next_step="ret dem, eller del filerne i perioder",
        )
    return first


def _day(seconds: int) -> str:
    return str(np.datetime64(seconds, "s").astype("datetime64[D]"))


def _check_not_empty(rows: int, file: Path, what: str) -> None:
    if not rows:
        raise InputError(f"filen har ingen {what}", where=str(file), next_step="brug en fil med mindst én række")
