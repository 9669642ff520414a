"""Who lives on either side of a municipality's town lines and what they pay: from the geography and the tariff."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sim.desk.fairness.line import CellPeople, Sides, cell_people, sides
from sim.desk.fairness.prices import LinePricer, price_sources, with_flextur
from sim.desk.fairness.report import FairnessReport, TownLine
from sim.geography.land import Land, land
from sim.geography.municipalities import Municipality, find_municipality
from sim.geography.network import RoadFactor
from sim.geography.polygons import Area
from sim.geography.population import Homes
from sim.geography.projection import to_metres
from sim.geography.records import stations
from sim.geography.town_areas import TownDensity
from sim.geography.town_line import homes_of, map_towns
from sim.geography.user_areas import UserAreas, read_user_areas
from tariffs import PriceBook, ServicePackage, Switches, load_price_book
from tariffs.errors import InputError

NEAREST_M, FARTHEST_M, DEFAULT_M = 100, 1000, 300
DENSITY_FACTORS = (0.7, 1.3)
"""How much looser or denser than supposed a town may be built: the range of the assumption ``town_density``."""


def fairness(
    code: str,
    package: ServicePackage,
    *,
    on: date,
    zones: tuple[str, ...] | None = None,
    areas: Path | None = None,
    distance_m: int = DEFAULT_M,
    book: PriceBook | None = None,
    switches: Switches | None = None,
    tariff_files: Sequence[Path] = (),
) -> FairnessReport:
    """Return who lives inside and just outside the town lines of a municipality, and what each pays on the day ``on``.

    ``zones`` are names of town areas (None: those it has chosen that day, else the largest town); ``areas`` is the
    user's own GeoJSON in their place; ``tariff_files`` are price lists of the user's own, where no ``book`` is given.
    Raises InputError for a distance outside 100-1000 m, an unknown municipality or town, and a day without an edition.
    """
    if not NEAREST_M <= distance_m <= FARTHEST_M:
        raise InputError(
            f"Afstanden {distance_m} m kan ikke bruges",
            where="afstand fra bygrænsen",
            why="folketallet kendes kun i felter på 500 m",
            next_step=f"vælg {NEAREST_M}-{FARTHEST_M} m",
        )
    municipality = find_municipality(code)
    book = book or load_price_book(tariff_files)
    edition = book.edition_on(on)
    if edition is None:
        raise InputError(
            f"Der er ingen takstudgave den {on:%d-%m-%Y}",
            where="dato",
            why=f"taksten er kendt fra {book.editions[0].start:%d-%m-%Y}",
            next_step="vælg en anden dag",
        )
    user = None if areas is None else read_user_areas(areas)
    chosen = zones or book.choices.choices(municipality.code, on).zones or None
    where = _where(municipality, TownDensity(), chosen, user)
    found = _sides(where, distance_m)
    others = [_built(where, municipality, density, chosen, user) for density in _other_densities(TownDensity())]
    found = found.reaching([_sides(other, distance_m) for other in others])
    pricer = LinePricer(municipality.code, package, on, with_flextur(book, municipality.code), switches or Switches())
    return FairnessReport(
        municipality=municipality,
        package=package,
        on=on,
        edition=book.edition_label(edition),
        sources=price_sources(package, book, on),
        distance_m=distance_m,
        lines=tuple(_town_line(number, where, found, pricer) for number in range(len(where.names))),
        near=found.near_total,
        own_line=user is not None,
        zone_source=where.source,
        notes=_notes(municipality, package, on, book),
    )


@dataclass(frozen=True, eq=False)
class _Where:
    """Where people live and where the lines run: ``areas`` are the user's own, empty where the line follows the cells."""

    country: Land
    homes: Homes
    people: CellPeople
    names: tuple[str, ...]
    areas: tuple[Area, ...]
    source: str


def _where(
    municipality: Municipality, density: TownDensity, zones: tuple[str, ...] | None, user: UserAreas | None
) -> _Where:
    town_map = map_towns(municipality, density, zones, user)
    people = cell_people(town_map.homes, town_map.zone_of_cell)
    areas = () if user is None else user.areas
    return _Where(land(), town_map.homes, people, town_map.zone_names, areas, town_map.zone_source)


def _built(
    where: _Where,
    municipality: Municipality,
    density: TownDensity,
    zones: tuple[str, ...] | None,
    user: UserAreas | None,
) -> _Where:
    """Return the same line over towns built at another density; only a line that follows the towns moves with them."""
    if user is None:
        return _where(municipality, density, zones, user)
    homes = homes_of(municipality, density)
    return replace(where, homes=homes, people=cell_people(homes, where.people.zone))


def _sides(where: _Where, distance_m: int) -> Sides:
    return sides(where.people, len(where.names), distance_m, where.country.grid, where.areas)


def _other_densities(usual: TownDensity) -> list[TownDensity]:
    """Return towns built looser and denser than assumed."""
    return [
        TownDensity(factor * usual.village, factor * usual.tenfold, factor * usual.most) for factor in DENSITY_FACTORS
    ]


def road_m(air_m: float) -> int:
    """Return the road distance for a distance as the crow flies, to the nearest 100 m.

    >>> road_m(1000.0)
    1300
    """
    factor = float(RoadFactor().of(np.array([air_m]))[0])
    return round(air_m * factor / 100) * 100


def _town_line(number: int, where: _Where, found: Sides, pricer: LinePricer) -> TownLine:
    cells, people = where.homes.cells, where.people
    in_zone = people.zone == number
    weight = np.where(in_zone, people.everyone + 1e-9, 0.0)
    centre = (float(np.average(cells.east, weights=weight)), float(np.average(cells.north, weights=weight)))
    beside = found.near_share[number] * (people.everyone + 1e-9)
    if not beside.any():
        beside = weight  # no land beside the line: the trip is then one from inside

    def from_line(east: float, north: float) -> int:
        return road_m(float(np.average(np.hypot(cells.east - east, cells.north - north), weights=beside)))

    station = _station(where, in_zone, centre)
    centre_m = from_line(*centre)
    priced = None if station is None else (station[0], from_line(station[1], station[2]))
    return TownLine(
        name=where.names[number],
        inside=found.inside[number],
        near=found.near[number],
        centre_km=centre_m / 1000,
        station="" if station is None else station[0],
        trips=pricer.trips(where.names[number], centre_m, priced),
    )


def _station(
    where: _Where, in_zone: npt.NDArray[np.bool_], centre: tuple[float, float]
) -> tuple[str, float, float] | None:
    """Return name and position of the station inside a zone: one with trains if any, and the nearest to its centre."""
    country, own = where.country, set(where.homes.own[in_zone].tolist())
    inside = []
    for stop in stations():
        east, north = (float(v) for v in to_metres(stop.lat, stop.lon))
        row, column = (int(v) for v in country.grid.row_column(east, north))
        on_map = 0 <= row < country.grid.rows and 0 <= column < country.grid.columns
        if on_map and int(country.index[row, column]) in own:
            away = float(np.hypot(east - centre[0], north - centre[1]))
            inside.append(((stop.kind == "bus_station", away, stop.name), (stop.name, east, north)))
    return min(inside)[1] if inside else None


def _notes(municipality: Municipality, package: ServicePackage, on: date, book: PriceBook) -> tuple[str, ...]:
    notes = []
    if book.choices.offers("flextur", municipality.code, on) == "no":
        notes.append("no_flextur")
    if not package.follows_town_line:
        notes.append("no_town_element")
    if any(element.trips == "in_towns" for element in package.closing):
        notes.append("stops")
    return tuple(notes)
