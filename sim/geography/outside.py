"""Trip ends beyond the municipal border: towns, hospitals and stations within reach over land."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from sim.geography.land import CELL_M, Land
from sim.geography.municipalities import Municipality, movia_municipalities
from sim.geography.projection import FloatArray, to_metres
from sim.geography.records import destinations, stations, towns
from sim.geography.town_areas import TownDensity

REACH_M = 40_000.0
MOST_TOWNS, MOST_STATIONS = 50, 12
SAME_PLACE_M = 1_500.0


@dataclass(frozen=True, eq=False)
class OutsidePlace:
    """A place in another municipality. ``persons`` stand for the part of its municipality that the town gathers."""

    name: str
    municipality: Municipality
    cell: int
    lat: float
    lon: float
    persons: float
    area_m2: float


def outside_places(land: Land, code: str, path_m: FloatArray, density: TownDensity) -> list[OutsidePlace]:
    """Return the places outside municipality ``code`` within `REACH_M` of it.

    ``path_m`` is the land path from the municipality to every land cell. The largest town of every municipality in
    reach comes first, then the towns with most persons for their distance, then public hospitals, then stations with
    trains that are not already near one of these.
    """
    others = {m.code: m for m in movia_municipalities() if m.code != code}
    near = [t for t in towns() if t.municipality_code in others and t.counts and t.population]
    in_towns: defaultdict[str, int] = defaultdict(int)
    for town in near:
        in_towns[town.municipality_code] += town.population or 0
    found: list[tuple[float, OutsidePlace]] = []
    for town in near:
        cell = land.nearest_cell(town.lat, town.lon)
        away = float(path_m[cell])
        if away > REACH_M:
            continue
        home = others[town.municipality_code]
        persons = (town.population or 0) * home.population_2020 / in_towns[home.code]
        area = min(home.area_km2, persons / density.of(persons)) * 1e6
        place = OutsidePlace(town.name, home, cell, town.lat, town.lon, persons, max(area, CELL_M**2))
        found.append((persons * float(np.exp(-away / 15_000)), place))
    found.sort(key=lambda item: (-item[0], item[1].name))
    leading = {place.municipality.code: place for _, place in reversed(found)}
    first = [place for _, place in found if leading[place.municipality.code] is place]
    rest = [place for _, place in found if leading[place.municipality.code] is not place]
    places = first + rest[: max(0, MOST_TOWNS - len(first))]
    hospitals = [d for d in destinations() if d.category == "region_hospital" and d.municipality_code in others]
    _add(places, land, path_m, others, [(d.name, d.municipality_code, d.lat, d.lon) for d in hospitals], 99)
    trains = [s for s in stations() if s.municipality_code in others and s.kind != "bus_station"]
    trains.sort(key=lambda s: (float(path_m[land.nearest_cell(s.lat, s.lon)]), s.name))
    _add(places, land, path_m, others, [(s.name, s.municipality_code, s.lat, s.lon) for s in trains], MOST_STATIONS)
    return places


def _add(
    places: list[OutsidePlace],
    land: Land,
    path_m: FloatArray,
    others: dict[str, Municipality],
    points: list[tuple[str, str, float, float]],
    most: int,
) -> None:
    """Append up to ``most`` points in reach that no place so far stands near; nobody lives in them."""
    added = 0
    for name, code, lat, lon in points:
        cell = land.nearest_cell(lat, lon)
        x, y = to_metres([lat, *(p.lat for p in places)], [lon, *(p.lon for p in places)])
        if path_m[cell] > REACH_M or (np.hypot(x[1:] - x[0], y[1:] - y[0]) < SAME_PLACE_M).any():
            continue
        places.append(OutsidePlace(name, others[code], cell, lat, lon, 0.0, CELL_M**2))
        added += 1
        if added == most:
            return
