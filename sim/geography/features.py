"""The reference geography as GeoJSON in degrees, for a map that can be moved: land, parishes, cells, towns, stations, destinations.

Coordinates have five decimals (a metre). Lines between cells are those that the model follows: 500 m apart.
"""

import json
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from data import reference_file
from sim.geography.cell_outlines import Corner, outlines
from sim.geography.destinations import station_name
from sim.geography.land import CELL_M, land
from sim.geography.municipalities import find_municipality
from sim.geography.projection import to_degrees
from sim.geography.records import destinations, stations, towns
from sim.geography.town_areas import TownDensity
from sim.geography.town_line import TownMap, homes_of, map_towns

DECIMALS = 5


def collection(features: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return features as a file of GeoJSON has them."""
    return {"type": "FeatureCollection", "features": list(features)}


@cache
def land_features() -> list[dict[str, Any]]:
    """Return Movia's 45 municipalities by code and name; the coast is where none borders another."""
    return _reference("municipalities.geojson")


@lru_cache(maxsize=64)
def parish_features(code: str) -> list[dict[str, Any]]:
    """Return a municipality's parishes by name."""
    return [one for one in _reference("parishes.geojson") if one["properties"]["municipality_code"] == code]


@lru_cache(maxsize=64)
def cell_features(code: str) -> list[dict[str, Any]]:
    """Return a municipality's 500-m cells with the persons that the model has there."""
    homes = homes_of(find_municipality(code), TownDensity())
    persons = np.bincount(homes.cell, weights=homes.persons, minlength=len(homes.own))
    country = land()
    corners = _Corners(country.row[homes.own], country.column[homes.own])
    return [
        _feature({"persons": round(float(count))}, "Polygon", [corners.ring(_square(row, column))])
        for row, column, count in zip(
            country.row[homes.own].tolist(), country.column[homes.own].tolist(), persons.tolist(), strict=True
        )
    ]


@cache
def town_features() -> list[dict[str, Any]]:
    """Return all towns and villages by name, with their persons where they are known; suburbs are left out."""
    return [
        _point({"name": t.name, "persons": t.population, "code": t.municipality_code}, t.lat, t.lon)
        for t in sorted(towns(), key=lambda t: -(t.population or 0))
        if t.kind != "suburb"
    ]


@cache
def station_features() -> list[dict[str, Any]]:
    """Return all stations and terminals: ``name`` is what a transfer point is called, ``place`` what a destination is."""
    return [
        _point({"name": s.name, "place": station_name(s.name), "code": s.municipality_code}, s.lat, s.lon)
        for s in stations()
    ]


@lru_cache(maxsize=64)
def destination_features(code: str) -> list[dict[str, Any]]:
    """Return a municipality's destinations that have a name."""
    named = [(d, d.name.replace('"', "").strip()) for d in destinations() if d.municipality_code == code]
    return [_point({"name": name, "category": d.category}, d.lat, d.lon) for d, name in named if name]


def zone_features(code: str, zones: tuple[str, ...] | None) -> list[dict[str, Any]]:
    """Return named town areas as the model has them, along whole cells; None is the largest town. Raises InputError."""
    return zone_outlines(map_towns(find_municipality(code), TownDensity(), zones, None))


def zone_outlines(found: TownMap) -> list[dict[str, Any]]:
    """Return the town areas of a map along whole cells, one feature a polygon."""
    country = land()
    features = []
    for zone, name in enumerate(found.zone_names):
        own = found.homes.own[found.zone_of_cell == zone]
        row, column = country.row[own], country.column[own]
        corners = _Corners(row, column)
        for polygon in outlines(set(zip(row.tolist(), column.tolist(), strict=True))):
            features.append(_feature({"name": name}, "Polygon", [corners.ring(ring) for ring in polygon]))
    return features


def _reference(name: str) -> list[dict[str, Any]]:
    features: list[dict[str, Any]] = json.loads(reference_file(name).read_bytes())["features"]
    return features


class _Corners:
    """The corners of some cells in degrees, worked out all at once."""

    def __init__(self, row: npt.NDArray[np.integer[Any]], column: npt.NDArray[np.integer[Any]]) -> None:
        grid = land().grid
        rows, columns = (np.unique(np.r_[each, each + 1]) for each in (row, column))
        north, east = np.meshgrid(rows, columns, indexing="ij")
        lat, lon = to_degrees(grid.east + east * CELL_M, grid.north + north * CELL_M)
        self._row, self._column = ({int(n): at for at, n in enumerate(each)} for each in (rows, columns))
        self._lon, self._lat = np.round(lon, DECIMALS), np.round(lat, DECIMALS)

    def ring(self, corners: Sequence[Corner]) -> list[list[float]]:
        """Return corners as points, longitude first."""
        at = [(self._row[row], self._column[column]) for column, row in corners]
        return [[float(self._lon[place]), float(self._lat[place])] for place in at]


def _square(row: int, column: int) -> list[Corner]:
    east, north = column + 1, row + 1
    return [(column, row), (east, row), (east, north), (column, north), (column, row)]


def _feature(properties: dict[str, Any], kind: str, coordinates: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def _point(properties: dict[str, Any], lat: float, lon: float) -> dict[str, Any]:
    return _feature(properties, "Point", [round(lon, DECIMALS), round(lat, DECIMALS)])
