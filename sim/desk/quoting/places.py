"""The ends of one trip by name: a municipality, town, station or destination; and how far it is between two of them."""

from collections import Counter
from dataclasses import dataclass
from functools import cache

import numpy as np

from sim.geography import distances
from sim.geography.land import CELL_M, land
from sim.geography.municipalities import find_municipality, movia_municipalities
from sim.geography.names import close_matches, fold
from sim.geography.network import Network, RoadFactor, build_network, usable_crossings
from sim.geography.projection import to_metres
from sim.geography.records import crossings, destinations, hamlets, stations, towns
from sim.geography.town_areas import TownDensity
from sim.geography.town_line import map_towns
from tariffs.errors import InputError

KINDS = ("municipality", "town", "hamlet", "station", "destination")
"""What a name may mean; where it means several things the first is taken."""
DISTANCE_ERROR_SHORT, DISTANCE_ERROR_LONG, SHORT_M = 0.15, 0.11, 19_000
"""How wrong one road distance may be (docs/geography.md): a guess below 19 km, above it the worst that was measured."""
MOST_SHOWN = 5


@dataclass(frozen=True)
class Place:
    """An end of a trip; a municipality alone has no point."""

    kind: str
    name: str
    municipality_code: str
    lat: float | None = None
    lon: float | None = None

    @property
    def label(self) -> str:
        """The name as it is shown and can be given back: 'Holbæk (Holbæk Kommune)'."""
        municipality = f"{find_municipality(self.municipality_code).name} Kommune"
        if self.kind == "municipality":
            return municipality
        told = f"{self.name} station" if self.kind == "station" and not _says_station(self.name) else self.name
        return f"{told} ({municipality})"


@dataclass(frozen=True)
class Way:
    """The road between two places in metres, and how short and how long it may really be."""

    distance_m: int
    shortest_m: int
    longest_m: int


def _says_station(name: str) -> bool:
    return any(word in fold(name).split() for word in ("st", "station", "busterminal", "terminal"))


@cache
def known_places() -> tuple[Place, ...]:
    """Return every place with a name in Movia's area, in the order of `KINDS`; each label once, the most populous first."""

    movia = {m.code for m in movia_municipalities()}
    found = [Place("municipality", m.name, m.code) for m in movia_municipalities()]
    for kind, read in (("town", towns()), ("hamlet", hamlets())):
        largest = sorted(read, key=lambda t: -(t.population or 0))
        found += [Place(kind, t.name, t.municipality_code, t.lat, t.lon) for t in largest]
    found += [Place("station", s.name, s.municipality_code, s.lat, s.lon) for s in stations()]
    goals = [
        Place("destination", d.name.replace('"', "").strip(), d.municipality_code, d.lat, d.lon) for d in destinations()
    ]
    times = Counter(fold(place.label) for place in goals if place.municipality_code in movia)
    found += [place for place in goals if times[fold(place.label)] == 1]  # one of a chain's many shops is no one place
    once: dict[str, Place] = {}
    for place in found:
        if place.municipality_code in movia and place.name:
            once.setdefault(fold(place.label), place)
    return tuple(once.values())


@cache
def _by_name() -> dict[str, tuple[Place, ...]]:
    named: dict[str, list[Place]] = {}
    for place in known_places():
        names = {fold(place.label), fold(place.label.partition(" (")[0])}
        if place.kind != "municipality":
            names.add(fold(place.name))
        for name in names:
            named.setdefault(name, []).append(place)
    return {name: tuple(places) for name, places in named.items()}


def find_place(text: str, where: str) -> Place:
    """Return what a name means, with or without its municipality in parentheses; case and accents do not count.

    Raises InputError where nothing is called so, with what is nearly, and where the name is borne in several municipalities.
    """
    found = _by_name().get(fold(text), ())
    if not found:
        near = close_matches(text, (p.label for p in known_places() if p.kind != "destination"))
        near = near or close_matches(text, (p.name for p in known_places()))
        raise InputError(
            f"Stedet '{text[:60]}' kendes ikke",
            where=where,
            why="vejnavne og husnumre kan ikke slås op; byer, landsbyer, stationer og større rejsemål kan",
            next_step="skriv nærmeste by"
            + (f", måske {' eller '.join(near)}" if near else ", eller kommunen og afstanden i km"),
        )
    first = [place for place in found if place.kind == found[0].kind]
    if len(first) > 1:
        shown = [place.label for place in first]
        more = f" eller en af {len(shown) - MOST_SHOWN} andre" if len(shown) > MOST_SHOWN else ""
        raise InputError(
            f"Flere steder hedder '{text[:60]}'",
            where=where,
            next_step=f"skriv {' eller '.join(shown[:MOST_SHOWN])}{more}",
        )
    return first[0]


def road_between(a: Place, b: Place, year: int) -> Way:
    """Return the shortest road between two places with a point, in a year's bridges and ferries."""

    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        raise InputError(
            "Afstanden mangler",
            where="vejafstand i km",
            why="en hel kommune er ikke et sted, der kan måles fra",
            next_step="skriv afstanden, eller vælg en by i stedet for kommunen",
        )
    country = land()
    open_ids = tuple(crossing.id for crossing in usable_crossings(crossings(), year))
    network = _network(open_ids)
    nodes = np.array([country.nearest_cell(a.lat, a.lon), country.nearest_cell(b.lat, b.lon)])
    path = distances.between(network, network.length_m, nodes)
    if not np.isfinite(path[0, 1]):
        raise InputError(
            f"Der er ingen kendt vej fra {a.name} til {b.name}",
            where="fra og til",
            next_step="skriv vejafstanden i km",
        )
    road = int(distances.fare_distance_m(path, np.full(2, CELL_M**2), RoadFactor())[0, 1])
    error = DISTANCE_ERROR_SHORT if road < SHORT_M else DISTANCE_ERROR_LONG
    return Way(road, round(road * (1 - error)), round(road * (1 + error)))


@cache
def _network(open_ids: tuple[str, ...]) -> "Network":
    """Return the land of all 45 municipalities with these crossings open; every place with a name can be reached."""

    country = land()
    must_reach = np.zeros(len(country.row), bool)
    points = [(p.lat, p.lon) for p in known_places() if p.lat is not None]
    row, column = country.grid.row_column(*to_metres(*np.array(points, float).T))
    fits = (row >= 0) & (row < country.grid.rows) & (column >= 0) & (column < country.grid.columns)
    cells = country.index[row[fits], column[fits]]
    must_reach[cells[cells >= 0]] = True
    chosen = [crossing for crossing in crossings() if crossing.id in open_ids]
    return build_network(country, np.ones(len(country.row), bool), chosen, must_reach)


def town_of(place: Place, zones: tuple[str, ...] | None) -> str:
    """Return the town area that a place lies in ('' for none), of its municipality's ``zones`` or its largest town."""

    if place.lat is None or place.lon is None:
        return ""
    country = land()
    town_map = map_towns(find_municipality(place.municipality_code), TownDensity(), zones, None)
    own = town_map.homes.own
    among = np.zeros(len(country.row), bool)
    among[own] = True
    cell = country.nearest_cell(place.lat, place.lon, among)
    zone = int(town_map.zone_of_cell[int(np.nonzero(own == cell)[0][0])])
    return town_map.zone_names[zone] if zone >= 0 else ""
