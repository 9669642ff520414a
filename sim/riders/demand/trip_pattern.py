"""From where to where: the weights of all pairs of places, by kind of tour; one pattern a municipality, made without any zone.

Riders live where people live, older ones weighing more; they go where there is something to go to, and the pull falls with
distance. Two things keep short trips few: what is near is walked to, and within one's own town there is the bus, the bicycle
and the neighbour's lift. The local pairs and those across the border are weighed apart, because how many trips cross the
border is an assumption of its own. What lies inside a town line is the sum of its pairs (`sim.riders.demand.town_trips`).
"""

from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.geography.region import Region
from sim.inputs.assumptions import Assumptions

OLDER_BANDS = slice(4, 6)
PATTERN_ASSUMPTIONS = (
    "age_shares",
    "private_destination_share",
    "distance_decay_km",
    "distance_decay_across_km",
    "walk_km",
    "town_trip_factor",
    "town_share",
    "cross_border_share",
)
"""The assumptions that a trip pattern rests on (the last two where the municipality states its own share in town)."""


class TourKind(IntEnum):
    """Where a tour's ends lie on the map, whatever line the fares follow."""

    TOWN = 0
    """Both ends in the same town or village."""
    INSIDE = 1
    """Both ends in the municipality, not in the same town."""
    ACROSS_OUT = 2
    """A resident's way out across the border (the way home starts in, and is paid by, another municipality)."""
    ACROSS_HOME = 3
    """A visitor's way home across the border (the way out was paid by another municipality); a resident's when home pays."""


LOCAL = (TourKind.TOWN, TourKind.INSIDE)


