"""The layers of the map: valid GeoJSON of the project's own geography, small enough to send."""

import json

import numpy as np
import shapely

from sim.geography.features import (
    cell_features,
    collection,
    destination_features,
    land_features,
    parish_features,
    station_features,
    town_features,
    zone_features,
)
from sim.geography.land import land
from sim.geography.municipalities import find_municipality
from sim.geography.polygons import Area, project
from sim.geography.town_areas import TownDensity
from sim.geography.town_line import map_towns
from sim.geography.user_areas import points_inside

HOLBAEK = "0316"


def test_the_layers_of_a_municipality_are_about_a_megabyte_in_all() -> None:
    layers = [
        land_features(),
        town_features(),
        station_features(),
        *(make(HOLBAEK) for make in (parish_features, cell_features, destination_features)),
    ]
    assert sum(len(json.dumps(collection(one), ensure_ascii=False)) for one in layers) < 1_200_000
    assert all(layers)


def test_the_cells_hold_the_municipalitys_people() -> None:
    cells = cell_features(HOLBAEK)
    persons = sum(one["properties"]["persons"] for one in cells)
    assert abs(persons - find_municipality(HOLBAEK).population_2020) < 0.01 * persons


def test_an_outline_of_a_town_holds_the_points_that_the_models_own_line_has() -> None:
    """Drawn anew from its outline, a town area is the same one to every trip."""
    found = map_towns(find_municipality("0326"), TownDensity(), ("Høng", "Ubby-Jerslev"), None)
    held = np.full(found.zone_of_point.shape, -1)
    for feature in zone_features("0326", ("Høng", "Ubby-Jerslev")):
        assert shapely.geometry.shape(feature["geometry"]).is_valid
        area = Area(feature["properties"], project(feature["geometry"]))
        held[points_inside(area, land())[found.homes.own]] = found.zone_names.index(feature["properties"]["name"])
    assert (held == found.zone_of_point).all()


def test_stations_have_the_names_of_transfer_points_and_of_destinations() -> None:
    names = {(one["properties"]["name"], one["properties"]["place"]) for one in station_features()}
    assert ("Holbæk", "Holbæk Station") in names
