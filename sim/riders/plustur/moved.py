"""Riders who move over from flextur: which of its trips fall away, and what that does to the online share."""

import numpy as np
from numpy.typing import NDArray

from sim.riders.plustur.searches import PlusturDemand


def served_ends(transfers: NDArray[np.int32], inside: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the places a flextur tour must touch to be one that plustur could take.

    The transfer points; where there is none and plustur runs from door to door, every place of the municipality.
    """
    ends = np.zeros(len(inside), dtype=bool)
    ends[transfers] = True
    return ends if ends.any() else inside


def moving_share(there: float, standing_share: float, moved_tours: float) -> float:
    """Return the probability that a flextur tour which plustur could take moves over, at most 1.

    ``there`` is how many such tours ride a year under the reference; ``moved_tours`` how many are to move.
    """
    left = there * (1.0 - standing_share)
    return min(1.0, moved_tours / left) if left > 0 else 0.0


def moves_to_plustur(
    plustur: PlusturDemand,
    inside: NDArray[np.bool_],
    origin: NDArray[np.int32],
    destination: NDArray[np.int32],
    standing: NDArray[np.bool_],
    uniform: NDArray[np.float64],
) -> NDArray[np.bool_]:
    """Return which flextur tours move over: local ones, not standing, with an end that counts, by their uniform number."""
    ends = served_ends(plustur.transfers, inside)
    local = inside[origin] & inside[destination]
    moves: NDArray[np.bool_] = local & ~standing & (ends[origin] | ends[destination]) & (uniform < plustur.moving_share)
    return moves
