"""Town areas as a list of points that people can type and read: a name on a row, then a point a row.

    Holbæk
    55.7174, 11.7130
    55.7201, 11.7388
    55.7050, 11.7260

A point is latitude and longitude or the other way round, with point or comma as the decimal mark, or easting and northing in UTM 32;
N, E and Ø may stand at its numbers. A row with two numbers as exact as coordinates is a point, whatever else is in it, and no name.
A row that says "hul" begins a hole in the area above it. A name that comes twice is one area of two parts.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from sim.geography.projection import to_degrees
from tariffs.errors import InputError

HOLE, UNNAMED = "hul", "Byområde"
HOLES = (HOLE, "hole")
LETTER = re.compile(r"[^\W\d_]")
NUMBER = re.compile(r"-?\d{1,7}(?:[.,]\d+)?")
EXACT = re.compile(r"\d[.,]\d{3}|\d{6}")
"""What a coordinate has and a number in a name hardly: three decimals of a degree, or the six figures of a metre."""
COMPASS = re.compile(r"(?<![^\W\d_])[NEØ](?![^\W\d_])", re.IGNORECASE)
"""North and east, as GPS receivers and maps write them; of west and south there is no Denmark."""
DECIMALS = 6
SHOWN = 40
Point = tuple[float, float]
Json = dict[str, Any]


def read_points(text: str) -> list[Json]:
    """Return the areas as GeoJSON features, one for each ring that is no hole; raises InputError with the row that cannot be read."""
    areas: list[tuple[str, list[list[Point]]]] = []
    name, begins = UNNAMED, True
    for number, row in enumerate(text.splitlines(), start=1):
        told = row.strip()
        if not told:
            continue
        if told.rstrip(":").casefold() in HOLES:
            if not areas or begins:
                raise _wrong(number, told, "et hul skal ligge i et område", "skriv områdets navn og punkter først")
            areas[-1][1].append([])
        elif _is_name(told):
            name, begins = told, True
        else:
            point = _point(number, told)
            if begins:
                areas.append((name, [[]]))
                begins = False
            areas[-1][1][-1].append(point)
    if not areas:
        raise InputError(
            "Der er ingen punkter at regne på",
            where="listen af punkter",
            next_step="tegn området på kortet, eller skriv mindst tre punkter, fx 55.7174, 11.7130",
        )
    return [_feature(name, rings) for name, rings in areas]


def write_points(features: Iterable[Json]) -> str:
    """Return features of Polygon and MultiPolygon, with their property ``name``, as a list of points.

    A name that would be read as a point or as a hole has "Byområde" before it.

    >>> corner = [[11.7, 55.7], [11.8, 55.7], [11.8, 55.8], [11.7, 55.7]]
    >>> print(write_points([{"properties": {"name": "By"}, "geometry": {"type": "Polygon", "coordinates": [corner]}}]))
    By
    55.7, 11.7
    55.7, 11.8
    55.8, 11.8
    """
    rows: list[str] = []
    for feature in features:
        geometry = feature["geometry"]
        several = geometry["type"] == "MultiPolygon"
        for polygon in geometry["coordinates"] if several else [geometry["coordinates"]]:
            for number, ring in enumerate(polygon):
                rows.append(HOLE if number else _title(feature["properties"]["name"]))
                rows += [f"{round(lat, DECIMALS)}, {round(lon, DECIMALS)}" for lon, lat in ring[:-1]]
    return "\n".join(rows)


def _title(name: str) -> str:
    on_one_row = " ".join(name.split())
    if _is_name(on_one_row) and on_one_row.rstrip(":").casefold() not in HOLES:
        return on_one_row
    named = f"{UNNAMED} {on_one_row}".strip()
    return named if _is_name(named) else UNNAMED


def _is_name(row: str) -> bool:
    """Return whether a row is an area's name and no point, well written or not."""
    bare = COMPASS.sub("", row)
    many = len(NUMBER.findall(row)) > 1
    return bool(LETTER.search(row)) and not (many and (not LETTER.search(bare) or len(EXACT.findall(row)) > 1))


def _feature(name: str, rings: Sequence[list[Point]]) -> Json:
    closed = []
    for ring in rings:
        around = ring[:-1] if ring[0:1] == ring[-1:] else ring
        if len(set(around)) < 3:
            raise InputError(
                f"'{name[:SHOWN]}' har kun {len(set(around))} punkter",
                where="listen af punkter",
                why="et område har mindst tre",
                next_step="tilføj punkter, eller slet området",
            )
        closed.append([[lon, lat] for lat, lon in [*around, around[0]]])
    return {
        "type": "Feature",
        "properties": {"name": name},
        "geometry": {"type": "Polygon", "coordinates": closed},
    }


def _point(number: int, told: str) -> Point:
    """Return latitude and longitude of a row."""
    bare = COMPASS.sub("", told)
    found = [float(text.replace(",", ".")) for text in NUMBER.findall(bare)]
    if len(found) == 2 and not LETTER.search(bare):
        one, two = found
        for lat, lon in ((one, two), (two, one)):
            if 54 <= lat <= 58 and 7 <= lon <= 16:
                return lat, lon
        if 400_000 <= one <= 950_000 and 6_000_000 <= two <= 6_450_000:
            north, east = (round(float(degrees), DECIMALS) for degrees in to_degrees(one, two))
            return north, east
    raise _wrong(
        number,
        told,
        "en række er et punkt i Danmark: to tal, bredde og længde i grader",
        "skriv den som 55.7174, 11.7130",
    )


def _wrong(number: int, told: str, why: str, next_step: str) -> InputError:
    return InputError(
        f"Række {number} kan ikke bruges: '{told[:SHOWN]}'", where="listen af punkter", why=why, next_step=next_step
    )
