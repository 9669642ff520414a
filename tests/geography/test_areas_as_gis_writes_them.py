"""Town areas as GIS programs write them: names under other properties, other systems, the same ground or name twice."""

import json
from pathlib import Path

import numpy as np
import pytest

from sim.geography import find_municipality
from sim.geography.land import land
from sim.geography.user_areas import Chosen, UserAreas, points_inside, read_areas_in, read_user_areas
from tariffs.errors import DataError, InputError

CASES = Path(__file__).parent / "areas"


def held(name: str) -> np.ndarray:
    user = read_areas_in(CASES / f"{name}.geojson", find_municipality("0316"))
    assert user.names == ("Holbæk",)
    return points_inside(user.areas[0], land())


@pytest.fixture(scope="module")
def base() -> np.ndarray:
    return held("base")


@pytest.mark.parametrize("name", ["navn", "navn_in_capitals", "Name", "dup_polygon", "utm32_crs", "crs_3857"])
def test_the_same_area_comes_in_whatever_the_file(name: str, base: np.ndarray) -> None:
    assert np.array_equal(held(name), base)


def test_two_parts_that_share_ground_are_their_union() -> None:
    assert np.array_equal(held("overlap_multi"), held("overlap_multi_union"))


def test_two_features_of_one_name_are_one_area(base: np.ndarray) -> None:
    both = held("same_name_twice")
    assert both[base].all()
    user = read_areas_in(CASES / "same_name_twice.geojson", find_municipality("0316"))
    assert "Flader med samme navn er samlet til ét område: Holbæk (2)." in user.notes
    assert not any("samlet" in note for note in read_user_areas(CASES / "base.geojson").notes)
    assert both.sum() > base.sum()


def test_a_sliver_is_told_to_be_too_small() -> None:
    with pytest.raises(InputError, match=r"'Sliver' er for lille.*slet det, hvis det er en rest"):
        read_areas_in(CASES / "sliver.geojson", find_municipality("0316"))


def test_a_file_without_any_name_lists_the_properties_that_it_has(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"mangler egenskaben 'name'.*den har OBJECTID, kode"):
        read_user_areas(changed(tmp_path, properties={"OBJECTID": 1, "kode": "x"}))


def test_what_is_said_of_a_name_that_is_not_there_works_when_followed(tmp_path: Path) -> None:
    path = changed(tmp_path, properties={"navn": None, "kode": 12})
    with pytest.raises(DataError, match=r"den har navn, kode; angiv, hvilken der er navnet, med --name-property"):
        read_user_areas(path)
    assert read_user_areas(path, Chosen(None, "kode", None)).names == ("12",)
    with pytest.raises(DataError, match=r"har intet navn i 'navn'.*skriv et navn, eller slet fladen"):
        read_user_areas(path, Chosen(None, "navn", None))


def test_another_encoding_is_named_as_the_cause(tmp_path: Path) -> None:
    path = changed(tmp_path, properties={"navn": "Holbæk"})
    path.write_bytes(json.dumps(json.loads(path.read_text("utf-8")), ensure_ascii=False).encode("cp1252"))
    with pytest.raises(DataError, match=r"ikke i UTF-8.*gem den igen med tegnsættet UTF-8"):
        read_user_areas(path)


def test_metres_without_a_system_are_asked_about_and_the_answer_is_taken(tmp_path: Path, base: np.ndarray) -> None:
    content = json.loads((CASES / "utm32_crs.geojson").read_text("utf-8"))
    del content["crs"]
    path = tmp_path / "meter.geojson"
    path.write_text(json.dumps(content), "utf-8")
    with pytest.raises(DataError, match=r"i meter, og filen nævner intet system.*--crs .*oftest 25832 for UTM 32"):
        read_user_areas(path)
    chosen = read_areas_in(path, find_municipality("0316"), Chosen(crs="25832"))
    assert chosen.notes[0].startswith("Læst i UTM 32 (EPSG:25832): Holbæk ")
    assert np.array_equal(points_inside(chosen.areas[0], land()), base)


@pytest.mark.parametrize(("name", "crs"), [("utm32_crs", "25832"), ("crs_3857", "3857"), ("base", "4326")])
def test_a_system_that_is_chosen_besides_the_one_of_the_file_must_be_that(
    name: str, crs: str, base: np.ndarray
) -> None:
    chosen = read_areas_in(CASES / f"{name}.geojson", find_municipality("0316"), Chosen(crs=crs))
    assert np.array_equal(points_inside(chosen.areas[0], land()), base)
    if name != "base":
        with pytest.raises(InputError, match=r"Filen siger selv, at den er i EPSG.*udelad --crs"):
            read_user_areas(CASES / f"{name}.geojson", Chosen(crs="4326"))


def test_a_system_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::25833"}}
    with pytest.raises(DataError, match=r"referencesystem kan ikke læses.*EPSG::25833"):
        read_user_areas(changed(tmp_path, crs=crs))
    assert read_user_areas(
        changed(tmp_path, crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}})
    )


def changed(folder: Path, crs: object = None, properties: object = None) -> Path:
    content = json.loads((CASES / "base.geojson").read_text(encoding="utf-8"))
    if crs is not None:
        content["crs"] = crs
    if properties is not None:
        content["features"][0]["properties"] = properties
    (folder / "by.geojson").write_text(json.dumps(content), encoding="utf-8")
    return folder / "by.geojson"


def test_what_is_kept_of_a_file_is_in_degrees_with_the_property_name(tmp_path: Path) -> None:
    from api.settings import Settings
    from api.store.areas import AreasStore

    store = AreasStore(tmp_path, Settings(store=str(tmp_path)))
    kept, _ = store.keep((CASES / "utm32_crs.geojson").read_bytes(), find_municipality("0316"))
    assert kept.names == ("Holbæk",)
    read: UserAreas = read_user_areas(store.place(kept.id))
    assert np.allclose(read.areas[0].rings[0], read_user_areas(CASES / "base.geojson").areas[0].rings[0], atol=0.01)


def test_areas_that_share_a_little_ground_are_told_and_it_belongs_to_the_first(tmp_path: Path) -> None:
    """A strip of 130 m by 2 km holds one column of points 125 m apart: 16 of them, each of 0.015625 km2."""

    def box(name: str, west: int, east: int) -> dict[str, object]:
        ring = [[west, 6_174_000], [east, 6_174_000], [east, 6_176_000], [west, 6_176_000], [west, 6_174_000]]
        return {"type": "Feature", "properties": {"navn": name}, "geometry": {"type": "Polygon", "coordinates": [ring]}}

    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::25832"}}
    parts = [box("Vest", 669_000, 670_930), box("Øst", 670_800, 672_800)]
    (tmp_path / "to.geojson").write_text(json.dumps({"type": "FeatureCollection", "crs": crs, "features": parts}))
    user = read_areas_in(tmp_path / "to.geojson", find_municipality("0316"))
    assert user.notes == (
        "Læst i UTM 32 (EPSG:25832): Vest 3,9 km², Øst 4,0 km².",
        "Vest og Øst dækker begge ca. 0,25 km², som regnes til Vest.",
    )
