"""Default town areas, town zones by name, and the user's own polygons."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.geography import find_municipality
from sim.geography.land import land
from sim.geography.records import Town, hamlets, towns
from sim.geography.town_areas import Cells, Site, TownDensity, grow
from sim.geography.town_line import town_line
from sim.geography.user_areas import coverage, read_user_areas, zone_cells
from sim.geography.zones import largest_town, match_zones
from tariffs.errors import DataError, InputError


def make_cells(side: int) -> Cells:
    row, column = (a.ravel().astype(np.int32) for a in np.mgrid[0:side, 0:side])
    return Cells(row, column, 690_250.0 + 500 * column, 6_170_250.0 + 500 * row, np.zeros(side * side, np.int32))


def town_at(cells: Cells, cell: int, name: str = "By") -> Town:
    from sim.geography.projection import to_degrees

    lat, lon = to_degrees(cells.east[cell], cells.north[cell])
    return Town(name, "town", "0000", "1", float(lat), float(lon), None, True)


def test_a_town_fills_the_nearest_cells_until_its_population_is_reached() -> None:
    # 1,100 persons: density 1,370 per km2, 343 per cell: 343, 343, 343 and the last 72 persons.
    cells = make_cells(5)
    found = grow(cells, np.array([5_000.0]), [Site(town_at(cells, 12), 1_100.0)], TownDensity())
    per_cell = TownDensity().of(1_100) / 4
    assert found.persons.sum() == pytest.approx(1_100)
    assert (found.town == 0).sum() == 4
    assert found.town[12] == 0
    assert found.persons[12] == pytest.approx(per_cell)
    assert found.parish_rest[0] == pytest.approx(3_900)


def test_no_two_towns_share_a_cell_and_a_parish_gives_no_more_than_it_has() -> None:
    cells = make_cells(5)
    sites = [Site(town_at(cells, 12, "A"), 2_000.0), Site(town_at(cells, 13, "B"), 2_000.0)]
    found = grow(cells, np.array([3_000.0]), sites, TownDensity())
    assert set(found.town.tolist()) == {-1, 0, 1}
    assert (found.town[12], found.town[13]) == (0, 1)
    assert found.persons[found.town == 0].sum() == pytest.approx(2_000)
    assert found.persons[found.town == 1].sum() == pytest.approx(1_000)
    assert found.parish_rest[0] == pytest.approx(0)


@pytest.mark.parametrize(
    ("municipality", "names", "places"),
    [
        ("Holbæk", ["Holbæk"], [["Holbæk"]]),
        ("Holbæk", ["holbaek by"], [["Holbæk"]]),
        (
            "Kalundborg",
            ["Gørlev", "Høng", "Kalundborg", "Svebølle", "Ubby-Jerslev"],
            [["Gørlev"], ["Høng"], ["Kalundborg"], ["Svebølle"], ["Ubby", "Jerslev"]],
        ),
        ("Vordingborg", ["Vordingborg", "Nyråd", "Ørslev"], [["Vordingborg"], ["Nyråd"], ["Ørslev"]]),
        ("Helsingør", ["Helsingør"], [["Helsingør"]]),
        ("Ringsted", ["Ringsted/Benløse"], [["Ringsted"]]),
        ("Guldborgsund", ["Nykøbing Falster"], [["Nykøbing Falster"]]),
        ("Lolland", ["Nakskov", "Maribo"], [["Nakskov"], ["Maribo"]]),
        ("Lolland", ["Nakskov/Maribo"], [["Nakskov"], ["Maribo"]]),
    ],
)
def test_known_zone_names_are_matched_to_towns(municipality: str, names: list[str], places: list[list[str]]) -> None:
    zones = match_zones(find_municipality(municipality), names)
    assert [[p.name for p in z.places] for z in zones] == places


def test_an_unknown_zone_is_answered_with_what_it_may_have_been() -> None:
    with pytest.raises(InputError, match=r"'Svebøle' kendes ikke.*Kalundborg Kommune.*Svebølle"):
        match_zones(find_municipality("Kalundborg"), ["Svebøle"])


def test_a_town_in_two_zones_is_refused() -> None:
    with pytest.raises(InputError, match="to byområder"):
        match_zones(find_municipality("Kalundborg"), ["Ubby", "Ubby-Jerslev"])


def square(lon: float, lat: float, half: float = 0.01) -> dict[str, Any]:
    ring = [[lon - half, lat - half], [lon + half, lat - half], [lon + half, lat + half], [lon - half, lat + half]]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def write(path: Path, *features: dict[str, Any]) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features)}), encoding="utf-8")
    return path


def feature(name: Any, geometry: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"name": name}, "geometry": geometry}


def test_the_users_area_becomes_a_zone(tmp_path: Path) -> None:
    user = read_user_areas(write(tmp_path / "by.geojson", feature("Holbæk midtby", square(11.69, 55.70))))
    country = land()
    own = np.nonzero(country.municipality == country.municipality_codes.index("0316"))[0]
    zone = zone_cells(user, country, find_municipality("0316"), own)
    assert user.names == ("Holbæk midtby",)
    # 0.02 by 0.02 degrees is 1.26 by 2.23 km = 2.8 km2: 11 cells, more or less by the edges.
    assert 9 <= (zone == 0).sum() <= 14


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("hej", "ikke gyldig JSON"),
        ("[1]", "ikke en FeatureCollection"),
        ('{"type": "FeatureCollection", "features": []}', "ingen features"),
        (json.dumps({"type": "FeatureCollection", "features": [{"properties": {}}]}), "feature 1 mangler egenskaben"),
        (
            json.dumps({"type": "FeatureCollection", "features": [feature("A", {"type": "Point", "coordinates": []})]}),
            "hverken Polygon eller MultiPolygon.*Point",
        ),
        (
            json.dumps({"type": "FeatureCollection", "features": [feature("A", square(700_000, 6_170_000))]}),
            "har koordinater i meter, og filen nævner intet system",
        ),
        (
            json.dumps(
                {
                    "type": "FeatureCollection",
                    "features": [
                        feature("A", {"type": "Polygon", "coordinates": [[[11, 55], [12, 55], [12, 56], [11, 56]]]})
                    ],
                }
            ),
            "ikke er lukket",
        ),
        (
            json.dumps(
                {
                    "type": "FeatureCollection",
                    "features": [feature("A", square(11.7, 55.7)), feature("a", square(11.6, 55.7))],
                }
            ),
            "bruges to gange",
        ),
    ],
)
def test_a_file_that_is_not_areas_is_refused_with_place_and_reason(tmp_path: Path, content: str, words: str) -> None:
    path = tmp_path / "fejl.geojson"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=words) as caught:
        read_user_areas(path)
    assert "fejl.geojson" in str(caught.value)
    assert "FeatureCollection i WGS84" in str(caught.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="kan ikke læses"):
        read_user_areas(tmp_path / "findes-ikke.geojson")


def test_an_area_in_another_municipality_is_refused(tmp_path: Path) -> None:
    user = read_user_areas(write(tmp_path / "by.geojson", feature("Roskilde", square(12.08, 55.64))))
    country = land()
    own = np.nonzero(country.municipality == country.municipality_codes.index("0316"))[0]
    with pytest.raises(InputError, match="'Roskilde' ligger ikke i Holbæk Kommune"):
        zone_cells(user, country, find_municipality("0316"), own)


def test_overlapping_areas_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "by.geojson", feature("A", square(11.7136, 55.7086)), feature("B", square(11.72, 55.70)))
    country = land()
    own = np.nonzero(country.municipality == country.municipality_codes.index("0316"))[0]
    with pytest.raises(InputError, match="'B' ligger oven i et andet"):
        zone_cells(read_user_areas(path), country, find_municipality("0316"), own)


def test_properties_that_are_not_an_object_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.geojson", {"type": "Feature", "properties": [1], "geometry": square(11.7, 55.7)})
    with pytest.raises(DataError, match="feature 1 mangler egenskaben 'name'"):
        read_user_areas(path)


def test_more_areas_than_can_be_told_apart_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.geojson", *(feature(f"A{n}", square(11.7, 55.7)) for n in range(101)))
    with pytest.raises(DataError, match="har 101 byområder"):
        read_user_areas(path)


def test_ground_that_two_parts_of_an_area_share_belongs_to_it_once(tmp_path: Path) -> None:
    """Two overlapping boxes as one MultiPolygon hold what one box round both holds; a hole stays a hole."""
    west, east, both = ([[a, 55.68], [b, 55.68], [b, 55.76], [a, 55.76], [a, 55.68]] for a, b in OVERLAPPING)
    hole = [[11.70, 55.70], [11.72, 55.70], [11.72, 55.72], [11.70, 55.72], [11.70, 55.70]]

    def covered(kind: str, coordinates: object) -> float:
        one = {
            "type": "Feature",
            "properties": {"name": "Midt"},
            "geometry": {"type": kind, "coordinates": coordinates},
        }
        path = tmp_path / "by.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": [one]}), encoding="utf-8")
        return float(coverage(read_user_areas(path).areas[0], land()).sum())

    whole = covered("Polygon", [both])
    # A long edge and a short one along it are not quite the same line in metres: a point or two of 16 a cell.
    about = pytest.approx(whole, abs=0.2)
    assert covered("MultiPolygon", [[west], [east]]) == about
    assert covered("MultiPolygon", [[both], [west]]) == about
    assert covered("MultiPolygon", [[both, hole], [west]]) == about  # the second part fills the hole
    assert covered("Polygon", [both, hole]) < whole - 5


OVERLAPPING = ((11.65, 11.74), (11.70, 11.80), (11.65, 11.80))


def test_no_named_area_is_empty_even_where_a_hamlet_stands_in_a_towns_cell() -> None:
    for municipality in ("0316", "0326", "0376"):
        own = [t.name for t in (*towns(), *hamlets()) if t.municipality_code == municipality]
        largest = largest_town(find_municipality(municipality)).name
        for name in dict.fromkeys(own[:60]):
            if name == largest:
                continue
            line = town_line(municipality, town_zones=[largest, name])
            assert set(range(len(line.names))) <= set(np.unique(line.zone_of_point).tolist()), (municipality, name)
