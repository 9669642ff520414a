"""Road distances and driving times between places, from shortest paths over the land cells.

The road factor turns a land path into a road distance: 1.16 on long trips, 1.34 on the shortest (docs/geography.md says
how it was found and how wrong it is).
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from sim.geography.land import CELL_M
from sim.geography.network import FERRY_PENALTY, Network, RoadFactor
from sim.geography.projection import FloatArray

MEAN_IN_SQUARE = 0.5214054331647207
"""Mean distance between two random points in a square of side 1: (2 + sqrt 2 + 5 ln(1 + sqrt 2)) / 15."""


def nearest_path(
    network: Network, weight: FloatArray, sources: npt.NDArray[np.integer], *, road_first: bool = True
) -> FloatArray:
    """Return the lightest path to every cell of the network from the nearest of some cells; infinite: no way."""
    from scipy.sparse.csgraph import dijkstra

    found: FloatArray = dijkstra(_matrix(network, weight, road_first), indices=np.unique(sources), min_only=True)
    return _without_penalty(found, road_first)


def between(
    network: Network, weight: FloatArray, nodes: npt.NDArray[np.integer], *, road_first: bool = True
) -> FloatArray:
    """Return the lightest path between every two of ``nodes`` (the network's numbers), exactly symmetric.

    With ``road_first`` a ferry is taken only where there is no way without it, and as few as can be.
    """
    from scipy.sparse.csgraph import dijkstra

    unique, where = np.unique(nodes, return_inverse=True)
    matrix = _matrix(network, weight, road_first)
    square = np.empty((len(unique), len(unique)))
    for first in range(0, len(unique), 64):  # keeps the full rows small
        square[first : first + 64] = dijkstra(matrix, indices=unique[first : first + 64])[:, unique]
    square = _without_penalty(square, road_first)
    symmetric: FloatArray = np.minimum(square, square.T)[np.ix_(where, where)]
    return symmetric


def _matrix(network: Network, weight: FloatArray, road_first: bool) -> Any:
    return network.matrix(np.where(network.ferry, weight + FERRY_PENALTY, weight) if road_first else weight)


def _without_penalty(found: FloatArray, road_first: bool) -> FloatArray:
    if not road_first:
        return found
    finite = np.isfinite(found)
    bare: FloatArray = np.where(finite, np.mod(np.where(finite, found, 0.0), FERRY_PENALTY), np.inf)
    return bare


def inner_path_m(area_m2: FloatArray) -> FloatArray:
    """Return the mean path of a trip that stays inside a square place of this area."""
    path: FloatArray = MEAN_IN_SQUARE * np.sqrt(area_m2)
    return path


def fare_distance_m(path_m: FloatArray, area_m2: FloatArray, road: RoadFactor) -> npt.NDArray[np.int32]:
    """Return road distances in whole metres between places.

    Two places in one cell are as far apart as two random points of the cell; on the diagonal stands the mean trip
    within the place.
    """
    path = np.maximum(path_m, MEAN_IN_SQUARE * CELL_M)
    np.fill_diagonal(path, inner_path_m(area_m2))
    return np.rint(path * road.of(path)).astype(np.int32)


def drive_s(
    time_s: FloatArray, path_m: FloatArray, area_m2: FloatArray, pace_s_per_m: FloatArray, road: RoadFactor
) -> npt.NDArray[np.int32]:
    """Return driving times in whole seconds between places.

    ``time_s`` already holds the long-distance road factor; the short trips' extra is added here. ``pace_s_per_m`` is
    each place's own, for trips inside a cell.
    """
    seconds = time_s * road.of(path_m) / road.long
    local = np.maximum(pace_s_per_m[:, None], pace_s_per_m[None, :])
    shortest = np.array([MEAN_IN_SQUARE * CELL_M])
    same_cell: FloatArray = local * shortest * road.of(shortest)
    seconds = np.maximum(seconds, np.where(path_m < shortest, same_cell, 1.0))
    inner = inner_path_m(area_m2)
    np.fill_diagonal(seconds, inner * road.of(inner) * pace_s_per_m)
    return np.maximum(np.rint(seconds), 1).astype(np.int32)
