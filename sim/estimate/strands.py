"""All tours of a year in a few strands: tours that meet the same price and rules, with their distances as weights."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.estimate.ground import ELSEWHERE, Ordinary
from sim.estimate.lines import Lines, Where
from sim.estimate.ways import Floats, Ways, ways_of
from sim.geography.town_line import TownLine
from sim.riders.demand.model import DemandModel
from sim.riders.demand.places import free_pairs, plustur_pairs
from sim.riders.demand.requests import PlaceClass
from sim.riders.demand.trip_pattern import LOCAL, TourKind
from tariffs.switches import KilometreCounting

GRID = 1009
"""Places in the grid over which pairs are taken that the generator draws in steps (free destinations, plustur)."""
GOLDEN = 0.6180339887498949
Pairs = tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]


@dataclass(frozen=True, eq=False)
class Strand:
    """Tours of one family (ordinary, visits to a free destination, plustur) that meet the same price and rules.

    The numbers are float64 (draws,): ``tours`` a year, whether or not they accept; ``legs`` trips each; ``stays_share`` the share
    of the family's tours that stay within a town (`TourKind.TOWN`). ``where`` is how the town lines place them.
    """

    kind: TourKind
    tours: Floats
    legs: Floats
    ways: Ways
    stays_share: Floats
    where: Where
    free_destination: int = -1
    free_only: bool = False
    plustur: bool = False
    moves_to_plustur: bool = False

    @property
    def near_s(self) -> Floats:
        """How far away a vehicle is on average at the pickups: the origin on the way out, the destination on the way home."""
        out, home = self.ways.near_s
        return (out + (self.legs - 1.0) * home) / self.legs


@dataclass(frozen=True, eq=False)
class Strands:
    """The strands in columns, as `sim.study.choice` reads where trips go under one of the ``lines``: number ``line``."""

    rows: tuple[Strand, ...]
    lines: Lines
    line: int = 0

    def under(self, line: TownLine) -> "Strands":
        """Return the same strands as another town line places them."""
        return replace(self, line=self.lines.number(line))

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def place_class(self) -> NDArray[np.int8]:
        """Place class of each strand."""
        return np.array([class_of(s, self.line) for s in self.rows], dtype=np.int8)

    @property
    def both_in_towns(self) -> NDArray[np.bool_]:
        """Whether both ends lie in town areas."""
        return np.array([s.where.both_in_towns[self.line] for s in self.rows], dtype=bool)

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
    def trips_wanted(self) -> Floats:
        """Trips a year that somebody would like to make, (strands, draws)."""
        return np.array([s.tours * s.legs for s in self.rows])


def strands(models: Sequence[DemandModel], counting: KilometreCounting, over: Ordinary) -> Strands:
    """Return the strands of a year's demand under some draws, those that have no tours under any left out."""
    first = models[0]

    def column(values: Sequence[float]) -> Floats:
        return np.array(values, dtype=np.float64)

    rates = np.array([model.rates.by_kind for model in models]).T
    total = rates.sum(axis=0)
    stays = np.divide(rates[TourKind.TOWN], total, out=np.zeros_like(total), where=total > 0)
    legs = column([1.0 + model.assumptions.number("return_share") for model in models])
    moving = np.zeros(len(models))
    if first.plustur is not None:
        moving = column([_moving(model) for model in models])
    rows = []
    for group, ways in over.parts:
        left = rates[group.kind] * ways.share
        each = legs if group.kind in LOCAL else np.ones(len(models))
        # As `free_ends` tells them: who goes to a place visits its first free destination with that one's share.
        families = []
        if group.place != ELSEWHERE:
            for index, free in enumerate(first.free_destinations):
                if free.place == group.place:
                    share = column([model.free_destinations[index].share for model in models])
                    families.append((index, left * share))
                    left = left * (1.0 - share)
        for index, tours in (*families, (-1, left)):
            for moves, part in ((False, 1.0 - moving * group.served), (True, moving * group.served)):
                rows.append(
                    Strand(group.kind, tours * part, each, ways, stays, group.where, index, moves_to_plustur=moves)
                )
    grid = (np.arange(GRID) + 0.5) / GRID
    for index in range(len(first.free_destinations)):
        visits = [model.free_destinations[index] for model in models]
        known, extra = column([v.known_tours for v in visits]), column([v.extra_tours for v in visits])
        if known.any() or extra.any():
            pairs = [free_pairs(model, index, grid) for model in models]
            for tours, only in ((known, False), (extra, True)):
                rows += _family(first, over.lines, counting, pairs, tours, legs, free=index, free_only=only)
    tours = column([0.0 if model.plustur is None else model.plustur.tours for model in models])
    if tours.any():
        going = [_plustur_pairs(model, grid) for model in models]
        rows += _family(first, over.lines, counting, going, tours, legs, plustur=True)
    return Strands(tuple(row for row in rows if row.tours.any()), over.lines)


def _moving(model: DemandModel) -> float:
    assert model.plustur is not None
    return (1.0 - model.assumptions.number("standing_share")) * model.plustur.moving_share


def _plustur_pairs(model: DemandModel, grid: Floats) -> Pairs:
    assert model.plustur is not None
    _, homes, _ = model.plustur.search(grid)
    kinds, destination = plustur_pairs(model, homes, np.mod(np.arange(GRID) * GOLDEN, 1.0).astype(np.float64))
    return kinds, homes, destination


def _family(
    model: DemandModel,
    lines: Lines,
    counting: KilometreCounting,
    pairs: Sequence[Pairs],
    tours: Floats,
    legs: Floats,
    *,
    free: int = -1,
    free_only: bool = False,
    plustur: bool = False,
) -> list[Strand]:
    """Return the strands of tours whose pairs are given one for one under each draw, equally likely."""
    places = len(model.region)
    codes = np.array([origin.astype(np.int64) * places + destination for _, origin, destination in pairs])
    distinct, number = np.unique(codes, return_inverse=True)
    number = number.reshape(codes.shape)
    origin, destination = np.divmod(distinct, places)
    kinds = np.zeros(len(distinct), dtype=np.int64)
    kinds[number.ravel()] = np.concatenate([kind for kind, _, _ in pairs])
    weight = np.array([np.bincount(row, minlength=len(distinct)) for row in number]) / GRID
    stays = weight @ (kinds == TourKind.TOWN)
    rows = []
    for where, chance in lines.split(origin, destination):
        for kind in LOCAL:
            mine = np.flatnonzero((kinds == kind) & (chance > 0))
            if len(mine):
                ways = ways_of(
                    model.region, counting, (origin[mine], destination[mine]), weight[:, mine] * chance[mine]
                )
                rows.append(Strand(kind, tours * ways.share, legs, ways, stays, where, free, free_only, plustur))
    return rows


def class_of(strand: Strand, line: int = 0) -> PlaceClass:
    """Return the place class of a strand under one of its lines; the reference's is number 0."""
    if strand.kind not in LOCAL:
        return PlaceClass.ACROSS
    return PlaceClass.IN_TOWN if strand.where.in_town[line] else PlaceClass.INSIDE