@dataclass(frozen=True)
class PairWeights:
    """Pairs of places that a kind of tour can join, with their cumulative probability.

    Attributes
    ----------
    origin, destination : int32 (pairs,), places of the trip that starts in the municipality first
    cumulative : float64 (pairs,), ends at 1
    """

    origin: NDArray[np.int32]
    destination: NDArray[np.int32]
    cumulative: NDArray[np.float64]

    @property
    def steps(self) -> NDArray[np.float64]:
        """The probability of each pair, float64 (pairs,)."""
        return np.diff(self.cumulative, prepend=0.0)

    def draw(self, uniform: NDArray[np.float64]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Return origins and destinations for uniform numbers in [0, 1)."""
        # Looked up in rising order, neighbours in the table one after the other: three times as quick as to and fro.
        order = np.argsort(uniform)
        at = np.empty(len(uniform), dtype=np.int64)
        at[order] = np.searchsorted(self.cumulative, uniform[order], side="right")
        at = np.minimum(at, len(self.cumulative) - 1)
        return self.origin[at], self.destination[at]


@dataclass(frozen=True, eq=False)
class TripPattern:
    """The pair weights of the four kinds of tour, worked out when they are first asked for.

    Attributes
    ----------
    served : bool (places,), of municipalities that have flextur: a trip across the border goes to no other
    home_pays : the trips home across the border are the residents' (the switch ``border_payer``), else the visitors' who
        start in the municipality
    tilt : makes the pairs inside a town line more or fewer, where the municipality knows how many there are
    """

    region: Region
    assumptions: Assumptions
    served: NDArray[np.bool_]
    home_pays: bool
    tilt: "Tilt | None" = None

    @cached_property
    def rider_weight(self) -> NDArray[np.float64]:
        """Each place's share of the riders."""
        return homes(self.region, older_share(self.assumptions))

    @cached_property
    def pull(self) -> NDArray[np.float64]:
        """Each place's pull within the municipality."""
        return pull_of(self.region, self.region.inside, self.assumptions.number("private_destination_share"))

    @property
    def pairs(self) -> "tuple[PairWeights | None, ...]":
        """The pairs of each kind of tour, None for a kind without any."""
        return self._made[0]

    @property
    def town_share(self) -> float:
        """The share of the local tours that stay within a town (`TourKind.TOWN`)."""
        return self._made[1]

    @property
    def crosses(self) -> bool:
        """Whether there are places across the border to go to and to come from."""
        out, home = self.pairs[2:]
        return out is not None and home is not None

    @cached_property
    def _made(self) -> "tuple[tuple[PairWeights | None, ...], float]":
        region, inside = self.region, self.region.inside
        private = self.assumptions.number("private_destination_share")
        far_km = self.assumptions.number("distance_decay_across_km")
        local = local_weights(region, self.rider_weight, self.pull, self.assumptions)
        if self.tilt is not None:
            local = replace(local, weight=local.weight * self.tilt.factors(local))
        stays = same_town(region, local)
        within, all_local = float(local.weight[stays].sum()), float(local.weight.sum())

        outside = ~inside & self.served
        across = pair_weights(region, self.rider_weight, pull_of(region, outside, private), far_km)
        visitors = across
        if not self.home_pays:
            visitors = pair_weights(region, pull_of(region, outside, 1.0), self.pull, far_km)
        pairs = (
            replace(local, weight=np.where(stays, local.weight, 0.0)).pairs(),
            replace(local, weight=np.where(stays, 0.0, local.weight)).pairs(),
            across.pairs(),
            visitors.turned().pairs(),
        )
        return pairs, within / all_local

    def mean(self, kind: TourKind, by_pair: NDArray[np.float64]) -> float:
        """Return the mean of a value of each pair over a kind's tours, 0 where the kind has none."""
        pairs = self.pairs[kind]
        return 0.0 if pairs is None else float(pairs.steps @ by_pair)


def trip_pattern(
    region: Region,
    assumptions: Assumptions,
    *,
    served: NDArray[np.bool_],
    home_pays: bool = False,
    tilt: "Tilt | None" = None,
) -> TripPattern:
    """Return the trip pattern of a municipality under a register; the others are as in `TripPattern`."""
    return TripPattern(region, assumptions, served, home_pays, tilt)


def older_share(assumptions: Assumptions) -> float:
    """Return the share of the riders who are 70 or more."""
    return sum(assumptions.profile("age_shares")[OLDER_BANDS])


def local_weights(
    region: Region, rider: NDArray[np.float64], pull: NDArray[np.float64], assumptions: Assumptions
) -> "Weights":
    """Return what the pairs inside the municipality weigh, short trips and those within a town made few."""
    number = assumptions.number
    weights = pair_weights(region, rider, pull, number("distance_decay_km"))
    km = region.fare_distance_m[np.ix_(weights.origin, weights.destination)] / 1000.0
    rides = 1.0 - np.exp(-km / number("walk_km"))
    stays = np.where(same_town(region, weights), number("town_trip_factor"), 1.0)
    return replace(weights, weight=weights.weight * rides * stays)


def same_town(region: Region, weights: "Weights") -> NDArray[np.bool_]:
    """Return which pairs have both ends in the same town or village."""
    origin, destination = region.town[weights.origin][:, None], region.town[weights.destination][None, :]
    same: NDArray[np.bool_] = (origin == destination) & (origin >= 0)
    return same


def homes(region: Region, older_share: float) -> NDArray[np.float64]:
    """Return each place's share of the riders, ``older_share`` of whom are 70 or more; they live in the municipality."""
    older = region.older * region.inside
    younger = (region.population - region.older) * region.inside
    weight: NDArray[np.float64] = older_share * older / older.sum() + (1 - older_share) * younger / younger.sum()
    return weight


def pull_of(region: Region, where: NDArray[np.bool_], private: float) -> NDArray[np.float64]:
    """Return each place's pull among ``where``: things to visit, and private addresses by population."""
    visit = region.visit_weight * where
    homes = region.population * where
    if not homes.sum():
        return np.zeros(len(where))
    if not visit.sum():
        return homes / homes.sum()
    weight: NDArray[np.float64] = (1 - private) * visit / visit.sum() + private * homes / homes.sum()
    return weight


def pulls(region: Region, where: NDArray[np.bool_]) -> tuple[NDArray[np.float64] | None, NDArray[np.float64]]:
    """Return the two pulls that `pull_of` mixes, of things to visit (None without any) and of private addresses."""
    return pull_of(region, where, 0.0) if (region.visit_weight * where).sum() else None, pull_of(region, where, 1.0)


@dataclass(frozen=True)
class Tilt:
    """A factor on the pairs inside a town line: ``inside`` float64 (places, areas) is each place's share in each area."""

    factor: float
    inside: NDArray[np.float64]
    any_town: bool

    def factors(self, weights: "Weights") -> NDArray[np.float64]:
        """Return the factor of each pair: a pair partly inside is moved in part."""
        both = chance_inside(
            self.inside[weights.origin][:, None], self.inside[weights.destination][None], self.any_town
        )
        factors: NDArray[np.float64] = 1.0 + (self.factor - 1.0) * both
        return factors


def chance_inside(origin: NDArray[np.float64], destination: NDArray[np.float64], any_town: bool) -> NDArray[np.float64]:
    """Return the chance that both ends lie in the same area (in any two with ``any_town``), by their shares in each.

    The last axis of both is the area.
    """
    chance: NDArray[np.float64] = (
        origin.sum(axis=-1) * destination.sum(axis=-1) if any_town else (origin * destination).sum(axis=-1)
    )
    return chance


@dataclass(frozen=True)
class Weights:
    """Weights float64 (origins, destinations) of the pairs of the places named: of others there is nothing."""

    origin: NDArray[np.int64]
    destination: NDArray[np.int64]
    weight: NDArray[np.float64]

    def turned(self) -> "Weights":
        """Return the same pairs the other way."""
        return Weights(self.destination, self.origin, self.weight.T)

    def pairs(self) -> PairWeights | None:
        """Return the pairs that have any weight, None when none has."""
        weight = self.weight.ravel()
        some = np.flatnonzero(weight)
        if not len(some):
            return None
        origin, destination = np.divmod(some, len(self.destination))
        cumulative = np.cumsum(weight[some])
        cumulative /= cumulative[-1]
        return PairWeights(
            self.origin[origin].astype(np.int32), self.destination[destination].astype(np.int32), cumulative
        )


def pair_weights(region: Region, homes: NDArray[np.float64], pull: NDArray[np.float64], decay_km: float) -> Weights:
    """Return what trips from ``homes`` to what pulls weigh, falling with distance; places without either are left out."""
    origin, destination = np.flatnonzero(homes), np.flatnonzero(pull)
    distance_km = region.fare_distance_m[np.ix_(origin, destination)] / 1000.0
    weight = np.outer(homes[origin], pull[destination]) * np.exp(-distance_km / decay_km)
    return Weights(origin, destination, weight)
