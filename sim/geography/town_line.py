"""A town line: which points of a municipality lie in which of its town areas (byområder).

People and places do not depend on where a line runs: a region is made without any line, and every line is laid over it. So
two lines meet the same people, and a line inside another never holds more. A line of named towns follows whole 500-m
cells; a line that the user has drawn is read at 16 points a cell.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sim.geography.land import land
from sim.geography.municipalities import Municipality, find_municipality
from sim.geography.population import Homes, settle
from sim.geography.records import Town, towns
from sim.geography.region import Region
from sim.geography.town_areas import Site, TownDensity
from sim.geography.user_areas import POINTS, UserAreas, read_user_areas, zone_cells, zone_points
from sim.geography.zones import Zone, largest_town, match_zones

NOWHERE = -1
"""Zone of a point in no town area, and point of an end outside the municipality."""


@dataclass(frozen=True, eq=False)
class TownMap:
    """Where people live, and a line over it.

    ``zone_of_cell`` is each own cell's town area as a map shows it, -1 for none; ``zone_of_point`` int8 (own cells, 16) is
    what a trip meets.
    """

    homes: Homes
    zone_of_cell: npt.NDArray[np.int8]
    zone_of_point: npt.NDArray[np.int8]
    zone_names: tuple[str, ...]
    zone_source: str


@dataclass(frozen=True, eq=False)
class TownLine:
    """The town areas that an option's fares and rules follow.

    Attributes
    ----------
    names, source : the town areas, and in Danish where their extent comes from
    zone_of_point : int8 (own cells, 16), number of the town area each point lies in, -1 for none
    """

    names: tuple[str, ...]
    source: str
    zone_of_point: npt.NDArray[np.int8]

    @cached_property
    def mark(self) -> str:
        """Two lines with the same mark run the same way."""
        return hashlib.sha256(self.zone_of_point.tobytes()).hexdigest()

    def zone_of(self, point: npt.NDArray[np.int32]) -> npt.NDArray[np.int8]:
        """Return the town area of trip ends by their points, -1 for none and for ends outside the municipality."""
        zones = self.zone_of_point.reshape(-1)
        return np.where(point < 0, NOWHERE, zones[np.maximum(point, 0)]).astype(np.int8)


def town_line(
    code: str,
    *,
    town_zones: Sequence[str] | None = None,
    town_areas_file: Path | None = None,
    density: TownDensity | None = None,
) -> TownLine:
    """Return a municipality's town line.

    ``town_zones`` are names of bytakst zones ('Holbæk', 'Ubby-Jerslev'); None means the largest town, an empty list no zone
    at all. Zones of ``town_areas_file`` (GeoJSON) take the place of both. Raises InputError for an unknown municipality or
    zone, and DataError for a file that cannot be used.
    """
    user = None if town_areas_file is None else read_user_areas(town_areas_file)
    names = None if town_zones is None else tuple(town_zones)
    found = map_towns(find_municipality(code), density or TownDensity(), names, user)
    return TownLine(found.zone_names, found.zone_source, found.zone_of_point)


def map_towns(
    municipality: Municipality, density: TownDensity, town_zones: tuple[str, ...] | None, user: UserAreas | None
) -> TownMap:
    """Return where the municipality's people live, and which of its points are in which town area."""
    homes = homes_of(municipality, density)
    if user is not None:
        points = zone_points(user, land(), municipality, homes.own)
        cells = zone_cells(user, land(), municipality, homes.own)
        source = " ".join([f"byområder fra {user.path.name}", *(f"({note.rstrip('.')})" for note in user.notes)])
        return TownMap(homes, cells, points, user.names, source)
    if town_zones is None:
        largest = largest_town(municipality)
        zones: tuple[Zone, ...] = (Zone(largest.name, (largest,)),)
        source = f"antaget: kommunens største by, {largest.name}; udstrækning afledt af folketal og sogne"
    else:
        zones = match_zones(municipality, town_zones)
        source = "udstrækning afledt af byernes folketal og sognene (ingen offentlige polygoner)"
    zone_of_cell = np.full(len(homes.own), NOWHERE, np.int8)
    for number, zone in enumerate(zones):
        for place in zone.places:
            mine = _cells_of(municipality, density, place)
            free = mine & (zone_of_cell < 0)
            # A hamlet that stands in a town's cell takes that cell: no area is empty.
            zone_of_cell[free if free.any() else mine] = number
    points = np.repeat(zone_of_cell[:, None], POINTS, axis=1)
    return TownMap(homes, zone_of_cell, points, tuple(zone.name for zone in zones), source)


def named_towns(municipality: Municipality) -> list[Town]:
    """Return the municipality's towns with a known population, the largest first: the ones that its people fill."""
    named = [t for t in towns() if t.municipality_code == municipality.code and t.counts and t.population]
    return sorted(named, key=lambda t: (-(t.population or 0), t.name))


@lru_cache(maxsize=64)
def homes_of(municipality: Municipality, density: TownDensity) -> Homes:
    """Return where the municipality's people live: the same whatever line is laid over it."""
    sites = [Site(town, float(town.population or 0)) for town in named_towns(municipality)]
    return settle(land(), municipality, sites, density)


@lru_cache(maxsize=512)
def _cells_of(municipality: Municipality, density: TownDensity, place: Town) -> npt.NDArray[np.bool_]:
    """Return a town's or hamlet's cells, bool over own cells; those of one do not depend on which others are asked for."""
    named = named_towns(municipality)
    homes = homes_of(municipality, density)
    if place in named:
        mine = homes.growth.town == named.index(place)
    else:
        sites = [Site(town, float(town.population or 0)) for town in named]
        persons = None if place.population is None else float(place.population)
        grown = settle(land(), municipality, [*sites, Site(place, persons)], density)
        mine = grown.growth.town == len(sites)
    if not mine.any():
        mine[homes.cells.nearest(place.lat, place.lon)] = True
    return mine


def place_shares(region: Region, zone_of_point: npt.NDArray[np.integer], zones: int) -> npt.NDArray[np.float64]:
    """Return how much of each place's people live in each town area, float64 (places, zones)."""
    shares = np.zeros((len(region), zones))
    inside = zone_of_point[region.unit_cell]
    for zone in range(zones):
        part = (inside == zone).mean(axis=1)
        shares[:, zone] = np.bincount(region.unit_place, weights=region.unit_share * part, minlength=len(region))
    return shares
