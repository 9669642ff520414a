# ruff: noqa: E501  a case is a line
"""What every refusal of a file of zones says to do, done word for word: the zones are then read."""

import ast
import copy
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from sim.geography import geojson_areas, user_areas
from sim.geography.land import land
from sim.geography.municipalities import find_municipality
from sim.geography.projection import to_metres
from sim.geography.user_areas import Chosen, read_areas_in, read_user_areas, zone_points
from sim.geography.zone_files import reading
from sim.geography.zone_files.reading import read_zone_file
from tests.intake.hints import follow, without_a_case
from tests.zone_files.conftest import BASE, FILES, SQUARE, UTM, packed, shapefile, write

CONTENT = json.loads(BASE.read_text("utf-8"))
FILES_OF_GIS = tuple(f"sim.geography.zone_files.{name}" for name in ("layers", "reading", "systems", "unpacking"))
HOLBAEK, ODSHERRED = find_municipality("0316"), find_municipality("0306")


def geo(folder: Path, **changes: Any) -> Path:
    """The square as GeoJSON with some of its only feature, or of the file, changed."""
    content = copy.deepcopy(CONTENT)
    for key, value in changes.items():
        (content if key in ("type", "features", "crs") else content["features"][0])[key] = value
    file = folder / "zoner.geojson"
    file.write_text(json.dumps(content), "utf-8")
    return file


