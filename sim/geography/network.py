"""The graph people are driven on: steps between land cells in 32 directions, plus bridges and ferries."""

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from sim.geography.land import CELL_M, IntArray, Land
from sim.geography.projection import FloatArray, to_metres
from sim.geography.records import Crossing
from tariffs.errors import About, InputError

Ferries = Literal["road_first", "all_year", "with_summer"]
"""``road_first``: a ferry is taken only where there is no way without it, as in the published road distance tables;
``all_year``: all-year ferries are part of the road; ``with_summer``: summer ferries too."""
FERRY_PENALTY = 1e7
"""Added to every ferry's weight under ``road_first`` and taken off again; longer than any way without a ferry."""

# Half of the 32 directions; each edge serves both ways.
_SHORT_STEPS = ((0, 1), (1, 0), (1, 1), (1, -1), (1, 2), (2, 1), (1, -2), (2, -1))
_LONG_STEPS = ((1, 3), (3, 1), (1, -3), (3, -1), (2, 3), (3, 2), (2, -3), (3, -2))

END_AWAY_M = 1_500.0
"""A crossing is used when land cells lie this near to both its ends."""


@dataclass(frozen=True)
class Speeds:
    """Driving speeds in km/h on roads in towns and in the country.

    The defaults are averages over a whole drive, stops at junctions included.
    """

    town_kmh: float = 30.0
    country_kmh: float = 60.0

    def __post_init__(self) -> None:
        for name, value in (("town_kmh", self.town_kmh), ("country_kmh", self.country_kmh)):
            if not math.isfinite(value) or not 5 <= value <= 130:
                raise InputError(
                    f"Farten {name} = {value} kan ikke bruges",
                    where="Speeds",
                    why="en gennemsnitsfart skal ligge mellem 5 og 130 km/t",
                    next_step="ret farten",
                )


@dataclass(frozen=True)
class RoadFactor:
    """Road distance over land path: ``long`` on long trips, ``short_extra`` more on the very shortest.

    The extra falls to 37 % over ``scale_km`` (docs/geography.md says how the numbers were found and how wrong they are).
    """

    long: float = 1.16
    short_extra: float = 0.18
    scale_km: float = 12.0

    def __post_init__(self) -> None:
        if not (1 <= self.long <= 3 and 0 <= self.short_extra <= 2 and 0.1 <= self.scale_km <= 1000):
            raise InputError(
                f"Vejfaktoren {self.long:g}, {self.short_extra:g}, {self.scale_km:g} kan ikke bruges",
                where="road_distance_factor",
                about=About("assumptions", ("road_distance_factor",)),
                why="en vej er mindst så lang som den korteste vej over land: første tal 1-3, andet 0-2, tredje 0,1-1000 km",
                next_step="ret de tre tal",
            )

    def of(self, path_m: FloatArray) -> FloatArray:
        """Return road distance over land path for land paths in metres."""
        factor: FloatArray = self.long + self.short_extra * np.exp(-path_m / (1000 * self.scale_km))
        return factor


@dataclass(frozen=True)
class Joint:
    """A join of two of the network's cells over water; ``time_s`` None: driven like a road."""

    a: int
    b: int
    length_m: float
    time_s: float | None
    ferry: bool


@dataclass(frozen=True, eq=False)
class Network:
    """Edges between the chosen land cells (numbered 0..n-1 in the order of ``cells``), each listed once.

    ``length_m`` is the land path; ``road`` is False for crossings, which keep their own ``crossing_s``.
    """

    cells: IntArray
    start: IntArray
    end: IntArray
    length_m: FloatArray
    road: npt.NDArray[np.bool_]
    crossing_s: FloatArray
    ferry: npt.NDArray[np.bool_]
    links: tuple[tuple[str, float], ...]

    def matrix(self, weight: FloatArray) -> Any:
        """Return the symmetric scipy matrix of one weight per edge; the lightest of parallel edges counts."""
        from scipy.sparse import csr_matrix

        size = len(self.cells)
        low, high = np.minimum(self.start, self.end), np.maximum(self.start, self.end)
        order = np.lexsort((weight, high, low))
        keep = order[np.r_[True, (np.diff(low[order]) != 0) | (np.diff(high[order]) != 0)]]
        a, b, w = low[keep], high[keep], weight[keep]
        return csr_matrix((np.r_[w, w], (np.r_[a, b], np.r_[b, a])), (size, size))

    def time_s(self, in_town: npt.NDArray[np.bool_], speeds: Speeds, road: RoadFactor) -> FloatArray:
        """Return seconds per edge with the long-distance road factor; ``in_town`` runs over all land cells.

        An edge with one end in town is driven half at each speed.
        """
        pace = np.where(in_town[self.cells], 3.6 / speeds.town_kmh, 3.6 / speeds.country_kmh)
        driven = self.length_m * road.long * (pace[self.start] + pace[self.end]) / 2
        seconds: FloatArray = np.where(self.road, driven, self.crossing_s)
        return seconds


def usable_crossings(crossings: Iterable[Crossing], year: int, ferries: Ferries = "road_first") -> tuple[Crossing, ...]:
    """Return the crossings open on 1 July of ``year``; summer ferries only when asked for."""
    return tuple(
        c
        for c in crossings
        if (c.open_from or "0000").ljust(10, "-") <= f"{year:04d}-07-01" and (c.all_year or ferries == "with_summer")
    )


