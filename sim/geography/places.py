"""Trip ends inside the municipality: every town cell, and the country in blocks small enough to tell apart."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.geography.land import CELL_M, IntArray, Land
from sim.geography.population import DENSE_PERSONS, Homes
from sim.geography.projection import FloatArray, to_metres

MOST_PLACES = 500
BLOCK_CELLS = (2, 3, 4, 5, 6, 8)
"""Sides tried for the country's blocks, in cells: 1 km first, longer until there are at most `MOST_PLACES` places."""


@dataclass(frozen=True, eq=False)
class InsidePlaces:
    """Places in the municipality; ``cell`` is the land cell each stands in.

    ``town_cell`` says for each own cell whether it is town; ``unit_place``, ``unit_cell``, ``unit_share`` what each place
    consists of (see `Region`).
    """

    cell: npt.NDArray[np.intp]
    lat: FloatArray
    lon: FloatArray
    parish: IntArray
    town: IntArray
    in_town: npt.NDArray[np.bool_]
    persons: FloatArray
    ages: FloatArray
    area_m2: FloatArray
    town_cell: npt.NDArray[np.bool_]
    unit_place: IntArray
    unit_cell: IntArray
    unit_share: FloatArray


def inside_places(land: Land, homes: Homes) -> InsidePlaces:
    """Group the homes' units into places: town cells stay as they are, country cells join by block and parish."""
    per_cell = np.bincount(homes.cell, weights=homes.persons, minlength=len(homes.own))
    town_of_cell = homes.growth.town
    town_cell = (town_of_cell >= 0) | (per_cell >= DENSE_PERSONS)
    alone = town_cell[homes.cell]
    group = np.zeros(0, np.int64)
    for side in BLOCK_CELLS:
        group = _groups(homes, alone, side)
        if len(np.unique(group)) <= MOST_PLACES:
            break
    return _collect(land, homes, town_cell, group)


def _groups(homes: Homes, alone: npt.NDArray[np.bool_], side: int) -> npt.NDArray[np.int64]:
    """Return a group number per unit, -1 for country units where nobody lives."""
    row, column = homes.cells.row[homes.cell] // side, homes.cells.column[homes.cell] // side
    keys = np.stack([row, column, homes.parish, np.full(len(row), -1)], axis=1).astype(np.int64)
    keys[alone] = -1
    keys[alone, 3] = np.nonzero(alone)[0]
    _, group = np.unique(keys, axis=0, return_inverse=True)
    living = np.bincount(group, weights=homes.persons) > 0
    kept = living | (np.bincount(group, weights=alone.astype(float)) > 0)
    number = np.where(kept, np.cumsum(kept) - 1, -1)
    return number[group].astype(np.int64)


def _collect(
    land: Land,
    homes: Homes,
    town_cell: npt.NDArray[np.bool_],
    group: npt.NDArray[np.int64],
) -> InsidePlaces:
    count = int(group.max()) + 1
    member = group >= 0
    g, unit_cell, weight = group[member], homes.cell[member], homes.persons[member] + 1e-9
    total = np.bincount(g, weights=weight, minlength=count)
    east = np.bincount(g, weights=weight * homes.cells.east[unit_cell], minlength=count) / total
    north = np.bincount(g, weights=weight * homes.cells.north[unit_cell], minlength=count) / total
    away = np.hypot(homes.cells.east[unit_cell] - east[g], homes.cells.north[unit_cell] - north[g])
    order = np.lexsort((unit_cell, away, g))
    first = order[np.searchsorted(g[order], np.arange(count))]  # each group's unit nearest to its centre of gravity
    unit = np.nonzero(member)[0][first]
    cell = homes.cell[unit]
    lat, lon = (a[homes.own[cell]].copy() for a in land.centres_degrees())
    area = np.bincount(g, minlength=count) * CELL_M**2
    for place in np.nonzero(unit >= len(homes.own))[0]:  # parishes smaller than a cell
        parish = homes.parishes[homes.parish[unit[place]]]
        lat[place], lon[place] = parish.lat, parish.lon
        area[place] = min(CELL_M**2, 1e6 * parish.area_km2)
    by_place = np.lexsort((unit_cell, g))
    return InsidePlaces(
        cell=homes.own[cell],
        lat=lat,
        lon=lon,
        parish=homes.parish[unit].astype(np.int32),
        town=homes.town[unit].astype(np.int32),
        in_town=town_cell[cell],
        persons=np.bincount(g, weights=homes.persons[member], minlength=count).astype(np.float64),
        ages=np.stack([np.bincount(g, weights=column[member], minlength=count) for column in homes.ages.T], axis=1),
        area_m2=area.astype(np.float64),
        town_cell=town_cell,
        unit_place=g[by_place].astype(np.int32),
        unit_cell=unit_cell[by_place].astype(np.int32),
        unit_share=(weight / total[g])[by_place],
    )


def nearest(lat: float, lon: float, lats: FloatArray, lons: FloatArray) -> tuple[int, float]:
    """Return the nearest of some points to a point, as the crow flies, and how far it is in metres."""
    x, y = to_metres(lat, lon)
    xs, ys = to_metres(lats, lons)
    away = np.hypot(xs - float(x), ys - float(y))
    return int(np.argmin(away)), float(away.min())
