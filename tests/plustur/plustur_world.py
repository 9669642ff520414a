"""A municipality of five places on a line, and a timetable that serves one of them: small enough to count by hand."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from sim.geography.municipalities import find_municipality
from sim.geography.region import Region
from sim.riders.plustur.transfers import TransferPoints

KM_NORTH = 1 / 111.2
"""Degrees of latitude of a kilometre."""
STATION, VILLAGE, FARM, MOOR, ISLE = range(5)
KM = (0.0, 0.8, 5.0, 10.0, 20.0)
"""How far north of the station each place lies; roads are as straight as the crow flies."""
YOUNG = (1000.0, 100.0, 40.0, 30.0, 10.0)
LAT, LON = 55.7, 11.7
HEAD = {
    "agency.txt": "agency_id,agency_name,agency_url,agency_timezone\na,Bus,http://bus.test,Europe/Copenhagen\n",
    "routes.txt": "route_id,agency_id,route_short_name,route_type\nr,a,1,3\n",
}


def small_region() -> Region:
    """The five places: a town with a station, a village within walking distance of it, and three country places."""
    count = len(KM)
    away = np.abs(np.subtract.outer(KM, KM))
    ages = np.zeros((count, 6))
    ages[:, 1] = YOUNG
    ages[:, 2] = 100.0
    return Region(
        municipality=find_municipality("0316"),
        year=2020,
        cell_id=np.arange(count, dtype=np.int32),
        lat=LAT + KM_NORTH * np.array(KM),
        lon=np.full(count, LON),
        name=("Station", "Landsby", "Gård", "Mose", "Holm"),
        parish_code=("1",) * count,
        municipality_code=("0316",) * count,
        inside=np.ones(count, dtype=bool),
        area_type=np.array([1, 1, 0, 0, 0], dtype=np.int8),
        town=np.array([0, -1, -1, -1, -1], dtype=np.int16),
        population=ages.sum(axis=1),
        older=np.zeros(count),
        ages=ages,
        visit_weight=np.array([10.0, 1.0, 0.0, 0.0, 0.0]),
        station=np.array([True, False, False, False, False]),
        station_name=("Station", "", "", "", ""),
        area_m2=np.full(count, 250_000.0),
        fare_distance_m=(1000 * away + 200 * np.eye(count)).astype(np.int32),
        drive_s=(60 * away + 30).astype(np.int32),
        unit_place=np.arange(5, dtype=np.int32),
        unit_cell=np.arange(5, dtype=np.int32),
        unit_share=np.ones(5),
        notes=(),
    )


def station_only() -> TransferPoints:
    """The station as the one transfer point."""
    return TransferPoints(
        ("Station",),
        np.array([STATION], dtype=np.int32),
        np.array([LAT], dtype=np.float64),
        np.array([LON], np.float64),
    )


def no_points() -> TransferPoints:
    """No transfer point at all."""
    return TransferPoints((), np.zeros(0, np.int32), np.zeros(0), np.zeros(0))


def write_feed(
    path: Path,
    trips: Sequence[tuple[str, str, Sequence[tuple[str, str]]]],
    *,
    calendar: str = "alle,1,1,1,1,1,1,1,20200601,20200614\n",
    frequencies: str = "",
    stops: str = "",
) -> Path:
    """Write a feed with stops at every place; ``trips`` are (id, service, calls (stop, departure)); '' is no time."""
    places = "".join(f"{n},{n},{LAT + KM_NORTH * km:.6f},{LON}\n" for n, km in enumerate(KM))
    calls = [(t, s, time, n) for t, _, at in trips for n, (s, time) in enumerate(at)]
    files = HEAD | {
        "stops.txt": "stop_id,stop_name,stop_lat,stop_lon\n" + (stops or places),
        "calendar.txt": "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
        + calendar,
        "trips.txt": "route_id,service_id,trip_id\n" + "".join(f"r,{service},{trip}\n" for trip, service, _ in trips),
        "stop_times.txt": "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
        + "".join(f"{t},{time},{time},{stop},{n}\n" for t, stop, time, n in calls),
    }
    if frequencies:
        files["frequencies.txt"] = "trip_id,start_time,end_time,headway_secs\n" + frequencies
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


def zipped(**tables: str) -> bytes:
    """A feed's file: each table as a text file of its name."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in tables.items():
            archive.writestr(f"{name}.txt", text)
    return content.getvalue()
