"""All tours of a year in a few strands: tours that meet the same price and rules, with their distances as weights."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.estimate.approach import near_s
from sim.geography.region import Region
from sim.geography.town_line import NOWHERE, TownLine, place_shares
from sim.riders.demand.model import DemandModel
from sim.riders.demand.places import free_pairs, plustur_pairs
from sim.riders.demand.requests import PlaceClass
from sim.riders.demand.trip_pattern import LOCAL, TourKind
from sim.riders.plustur.moved import moving_ends
from tariffs.fare import METRES, counted_kilometres
from tariffs.switches import KilometreCounting

GRID = 1009
"""Places in the grid over which pairs are taken that the generator draws in steps (free destinations, plustur)."""
GOLDEN = 0.6180339887498949


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

    ``tours`` a year, whether or not they accept; ``legs`` trips each; ``stays_share`` the share of the family's tours that
    stay within a town (`TourKind.TOWN`); ``where`` how the town lines place it.
    """

    kind: TourKind
    tours: float
    legs: float
    ways: Ways
    stays_share: float
    where: "Where"
    free_destination: int = -1
    free_only: bool = False
    plustur: bool = False
    moves_to_plustur: bool = False

    @property
    def near_s(self) -> float:
        """How far away a vehicle is on average at the pickups: the origin on the way out, the destination on the way home."""
        out, home = self.ways.near_s
        return (out + (self.legs - 1.0) * home) / self.legs


@dataclass(frozen=True)
class Where:
    """How each town line of a study places a trip, in the order of `Lines.lines`: in town, and both ends in town areas."""

    in_town: tuple[bool, ...]
    both_in_towns: tuple[bool, ...]


@dataclass(frozen=True, eq=False)
class Lines:
    """The distinct town lines of a study, the reference's first, and how the points of its places fall among them.

    ``shares`` float64 (places, signatures): a signature is one combination of the town areas of all lines. ``pairs`` are
    the ways in which the lines can place a trip, each with the signatures of the two ends that give it, bool (g, g).
    """

    lines: tuple[TownLine, ...]
    shares: NDArray[np.float64]
    pairs: tuple[tuple[Where, NDArray[np.bool_]], ...]

    def number(self, line: TownLine) -> int:
        """Return which of the lines runs as this one does."""
        return next(n for n, other in enumerate(self.lines) if other.mark == line.mark)

    def split(
        self, origin: NDArray[np.int32], destination: NDArray[np.int32]
    ) -> Iterator[tuple[Where, NDArray[np.float64]]]:
        """Yield every way to be placed with the chance that a trip between each pair of places is placed so."""
        start, end = self.shares[origin], self.shares[destination]
        for where, ends in self.pairs:
            chance = ((start @ ends.astype(np.float64)) * end).sum(axis=1)
            if chance.any():
                yield where, chance


def lines_of(region: Region, reference: TownLine, options: Sequence[TownLine], *, any_town: bool) -> Lines:
    """Return the lines of a study as strands are split by them."""
    distinct = {line.mark: line for line in (reference, *options)}
    signatures, number = _signatures([line.zone_of_point.reshape(-1) for line in distinct.values()])
    outside, of_point = int(number[0]), number[1:].reshape(reference.zone_of_point.shape)
    start, end = signatures[:, None, :], signatures[None, :, :]
    both = (start >= 0) & (end >= 0)
    town = both & (any_town | (start == end))
    ways: dict[Where, NDArray[np.bool_]] = {}
    for g in range(len(signatures)):
        for h in range(len(signatures)):
            where = Where(tuple(town[g, h].tolist()), tuple(both[g, h].tolist()))
            ways.setdefault(where, np.zeros((len(signatures), len(signatures)), bool))[g, h] = True
    shares = place_shares(region, of_point, len(signatures))
    shares[~region.inside, outside] = 1.0
    return Lines(tuple(distinct.values()), shares, tuple(ways.items()))


