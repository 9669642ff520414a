"""Town areas (byområder): which cells a town fills, by default from its population and the parishes' figures.

No polygons of the town areas are public, so a town is grown outwards from its point, nearest cell first, until the
cells hold its population. The rule and its weaknesses are written down in docs/geography.md.
"""

import heapq
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.geography.land import CELL_M, IntArray
from sim.geography.projection import FloatArray, point_metres
from sim.geography.records import Town
from tariffs.errors import About, InputError

CELL_KM2 = (CELL_M / 1000) ** 2
FEWEST_PERSONS = 20.0
"""A cell with fewer of the town's persons than this is not town."""


@dataclass(frozen=True)
class TownDensity:
    """Persons per km2 of a Danish town area: ``village`` in one of 200, ``tenfold`` more for each tenfold, ``most``.

    >>> [round(TownDensity().of(persons)) for persons in (200, 2_000, 20_000)]
    [1000, 1500, 2000]
    """

    village: float = 1000.0
    tenfold: float = 500.0
    most: float = 3000.0

    def __post_init__(self) -> None:
        if not (100 <= self.village <= self.most <= 50_000 and 0 <= self.tenfold <= 10_000):
            raise InputError(
                f"Bytætheden {self.village:g}, {self.tenfold:g}, {self.most:g} kan ikke bruges",
                where="town_density",
                about=About("assumptions", ("town_density",)),
                why="første tal skal være mindst 100 og højst det tredje, andet 0-10.000 indbyggere pr. km²",
                next_step="ret de tre tal",
            )

    def of(self, persons: float) -> float:
        """Return the density of a town with this many inhabitants, persons per km2."""
        return min(self.most, self.village + self.tenfold * math.log10(max(persons, 100.0) / 200.0))


@dataclass(frozen=True, eq=False)
class Cells:
    """A municipality's cells: grid position, centre in metres and parish (number in the caller's list)."""

    row: IntArray
    column: IntArray
    east: FloatArray
    north: FloatArray
    parish: IntArray

    def nearest(self, lat: float, lon: float) -> int:
        """Return the cell whose centre is nearest to a point."""
        x, y = point_metres(lat, lon)
        return int(np.argmin(np.hypot(self.east - x, self.north - y)))


@dataclass(frozen=True, eq=False)
class TownGrowth:
    """Which town (number in the list grown, -1 none) each cell belongs to, its persons, and each parish's rest."""

    town: IntArray
    persons: FloatArray
    parish_rest: FloatArray


@dataclass(frozen=True, eq=False)
class Site:
    """A town about to grow. ``persons`` None: unknown, half of what its parish has left.

    ``only`` are the cells it must stay within and fills evenly (the user's own area), else None.
    """

    town: Town
    persons: float | None
    only: npt.NDArray[np.bool_] | None = None


def grow(cells: Cells, parish_persons: FloatArray, sites: Sequence[Site], density: TownDensity) -> TownGrowth:
    """Grow the towns one after the other over the cells; no two share a cell.

    A parish never gives more persons than it has, a town does not jump over cells it cannot have, and the cell a later
    town stands in is kept for it.
    """
    town = np.full(len(cells.row), -1, np.int32)
    persons = np.zeros(len(cells.row))
    rest = parish_persons.astype(np.float64).copy()
    free = np.bincount(cells.parish, minlength=len(rest))
    at = {(int(r), int(c)): i for i, (r, c) in enumerate(zip(cells.row, cells.column, strict=True))}
    homes: dict[int, int] = {}
    for number, site in enumerate(sites):
        homes.setdefault(cells.nearest(site.town.lat, site.town.lon), number)
    for number, site in enumerate(sites):
        x, y = point_metres(site.town.lat, site.town.lon)
        away = np.hypot(cells.east - x, cells.north - y)
        home = cells.nearest(site.town.lat, site.town.lon)
        if away[home] > 2 * CELL_M:
            continue  # the point lies outside the municipality's land
        left = rest[cells.parish[home]] / 2 if site.persons is None else site.persons
        target = density.of(left) * CELL_KM2
        if site.only is not None:
            target = left / max(1, int(site.only.sum()))
            queue = [(float(away[i]), int(i)) for i in np.nonzero(site.only)[0]]
        else:
            queue = [(float(away[home]), home)]
        heapq.heapify(queue)
        seen = {i for _, i in queue}
        while queue and left >= 1:
            _, cell = heapq.heappop(queue)
            if town[cell] >= 0 or (site.only is None and homes.get(cell, number) != number):
                continue
            parish = cells.parish[cell]
            even = rest[parish] / max(1, free[parish]) if site.only is None else 0.0
            take = min(max(target, even), rest[parish], left)
            if take < min(FEWEST_PERSONS, target):
                continue
            town[cell], persons[cell] = number, take
            rest[parish] -= take
            free[parish] -= 1
            left -= take
            if site.only is not None:
                continue
            for down in (-1, 0, 1):
                for right in (-1, 0, 1):
                    near = at.get((int(cells.row[cell]) + down, int(cells.column[cell]) + right))
                    if near is not None and near not in seen:
                        seen.add(near)
                        heapq.heappush(queue, (float(away[near]), near))
    return TownGrowth(town, persons, rest)
