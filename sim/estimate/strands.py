"""All tours of a year in a few strands: tours that meet the same price and rules, with their distances as weights."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from sim.demand.model import DemandModel
from sim.demand.places import free_pairs, plustur_pairs
from sim.demand.requests import PlaceClass
from sim.demand.trip_pattern import KIND_CLASS, TourKind
from sim.estimate.approach import near_s
from sim.geography.region import Region
from sim.plustur.moved import moving_ends
from tariffs.fare import METRES, counted_kilometres
from tariffs.switches import KilometreCounting

GRID = 1009
"""Places in the grid over which pairs are taken that the generator draws in steps (free destinations, plustur)."""
GOLDEN = 0.6180339887498949
LOCAL = (TourKind.IN_TOWN, TourKind.INSIDE)


@dataclass(frozen=True, eq=False)
class Ways:
    """Where the tours of one strand go: distinct fare distances with their shares, and the mean direct drive.

    ``near_s`` is how far away a vehicle is on average (`sim.estimate.approach`) at the origin and at the destination.
    """

    share: float
    metres: NDArray[np.int64]
    weight: NDArray[np.float64]
    direct_s: float
    near_s: tuple[float, float]


@dataclass(frozen=True, eq=False)
class Strand:
    """Tours of one family (ordinary, visits to a free destination, plustur) that meet the same price and rules.

    ``tours`` a year, whether or not they accept; ``legs`` trips each; ``town_share`` the share of the family's tours that
    go within a town area.
    """

    kind: TourKind
    tours: float
    legs: float
    ways: Ways
    town_share: float
    both_in_towns: bool
    free_destination: int = -1
    free_only: bool = False
    plustur: bool = False
    moves_to_plustur: bool = False

    @property
    def near_s(self) -> float:
        """How far away a vehicle is on average at the pickups: the origin on the way out, the destination on the way home."""
        out, home = self.ways.near_s
        return (out + (self.legs - 1.0) * home) / self.legs


@dataclass(frozen=True, eq=False)
class Strands:
    """The strands in columns, as `sim.choice` reads where trips go."""

    rows: tuple[Strand, ...]

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def place_class(self) -> NDArray[np.int8]:
        """Place class of each strand."""
        return np.array([KIND_CLASS[s.kind] for s in self.rows], dtype=np.int8)

    @property
    def both_in_towns(self) -> NDArray[np.bool_]:
        """Whether both ends lie in town areas."""
        return np.array([s.both_in_towns for s in self.rows], dtype=bool)

    @property
    def free_destination(self) -> NDArray[np.int8]:
        """Index of the free destination at one end, -1 for none."""
        return np.array([s.free_destination for s in self.rows], dtype=np.int8)

    @property
    def plustur(self) -> NDArray[np.bool_]:
        """Which strands are plustur."""
        return np.array([s.plustur for s in self.rows], dtype=bool)

    @property
    def moves_to_plustur(self) -> NDArray[np.bool_]:
        """Which strands take plustur where it is offered."""
        return np.array([s.moves_to_plustur for s in self.rows], dtype=bool)

    @property
    def trips_wanted(self) -> NDArray[np.float64]:
        """Trips a year that somebody would like to make."""
        return np.array([s.tours * s.legs for s in self.rows])


@dataclass(frozen=True, eq=False)
class Ground:
    """The ways of ordinary tours by kind: what depends on the trip pattern alone, worth keeping between estimates.

    ``parts`` are (kind, both ends in towns, free destination, touches a place that plustur serves, ways); shares of a kind
    sum to 1.
    """

    parts: tuple[tuple[TourKind, bool, int, bool, Ways], ...]


def ground(model: DemandModel, counting: KilometreCounting) -> Ground:
    """Return where ordinary tours go."""
    return Ground(tuple(_ordinary(model, counting)))


def strands(model: DemandModel, counting: KilometreCounting, over: Ground | None = None) -> Strands:
    """Return all strands of a demand; ``over`` is its ground, when it is known already."""
    over = over or ground(model, counting)
    legs = 1.0 + model.assumptions.number("return_share")
    total = model.rates.total
    town = model.rates.by_kind[TourKind.IN_TOWN] / total if total else 0.0
    moving = 0.0
    if model.plustur is not None:
        moving = (1.0 - model.assumptions.number("standing_share")) * model.plustur.moving_share
    rows = []
    for kind, both, free, served, ways in over.parts:
        tours = model.rates.by_kind[kind] * ways.share
        for moves, share in ((False, 1.0 - moving * served), (True, moving * served)):
            each = legs if kind in LOCAL else 1.0
            rows.append(Strand(kind, tours * share, each, ways, town, both, free, moves_to_plustur=moves))
    grid = (np.arange(GRID) + 0.5) / GRID
    for index, free_place in enumerate(model.free_destinations):
        if free_place.known_tours > 0 or free_place.extra_tours > 0:
            pairs = free_pairs(model, index, grid)
            for tours, only in ((free_place.known_tours, False), (free_place.extra_tours, True)):
                rows += _family(model.region, counting, pairs, tours, legs, free=index, free_only=only)
    if model.plustur is not None and model.plustur.tours > 0:
        _, homes, _ = model.plustur.search(grid)
        kinds, destination = plustur_pairs(model, homes, np.mod(np.arange(GRID) * GOLDEN, 1.0).astype(np.float64))
        rows += _family(model.region, counting, (kinds, homes, destination), model.plustur.tours, legs, plustur=True)
    return Strands(tuple(row for row in rows if row.tours > 0))


def _ordinary(model: DemandModel, counting: KilometreCounting) -> Iterator[tuple[TourKind, bool, int, bool, Ways]]:
    region = model.region
    in_zone = region.zone >= 0
    for kind, pairs in zip(TourKind, model.pattern.pairs, strict=True):
        if pairs is None:
            continue
        weight = np.diff(pairs.cumulative, prepend=0.0)
        both = in_zone[pairs.origin] & in_zone[pairs.destination]
        groups = [(-1, weight)]
        if kind in LOCAL:
            # As `free_ends` tells them: who goes to a place visits its first free destination with that one's share.
            left = weight.copy()
            groups = []
            for index, free in enumerate(model.free_destinations):
                there = np.where(pairs.destination == free.place, left * free.share, 0.0)
                left = left - there
                groups.append((index, there))
            groups.append((-1, left))
        served = np.zeros(len(both), dtype=bool)
        if model.plustur is not None and kind in LOCAL:
            ends = moving_ends(model.plustur, region.inside)
            served = ends[pairs.origin] | ends[pairs.destination]
        for free_index, part in groups:
            for inside_towns, touches in product((False, True), (False, True)):
                mine = (both == inside_towns) & (served == touches)
                ways = _ways(region, counting, pairs.origin[mine], pairs.destination[mine], part[mine])
                if ways is not None:
                    yield kind, inside_towns, free_index, touches, ways


def _family(
    region: Region,
    counting: KilometreCounting,
    pairs: tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]],
    tours: float,
    legs: float,
    *,
    free: int = -1,
    free_only: bool = False,
    plustur: bool = False,
) -> list[Strand]:
    """Return the strands of tours whose pairs are given one for one, equally likely."""
    kinds, origin, destination = pairs
    in_zone = region.zone >= 0
    both = in_zone[origin] & in_zone[destination]
    town = float((kinds == TourKind.IN_TOWN).mean())
    rows = []
    for kind in LOCAL:
        for inside_towns in (False, True):
            mine = (kinds == kind) & (both == inside_towns)
            ways = _ways(region, counting, origin[mine], destination[mine], np.full(int(mine.sum()), 1.0 / len(kinds)))
            if ways is not None:
                rows.append(Strand(kind, tours * ways.share, legs, ways, town, inside_towns, free, free_only, plustur))
    return rows


def _ways(
    region: Region,
    counting: KilometreCounting,
    origin: NDArray[np.int32],
    destination: NDArray[np.int32],
    weight: NDArray[np.float64],
) -> Ways | None:
    """Gather pairs into distinct distances: whole counted kilometres, or metres where those are paid for."""
    share = float(weight.sum())
    if share <= 0:
        return None
    metres = region.fare_distance_m[origin, destination].astype(np.int64)
    direct = float(weight @ region.drive_s[origin, destination]) / share
    near = near_s(region)
    ends = float(weight @ near[origin]) / share, float(weight @ near[destination]) / share
    if counting != "exact":
        by_km = np.bincount(counted_kilometres(metres, counting), weights=weight)
        paid = np.flatnonzero(by_km)
        return Ways(share, paid * METRES, by_km[paid] / share, direct, ends)
    distinct, where = np.unique(metres, return_inverse=True)
    return Ways(share, distinct, np.bincount(where, weights=weight) / share, direct, ends)


def class_of(strand: Strand) -> PlaceClass:
    """Return the place class of a strand."""
    return KIND_CLASS[strand.kind]
