"""Roads over land: the shortest paths between the 500-m cells that the points of a plan lie in."""

from typing import Any

import numpy as np
import numpy.typing as npt

from sim.desk.planning.protocol import Ints, Progress
from sim.desk.planning.roads import Degrees, Roads
from sim.geography import Speeds, distances
from sim.geography.land import CELL_M, land
from sim.geography.land import Land as Country
from sim.geography.network import FERRY_PENALTY, Network, RoadFactor, build_network, usable_crossings
from sim.geography.population import in_town_roughly
from sim.geography.projection import to_metres
from sim.geography.records import crossings, towns
from sim.geography.town_areas import TownDensity
from sim.inputs.assumptions import load_assumptions
from sim.road.dispatch.travel import Travel
from tariffs.errors import InputError

BUFFER_M = 45_000.0
"""Land so near to a cell in use is driven on."""
MOST_CELLS = 4_000
MOST_AWAY_M = 1_000.0
"""A point in the water belongs to the nearest land cell, if its centre is no farther than this."""
AT_ONCE = 64


def land_roads(lat: Degrees, lon: Degrees, *, year: int, progress: Progress) -> Roads:
    """Return the roads between points in Movia's area, as the costing has them between places.

    Two points in one cell are as far apart as two random points of it. Raises InputError for a point elsewhere, and for
    points in more cells than a table can hold.
    """
    country = land()
    cell = _cells(country, lat, lon)
    used, place = np.unique(cell, return_inverse=True)
    if len(used) > MOST_CELLS:
        raise InputError(
            f"punkterne ligger i {len(used)} celler; --travel land kan højst have {MOST_CELLS}",
            why="køretiden mellem alle celler står i én tabel",
            next_step="del filerne efter område, eller brug --travel straight",
        )
    assumptions = load_assumptions()
    road = RoadFactor(*assumptions.profile("road_distance_factor"))
    speeds = Speeds(assumptions.number("speed_town_kmh"), assumptions.number("speed_country_kmh"))
    density = TownDensity(*assumptions.profile("town_density"))
    counted = [town for town in towns() if town.counts and town.population]
    in_town = in_town_roughly(country, counted, [(t.population or 0) / density.of(t.population or 0) for t in counted])
    network = _network(country, used, year)
    number = np.full(len(country.row), -1, np.int32)
    number[network.cells] = np.arange(len(network.cells), dtype=np.int32)
    path, time = _paths(network, network.time_s(in_town, speeds, road), number[used], progress)
    area = np.full(len(used), CELL_M**2)
    pace = np.where(in_town[used], 3.6 / speeds.town_kmh, 3.6 / speeds.country_kmh)
    seconds = distances.drive_s(time, path, area, pace, road)
    metres = distances.fare_distance_m(path, area, road)

    def km(origin: Ints, destination: Ints) -> npt.NDArray[np.float64]:
        return np.asarray(metres[origin, destination] / 1000, dtype=np.float64)

    return Roads(place.astype(np.int64), Travel.by_table(seconds), km)


def _cells(country: Country, lat: Degrees, lon: Degrees) -> npt.NDArray[np.intp]:
    """Return the land cell that each point lies in, or the nearest one at the coast."""
    from scipy.spatial import cKDTree

    away, cell = cKDTree(np.stack(country.centres(), axis=1)).query(np.stack(to_metres(lat, lon), axis=1))
    if (away > MOST_AWAY_M).any():
        worst, count = int(np.argmax(away)), int((away > MOST_AWAY_M).sum())
        raise InputError(
            f"{'1 punkt' if count == 1 else f'{count} punkter'} ligger ikke på land i Movias område",
            where=f"fx {lat[worst]:g}, {lon[worst]:g}",
            why="--travel land kender kun de 45 kommuner",
            next_step="ret punkterne, eller brug --travel straight",
        )
    found: npt.NDArray[np.intp] = cell.astype(np.intp)
    return found


def _network(country: Country, used: npt.NDArray[np.intp], year: int) -> Network:
    from scipy.spatial import cKDTree

    centres = np.stack(country.centres(), axis=1)
    away, _ = cKDTree(centres[used]).query(centres)
    must_reach = np.zeros(len(country.row), bool)
    must_reach[used] = True
    return build_network(country, away <= BUFFER_M, usable_crossings(crossings(), year), must_reach)


def _paths(
    network: Network, time_s: npt.NDArray[np.float64], nodes: npt.NDArray[np.int32], progress: Progress
) -> tuple[Any, Any]:
    """Return the shortest paths in metres and in seconds between nodes; roads come before ferries."""
    from scipy.sparse.csgraph import dijkstra

    found = []
    for part, weight in enumerate((network.length_m, time_s)):
        matrix = network.matrix(np.where(network.ferry, weight + FERRY_PENALTY, weight))
        square = np.empty((len(nodes), len(nodes)))
        for first in range(0, len(nodes), AT_ONCE):
            square[first : first + AT_ONCE] = dijkstra(matrix, indices=nodes[first : first + AT_ONCE])[:, nodes]
            progress(part * len(nodes) + min(first + AT_ONCE, len(nodes)), 2 * len(nodes))
        square = np.minimum(square, square.T)
        found.append(np.mod(square, FERRY_PENALTY))
    return found[0], found[1]
