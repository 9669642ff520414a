"""Who lives inside a town line and who just outside it, by how much of their cell lies there."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from sim.geography.land import CELL_M, IntArray
from sim.geography.polygons import Area, Grid
from sim.geography.population import Homes
from sim.geography.projection import FloatArray

PARTS = 10
"""A cell is looked at in PARTS x PARTS points, 50 m apart."""
STEP_M = CELL_M / PARTS


@dataclass(frozen=True, eq=False)
class CellPeople:
    """Persons per 500-m cell of a municipality, with the cell's place in the grid.

    ``zone`` is the number of the town area that the cell, or most of it, lies in, -1 for none.
    """

    row: IntArray
    column: IntArray
    everyone: FloatArray
    older: FloatArray
    zone: npt.NDArray[np.int8]


@dataclass(frozen=True)
class Count:
    """Persons: with everybody spread evenly over their cell, and the least and most wherever in it they live."""

    estimate: float
    lowest: float
    highest: float

    def reaching(self, others: Sequence["Count"]) -> "Count":
        """Return this estimate with bounds that hold the others' as well."""
        return Count(
            self.estimate,
            min(self.lowest, *(other.lowest for other in others)),
            max(self.highest, *(other.highest for other in others)),
        )


@dataclass(frozen=True)
class People:
    """Everybody, and those of 70 or more."""

    everyone: Count
    older: Count

    def reaching(self, others: Sequence["People"]) -> "People":
        """Return these people with bounds that hold the others' as well."""
        return People(
            self.everyone.reaching([other.everyone for other in others]),
            self.older.reaching([other.older for other in others]),
        )


@dataclass(frozen=True, eq=False)
class Sides:
    """The two sides of every town line; ``near_share`` (zone, cell) is the share of a cell that lies near each.

    ``near_total`` counts nobody twice; its bounds may be narrower than the sums of those of ``near``.
    """

    inside: tuple[People, ...]
    near: tuple[People, ...]
    near_total: People
    near_share: FloatArray

    def reaching(self, others: Sequence["Sides"]) -> "Sides":
        """Return the sides with bounds that hold those of other ways to build the same towns as well."""
        return replace(
            self,
            inside=tuple(own.reaching([o.inside[zone] for o in others]) for zone, own in enumerate(self.inside)),
            near=tuple(own.reaching([o.near[zone] for o in others]) for zone, own in enumerate(self.near)),
            near_total=self.near_total.reaching([other.near_total for other in others]),
        )


def cell_people(homes: Homes, zone_of_cell: npt.NDArray[np.int8]) -> CellPeople:
    """Return the persons of a municipality's cells, each cell in the town area of that number."""
    size = len(homes.own)
    everyone = np.bincount(homes.cell, weights=homes.persons, minlength=size).astype(np.float64)
    older = np.bincount(homes.cell, weights=homes.ages[:, 4:].sum(axis=1), minlength=size).astype(np.float64)
    return CellPeople(homes.cells.row, homes.cells.column, everyone, older, zone_of_cell)


def sides(people: CellPeople, zones: int, distance_m: int, grid: Grid, areas: tuple[Area, ...] = ()) -> Sides:
    """Count who lives inside each of ``zones`` town areas, and outside all of them within ``distance_m`` of one.

    The line follows the cells, or the user's own ``areas`` (one per zone, metres). A person near two areas counts with
    the nearer one.
    """
    window, label = _labels(people, distance_m, grid, areas)
    row, column = people.row - window[0], people.column - window[1]
    height, width = label.shape[0] // PARTS, label.shape[1] // PARTS
    there = (row >= 0) & (row < height) & (column >= 0) & (column < width)

    def points(mask: npt.NDArray[np.bool_]) -> IntArray:
        """Return how many of its points each cell has in a mask."""
        found = np.zeros(len(row), np.int32)
        per_cell = mask.reshape(height, PARTS, width, PARTS).sum(axis=(1, 3))
        found[there] = per_cell[row[there], column[there]]
        return found

    def count(within: IntArray) -> People:
        def persons(of: FloatArray) -> Count:
            estimate = float(of @ within) / PARTS**2
            lowest, highest = float(of[within == PARTS**2].sum()), float(of[within > 0].sum())
            return Count(estimate, min(lowest, estimate), max(highest, estimate))

        return People(persons(people.everyone), persons(people.older))

    away, nearest = _nearest(label)
    band = (label < 0) & (away <= distance_m)
    beside = [points(band & (nearest == zone)) for zone in range(zones)]
    return Sides(
        inside=tuple(count(points(label == zone)) for zone in range(zones)),
        near=tuple(count(held) for held in beside),
        near_total=count(points(band)),
        near_share=np.array(beside) / PARTS**2,
    )


def _labels(
    people: CellPeople, distance_m: int, grid: Grid, areas: tuple[Area, ...]
) -> tuple[tuple[int, int], npt.NDArray[np.int8]]:
    """Return the window's first cell (row, column) and each point's town area, -1 outside."""
    margin = int(np.ceil(distance_m / CELL_M)) + 1
    zoned = people.zone >= 0
    rows, columns = people.row[zoned].astype(int), people.column[zoned].astype(int)
    for area in areas:
        r, c = grid.row_column(*np.concatenate(area.rings).T[:2])
        rows, columns = np.r_[rows, r], np.r_[columns, c]
    top, left = int(rows.min()) - margin, int(columns.min()) - margin
    height, width = int(rows.max()) + margin + 1 - top, int(columns.max()) + margin + 1 - left
    if areas:
        fine = Grid(grid.east + left * CELL_M, grid.north + top * CELL_M, height * PARTS, width * PARTS, CELL_M / PARTS)
        label = np.full((height * PARTS, width * PARTS), -1, np.int8)
        for number, area in enumerate(areas):
            label[area.cells(fine) & (label < 0)] = number
        return (top, left), label
    coarse = np.full((height, width), -1, np.int8)
    coarse[people.row[zoned] - top, people.column[zoned] - left] = people.zone[zoned]
    return (top, left), coarse.repeat(PARTS, axis=0).repeat(PARTS, axis=1)


def _nearest(label: npt.NDArray[np.int8]) -> tuple[FloatArray, npt.NDArray[np.int8]]:
    """Return how far each point is from the nearest town line outside it, in metres, and which area that is."""
    from scipy.ndimage import distance_transform_edt

    steps, where = distance_transform_edt(label < 0, return_indices=True)
    away: FloatArray = (steps - 0.5) * STEP_M  # the line runs half a step before the nearest point inside
    found: npt.NDArray[np.int8] = label[where[0], where[1]]
    return away, found
