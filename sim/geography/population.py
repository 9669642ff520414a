"""Where a municipality's inhabitants live: persons and their ages per cell, from parishes, towns and hamlets."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from sim.geography.land import IntArray, Land
from sim.geography.municipalities import Municipality
from sim.geography.projection import FloatArray, point_metres, to_metres
from sim.geography.records import Parish, Town, crossings, hamlets, parishes, towns
from sim.geography.town_areas import Cells, Site, TownDensity, TownGrowth, grow

DENSE_PERSONS = 125.0
"""A cell with this many persons (500 per km2) is town for driving and riders, whether a named town fills it or not."""
HAMLET_PERSONS = 30.0
"""Persons lived for by a hamlet without a figure, used as a weight only."""


@dataclass(frozen=True, eq=False)
class Homes:
    """Where people live: units of one cell and one parish; most cells are one unit.

    ``cell`` points into ``cells``; ``town`` is the number of the site that fills the cell or -1; ``ages`` has six
    columns (`records.BANDS`) and sums to ``persons`` along them.
    """

    cells: Cells
    own: npt.NDArray[np.intp]
    parishes: tuple[Parish, ...]
    cell: IntArray
    parish: IntArray
    town: IntArray
    persons: FloatArray
    ages: FloatArray
    growth: TownGrowth


def own_parishes(land: Land, code: str) -> tuple[npt.NDArray[np.intp], tuple[Parish, ...], IntArray, FloatArray]:
    """Return the municipality's land cells, its parishes, each cell's parish among them, and the parishes' persons.

    A parish counts when it is the municipality's or has a fifth of its cells there; one that crosses the border
    gives persons by its share of cells. Cells of other parishes (simplified borders) join the nearest own one.
    """
    own = np.nonzero(land.municipality == land.municipality_codes.index(code))[0]
    by_code = {parish.code: parish for parish in parishes()}
    size = len(land.parish_codes)
    share = np.bincount(land.parish[own], minlength=size) / np.maximum(1, np.bincount(land.parish, minlength=size))
    kept, weights = [], []
    for number, parish_code in enumerate(land.parish_codes):
        parish = by_code[parish_code]
        mine = parish.municipality_code == code
        if mine or share[number] >= 0.2:
            kept.append(number)
            weights.append(1.0 if mine and not 0 < share[number] < 0.8 else float(share[number]))
    local = np.full(size, -1, np.int32)
    local[kept] = np.arange(len(kept), dtype=np.int32)
    cell_parish = local[land.parish[own]]
    stray = np.nonzero(cell_parish < 0)[0]
    good = np.nonzero(cell_parish >= 0)[0]
    for cell in stray:
        away = np.hypot(
            land.row[own[good]].astype(np.int64) - int(land.row[own[cell]]),
            land.column[own[good]].astype(np.int64) - int(land.column[own[cell]]),
        )
        cell_parish[cell] = cell_parish[good[int(np.argmin(away))]]
    chosen = tuple(by_code[land.parish_codes[number]] for number in kept)
    persons = np.array([p.population_2021 for p in chosen], np.float64) * np.array(weights)
    return own, chosen, cell_parish, persons


def settle(land: Land, municipality: Municipality, sites: Sequence[Site], density: TownDensity) -> Homes:
    """Return where the municipality's 2020 inhabitants live, towns filled in the order of ``sites``."""
    own, chosen, cell_parish, persons = own_parishes(land, municipality.code)
    persons = persons * (municipality.population_2020 / persons.sum())
    east, north = (a[own] for a in land.centres())
    cells = Cells(land.row[own], land.column[own], east, north, cell_parish)
    growth = grow(cells, persons, sites, density)
    weight = np.where((growth.town < 0) & _settled_land(land)[own], 1.0, 0.0)
    for hamlet in hamlets():
        if hamlet.municipality_code == municipality.code:
            home = cells.nearest(hamlet.lat, hamlet.lon)
            if growth.town[home] < 0:
                weight[home] += (hamlet.population or HAMLET_PERSONS) / 10.0
    living = growth.persons.copy()
    cell, parish, extra = list(range(len(own))), list(cell_parish), []
    for number, here in enumerate(chosen):
        inside = np.nonzero(cell_parish == number)[0]
        if len(inside) == 0:  # a town parish smaller than a cell: a unit of its own at the parish's centre
            cell.append(cells.nearest(here.lat, here.lon))
            parish.append(number)
            extra.append(float(persons[number]))
            continue
        spread = weight[inside]
        if spread.sum() == 0:
            spread = living[inside] if living[inside].sum() > 0 else np.ones(len(inside))
        living[inside] += growth.parish_rest[number] * spread / spread.sum()
    unit_cell, unit_parish = np.array(cell, np.int32), np.array(parish, np.int32)
    unit_persons = np.r_[living, extra]
    ages = _parish_ages(municipality, chosen, persons)
    shares = ages / np.maximum(ages.sum(axis=1, keepdims=True), 1e-12)
    return Homes(
        cells=cells,
        own=own,
        parishes=chosen,
        cell=unit_cell,
        parish=unit_parish,
        town=growth.town[unit_cell],
        persons=unit_persons,
        ages=unit_persons[:, None] * shares[unit_parish],
        growth=growth,
    )


@lru_cache(maxsize=1)
def _settled_land(land: Land) -> npt.NDArray[np.bool_]:
    """Return which land cells lie on a piece of land that holds a town, a hamlet or a crossing's end.

    The others are islets where nobody is taken to live (unless a parish has nothing else).
    """
    from scipy.ndimage import label

    piece = label(land.index >= 0)[0][land.row, land.column]
    points = [(t.lat, t.lon) for t in (*towns(), *hamlets())] + [end for c in crossings() for end in c.ends]
    row, column = land.grid.row_column(*to_metres(*np.array(points).T))
    fits = (row >= 0) & (row < land.grid.rows) & (column >= 0) & (column < land.grid.columns)
    cell = land.index[row[fits], column[fits]]
    settled: npt.NDArray[np.bool_] = np.isin(piece, piece[cell[cell >= 0]])
    return settled


def _parish_ages(municipality: Municipality, chosen: Sequence[Parish], persons: FloatArray) -> FloatArray:
    """Return persons by parish and age band: the parishes' ages of 2014 raked to the municipality's of 2020."""
    fallback = tuple(max(1, n) for n in municipality.ages_2014)
    table = np.array([p.ages_2014 if p.ages_2014 and sum(p.ages_2014) else fallback for p in chosen], np.float64)
    table = np.maximum(table, 0.5)
    bands = np.array(municipality.ages_2020, np.float64)
    bands *= persons.sum() / bands.sum()
    for _ in range(50):
        table *= bands / table.sum(axis=0)
        table *= (persons / table.sum(axis=1))[:, None]
    return table


def in_town_roughly(land: Land, where: Sequence[Town], area_km2: Sequence[float]) -> npt.NDArray[np.bool_]:
    """Return which land cells lie in a disc of the town's area round its point: towns driven through elsewhere."""
    marked = np.zeros(len(land.row), bool)
    east, north = land.centres()
    for town, area in zip(where, area_km2, strict=True):
        x, y = point_metres(town.lat, town.lon)
        radius = 1000 * np.sqrt(area / np.pi)
        marked |= (np.abs(east - x) <= radius) & (np.hypot(east - x, north - y) <= radius)
    return marked