def _steps(index: IntArray) -> tuple[list[IntArray], list[IntArray], list[FloatArray]]:
    """Return the edges over land: a long step needs every cell that its line passes through to be land.

    A diagonal step to the corner neighbour needs one of the two cells beside the corner.
    """
    land = np.pad(index >= 0, 3)
    row, column = np.nonzero(index >= 0)

    def is_land(down: int, right: int) -> npt.NDArray[np.bool_]:
        found: npt.NDArray[np.bool_] = land[row + 3 + down, column + 3 + right]
        return found

    starts, ends, lengths = [], [], []
    for down, right in (*_SHORT_STEPS, *_LONG_STEPS):
        free = is_land(down, right)
        if abs(down) == abs(right) == 1:
            free = free & (is_land(down, 0) | is_land(0, right))
        for between in cells_passed(down, right):
            free = free & is_land(*between)
        starts.append(index[row[free], column[free]])
        ends.append(index[row[free] + down, column[free] + right])
        lengths.append(np.full(int(free.sum()), CELL_M * math.hypot(down, right)))
    return starts, ends, lengths


def cells_passed(down: int, right: int) -> list[tuple[int, int]]:
    """Return the cells whose inside the line from centre (0, 0) to centre (down, right) crosses, ends left out.

    >>> cells_passed(1, 2)
    [(0, 1), (1, 1)]
    >>> cells_passed(1, 1)
    []
    """
    passed: dict[tuple[int, int], None] = {}
    cuts = sorted(
        {(2 * k + 1) / (2 * abs(down)) for k in range(abs(down))}
        | {(2 * k + 1) / (2 * abs(right)) for k in range(abs(right))}
    )
    for low, high in itertools.pairwise(cuts):
        middle = (low + high) / 2
        passed[(math.floor(down * middle + 0.5), math.floor(right * middle + 0.5))] = None
    return [cell for cell in passed if cell not in {(0, 0), (down, right)}]


def build_network(
    land: Land,
    chosen: npt.NDArray[np.bool_],
    crossings: Sequence[Crossing],
    must_reach: npt.NDArray[np.bool_] | None = None,
) -> Network:
    """Return the graph over the ``chosen`` land cells.

    Where a cell of ``must_reach`` (over all land cells) has no way to the largest piece of land, the two nearest cells
    are joined by a straight link at road speed, named in ``links`` with its length in metres: an islet or a spit that the data cut off.
    """
    cells = np.nonzero(chosen)[0].astype(np.int32)
    number = np.full(len(land.row), -1, np.int32)
    number[cells] = np.arange(len(cells), dtype=np.int32)
    index = np.where(land.index >= 0, number[land.index], -1).astype(np.int32)
    starts, ends, lengths = _steps(index)
    start, end, length = np.concatenate(starts), np.concatenate(ends), np.concatenate(lengths)
    east, north = (a[cells] for a in land.centres())

    def nearest(point: tuple[float, float]) -> tuple[int, float]:
        x, y = to_metres(*point)
        away = np.hypot(east - float(x), north - float(y))
        return int(np.argmin(away)), float(away.min())

    joints: list[Joint] = []
    for crossing in sorted(crossings, key=lambda c: (c.kind == "ferry", c.id)):
        (a, away_a), (b, away_b) = (nearest(point) for point in crossing.ends)
        if max(away_a, away_b) > END_AWAY_M or a == b:
            continue  # an end lies outside the chosen cells, or both in one cell: nothing to cross
        joints.append(Joint(a, b, crossing.length_m, crossing.time_s, crossing.kind == "ferry"))
    links = []
    if must_reach is not None:
        piece = pieces(len(cells), start, end, joints)
        main = int(np.bincount(piece).argmax())
        for other in np.unique(piece[must_reach[cells] & (piece != main)]):
            a, b, gap = _closest(piece == other, piece == main, east, north)
            joints.append(Joint(a, b, gap, None, False))
            links.append((land.parish_codes[land.parish[cells[a]]], float(gap)))
    return Network(
        cells=cells,
        start=np.r_[start, [j.a for j in joints]].astype(np.int32),
        end=np.r_[end, [j.b for j in joints]].astype(np.int32),
        length_m=np.r_[length, [j.length_m for j in joints]].astype(np.float64),
        road=np.r_[np.ones(len(start)), [j.time_s is None for j in joints]].astype(np.bool_),
        crossing_s=np.r_[np.zeros(len(start)), [j.time_s or 0.0 for j in joints]].astype(np.float64),
        ferry=np.r_[np.zeros(len(start)), [j.ferry for j in joints]].astype(np.bool_),
        links=tuple(links),
    )


def pieces(size: int, start: IntArray, end: IntArray, joints: Sequence[Joint]) -> IntArray:
    """Return a number per cell: which connected piece of land, joints included, it belongs to."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import connected_components

    a = np.r_[start, [j.a for j in joints]].astype(np.int32)
    b = np.r_[end, [j.b for j in joints]].astype(np.int32)
    graph = csr_matrix((np.ones(len(a), np.int8), (a, b)), (size, size))
    found: IntArray = connected_components(graph, directed=False)[1]
    return found


def _closest(
    these: npt.NDArray[np.bool_], those: npt.NDArray[np.bool_], east: FloatArray, north: FloatArray
) -> tuple[int, int, float]:
    from scipy.spatial import cKDTree

    here, there = np.nonzero(these)[0], np.nonzero(those)[0]
    tree = cKDTree(np.stack([east[there], north[there]], axis=1))
    away, which = tree.query(np.stack([east[here], north[here]], axis=1))
    best = int(np.argmin(away))
    return int(here[best]), int(there[int(which[best])]), float(away[best])
