"""From where to where: the weights of all pairs of places, by kind of tour.

Riders live where people live, older ones weighing more; they go where there is something to go to, and the pull falls with
distance. The weights are drawn up apart for tours within a town area, elsewhere in the municipality, and across its
border, because their shares are assumptions of their own.
"""

from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from sim.assumptions import Assumptions
from sim.demand.requests import PlaceClass
from sim.geography.region import Region

OLDER_BANDS = slice(4, 6)
PATTERN_ASSUMPTIONS = ("age_shares", "private_destination_share", "distance_decay_km", "distance_decay_across_km")
"""The assumptions that a trip pattern rests on."""


class TourKind(IntEnum):
    """Where a tour's ends lie."""

    IN_TOWN = 0
    """Both ends in the same town area."""
    INSIDE = 1
    """Both ends in the municipality, not in the same town area."""
    ACROSS_OUT = 2
    """A resident's way out across the border (the way home starts in, and is paid by, another municipality)."""
    ACROSS_HOME = 3
    """A visitor's way home across the border (the way out was paid by another municipality); a resident's when home pays."""


KIND_CLASS = {
    TourKind.IN_TOWN: PlaceClass.IN_TOWN,
    TourKind.INSIDE: PlaceClass.INSIDE,
    TourKind.ACROSS_OUT: PlaceClass.ACROSS,
    TourKind.ACROSS_HOME: PlaceClass.ACROSS,
}


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

    def draw(self, uniform: NDArray[np.float64]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Return origins and destinations for uniform numbers in [0, 1)."""
        # Looked up in rising order, neighbours in the table one after the other: three times as quick as to and fro.
        order = np.argsort(uniform)
        at = np.empty(len(uniform), dtype=np.int64)
        at[order] = np.searchsorted(self.cumulative, uniform[order], side="right")
        at = np.minimum(at, len(self.cumulative) - 1)
        return self.origin[at], self.destination[at]


@dataclass(frozen=True)
class TripPattern:
    """The pair weights of the four kinds of tour; a kind without any pair is None. ``any_town``: see `trip_pattern`."""

    pairs: tuple[PairWeights | None, ...]
    rider_weight: NDArray[np.float64]
    pull: NDArray[np.float64]
    any_town: bool = False


def trip_pattern(
    region: Region,
    assumptions: Assumptions,
    *,
    served: NDArray[np.bool_],
    any_town: bool = False,
    home_pays: bool = False,
) -> TripPattern:
    """Return the trip pattern of a municipality.

    ``served`` is true for the places of municipalities that have flextur: a trip across the border goes to no other.
    With ``home_pays`` (the switch ``border_payer``) the trips home across the border that the municipality pays are its
    residents', else the visitors' who start there.
    ``any_town`` reads a trip between two different town areas as a town trip too (the switch ``town_scope``).
    """
    inside = region.inside
    rider = homes(region, sum(assumptions.profile("age_shares")[OLDER_BANDS]))
    private = assumptions.number("private_destination_share")
    pull = pull_of(region, inside, private)

    near_km, far_km = assumptions.number("distance_decay_km"), assumptions.number("distance_decay_across_km")
    local = pair_weights(region, rider, pull, near_km)
    town_trip = in_town(region.zone[local.origin][:, None], region.zone[local.destination][None, :], any_town=any_town)
    outside = ~inside & served
    across = pair_weights(region, rider, pull_of(region, outside, private), far_km)
    visitors = across if home_pays else pair_weights(region, pull_of(region, outside, 1.0), pull, far_km)
    return TripPattern(
        pairs=(
            replace(local, weight=np.where(town_trip, local.weight, 0.0)).pairs(),
            replace(local, weight=np.where(town_trip, 0.0, local.weight)).pairs(),
            across.pairs(),
            visitors.turned().pairs(),
        ),
        rider_weight=rider,
        pull=pull,
        any_town=any_town,
    )


def in_town(origin_zone: NDArray[np.int8], destination_zone: NDArray[np.int8], *, any_town: bool) -> NDArray[np.bool_]:
    """Return whether trips between two zones (-1 for none) are town trips: the same town area, or any two of them."""
    towns: NDArray[np.bool_] = (origin_zone >= 0) & (destination_zone >= 0)
    return towns & (any_town | (origin_zone == destination_zone))


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
