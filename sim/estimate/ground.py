"""Where ordinary tours go, gathered by distance, so that the weights of a draw are sums over distances and not over pairs.

What a pair of places weighs is (`sim.riders.demand.trip_pattern`)

    riders at the origin x pull of the destination x f(distance),   pull = (1 - private) x visits + private x addresses

and only ``private`` and f are a draw's own. So the riders times the visits, and times the addresses, are summed once for each
distance; a draw then takes f at the distances. Tours within a town weigh ``town_trip_factor`` times as much, all of them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.estimate.approach import near_s
from sim.estimate.lines import Lines, Where, lines_of
from sim.estimate.ways import Floats, Ways, means, paid_metres, starts_of
from sim.geography.cache import name_of
from sim.geography.region import Region
from sim.geography.town_line import TownLine
from sim.inputs.assumptions import Assumptions
from sim.riders.demand.pattern_sums import Part, PatternSums
from sim.riders.demand.trip_pattern import LOCAL, Tilt, TourKind, Weights, homes, older_share, pull_of, pulls, same_town
from sim.study.free_destinations import free_places
from sim.study.plustur import ends_of_plustur
from sim.study.study import Study
from tariffs.switches import KilometreCounting

Ints = NDArray[np.int64]
BLOCK = 16
"""Draws whose weights by distance are held at once: so few that they stay in the processor's cache."""
ELSEWHERE = -1
"""Place of tours that go to no free destination."""
IN_MEMORY_MB = 48
"""What the grounds held in memory fill at most: those of all municipalities with their known town areas, and some more."""


@dataclass(frozen=True, eq=False)
class Group:
    """Ordinary tours of one kind that the lines place alike.

    Attributes
    ----------
    place : the free destination's place that they go to, ELSEWHERE for any other
    served : whether an end is one that plustur serves
    distance : int64 (cells,), which of the kind's distances each cell has; ``starts`` where each paid distance begins
    metres : int64 (paid distances,)
    visits, addresses : float64 (4, cells), what the cell's pairs weigh by either pull: in all, and times drive and nearness
    """

    kind: TourKind
    where: Where
    place: int
    served: bool
    distance: Ints
    starts: Ints
    metres: Ints
    visits: Floats
    addresses: Floats


@dataclass(frozen=True, eq=False)
class Under:
    """What a ground rests on."""

    region: Region
    older_share: float
    home_pays: bool
    any_town: bool
    places: tuple[int, ...]
    counting: KilometreCounting
    served: NDArray[np.bool_]
    lines: tuple[TownLine, ...]
    ends: NDArray[np.bool_] | None

    @classmethod
    def of(cls, study: Study) -> "Under":
        """Return what the ground of a study rests on."""
        pattern = study.pattern
        return cls(
            study.region,
            older_share(study.assumptions),
            pattern.home_pays,
            study.any_town,
            tuple(sorted(set(free_places(study)))),
            study.switches.kilometre_counting,
            pattern.served,
            (study.reference_line, *study.lines),
            ends_of_plustur(study),
        )

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for equal grounds: arrays are told apart by their marks, and a region by its name, so that it need not be held."""
        # As `lines_of` has them: which options have a line does not matter.
        lines = tuple(dict.fromkeys(line.mark for line in self.lines))
        marks = self.served.tobytes(), None if self.ends is None else self.ends.tobytes(), lines
        of = self.older_share, self.home_pays, self.any_town, self.places, self.counting
        return (name_of(self.region) or self.region, *of, *marks)


@dataclass(frozen=True, eq=False)
class Family:
    """Tours whose weight falls with distance in one way: the local ones, those out across the border, or those home.

    ``km`` are the distances there are between their places; the groups' cells point into them.
    """

    local: bool
    km: Floats
    groups: tuple[Group, ...]


@dataclass(frozen=True, eq=False)
class Ground:
    """The ordinary tours of a study in groups, whatever the draw."""

    lines: Lines
    families: tuple[Family, ...]

    @cached_property
    def nbytes(self) -> int:
        """The bytes of its arrays."""
        groups = [group for family in self.families for group in family.groups]
        arrays: list[NDArray[Any]] = [self.lines.shares, *(family.km for family in self.families)]
        for group in groups:
            arrays += [group.distance, group.starts, group.metres, group.visits, group.addresses]
        return sum(array.nbytes for array in arrays)


_kept: dict[tuple[object, ...], Ground] = {}
"""The one asked for last is last."""
_guard = Lock()


def ground(study: Study) -> Ground:
    """Return where a study's ordinary tours go; it is kept as long as nothing but the draw is another.

    Where the municipality states its share in town, each draw has another factor on the pairs and so a ground of its own.
    """
    under, tilt = Under.of(study), study.pattern.tilt
    if tilt is not None:
        return _made(under, tilt)
    key = under.key
    with _guard:
        found = _kept.pop(key, None)
        if found is not None:
            _kept[key] = found
            return found
    found = _made(under, None)
    with _guard:
        _kept[key] = found
        while len(_kept) > 1 and sum(each.nbytes for each in _kept.values()) > IN_MEMORY_MB * 1_000_000:
            _kept.pop(next(iter(_kept)))
    return found


def _made(under: Under, tilt: Tilt | None) -> Ground:
    region, inside = under.region, under.region.inside
    lines = lines_of(region, under.lines[0], under.lines[1:], any_town=under.any_town)
    riders, outside = homes(region, under.older_share), ~inside & under.served
    local = _Pairs(region, riders, pulls(region, inside))
    out = _Pairs(region, riders, pulls(region, outside))
    home = out if under.home_pays else _Pairs(region, pull_of(region, outside, 1.0), pulls(region, inside))
    factor = None if tilt is None else tilt.factors(Weights(local.origin, local.destination, np.zeros((0, 0))))
    return Ground(
        lines,
        (
            _family(under, local, lines, _local_labels(under, local), factor=factor),
            _family(under, out, lines, {(TourKind.ACROSS_OUT, ELSEWHERE, False): None}),
            _family(under, home, lines, {(TourKind.ACROSS_HOME, ELSEWHERE, False): None}, turned=True),
        ),
    )


class _Pairs:
    """Pairs of the places that have riders and of those that pull; of others there is nothing."""

    def __init__(self, region: Region, riders: Floats, pulling: tuple[Floats | None, Floats]) -> None:
        visits, addresses = pulling
        # Where there is nothing to visit all of the pull is that of addresses, whatever their share.
        visits = addresses if visits is None else visits
        self.origin, self.destination = np.flatnonzero(riders), np.flatnonzero(visits + addresses)
        self.visits = np.outer(riders[self.origin], visits[self.destination])
        self.addresses = np.outer(riders[self.origin], addresses[self.destination])
        self.metres = region.fare_distance_m[self.origin].take(self.destination, axis=1).astype(np.int64)


Label = tuple[TourKind, int, bool]
"""What is told apart of tours whatever the lines: kind, free destination's place, and whether plustur serves an end."""