def _signatures(zones: Sequence[NDArray[np.int8]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the combinations of town areas (signatures, lines), in order, and which of them each point has.

    ``zones`` are each line's town areas of the points; a point before the first one lies in none of any line.
    """
    signatures = np.zeros((1, 0), dtype=np.int64)
    number = np.zeros(len(zones[0]) + 1, dtype=np.int64)
    for line in zones:
        areas = int(line.max(initial=NOWHERE)) - NOWHERE + 1
        code = number * areas + np.r_[NOWHERE, line.astype(np.int64)] - NOWHERE
        met = np.flatnonzero(np.bincount(code))
        signatures = np.column_stack([signatures[met // areas], met % areas + NOWHERE])
        place = np.zeros(int(met[-1]) + 1, dtype=np.int64)
        place[met] = np.arange(len(met))
        number = place[code]
    return signatures, number


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
    def trips_wanted(self) -> NDArray[np.float64]:
        """Trips a year that somebody would like to make."""
        return np.array([s.tours * s.legs for s in self.rows])


RestsOn = tuple[Region, str, tuple[tuple[int, float], ...], tuple[int, ...] | None]


@dataclass(frozen=True, eq=False)
class Ground:
    """The ways of ordinary tours by kind: what few assumptions change, worth keeping between estimates of one study.

    ``parts`` are (kind, where, free destination, touches a place that plustur serves, ways); shares of a kind sum to 1.
    ``rests_on`` is the geography, the trip pattern's mark, the free destinations with their shares, and plustur's transfer points.
    """

    lines: Lines
    parts: tuple[tuple[TourKind, Where, int, bool, Ways], ...]
    rests_on: RestsOn

    def is_of(self, model: DemandModel) -> bool:
        """Return whether ordinary tours go the same ways under another demand of the study."""
        return self.rests_on == _rests_on(model)


def _rests_on(model: DemandModel) -> RestsOn:
    transfers = None if model.plustur is None else tuple(model.plustur.transfers.tolist())
    return model.region, model.pattern.mark, tuple((f.place, f.share) for f in model.free_destinations), transfers


def ground(
    model: DemandModel, options: Sequence[TownLine], counting: KilometreCounting, earlier: Ground | None = None
) -> Ground:
    """Return where ordinary tours go; ``options`` are the options' town lines.

    ``earlier`` is a ground of the same study under other assumptions: what holds still is taken from it.
    """
    if earlier is None:
        lines = lines_of(model.region, model.line, options, any_town=model.any_town)
    elif earlier.is_of(model):
        return earlier
    else:
        lines = earlier.lines
    return Ground(lines, tuple(_ordinary(model, lines, counting)), _rests_on(model))


def strands(model: DemandModel, counting: KilometreCounting, over: Ground) -> Strands:
    """Return the strands of a year's demand over its ground, those of no tours left out."""
    total = model.rates.total
    stays = model.rates.by_kind[TourKind.TOWN] / total if total else 0.0
    legs = 1.0 + model.assumptions.number("return_share")
    moving = 0.0
    if model.plustur is not None:
        moving = (1.0 - model.assumptions.number("standing_share")) * model.plustur.moving_share
    rows = []
    for kind, where, free, served, ways in over.parts:
        tours = model.rates.by_kind[kind] * ways.share
        for moves, share in ((False, 1.0 - moving * served), (True, moving * served)):
            each = legs if kind in LOCAL else 1.0
            rows.append(Strand(kind, tours * share, each, ways, stays, where, free, moves_to_plustur=moves))
    grid = (np.arange(GRID) + 0.5) / GRID
    for index, free_place in enumerate(model.free_destinations):
        if free_place.known_tours > 0 or free_place.extra_tours > 0:
            pairs = free_pairs(model, index, grid)
            for tours, only in ((free_place.known_tours, False), (free_place.extra_tours, True)):
                rows += _family(model, over.lines, counting, pairs, tours, legs, free=index, free_only=only)
    if model.plustur is not None and model.plustur.tours > 0:
        _, homes, _ = model.plustur.search(grid)
        kinds, destination = plustur_pairs(model, homes, np.mod(np.arange(GRID) * GOLDEN, 1.0).astype(np.float64))
        rows += _family(
            model, over.lines, counting, (kinds, homes, destination), model.plustur.tours, legs, plustur=True
        )
    return Strands(tuple(row for row in rows if row.tours > 0), over.lines)


def _ordinary(
    model: DemandModel, lines: Lines, counting: KilometreCounting
) -> Iterator[tuple[TourKind, Where, int, bool, Ways]]:
    region = model.region
    for kind, pairs in zip(TourKind, model.pattern.pairs, strict=True):
        if pairs is None:
            continue
        weight = pairs.steps
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
        served = np.zeros(len(weight), dtype=bool)
        if model.plustur is not None and kind in LOCAL:
            ends = moving_ends(model.plustur, region.inside)
            served = ends[pairs.origin] | ends[pairs.destination]
        for where, chance in lines.split(pairs.origin, pairs.destination):
            for free_index, part in groups:
                for touches in (False, True) if served.any() else (False,):
                    mine = np.flatnonzero((chance > 0) & (served == touches) & (part > 0))
                    ways = _ways(region, counting, pairs.origin[mine], pairs.destination[mine], (part * chance)[mine])
                    if ways is not None:
                        yield kind, where, free_index, touches, ways


def _family(
    model: DemandModel,
    lines: Lines,
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
    stays = float((kinds == TourKind.TOWN).mean())
    rows = []
    for where, chance in lines.split(origin, destination):
        for kind in LOCAL:
            mine = np.flatnonzero((kinds == kind) & (chance > 0))
            ways = _ways(model.region, counting, origin[mine], destination[mine], chance[mine] / len(kinds))
            if ways is not None:
                rows.append(Strand(kind, tours * ways.share, legs, ways, stays, where, free, free_only, plustur))
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


def class_of(strand: Strand, line: int = 0) -> PlaceClass:
    """Return the place class of a strand under one of its lines; the reference's is number 0."""
    if strand.kind not in LOCAL:
        return PlaceClass.ACROSS
    return PlaceClass.IN_TOWN if strand.where.in_town[line] else PlaceClass.INSIDE
