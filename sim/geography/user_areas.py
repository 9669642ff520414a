"""The user's own town areas, from a file as GIS programs write it."""

import hashlib
import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.geography.geojson_areas import Geometry, in_chosen_system, parse, plain_features
from sim.geography.land import Land, land
from sim.geography.municipalities import Municipality
from sim.geography.polygons import Area, Grid, project
from sim.geography.zone_files.parts import FORMATS, GEOJSON, IN_WORDS, parts_of
from sim.geography.zone_files.reading import read_zone_file
from sim.geography.zone_files.systems import SAME_PLANE
from sim.words.numbers import danish
from tariffs.errors import DataError, InputError

SYSTEMS = {"25832": "UTM 32 (EPSG:25832)", "4326": "WGS84 (grader)", "3857": "EPSG:3857"}
MOST_NAMED = 10
PARTS = 4
POINTS = PARTS**2
"""A cell is sampled at PARTS x PARTS points to see how much of it an area covers."""

_FORMAT = (
    "filen skal være en GeoJSON FeatureCollection i WGS84 (længde, bredde) eller i det system, den selv nævner (crs), hvor"
    " hver feature er en Polygon eller MultiPolygon med egenskaben 'name' eller 'navn'"
)


@dataclass(frozen=True)
class Chosen:
    """What the user says of a file that leaves it open: its layer, the property of the names, the system as EPSG number."""

    layer: str | None = None
    name_property: str | None = None
    crs: str | None = None


@dataclass(frozen=True, eq=False)
class UserAreas:
    """The areas of one file, as GeoJSON features with nothing but name and line, and in metres.

    ``system`` is what the file's coordinates were read in. ``sha256`` is of the file's content, and of the files that belong
    to it; ``notes`` is what is to be said of how it was read, in Danish.
    """

    path: Path
    sha256: str
    areas: tuple[Area, ...]
    features: tuple[dict[str, Any], ...] = ()
    notes: tuple[str, ...] = ()
    system: str = SYSTEMS["4326"]

    @property
    def names(self) -> tuple[str, ...]:
        """The areas' names, in the file's order."""
        return tuple(str(area.properties["name"]) for area in self.areas)


def read_user_areas(path: Path, chosen: Chosen | None = None) -> UserAreas:
    """Read town areas; raises DataError with file and place for anything but what the format asks, InputError for a choice."""
    chosen = chosen or Chosen()
    is_geojson = path.suffix.lower() in GEOJSON or path.suffix.lower() not in FORMATS

    def bad(what: str, why: str = "") -> DataError:
        return DataError(
            what,
            where=str(path),
            why=why,
            next_step=_FORMAT if is_geojson else f"ret zonerne, og gem dem som {IN_WORDS}",
        )

    try:
        raw = b"".join(part.read_bytes() for part in parts_of(path))
    except OSError as error:
        raise bad("Filen med byområder kan ikke læses", error.strerror or str(error)) from error
    if is_geojson:
        content, notes = parse(raw, bad), []
    else:
        read = read_zone_file(path, chosen.layer, chosen.crs)
        content, notes = read.content, list(read.notes)
    content = in_chosen_system(content, chosen.crs)
    features, mends = plain_features(content, bad, chosen.name_property)
    areas = [
        Area({"name": feature["properties"]["name"]}, project(feature["geometry"]), _counts(feature["geometry"]))
        for feature in features
    ]
    told = (*notes, *mends)
    return UserAreas(path, hashlib.sha256(raw).hexdigest(), tuple(areas), tuple(features), told, _system(content))


def _system(content: Any) -> str:
    """Return the name of the system that GeoJSON states, WGS84 where it states none."""
    stated = re.search(r"EPSG:+([0-9]{4,6})", str(content.get("crs")))
    return SYSTEMS.get(SAME_PLANE.get(stated[1], "4326") if stated else "4326", SYSTEMS["4326"])


def read_areas_in(path: Path, municipality: Municipality, chosen: Chosen | None = None) -> UserAreas:
    """Read town areas and hold them against the municipality they are to be used in.

    Raises DataError for what is no file of town areas, InputError for areas that lie elsewhere or on top of each other.
    """
    user, country = read_user_areas(path, chosen), land()
    own = np.nonzero(country.municipality == country.municipality_codes.index(municipality.code))[0]
    zone_cells(user, country, municipality, own)
    understood = (_as_understood(user), *user.notes, *_shared_ground(user, country))
    return replace(user, notes=understood)


def _as_understood(user: UserAreas) -> str:
    """Return the receipt: the system that the file's coordinates were read in, and each area with its size."""
    sizes = [f"{area.properties['name']} {danish(_ground(area) / 1e6, 1)} km²" for area in user.areas[:MOST_NAMED]]
    more = f" og {len(user.areas) - MOST_NAMED} mere" if len(user.areas) > MOST_NAMED else ""
    return f"Læst i {user.system}: {', '.join(sizes)}{more}."


def _ground(area: Area) -> float:
    """Return the square metres of an area's polygons less their holes."""
    total, first = 0.0, 0
    for rings in area.counts or (len(area.rings),):
        outer, *holes = (_inside(ring) for ring in area.rings[first : first + rings])
        total += outer - sum(holes)
        first += rings
    return total


def _inside(ring: npt.NDArray[np.float64]) -> float:
    east, north = (ring - ring[0]).T
    return abs(float(east[:-1] @ north[1:] - east[1:] @ north[:-1])) / 2