def feature(name: Any, ring: Any = None, **properties: Any) -> dict[str, Any]:
    ring = CONTENT["features"][0]["geometry"]["coordinates"][0] if ring is None else ring
    return {
        "type": "Feature",
        "properties": {"name": name, **properties},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def text(folder: Path, content: str | bytes, name: str = "zoner.geojson") -> Path:
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def sawtooth(teeth: int) -> list[list[float]]:
    """A ring of 0.04 degrees (4.4 km) up and down, ``teeth`` times over."""
    return [[11.66 + n / teeth / 20, 55.69 + n % 2 * 0.04] for n in range(2 * teeth)] + [[11.72, 55.69], [11.66, 55.69]]


RING = CONTENT["features"][0]["geometry"]["coordinates"][0]
GEOJSON_CASES: dict[str, tuple[str, Callable[[Path], Path]]] = {
    "not UTF-8": (
        "gem den igen med tegnsættet UTF-8",
        lambda f: text(f, json.dumps(CONTENT, ensure_ascii=False).encode("cp1252")),
    ),
    "not JSON": ("ikke gyldig JSON", lambda f: text(f, "{")),
    "another kind of JSON": ("er ikke en FeatureCollection", lambda f: geo(f, type="Topology")),
    "nothing in it": ("har ingen features", lambda f: geo(f, features=[])),
    "too many": ("flader; højst", lambda f: geo(f, features=[feature("Holbæk")] * (geojson_areas.MOST_FEATURES + 1))),
    "no feature": ("er ikke et objekt", lambda f: geo(f, features=["Holbæk"])),
    "no name": ("mangler egenskaben", lambda f: geo(f, properties={})),
    "a name in two ways": (
        "skriv det ens, så bliver de ét område",
        lambda f: geo(f, features=[feature("Holbæk"), feature("HOLBÆK")]),
    ),
    "too many areas": (
        "byområder; højst",
        lambda f: geo(f, features=[feature(f"By {n}") for n in range(geojson_areas.MOST_AREAS + 1)]),
    ),
    "too long": (
        "Linjen er for lang",
        lambda f: geo(f, geometry={"type": "Polygon", "coordinates": [sawtooth(1_200)]}),
    ),
    "a name that is none": ("det skal være læselig tekst på højst", lambda f: geo(f, properties={"name": "x" * 121})),
    "another system": (
        "kan læses",
        lambda f: geo(f, crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::23032"}}),
    ),
    "a line": (
        "hverken Polygon eller MultiPolygon",
        lambda f: geo(f, geometry={"type": "LineString", "coordinates": RING}),
    ),
    "no numbers": (
        "har ulæselige koordinater",
        lambda f: geo(f, geometry={"type": "Polygon", "coordinates": [[["x", "y"]]]}),
    ),
    "no points": ("har ingen koordinater", lambda f: geo(f, geometry={"type": "Polygon", "coordinates": []})),
    "three points": (
        "færre end fire punkter",
        lambda f: geo(f, geometry={"type": "Polygon", "coordinates": [RING[:3]]}),
    ),
    "open": ("der ikke er lukket", lambda f: geo(f, geometry={"type": "Polygon", "coordinates": [RING[:4]]})),
    "turned": (
        "koordinater er længde, bredde i grader (WGS84)",
        lambda f: geo(f, geometry={"type": "Polygon", "coordinates": [[p[::-1] for p in RING]]}),
    ),
}


@pytest.mark.parametrize("name", GEOJSON_CASES)
def test_geojson_is_read_once_the_hint_is_followed(name: str, tmp_path: Path) -> None:
    """The hint of each is the whole format; the file that follows it is the square."""
    words, broken = GEOJSON_CASES[name]
    told = follow(
        words, lambda: read_areas_in(broken(tmp_path), HOLBAEK), lambda: read_areas_in(geo(tmp_path), HOLBAEK)
    )
    assert "filen skal være en GeoJSON FeatureCollection" in told


@pytest.mark.parametrize(
    ("words", "broken", "chosen", "mended", "then"),
    [("med --name-property", {"byen": "Holbæk"}, Chosen(), {"byen": "Holbæk"}, Chosen(name_property="byen")),
     ("skriv et navn, eller slet fladen", {"byen": ""}, Chosen(name_property="byen"), {"byen": "Holbæk"}, Chosen(name_property="byen"))],
)  # fmt: skip
def test_the_property_of_the_names_is_chosen_as_the_hint_says(
    words: str, broken: Any, chosen: Chosen, mended: Any, then: Chosen, tmp_path: Path
) -> None:
    follow(
        words,
        lambda: read_areas_in(geo(tmp_path, properties=broken), HOLBAEK, chosen),
        lambda: read_areas_in(geo(tmp_path, properties=mended), HOLBAEK, then),
    )


def test_the_system_of_metres_is_chosen_as_the_hint_says(tmp_path: Path) -> None:
    metres = np.stack(to_metres(*np.array(RING).T[::-1]), axis=1).tolist()
    outline = {"type": "Polygon", "coordinates": [metres]}
    follow(
        "angiv det med --crs (takstlab import areas), oftest 25832",
        lambda: read_areas_in(geo(tmp_path, geometry=outline), HOLBAEK),
        lambda: read_areas_in(geo(tmp_path, geometry=outline), HOLBAEK, Chosen(crs="25832")),
    )


def moved(east: float, north: float, width: float, height: float) -> list[list[float]]:
    return [[east, north], [east + width, north], [east + width, north + height], [east, north + height], [east, north]]


PLACE_CASES: dict[str, tuple[str, list[Any], list[Any]]] = {
    "on top": ("ret polygonerne, så de ikke overlapper", [feature("A"), feature("B", moved(11.68, 55.69, 0.06, 0.04))], [feature("A"), feature("B", moved(11.77, 55.69, 0.06, 0.03))]),
    "a remnant": ("slet det, hvis det er en rest fra et andet område", [feature("A"), feature("B", moved(11.80, 55.70, 0.001, 0.0005))], [feature("A")]),
    "too small": ("ellers tegn det større", [feature("B", moved(11.80, 55.70, 0.001, 0.0005))], [feature("B", moved(11.70, 55.70, 0.004, 0.004))]),
}  # fmt: skip


@pytest.mark.parametrize("name", PLACE_CASES)
def test_areas_are_placed_once_the_hint_is_followed(name: str, tmp_path: Path) -> None:
    words, broken, mended = PLACE_CASES[name]
    follow(
        words,
        lambda: read_areas_in(geo(tmp_path, features=broken), HOLBAEK),
        lambda: read_areas_in(geo(tmp_path, features=mended), HOLBAEK),
    )


def test_an_area_of_another_municipality_is_read_there(tmp_path: Path) -> None:
    follow(
        "eller vælg den rigtige kommune",
        lambda: read_areas_in(BASE, ODSHERRED),
        lambda: read_areas_in(BASE, HOLBAEK),
    )


def test_a_strip_between_the_points_is_drawn_wider(tmp_path: Path) -> None:
    """2 km by 40 m: more ground than a point stands for, and between two rows of points, 125 m apart."""
    country = land()
    own = np.flatnonzero(country.municipality == country.municipality_codes.index("0316"))
    _, north = country.centres()
    low = float(north[own].max() // 500 * 500)
    row = float(north[own][np.argmin(np.abs(north[own] - 6_177_000))])

    def read(height: float) -> object:
        strip = shapely.box(669_000, row + 5, 671_000, row + 5 + height)
        user = read_user_areas(write(tmp_path / f"{height:g}.gpkg", "GPKG", shapes=[strip]))
        return zone_points(user, country, HOLBAEK, own)

    def read_two(height: float) -> object:
        """A large area, named first, has all the points of another that lies mostly in it."""
        large, small = (
            shapely.box(669_000, row - 1_000, 671_000, row + 5),
            shapely.box(669_500, row - 300, 669_700, row - 300 + height),
        )
        user = read_user_areas(write(tmp_path / f"to-{height:g}.gpkg", "GPKG", shapes=[large, small], navn=["A", "B"]))
        return zone_points(user, country, HOLBAEK, own)

    assert low > row
    follow("er det smalt, så tegn det bredere", lambda: read(40), lambda: read(300))
    follow("tegn området større", lambda: read_two(200), lambda: read_two(600))


def square(folder: Path, name: str = "god.gpkg", **how: Any) -> Path:
    return write(folder / name, "GPKG", **how)


def two_layers(folder: Path) -> Path:
    write(folder / "to.gpkg", "GPKG", layer="byer")
    return write(folder / "to.gpkg", "GPKG", layer="skoler", append=True)


def mif(folder: Path, projection: str) -> Path:
    file = write(folder / "byer.mif", "MapInfo File")
    file.write_text(file.read_text("utf-8").replace("Projection 8, 115", projection), "utf-8")
    return packed(folder / "byer.zip", *folder.glob("byer.m*"))


def zipped(folder: Path, *names: str) -> Path:
    with zipfile.ZipFile(folder / "pakket.zip", "w") as out:
        for name in names:
            out.writestr(name, "")
    return folder / "pakket.zip"


Reading = tuple[Callable[[Path], Path], Chosen]
GIS_CASES: dict[str, tuple[str, Reading, Reading]] = {
    "no names": ("ret zonerne, og gem dem som", (lambda f: square(f, kode="Holbæk"), Chosen()), (lambda f: square(f, navn="Holbæk"), Chosen())),
    "names of another heading": ("med --name-property (takstlab import areas)", (lambda f: square(f, kode="Holbæk"), Chosen()), (lambda f: square(f, kode="Holbæk"), Chosen(name_property="kode"))),
    "damaged": ("gem zonerne igen som", (lambda f: text(f, b"SQLite format 3\0" + bytes(200), "zoner.gpkg"), Chosen()), (square, Chosen())),
    "points": ("tegn zonerne som polygoner, der er lukket, og gem laget igen", (lambda f: square(f, shapes=[shapely.Point(UTM[0])]), Chosen()), (square, Chosen())),
    "lines": ("tegn zonerne som polygoner", (lambda f: square(f, shapes=[shapely.LineString(UTM)]), Chosen()), (square, Chosen())),
    "two layers": ("med --layer (takstlab import areas)", (two_layers, Chosen()), (two_layers, Chosen(layer="byer"))),
    "a layer misspelt": ("vælg det, der har zonerne, med --layer", (two_layers, Chosen(layer="bier")), (two_layers, Chosen(layer="byer"))),
    "too many points": ("forenkl linjerne til et par meters nøjagtighed", (lambda f: square(f, shapes=[SQUARE.segmentize(0.04)]), Chosen()), (lambda f: square(f, shapes=[SQUARE.segmentize(0.04).simplify(2)]), Chosen())),
    "no system": ("angiv det med --crs (takstlab import areas), oftest 25832", (lambda f: square(f, crs=None), Chosen()), (lambda f: square(f, crs=None), Chosen(crs="25832"))),
    "no system, saved anew": ("eller gem filen igen med sit system", (lambda f: square(f, crs=None), Chosen()), (square, Chosen())),
    "another system": ("gem filen i ETRS89 / UTM zone 32 (EPSG:25832)", (lambda f: square(f, crs="EPSG:25833"), Chosen()), (square, Chosen())),
    "another than it says": ("udelad --crs", (square, Chosen(crs="4326")), (square, Chosen())),
    "system 34": ("gem en kopi med projektionen UTM zone 32, ETRS89, og brug den", (lambda f: mif(f, "Projection 22, 28"), Chosen()), (lambda f: mif(f, "Projection 8, 115"), Chosen())),
    "nothing packed": ("pak GeoPackage", (lambda f: zipped(f, "læs mig.txt"), Chosen()), (shapefile, Chosen())),
    "half of it": ("pak alle filerne med samme navn i én zip-fil, og brug den", (lambda f: shapefile(f, (".dbf", ".shx")), Chosen()), (shapefile, Chosen())),
    "no zip": ("pak den igen som almindelig zip uden adgangskode", (lambda f: text(f, b"PK", "byer.zip"), Chosen()), (shapefile, Chosen())),
    "too many files": ("gem kun kommunens egne zoner i en fil for sig", (lambda f: zipped(f, *(f"{n}.kml" for n in range(501))), Chosen()), (square, Chosen())),
}  # fmt: skip


@pytest.mark.parametrize("name", GIS_CASES)
def test_a_file_of_gis_is_read_once_the_hint_is_followed(name: str, tmp_path: Path) -> None:
    words, *both = GIS_CASES[name]
    read = []
    for number, (made, chosen) in enumerate(both):
        folder = tmp_path / str(number)
        folder.mkdir()
        read.append((made(folder), chosen))
    follow(words, *(lambda one=one: read_areas_in(one[0], HOLBAEK, one[1]) for one in read))


def test_a_file_of_another_kind_a_file_that_is_not_there_and_one_beyond_the_limits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = square(tmp_path)
    follow("brug GeoPackage", lambda: read_zone_file(text(tmp_path, "", "zoner.dwg")), lambda: read_zone_file(good))
    follow("se efter sti og rettigheder", lambda: read_zone_file(tmp_path / "ikke.gpkg"), lambda: read_zone_file(good))
    large = square(tmp_path, "stor.gpkg")
    with monkeypatch.context() as patch:
        patch.setattr(reading, "_run_child", lambda words, said: None)
        follow("gem kun kommunens egne zoner i en fil for sig, helst som GeoPackage",
               lambda: read_areas_in(large, HOLBAEK), lambda: read_areas_in(good, HOLBAEK) if patch.undo() is None else None)  # fmt: skip


def test_without_the_packages_geojson_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "missing_packages", lambda: ("pyogrio",))
    follow(
        "eller gem zonerne som GeoJSON",
        lambda: read_areas_in(FILES / "byer.gpkg", HOLBAEK),
        lambda: read_areas_in(BASE, HOLBAEK),
    )


def test_an_outline_that_crosses_itself_too_often_is_put_right_in_gis(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_run_child", lambda words, said: None)
    bow = [[11.66, 55.69], [11.76, 55.73], [11.76, 55.69], [11.66, 55.73], [11.66, 55.69]]
    follow(
        "i QGIS med Vektor > Geometriværktøjer > Ret geometrier, og gem det igen",
        lambda: read_areas_in(geo(tmp_path, features=[feature("Holbæk", bow)]), HOLBAEK),
        lambda: read_areas_in(geo(tmp_path), HOLBAEK),
    )


TESTED_ALONE = (
    "; er det smalt, så tegn det bredere",
    "eller vælg den rigtige kommune", "tegn området større", "brug GeoPackage", "se efter sti og rettigheder",
    "gem kun kommunens egne zoner i en fil for sig, helst som GeoPackage", "eller gem zonerne som GeoJSON",
    "ret det i GIS, i QGIS med Vektor > Geometriværktøjer > Ret geometrier, og gem det igen",
)  # fmt: skip


def test_no_hint_of_a_file_of_zones_is_without_a_test() -> None:
    told = [words for words, *_ in (*GIS_CASES.values(), *PLACE_CASES.values())]
    told += [*TESTED_ALONE, user_areas._FORMAT]
    assert without_a_case(("sim.geography.user_areas", *FILES_OF_GIS), told) == []


def test_nothing_is_wrong_with_geojson_that_has_no_case() -> None:
    """What is wrong is the first argument of what makes the error; some are of the chosen property and system, tested by themselves."""
    file = Path(geojson_areas.__file__)
    calls = [node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Call)]
    made = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "bad"]
    assert len(made) == len(GEOJSON_CASES) + 2