def _local_labels(under: Under, local: _Pairs) -> dict[Label, NDArray[np.bool_] | None]:
    """Return the local labels and which pairs, flat, have each."""
    weights = Weights(local.origin, local.destination, local.visits)
    stays = same_town(under.region, weights)
    served = np.zeros_like(stays)
    if under.ends is not None:
        served = under.ends[local.origin][:, None] | under.ends[local.destination][None, :]
    free = np.isin(local.destination, under.places)
    labels: dict[Label, NDArray[np.bool_] | None] = {}
    for place in (*under.places, ELSEWHERE):
        there = (local.destination == place) if place != ELSEWHERE else ~free
        for kind, of_kind in ((TourKind.TOWN, stays), (TourKind.INSIDE, ~stays)):
            for touches in (False, True) if under.ends is not None else (False,):
                labels[kind, place, touches] = (of_kind & (served == touches) & there[None, :]).ravel()
    return labels


def _family(
    under: Under,
    pairs: _Pairs,
    lines: Lines,
    labels: Mapping[Label, NDArray[np.bool_] | None],
    *,
    factor: Floats | None = None,
    turned: bool = False,
) -> Family:
    """Gather pairs into groups of cells; ``turned`` where the trips go from what pulls to the homes."""
    region = under.region
    if not pairs.metres.size:
        return Family(not turned, np.zeros(0), ())
    start, end = (pairs.destination, pairs.origin) if turned else (pairs.origin, pairs.destination)
    near = near_s(region)
    columns = [
        region.drive_s[pairs.origin].take(pairs.destination, axis=1).astype(np.float64).ravel(),
        np.repeat(near[pairs.origin], len(pairs.destination)),
        np.tile(near[pairs.destination], len(pairs.origin)),
    ]
    if turned:
        columns[1:] = columns[:0:-1]
    pulls_of = pairs.visits.ravel(), pairs.addresses.ravel()
    there = np.bincount(pairs.metres.ravel()) > 0
    metres, number = np.flatnonzero(there), (np.cumsum(there) - 1).take(pairs.metres.ravel())
    groups = []
    for where, between in lines.between(start, end):
        chance = between.T if turned else between
        some = (chance if factor is None else chance * factor).ravel()
        met = some != 0
        for (kind, place, touches), rows in labels.items():
            mine = np.flatnonzero(met if rows is None else met & rows)
            if not len(mine):
                continue
            at, part = number.take(mine), some.take(mine)
            cells = np.flatnonzero(np.bincount(at))
            of_pairs = [column.take(mine) for column in columns]
            visits, addresses = (_summed_at(at, cells, part * pull.take(mine), of_pairs) for pull in pulls_of)
            paid = paid_metres(metres[cells], under.counting)
            starts = starts_of(paid)
            groups.append(Group(kind, where, place, touches, cells, starts, paid[starts], visits, addresses))
    return Family(groups[0].kind in LOCAL, metres / 1000.0, tuple(groups))


