"""Polygons of GeoJSON files: reading them, filling a grid with them, asking whether a point lies inside."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from data import reference_file
from sim.geography.projection import FloatArray, to_metres


@dataclass(frozen=True, eq=False)
class Area:
    """A named area: its rings (outer ones and holes alike) in UTM metres, each closed, shape (n, 2).

    ``counts`` are the rings of each of its polygons in turn; without them all rings are one polygon's. Ground that two
    polygons share belongs to the area once.
    """

    properties: dict[str, Any]
    rings: tuple[FloatArray, ...]
    counts: tuple[int, ...] = ()

    def cells(self, grid: "Grid") -> npt.NDArray[np.bool_]:
        """Return which cells of a grid have their centre inside the area, bool (rows, columns)."""
        ends = np.cumsum(self.counts or (len(self.rings),)).tolist()
        parts = [self.rings[start:end] for start, end in zip([0, *ends], ends, strict=False)]
        return np.logical_or.reduce([cells_inside(part, grid) for part in parts])


@dataclass(frozen=True)
class Grid:
    """Square cells of ``size`` metres; cell (0, 0) has its lower left corner at (east, north)."""

    east: float
    north: float
    rows: int
    columns: int
    size: float

    def row_column(self, easting: Any, northing: Any) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Return the cell that holds each point; it may lie outside the grid."""
        column = np.floor((np.asarray(easting) - self.east) / self.size).astype(np.int64)
        row = np.floor((np.asarray(northing) - self.north) / self.size).astype(np.int64)
        return row, column

    def centre(self, row: Any, column: Any) -> tuple[FloatArray, FloatArray]:
        """Return the easting and northing of cell centres."""
        return (
            self.east + self.size * (np.asarray(column, np.float64) + 0.5),
            self.north + self.size * (np.asarray(row, np.float64) + 0.5),
        )


def project(geometry: dict[str, Any]) -> tuple[FloatArray, ...]:
    """Return the rings of a Polygon or MultiPolygon in degrees as rings in metres."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    rings = []
    for polygon in polygons:
        for ring in polygon:
            points = np.array([point[:2] for point in ring], np.float64)
            rings.append(np.stack(to_metres(points[:, 1], points[:, 0]), axis=1))
    return tuple(rings)


@cache
def reference_areas(name: str) -> tuple[Area, ...]:
    """Return the areas of a GeoJSON file of ours, in the file's order."""
    features = json.loads(reference_file(name).read_bytes())["features"]
    return tuple(Area(feature["properties"], project(feature["geometry"])) for feature in features)


def cells_inside(rings: Sequence[FloatArray], grid: Grid) -> npt.NDArray[np.bool_]:
    """Return which cells have their centre inside the rings, by the even-odd rule along each row.

    Only the rectangle that the rings reach is looked at: most areas are small beside the grid.
    """
    inside = np.zeros((grid.rows, grid.columns), np.bool_)
    points = np.concatenate(list(rings))
    (left, bottom), (right, top) = _centres_below(grid, points.min(axis=0)), _centres_below(grid, points.max(axis=0))
    toggles = np.zeros((top - bottom, right - left + 1), np.int64)
    for ring in rings:
        ax, ay = ring[:-1].T
        bx, by = ring[1:].T
        first = np.ceil((np.minimum(ay, by) - grid.north) / grid.size - 0.5).astype(np.int64).clip(bottom, top)
        last = np.ceil((np.maximum(ay, by) - grid.north) / grid.size - 0.5).astype(np.int64).clip(bottom, top)
        count = last - first
        edge = np.repeat(np.arange(len(ax)), count)
        row = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count) + first[edge]
        height = grid.north + grid.size * (row + 0.5)
        crossing = ax[edge] + (height - ay[edge]) / (by[edge] - ay[edge]) * (bx[edge] - ax[edge])
        column = np.ceil((crossing - grid.east) / grid.size - 0.5).astype(np.int64)
        np.add.at(toggles, (row - bottom, column.clip(left, right) - left), 1)
    inside[bottom:top, left:right] = np.cumsum(toggles, axis=1)[:, :-1] % 2 == 1
    return inside


def _centres_below(grid: Grid, point: FloatArray) -> tuple[int, int]:
    """Return how many columns and rows of the grid have their centre west and south of a point."""
    counts = np.ceil((point - [grid.east, grid.north]) / grid.size - 0.5).astype(np.int64)
    column, row = counts.clip(0, [grid.columns, grid.rows]).tolist()
    return column, row


def contains(rings: Sequence[FloatArray], easting: float, northing: float) -> bool:
    """Return whether a point lies inside the rings (even-odd rule; on the line itself either answer)."""
    inside = False
    for ring in rings:
        ax, ay = ring[:-1].T
        bx, by = ring[1:].T
        spans = (ay > northing) != (by > northing)
        at = ax[spans] + (northing - ay[spans]) / (by[spans] - ay[spans]) * (bx[spans] - ax[spans])
        inside ^= bool(np.count_nonzero(at > easting) % 2)
    return inside
