"""Where tours go: pairs of places drawn for ordinary tours, for free destinations and for plustur."""

import numpy as np
from numpy.typing import NDArray

from sim.geography.region import Region
from sim.inputs.assumptions import Assumptions
from sim.riders.demand.model import DemandModel
from sim.riders.demand.trip_pattern import LOCAL, TourKind, TripPattern


def ordinary_pairs(
    model: DemandModel, u_kind: NDArray[np.float64], u_pair: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]:
    """Draw the kind of each ordinary tour and its pair of places: (kind, origin, destination)."""
    if not len(u_kind):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int32)
    edges = np.cumsum(model.rates.by_kind) / model.rates.total
    kind = np.minimum(np.searchsorted(edges, u_kind, side="right"), len(edges) - 1)
    origin = np.zeros(len(kind), dtype=np.int32)
    destination = np.zeros(len(kind), dtype=np.int32)
    for value, pairs in enumerate(model.pattern.pairs):
        rows = kind == value
        if pairs is not None and rows.any():
            origin[rows], destination[rows] = pairs.draw(u_pair[rows])
    return kind, origin, destination


def free_pairs(
    model: DemandModel, free_index: int, u_pair: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]:
    """Draw tours made only because a destination is free: (kind, origin, destination).

    They come from homes near it, unless they are visits that were made at home before, wherever that was.
    """
    region, free = model.region, model.free_destinations[free_index]
    near = homes_near(region, model.pattern, free.place, model.assumptions)
    weight = region.older * region.inside if free.from_all_homes else near
    origin = np.searchsorted(np.cumsum(weight)[:-1] / weight.sum(), u_pair, side="right").astype(np.int32)
    destination = np.full(len(u_pair), free.place, dtype=np.int32)
    return _kinds(model, origin, destination), origin, destination


def homes_near(region: Region, pattern: TripPattern, place: int, assumptions: Assumptions) -> NDArray[np.float64]:
    """Return how much each place's riders weigh among the visitors of one place."""
    decay_m = 1000 * assumptions.number("distance_decay_km")
    weight: NDArray[np.float64] = pattern.rider_weight * np.exp(-region.fare_distance_m[:, place] / decay_m)
    return weight


def plustur_pairs(
    model: DemandModel, origin: NDArray[np.int32], u_transfer: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Draw where plusture from the given homes go: (kind, destination).

    To the nearest or second nearest transfer point; where none is within reach, from door to door, as tours in the
    municipality go.
    """
    region, plustur = model.region, model.plustur
    assert plustur is not None
    destination = np.zeros(len(origin), dtype=np.int32)
    to_transfer = region.fare_distance_m[origin][:, plustur.transfers]
    reachable = (to_transfer <= plustur.reach_m).sum(axis=1)
    order = np.argsort(to_transfer, axis=1, kind="stable")
    rank = ((u_transfer < plustur.second_share) & (reachable > 1)).astype(np.int64)
    near = np.flatnonzero(reachable > 0)
    destination[near] = plustur.transfers[order[near, rank[near]]]
    decay_m = 1000 * model.assumptions.number("distance_decay_km")
    for home in np.unique(origin[reachable == 0]):
        rows = np.flatnonzero((origin == home) & (reachable == 0))
        pull = model.pattern.pull * np.exp(-region.fare_distance_m[home] / decay_m)
        destination[rows] = np.searchsorted(np.cumsum(pull)[:-1] / pull.sum(), u_transfer[rows], side="right")
    return _kinds(model, origin, destination), destination


def _kinds(model: DemandModel, origin: NDArray[np.int32], destination: NDArray[np.int32]) -> NDArray[np.int64]:
    town = model.region.town
    stays = (town[origin] == town[destination]) & (town[origin] >= 0)
    return np.where(stays, TourKind.TOWN, TourKind.INSIDE).astype(np.int64)


def free_ends(
    model: DemandModel,
    origin: NDArray[np.int32],
    destination: NDArray[np.int32],
    kind: NDArray[np.int64],
    uniform: NDArray[np.float64],
    free_index: int,
) -> NDArray[np.int8]:
    """Return which free destination a tour goes to, -1 for none; tours across the border never do."""
    free = np.full(len(origin), free_index, dtype=np.int8)
    if free_index < 0:
        local = np.isin(kind, LOCAL)
        for index, candidate in enumerate(model.free_destinations):
            free[local & (destination == candidate.place) & (uniform < candidate.share) & (free < 0)] = index
    return free