def _summed_at(at: Ints, cells: Ints, weight: Floats, columns: Sequence[Floats]) -> Floats:
    """Return what weighs at each of some cells in all, and times each column, float64 (1 + columns, cells)."""
    weighed = (weight, *(weight * column for column in columns))
    return np.array([np.bincount(at, weights=each).take(cells) for each in weighed])


@dataclass(frozen=True, eq=False)
class Ordinary:
    """The ordinary tours of some draws: where each group's go, and what of each kind stays within a town.

    ``parts`` have shares of their kind, the first axis of their arrays being the draws; ``town_share`` is float64 (draws,).
    """

    lines: Lines
    parts: tuple[tuple[Group, Ways], ...]
    town_share: Floats

    def sums(self, places: Sequence[int], *, plustur: bool) -> list[PatternSums]:
        """Return what the level of demand needs of each draw's pattern."""
        none = np.zeros(len(self.town_share))

        def parts(which: Callable[[Group], bool]) -> list[tuple[Part, ...]]:
            by_kind = []
            for kind in LOCAL:
                mine = [(group, ways.share) for group, ways in self.parts if group.kind == kind and which(group)]
                share = sum((share for _, share in mine), none)
                in_town = sum((share for group, share in mine if group.where.in_town[0]), none)
                by_kind.append([Part(*both) for both in zip(share.tolist(), in_town.tolist(), strict=True)])
            return list(zip(*by_kind, strict=True))

        crosses = {TourKind.ACROSS_OUT, TourKind.ACROSS_HOME} <= {group.kind for group, _ in self.parts}
        local = parts(lambda group: True)
        to_place = {place: parts(partial(_goes_to, place)) for place in places}
        touching = parts(lambda group: group.served) if plustur else [()] * len(none)
        return [
            PatternSums(town, crosses, local[n], {place: part[n] for place, part in to_place.items()}, touching[n])
            for n, town in enumerate(self.town_share.tolist())
        ]


def _goes_to(place: int, group: Group) -> bool:
    return group.place == place


def ordinary(over: Ground, registers: Sequence[Assumptions]) -> Ordinary:
    """Return the ordinary tours of a ground under some registers."""
    blocks = [_summed(over, registers[start : start + BLOCK]) for start in range(0, len(registers), BLOCK)]
    groups = [group for family in over.families for group in family.groups]
    found = [
        (group, np.concatenate([by for by, _ in block]), np.concatenate([sums for _, sums in block]))
        for group, block in zip(groups, zip(*blocks, strict=True), strict=True)
    ]
    whole = {
        kind: sum((by.sum(axis=1) for g, by, _ in found if g.kind == kind), np.zeros(len(registers)))
        for kind in TourKind
    }
    parts = []
    for group, by_distance, sums in found:
        of = np.where(whole[group.kind] > 0, whole[group.kind], 1.0)[:, None]
        parts.append((group, means((by_distance / of).sum(axis=1), group.metres, by_distance / of, sums / of)))
    town = _column(registers, "town_trip_factor") * whole[TourKind.TOWN]
    return Ordinary(over.lines, tuple(parts), town / (town + whole[TourKind.INSIDE]))


def _summed(over: Ground, registers: Sequence[Assumptions]) -> list[tuple[Floats, Floats]]:
    """Return what each group weighs under some registers: by paid distance (draws, distances), and times drive and nearness (draws, 3)."""
    private = _column(registers, "private_destination_share")
    found = []
    for family in over.families:
        # Distances first, draws last: sums over distances then add whole rows.
        km = family.km[:, None]
        if family.local:
            near = 1.0 - np.exp(-km / _column(registers, "walk_km"))
            fall = np.exp(-km / _column(registers, "distance_decay_km")) * near
        else:
            fall = np.exp(-km / _column(registers, "distance_decay_across_km"))
        for group in family.groups:
            weight = fall[group.distance]
            pull = (1.0 - private) * group.visits[0][:, None] + private * group.addresses[0][:, None]
            by_distance = np.add.reduceat(weight * pull, group.starts, axis=0)
            sums = (1.0 - private) * (group.visits[1:] @ weight) + private * (group.addresses[1:] @ weight)
            found.append((by_distance.T, sums.T))
    return found


def _column(registers: Sequence[Assumptions], key: str) -> Floats:
    return np.array([register.number(key) for register in registers])
