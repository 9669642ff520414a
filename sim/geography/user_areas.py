"""The user's own town areas from a GeoJSON file."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.geography.land import Land, land
from sim.geography.municipalities import Municipality
from sim.geography.names import fold
from sim.geography.polygons import Area, Grid, project
from tariffs.errors import DataError, InputError

PARTS = 4
POINTS = PARTS**2
"""A cell is sampled at PARTS x PARTS points to see how much of it an area covers."""

MOST_AREAS, LONGEST_NAME, LONGEST_KM = 100, 120, 10_000
"""Bounds of a file: areas, characters of a name, and kilometres of line in all (a winding one round a town is 100)."""

_FORMAT = (
    "filen skal være en GeoJSON FeatureCollection i WGS84 (længde, bredde), hvor hver feature er en Polygon eller "
    "MultiPolygon med egenskaben 'name'"
)


@dataclass(frozen=True, eq=False)
class UserAreas:
    """The areas of one file, and the SHA-256 of its content."""

    path: Path
    sha256: str
    areas: tuple[Area, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The areas' names, in the file's order."""
        return tuple(str(area.properties["name"]) for area in self.areas)


def read_user_areas(path: Path) -> UserAreas:
    """Read town areas; raises DataError with file and place for anything but what the format asks."""

    def bad(what: str, why: str = "") -> DataError:
        return DataError(what, where=str(path), why=why, next_step=_FORMAT)

    try:
        raw = path.read_bytes()
    except OSError as error:
        raise bad("Filen med byområder kan ikke læses", error.strerror or str(error)) from error
    try:
        content: Any = json.loads(raw.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise bad("Filen med byområder er ikke gyldig JSON", str(error)) from error
    if not isinstance(content, dict) or content.get("type") != "FeatureCollection":
        raise bad("Filen med byområder er ikke en FeatureCollection")
    features = content.get("features")
    if not isinstance(features, list) or not features:
        raise bad("Filen med byområder har ingen features")
    if len(features) > MOST_AREAS:
        raise bad(f"Filen har {len(features)} byområder; højst {MOST_AREAS} kan bruges")
    areas: list[Area] = []
    for number, feature in enumerate(features, start=1):
        where = f"feature {number}"
        if not isinstance(feature, dict):
            raise bad(f"{where} er ikke et objekt")
        properties = feature.get("properties")
        name = properties.get("name") if isinstance(properties, dict) else None
        if not isinstance(name, str) or not name.strip():
            raise bad(f"{where} mangler egenskaben 'name'")
        if len(name) > LONGEST_NAME or not name.strip().isprintable():
            raise bad(f"{where}: navnet kan ikke bruges", f"det skal være læselig tekst på højst {LONGEST_NAME} tegn")
        if fold(name) in {fold(a.properties["name"]) for a in areas}:
            raise bad(f"{where}: navnet '{name}' bruges to gange")
        rings = _rings(feature.get("geometry"), f"{where} ('{name}')", bad)
        areas.append(Area({"name": name.strip()}, rings, _counts(feature["geometry"])))
    length_m = sum(float(np.hypot(*np.diff(ring, axis=0).T).sum()) for area in areas for ring in area.rings)
    if length_m > 1000 * LONGEST_KM:
        raise bad("Linjen er for lang", f"{length_m / 1000:.0f} km; højst {LONGEST_KM} km kan bruges")
    return UserAreas(path, hashlib.sha256(raw).hexdigest(), tuple(areas))


def read_areas_in(path: Path, municipality: Municipality) -> UserAreas:
    """Read town areas and hold them against the municipality they are to be used in.

    Raises DataError for what is no file of town areas, InputError for areas that lie elsewhere or on top of each other.
    """
    user, country = read_user_areas(path), land()
    own = np.nonzero(country.municipality == country.municipality_codes.index(municipality.code))[0]
    zone_cells(user, country, municipality, own)
    return user


def _rings(geometry: Any, where: str, bad: Any) -> tuple[npt.NDArray[np.float64], ...]:
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        kind = geometry.get("type") if isinstance(geometry, dict) else None
        raise bad(f"{where} er hverken Polygon eller MultiPolygon", f"typen er {kind}")
    try:
        polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        rings = [np.array([[float(v) for v in p[:2]] for p in ring]) for polygon in polygons for ring in polygon]
    except (KeyError, TypeError, ValueError, IndexError, OverflowError) as error:
        raise bad(f"{where} har ulæselige koordinater", str(error)) from error
    if not rings:
        raise bad(f"{where} har ingen koordinater")
    for ring in rings:
        if ring.ndim != 2 or ring.shape[1] != 2 or len(ring) < 4 or not np.isfinite(ring).all():
            raise bad(f"{where} har en ring med færre end fire punkter")
        if not np.array_equal(ring[0], ring[-1]):
            raise bad(f"{where} har en ring, der ikke er lukket")
        if not ((ring[:, 0] > 7) & (ring[:, 0] < 16) & (ring[:, 1] > 54) & (ring[:, 1] < 58)).all():
            raise bad(f"{where} ligger uden for Danmark", "koordinater er længde, bredde i grader (WGS84)")
    return project(geometry)


def _counts(geometry: dict[str, Any]) -> tuple[int, ...]:
    """Return the number of rings of each polygon."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return tuple(len(polygon) for polygon in polygons)


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
        if mine.sum() < 0.9 * everywhere or mine.max(initial=0.0) == 0:
            raise InputError(
                f"Byområdet '{name}' ligger ikke i {municipality.name} Kommune",
                where=str(user.path),
                why=f"{100 * float(mine.sum()) / everywhere if everywhere else 0:.0f} % af dets land ligger i kommunen",
                next_step="ret polygonen eller vælg den rigtige kommune",
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
