"""The rows of the reference tables, typed. Unknown figures are None, never zero."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from data import reference_file
from tariffs.errors import DataError

BANDS = ("0_15", "16_39", "40_59", "60_69", "70_79", "80plus")
"""Age bands of the population figures, in the order of every array with six columns."""


@dataclass(frozen=True)
class Parish:
    """A parish (sogn): persons on 1 January 2021, by age band in 2014 (None where the parishes were merged later)."""

    code: str
    name: str
    municipality_code: str
    lat: float
    lon: float
    area_km2: float
    population_2021: int
    ages_2014: tuple[int, ...] | None


@dataclass(frozen=True)
class Town:
    """A town as a point; ``counts`` says that its population is known and not part of another town's."""

    name: str
    kind: str
    municipality_code: str
    parish_code: str
    lat: float
    lon: float
    population: int | None
    counts: bool


@dataclass(frozen=True)
class Station:
    """A rail stop, metro station or bus terminal; ``kind`` may join several by +."""

    name: str
    kind: str
    municipality_code: str
    lat: float
    lon: float


@dataclass(frozen=True)
class Destination:
    """A place people travel to; ``category`` is the table's own word, ``region_hospital`` or ``station``."""

    name: str
    category: str
    municipality_code: str
    lat: float
    lon: float
    source: str


@dataclass(frozen=True)
class Crossing:
    """A bridge (causeway and tunnel too) or a ferry between two points on land."""

    id: str
    name: str
    kind: Literal["bridge", "ferry"]
    ends: tuple[tuple[float, float], tuple[float, float]]
    length_m: float
    time_s: float
    open_from: str
    all_year: bool


def read_rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a reference CSV; raises DataError where it is not one."""
    path = reference_file(name)
    try:
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"Referencefilen {name} kan ikke læses", where=str(path), why=str(error)) from error


@cache
def parishes() -> tuple[Parish, ...]:
    """Return the 618 parishes of the 45 municipalities."""
    return tuple(
        Parish(
            code=row["code"],
            name=row["name"],
            municipality_code=row["municipality_code"],
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            area_km2=float(row["area_km2"]),
            population_2021=int(row["population_2021"]),
            ages_2014=tuple(int(row[f"age_{band}_2014"]) for band in BANDS) if row["age_0_15_2014"] else None,
        )
        for row in read_rows("parishes.csv")
    )


@cache
def towns() -> tuple[Town, ...]:
    """Return cities, towns, villages and suburbs (kind says which)."""
    return tuple(
        Town(
            row["name"],
            row["kind"],
            row["municipality_code"],
            row["parish_code"],
            float(row["lat"]),
            float(row["lon"]),
            int(row["population"]) if row["population"] else None,
            row["sum_ok"] == "1",
        )
        for row in read_rows("towns.csv")
    )


@cache
def hamlets() -> tuple[Town, ...]:
    """Return hamlets, neighbourhoods and single dwellings; none of them ``counts``."""
    return tuple(
        Town(
            row["name"],
            row["type"],
            row["municipality_code"],
            row["parish_code"],
            float(row["lat"]),
            float(row["lon"]),
            int(row["population"]) if row["population"] else None,
            False,
        )
        for row in read_rows("osm_hamlets.csv")
    )


@cache
def stations() -> tuple[Station, ...]:
    """Return rail stops, metro stations and bus terminals."""
    return tuple(
        Station(row["name"], row["kind"], row["municipality_code"], float(row["lat"]), float(row["lon"]))
        for row in read_rows("stations.csv")
    )


@cache
def destinations() -> tuple[Destination, ...]:
    """Return destinations, public hospitals (``region_hospital``) and hand-placed ones, in the files' order."""
    found = [
        Destination(
            row["name"].strip(),
            row["category"],
            row["municipality_code"],
            float(row["lat"]),
            float(row["lon"]),
            "destinations.csv",
        )
        for row in read_rows("destinations.csv")
    ]
    found += [
        Destination(
            row["name"],
            "region_hospital",
            row["municipality_code"],
            float(row["lat"]),
            float(row["lon"]),
            "hospitals.csv",
        )
        for row in read_rows("hospitals.csv")
    ]
    found += [
        Destination(
            row["name"],
            row["category"],
            row["municipality_code"],
            float(row["lat"]),
            float(row["lon"]),
            "known_places.csv",
        )
        for row in read_rows("known_places.csv")
    ]
    return tuple(found)


@cache
def crossings() -> tuple[Crossing, ...]:
    """Return bridges and ferries. ``open_from`` is an ISO date (or year), empty when not known: old."""
    return tuple(
        Crossing(
            id=row["id"],
            name=row["name"],
            kind="ferry" if row["type"] == "ferry" else "bridge",
            ends=((float(row["lat_a"]), float(row["lon_a"])), (float(row["lat_b"]), float(row["lon_b"]))),
            length_m=1000 * float(row["length_km"]),
            time_s=60 * float(row["time_min"]),
            open_from=row["open_from"],
            all_year=row["season"] == "all year",
        )
        for row in read_rows("crossings.csv")
    )
