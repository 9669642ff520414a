"""Riders who move over from flextur: which of its trips fall away, and what that does to the online share."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.riders.demand.model import TourRates
from sim.riders.demand.trip_pattern import LOCAL, TripPattern
from sim.riders.plustur.searches import PlusturDemand


def moving_ends(plustur: PlusturDemand, inside: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the places a flextur tour must touch to be one that plustur could take.

    The transfer points; where there is none and plustur runs from door to door, every place of the municipality.
    """
    ends = np.zeros(len(inside), dtype=bool)
    ends[plustur.transfers] = True
    return ends if ends.any() else inside


def moving_share(
    pattern: TripPattern,
    rates: TourRates,
    accepted: Sequence[NDArray[np.float64]],
    ends: NDArray[np.bool_],
    standing_share: float,
    moved_tours: float,
) -> float:
    """Return the probability that a flextur tour which plustur could take moves over, at most 1.

    ``accepted`` is by kind of tour the share of each pair of places that rides under the reference; ``moved_tours`` how many a year are to.
    """
    there = 0.0
    for kind in LOCAL:
        pairs = pattern.pairs[kind]
        if pairs is not None:
            touching = ends[pairs.origin] | ends[pairs.destination]
            there += rates.by_kind[kind] * float((pairs.steps * accepted[kind])[touching].sum())
    there *= 1.0 - standing_share
    return min(1.0, moved_tours / there) if there > 0 else 0.0


def moves_to_plustur(
    plustur: PlusturDemand,
    inside: NDArray[np.bool_],
    origin: NDArray[np.int32],
    destination: NDArray[np.int32],
    standing: NDArray[np.bool_],
    uniform: NDArray[np.float64],
) -> NDArray[np.bool_]:
    """Return which flextur tours move over: local ones, not standing, with an end that counts, by their uniform number."""
    ends = moving_ends(plustur, inside)
    local = inside[origin] & inside[destination]
    moves: NDArray[np.bool_] = local & ~standing & (ends[origin] | ends[destination]) & (uniform < plustur.moving_share)
    return moves
