"""Puts a region together from land, population, towns, network and destinations."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.geography import distances
from sim.geography.attraction import VisitWeights, visit_weights
from sim.geography.land import Land, land
from sim.geography.municipalities import Municipality
from sim.geography.network import Ferries, Network, RoadFactor, Speeds, build_network, usable_crossings
from sim.geography.outside import OutsidePlace, outside_places
from sim.geography.places import InsidePlaces, inside_places
from sim.geography.population import Homes, in_town_roughly
from sim.geography.records import Crossing, crossings, parishes, towns
from sim.geography.region import Region
from sim.geography.town_areas import TownDensity
from sim.geography.town_line import homes_of, named_towns
from sim.words.numbers import danish

BUFFER_KM = 45.0


@dataclass(frozen=True)
class Request:
    """Everything a region depends on besides the reference data and this code."""

    municipality: Municipality
    year: int
    speeds: Speeds
    weights: VisitWeights
    road: RoadFactor
    density: TownDensity
    ferries: Ferries

    @property
    def crossings(self) -> tuple[Crossing, ...]:
        """The bridges and ferries that are open: all that the year decides."""
        return usable_crossings(crossings(), self.year, self.ferries)


def compute(request: Request) -> Region:
    """Return the region, computed from scratch."""
    country = land()
    homes = homes_of(request.municipality, request.density)
    inside = inside_places(country, homes)
    network = _network(country, request, inside)
    number = np.full(len(country.row), -1, np.int32)
    number[network.cells] = np.arange(len(network.cells), dtype=np.int32)
    reach = np.full(len(country.row), np.inf)
    road_first = request.ferries == "road_first"
    reach[network.cells] = distances.nearest_path(network, network.length_m, number[inside.cell], road_first=road_first)
    outside = outside_places(country, request.municipality.code, reach, request.density)
    cell = np.r_[inside.cell, [p.cell for p in outside]].astype(np.intp)
    nodes = number[cell]
    in_town = _town_cells(country, request, homes, inside)
    path = distances.between(network, network.length_m, nodes, road_first=road_first)
    seconds = distances.between(
        network, network.time_s(in_town, request.speeds, request.road), nodes, road_first=road_first
    )
    area = np.r_[inside.area_m2, [p.area_m2 for p in outside]]
    area_type = np.r_[inside.in_town, np.ones(len(outside), bool)]
    pace = np.where(area_type, 3.6 / request.speeds.town_kmh, 3.6 / request.speeds.country_kmh)
    fare = distances.fare_distance_m(path.copy(), area, request.road)
    drive = distances.drive_s(seconds, path, area, pace, request.road)
    return _region(request, country, homes, inside, outside, network, cell, area, area_type, fare, drive)


def _network(country: Land, request: Request, inside: InsidePlaces) -> Network:
    from scipy.ndimage import distance_transform_edt

    own = np.zeros(country.index.shape, bool)
    mine = country.municipality == country.municipality_codes.index(request.municipality.code)
    own[country.row[mine], country.column[mine]] = True
    away_km = distance_transform_edt(~own) * country.grid.size / 1000
    chosen = away_km[country.row, country.column] <= BUFFER_KM
    must_reach = np.zeros(len(country.row), bool)
    must_reach[inside.cell] = True
    return build_network(country, chosen, request.crossings, must_reach)


def _town_cells(country: Land, request: Request, homes: Homes, inside: InsidePlaces) -> npt.NDArray[np.bool_]:
    elsewhere = [t for t in towns() if t.municipality_code != request.municipality.code and t.counts and t.population]
    areas = [(t.population or 0) / request.density.of(t.population or 0) for t in elsewhere]
    marked = in_town_roughly(country, elsewhere, areas)
    marked[homes.own] = inside.town_cell
    return marked


def _region(
    request: Request,
    country: Land,
    homes: Homes,
    inside: InsidePlaces,
    outside: list[OutsidePlace],
    network: Network,
    cell: npt.NDArray[np.intp],
    area: npt.NDArray[np.float64],
    area_type: npt.NDArray[np.bool_],
    fare: npt.NDArray[np.int32],
    drive: npt.NDArray[np.int32],
) -> Region:
    named = named_towns(request.municipality)
    codes = (request.municipality.code,) * len(inside.cell) + tuple(p.municipality.code for p in outside)
    lat = np.r_[inside.lat, [p.lat for p in outside]].astype(np.float64)
    lon = np.r_[inside.lon, [p.lon for p in outside]].astype(np.float64)
    visits, station_name = visit_weights(request.municipality.code, request.weights, lat, lon, codes)
    shares = [np.array(p.municipality.ages_2020) / sum(p.municipality.ages_2020) for p in outside]
    ages = np.vstack([inside.ages, *(p.persons * s for p, s in zip(outside, shares, strict=True))])
    names = [
        named[t].name if t >= 0 else homes.parishes[p].name + " Sogn"
        for t, p in zip(inside.town, inside.parish, strict=True)
    ]
    parish_name = {parish.code: parish.name for parish in parishes()}
    notes = tuple(
        f"Til {parish_name.get(code, code)} Sogn kendes hverken vej eller færge: regnet med en lige linje på {danish(gap_m / 1000, 1)} km."
        for code, gap_m in network.links
    )
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
        town=np.r_[inside.town, np.full(len(outside), -1)].astype(np.int16),
        population=np.r_[inside.persons, [p.persons for p in outside]],
        older=ages[:, 4:].sum(axis=1),
        ages=ages,
        visit_weight=visits,
        station=np.array([bool(n) for n in station_name], bool),
        station_name=station_name,
        area_m2=area.astype(np.float64),
        fare_distance_m=fare,
        drive_s=drive,
        unit_place=inside.unit_place,
        unit_cell=inside.unit_cell,
        unit_share=inside.unit_share,
        notes=notes,
    )
    for value in vars(region).values():
        if isinstance(value, np.ndarray):
            value.setflags(write=False)
    return region
