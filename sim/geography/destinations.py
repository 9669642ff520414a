"""Destinations the user names: free destinations, transfer points, stops."""

import re
from dataclasses import dataclass

from sim.geography.municipalities import find_municipality
from sim.geography.names import fold, unknown_name
from sim.geography.polygons import contains, reference_areas
from sim.geography.projection import to_metres
from sim.geography.records import Destination, destinations, stations
from sim.geography.region import Region
from tariffs.errors import About, InputError

_POINT = re.compile(r"^\s*(-?\d{1,3}(?:\.\d+)?)\s*[,; ]\s*(-?\d{1,3}(?:\.\d+)?)\s*$")
NEAR_BORDER_M = 500.0


@dataclass(frozen=True)
class FoundDestination:
    """A destination; ``place`` is the region's nearest place, None when only a municipality was given."""

    name: str
    category: str
    lat: float
    lon: float
    source: str
    place: int | None


def find_destination(where: Region | str, text: str) -> tuple[FoundDestination, ...]:
    """Return what ``text`` means in a municipality: every destination of that name, or the point 'lat,lon'.

    Names are compared without case, accents and quotation marks; a part of a name is enough when only one name holds
    it. Raises InputError with the names that look like it when there is none, and for a point outside the municipality.
    """
    region = where if isinstance(where, Region) else None
    municipality = where.municipality if isinstance(where, Region) else find_municipality(where)

    def found(d: Destination) -> FoundDestination:
        place = None if region is None else region.nearest_place(d.lat, d.lon, inside_only=True)
        return FoundDestination(d.name.replace('"', "").strip(), d.category, d.lat, d.lon, d.source, place)

    point = _POINT.match(text)
    if point:
        lat, lon = float(point[1]), float(point[2])
        _check_inside(municipality.code, municipality.name, lat, lon, text)
        return (found(Destination(text.strip(), "point", municipality.code, lat, lon, "brugeren")),)
    own = [d for d in destinations() if d.municipality_code == municipality.code and d.name]
    own += [
        Destination(station_name(s.name), "station", s.municipality_code, s.lat, s.lon, "stations.csv")
        for s in stations()
        if s.municipality_code == municipality.code
    ]
    wanted = fold(text)
    exact = [d for d in own if fold(d.name) == wanted]
    if exact:
        return tuple(found(d) for d in exact)
    part = [d for d in own if len(wanted) >= 3 and wanted in fold(d.name)]
    if len({fold(d.name) for d in part}) == 1:
        return tuple(found(d) for d in part)
    raise unknown_name(
        "Destinationen",
        text,
        [d.name for d in part] + [d.name for d in own],
        f"{municipality.name} Kommune",
        "angiv stedet som 'breddegrad længdegrad', fx '55.7174 11.7130'",
        About("gratis", (text,)),
    )


def station_name(name: str) -> str:
    """Return a station's name so that nobody takes it for the town's.

    >>> station_name("Vordingborg"), station_name("Vordingborg st. busterminal")
    ('Vordingborg Station', 'Vordingborg st. busterminal')
    """
    known = {word.strip(".") for word in fold(name).split()}
    return name if known & {"st", "station"} or "terminal" in fold(name) else f"{name} Station"


def _check_inside(code: str, name: str, lat: float, lon: float, text: str) -> None:
    area = next(a for a in reference_areas("municipalities.geojson") if a.properties["code"] == code)
    x, y = (float(v) for v in to_metres(lat, lon))
    around = [
        (x + dx, y + dy) for dx in (0, NEAR_BORDER_M, -NEAR_BORDER_M) for dy in (0, NEAR_BORDER_M, -NEAR_BORDER_M)
    ]
    if not any(contains(area.rings, *p) for p in around):
        raise InputError(
            f"Punktet '{text}' ligger ikke i {name} Kommune",
            where="destinationen",
            why="en gratis destination skal ligge i kommunen",
            next_step="skriv breddegrad først, så længdegrad, i grader med punktum: '55.7174 11.7130'",
            about=About("gratis", (text,)),
        )