def _shared_ground(user: UserAreas, country: Land) -> list[str]:
    """Return what is said of areas that share ground, though too little to be refused: it belongs to the first."""
    notes, points = [], [points_inside(area, country) for area in user.areas]
    for number, later in enumerate(points):
        for earlier in range(number):
            shared = int((points[earlier] & later).sum())
            if shared:
                names = [user.names[place] for place in (earlier, number)]
                km2 = shared * (country.grid.size / PARTS) ** 2 / 1e6
                notes.append(
                    f"{names[0]} og {names[1]} dækker begge ca. {danish(km2, 2)} km², som regnes til {names[0]}."
                )
    return notes


def geojson_bytes(user: UserAreas) -> bytes:
    """Return the areas as GeoJSON in degrees with nothing but names and lines, always written alike."""
    content = {"type": "FeatureCollection", "features": user.features}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _counts(geometry: Geometry) -> tuple[int, ...]:
    """Return the number of rings of each polygon."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return tuple(len(polygon) for polygon in polygons)


def _square_metres(area: Area) -> float:
    """Return the ground inside an area's rings, holes and ground that two parts share counted as if they were more."""
    total = 0.0
    for ring in area.rings:
        total += _inside(ring)
    return total


def points_inside(area: Area, land: Land) -> npt.NDArray[np.bool_]:
    """Return which points of every land cell the area holds, bool (land cells, 16)."""
    grid = land.grid
    fine = Grid(grid.east, grid.north, grid.rows * PARTS, grid.columns * PARTS, grid.size / PARTS)
    inside = area.cells(fine).reshape(grid.rows, PARTS, grid.columns, PARTS)
    held: npt.NDArray[np.bool_] = inside.transpose(0, 2, 1, 3)[land.row, land.column].reshape(len(land.row), POINTS)
    return held


def coverage(area: Area, land: Land) -> npt.NDArray[np.float64]:
    """Return the share of every land cell that the area covers."""
    share: npt.NDArray[np.float64] = points_inside(area, land).mean(axis=1)
    return share


def zone_points(
    user: UserAreas, land: Land, municipality: Municipality, own: npt.NDArray[np.integer]
) -> npt.NDArray[np.int8]:
    """Return for the points of the municipality's cells (``own``) their area in the file, int8 (own cells, 16), -1 for none.

    Raises InputError as `zone_cells` does, and for an area too small to hold a point.
    """
    zone_cells(user, land, municipality, own)
    zones = np.full((len(own), POINTS), -1, np.int8)
    for number, area in enumerate(user.areas):
        held = points_inside(area, land)[own] & (zones < 0)
        if not held.any():
            raise InputError(
                f"Byområdet '{area.properties['name']}' er for lille",
                where=str(user.path),
                why="det holder ingen af de punkter, 125 m fra hinanden, hvor ture begynder og ender",
                next_step="tegn området større",
            )
        zones[held] = number
    return zones


def zone_cells(
    user: UserAreas, land: Land, municipality: Municipality, own: npt.NDArray[np.integer]
) -> npt.NDArray[np.int8]:
    """Return for each of the municipality's cells (``own``, numbers of land cells) its area in the file, or -1.

    A cell belongs to the area that covers most of it, and at least half; an area too small for that gets the one cell
    it covers most of. Raises InputError for an area that is not in the municipality or lies on top of another.
    """
    best = np.full(len(own), -1, np.int8)
    claimed = np.zeros(len(own))
    total = np.zeros(len(own))
    for number, area in enumerate(user.areas):
        share = coverage(area, land)
        mine, everywhere = share[own], float(share.sum())
        name = area.properties["name"]
        if _square_metres(area) < (land.grid.size / PARTS) ** 2:
            raise InputError(
                f"Byområdet '{name}' er for lille",
                where=str(user.path),
                why="det er mindre end de 125 m × 125 m, som der er mellem de punkter, hvor ture begynder og ender",
                next_step="slet det, hvis det er en rest fra et andet område; ellers tegn det større",
            )
        if mine.sum() < 0.9 * everywhere or mine.max(initial=0.0) == 0:
            raise InputError(
                f"Byområdet '{name}' ligger ikke i {municipality.name} Kommune"
                + ("" if everywhere else ", eller det er for smalt"),
                where=str(user.path),
                why=f"{100 * float(mine.sum()) / everywhere:.0f} % af dets land ligger i kommunen"
                if everywhere
                else "det holder ingen af de punkter på land, 125 m fra hinanden, hvor ture begynder og ender",
                next_step="ret polygonen, eller vælg den rigtige kommune"
                + ("" if everywhere else "; er det smalt, så tegn det bredere"),
            )
        if float(np.minimum(total, mine).sum()) > 1 and float((total + mine).max()) > 1.3:
            raise InputError(
                f"Byområdet '{name}' ligger oven i et andet byområde",
                where=str(user.path),
                why="en tur må ikke kunne ligge i to byområder",
                next_step="ret polygonerne, så de ikke overlapper",
            )
        total += mine
        wins = (mine >= 0.5) & (mine > claimed)
        if not wins.any():
            wins = np.arange(len(own)) == int(np.argmax(np.where(best < 0, mine, -1.0)))
        best[wins] = number
        claimed[wins] = mine[wins]
    return best
