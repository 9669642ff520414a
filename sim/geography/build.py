"""Puts a region together from land, population, towns, network and destinations."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.geography import distances
from sim.geography.attraction import VisitWeights, visit_weights
from sim.geography.land import Land, land
from sim.geography.municipalities import Municipality
from sim.geography.names import fold
from sim.geography.network import Ferries, Network, RoadFactor, Speeds, build_network, usable_crossings
from sim.geography.outside import OutsidePlace, outside_places
from sim.geography.places import InsidePlaces, inside_places
from sim.geography.polygons import contains
from sim.geography.population import Homes, in_town_roughly, settle
from sim.geography.projection import to_metres
from sim.geography.records import Town, crossings, towns
from sim.geography.region import Region
from sim.geography.town_areas import Site, TownDensity
from sim.geography.user_areas import UserAreas, zone_cells
from sim.geography.zones import Zone, largest_town, match_zones

BUFFER_KM = 45.0


@dataclass(frozen=True)
class Request:
    """Everything a region depends on besides the reference data and this code."""

    municipality: Municipality
    year: int
    town_zones: tuple[str, ...] | None
    user_areas: UserAreas | None
    speeds: Speeds
    weights: VisitWeights
    road: RoadFactor
    density: TownDensity
    ferries: Ferries


def compute(request: Request) -> Region:
    """Return the region, computed from scratch."""
    country = land()
    town_map = map_towns(country, request)
    inside = inside_places(country, town_map.homes, town_map.zone_of_cell)
    network = _network(country, request, inside)
    number = np.full(len(country.row), -1, np.int32)
    number[network.cells] = np.arange(len(network.cells), dtype=np.int32)
    reach = np.full(len(country.row), np.inf)
    road_first = request.ferries == "road_first"
    reach[network.cells] = distances.nearest_path(network, network.length_m, number[inside.cell], road_first=road_first)
    outside = outside_places(country, request.municipality.code, reach, request.density)
    cell = np.r_[inside.cell, [p.cell for p in outside]].astype(np.intp)
    nodes = number[cell]
    in_town = _town_cells(country, request, town_map.homes, inside)
    path = distances.between(network, network.length_m, nodes, road_first=road_first)
    seconds = distances.between(
        network, network.time_s(in_town, request.speeds, request.road), nodes, road_first=road_first
    )
    area = np.r_[inside.area_m2, [p.area_m2 for p in outside]]
    area_type = np.r_[inside.in_town, np.ones(len(outside), bool)]
    pace = np.where(area_type, 3.6 / request.speeds.town_kmh, 3.6 / request.speeds.country_kmh)
    fare = distances.fare_distance_m(path.copy(), area, request.road)
    drive = distances.drive_s(seconds, path, area, pace, request.road)
    return _region(request, country, town_map, inside, outside, network, cell, area, area_type, fare, drive)


@dataclass(frozen=True, eq=False)
class TownMap:
    """Where people live and which of the municipality's cells (-1: none) is in which zone."""

    homes: Homes
    sites: list[Site]
    zone_of_cell: npt.NDArray[np.int8]
    zone_names: tuple[str, ...]
    zone_source: str


def map_towns(country: Land, request: Request) -> TownMap:
    """Grow the municipality's towns and say which cells are in which zone."""
    municipality = request.municipality
    named = [t for t in towns() if t.municipality_code == municipality.code and t.counts and t.population]
    named.sort(key=lambda t: (-(t.population or 0), t.name))
    if request.user_areas is not None:
        own = np.nonzero(country.municipality == country.municipality_codes.index(municipality.code))[0]
        zone_of_cell = zone_cells(request.user_areas, country, municipality, own)
        sites = _sites_of_areas(request.user_areas, named, zone_of_cell)
        homes = settle(country, municipality, sites, request.density)
        source = f"byområder fra {request.user_areas.path.name}"
        return TownMap(homes, sites, zone_of_cell, request.user_areas.names, source)
    asked = request.town_zones
    if asked is None:
        largest = largest_town(municipality)
        zones: tuple[Zone, ...] = (Zone(largest.name, (largest,)),)
        source = f"antaget: kommunens største by, {largest.name}; udstrækning afledt af folketal og sogne"
    else:
        zones = match_zones(municipality, asked)
        source = "udstrækning afledt af byernes folketal og sognene (ingen offentlige polygoner)"
    wanted = [place for zone in zones for place in zone.places]
    early = [t for t in wanted if t not in named and t.population]
    late = [t for t in wanted if t not in named and not t.population]
    sites = [Site(t, None if t.population is None else float(t.population)) for t in (*early, *named, *late)]
    homes = settle(country, municipality, sites, request.density)
    zone_of_cell = np.full(len(homes.own), -1, np.int8)
    for number, zone in enumerate(zones):
        for place in zone.places:
            mine = homes.growth.town == next(i for i, s in enumerate(sites) if s.town is place)
            if not mine.any():
                mine[homes.cells.nearest(place.lat, place.lon)] = True
            zone_of_cell[mine] = number
    return TownMap(homes, sites, zone_of_cell, tuple(zone.name for zone in zones), source)


def _sites_of_areas(user: UserAreas, named: list[Town], zone_of_cell: npt.NDArray[np.int8]) -> list[Site]:
    """Return the sites: first the user's areas, each filled by the towns whose points it holds, then the others."""
    sites, rest = [], list(named)
    for number, area in enumerate(user.areas):
        held = [t for t in rest if contains(area.rings, *(float(v) for v in to_metres(t.lat, t.lon)))]
        held = held or [t for t in rest if fold(t.name) == fold(area.properties["name"])]
        if held:
            rest = [t for t in rest if t not in held]
            persons = float(sum(t.population or 0 for t in held))
            sites.append(Site(held[0], persons, zone_of_cell == number))
    return sites + [Site(t, float(t.population or 0)) for t in rest]


def _network(country: Land, request: Request, inside: InsidePlaces) -> Network:
    from scipy.ndimage import distance_transform_edt

    own = np.zeros(country.index.shape, bool)
    mine = country.municipality == country.municipality_codes.index(request.municipality.code)
    own[country.row[mine], country.column[mine]] = True
    away_km = distance_transform_edt(~own) * country.grid.size / 1000
    chosen = away_km[country.row, country.column] <= BUFFER_KM
    must_reach = np.zeros(len(country.row), bool)
    must_reach[inside.cell] = True
    usable = usable_crossings(crossings(), request.year, request.ferries)
    return build_network(country, chosen, usable, must_reach)


def _town_cells(country: Land, request: Request, homes: Homes, inside: InsidePlaces) -> npt.NDArray[np.bool_]:
    elsewhere = [t for t in towns() if t.municipality_code != request.municipality.code and t.counts and t.population]
    areas = [(t.population or 0) / request.density.of(t.population or 0) for t in elsewhere]
    marked = in_town_roughly(country, elsewhere, areas)
    marked[homes.own] = inside.town_cell
    return marked


def _region(
    request: Request,
    country: Land,
    town_map: TownMap,
    inside: InsidePlaces,
    outside: list[OutsidePlace],
    network: Network,
    cell: npt.NDArray[np.intp],
    area: npt.NDArray[np.float64],
    area_type: npt.NDArray[np.bool_],
    fare: npt.NDArray[np.int32],
    drive: npt.NDArray[np.int32],
) -> Region:
    homes, sites = town_map.homes, town_map.sites
    codes = (request.municipality.code,) * len(inside.cell) + tuple(p.municipality.code for p in outside)
    lat = np.r_[inside.lat, [p.lat for p in outside]].astype(np.float64)
    lon = np.r_[inside.lon, [p.lon for p in outside]].astype(np.float64)
    visits, station_name = visit_weights(request.municipality.code, request.weights, lat, lon, codes)
    shares = [np.array(p.municipality.ages_2020) / sum(p.municipality.ages_2020) for p in outside]
    ages = np.vstack([inside.ages, *(p.persons * s for p, s in zip(outside, shares, strict=True))])
    names = [
        sites[t].town.name if t >= 0 else homes.parishes[p].name + " Sogn"
        for t, p in zip(inside.town, inside.parish, strict=True)
    ]
    notes = tuple(f"uden kendt vej eller færge: sogn {link} i lige linje" for link in network.links)
    region = Region(
        municipality=request.municipality,
        year=request.year,
        cell_id=country.cell_id[cell],
        lat=lat,
        lon=lon,
        name=(*names, *(p.name for p in outside)),
        parish_code=(
            *(homes.parishes[p].code for p in inside.parish),
            *(country.parish_codes[country.parish[p.cell]] for p in outside),
        ),
        municipality_code=codes,
        inside=np.arange(len(codes)) < len(inside.cell),
        area_type=area_type.astype(np.int8),
        zone=np.r_[inside.zone, np.full(len(outside), -1)].astype(np.int8),
        population=np.r_[inside.persons, [p.persons for p in outside]],
        older=ages[:, 4:].sum(axis=1),
        ages=ages,
        visit_weight=visits,
        station=np.array([bool(n) for n in station_name], bool),
        station_name=station_name,
        area_m2=area.astype(np.float64),
        fare_distance_m=fare,
        drive_s=drive,
        zone_names=town_map.zone_names,
        zone_source=town_map.zone_source,
        notes=notes,
    )
    for value in vars(region).values():
        if isinstance(value, np.ndarray):
            value.setflags(write=False)
    return region
