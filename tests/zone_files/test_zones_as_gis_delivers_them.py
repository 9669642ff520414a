"""Zones in the formats of GIS programs come in as the same area, or are refused with what to do."""

import re
from pathlib import Path

import numpy as np
import pytest
import shapely
from shapely.affinity import translate

from sim.geography.user_areas import Chosen, UserAreas, read_user_areas
from tariffs.errors import DataError, InputError
from tests.zone_files.conftest import BASE, FILES, SQUARE, packed, shapefile, write


@pytest.fixture(scope="module")
def base() -> shapely.Polygon:
    return outline(read_user_areas(BASE))


def outline(user: UserAreas) -> shapely.Polygon:
    """The only area, in metres."""
    (area,) = user.areas
    return shapely.Polygon(area.rings[0])


def assert_base(
    user: UserAreas, base: shapely.Polygon, names: tuple[str, ...] = ("Holbæk",), m2: float = 2_000
) -> None:
    """The same ground within a few centimetres along 22 km of line, and the right letters."""
    assert user.names == names
    assert outline(user).symmetric_difference(base).area < m2


@pytest.mark.parametrize("name", ["byer.gpkg", "byer.tab", "byer.kml"])
def test_each_program_of_gis_gives_the_same_area(name: str, base: shapely.Polygon) -> None:
    user = read_user_areas(FILES / name)
    assert_base(user, base)
    assert user.notes == ()


def test_a_zipped_shapefile_is_read_in_its_own_system(base: shapely.Polygon) -> None:
    assert_base(read_user_areas(FILES / "byer_shp.zip"), base, ("Holbæk by",))


@pytest.mark.parametrize(
    ("ending", "driver"),
    [("gpkg", "GPKG"), ("gml", "GML"), ("kml", "LIBKML"), ("kmz", "LIBKML"), ("geojson", "GeoJSON")],
)
def test_utm_32_is_read_from_each_format_in_one_file(
    tmp_path: Path, ending: str, driver: str, base: shapely.Polygon
) -> None:
    assert_base(read_user_areas(write(tmp_path / f"byer.{ending}", driver)), base)


@pytest.mark.parametrize("ending", ["tab", "mif"])
def test_mapinfo_that_calls_utm_32_unnamed_is_utm_32(tmp_path: Path, ending: str, base: shapely.Polygon) -> None:
    write(tmp_path / f"byer.{ending}", "MapInfo File")
    assert_base(read_user_areas(packed(tmp_path / "byer.zip", *tmp_path.glob("byer.*"))), base)


def test_mapinfo_of_windows_has_the_right_letters(tmp_path: Path, base: shapely.Polygon) -> None:
    mif = write(tmp_path / "byer.mif", "MapInfo File")
    text = mif.read_text("utf-8").replace('Charset "Neutral"', 'Charset "WindowsLatin1"')
    mif.write_bytes(text.encode("cp1252"))
    mif.with_suffix(".mid").write_bytes('"Holbæk"\r\n'.encode("cp1252"))
    assert_base(read_user_areas(mif), base)


@pytest.mark.parametrize("encoding", ["UTF-8", "ISO-8859-1", "CP1252"])
@pytest.mark.parametrize("leave_out", [(), (".cpg",)])
def test_a_shapefile_has_the_right_letters_with_and_without_its_cpg(
    tmp_path: Path, encoding: str, leave_out: tuple[str, ...], base: shapely.Polygon
) -> None:
    file = shapefile(tmp_path, leave_out, options={"encoding": encoding})
    assert_base(read_user_areas(file), base)


def test_a_shapefile_of_an_old_program_without_its_cpg_has_the_right_letters(
    tmp_path: Path, base: shapely.Polygon
) -> None:
    table = write(tmp_path / "byer.shp", "ESRI Shapefile", options={"encoding": "CP850"}).with_suffix(".dbf")
    content = bytearray(table.read_bytes())
    content[29] = 0  # the byte for the code page, which old programs left empty
    table.write_bytes(bytes(content))
    parts = [part for part in sorted(tmp_path.glob("byer.*")) if part.suffix != ".cpg"]
    assert_base(read_user_areas(packed(tmp_path / "byer.zip", *parts)), base)


def test_a_row_deleted_in_a_shapefile_takes_its_own_outline_along(tmp_path: Path, base: shapely.Polygon) -> None:
    """GIS programs mark the row and leave it in the file; some readers then give Holbæk the outline of the row before it."""
    beside = translate(SQUARE, yoff=6_000)
    table = write(
        tmp_path / "byer.shp", "ESRI Shapefile", shapes=(beside, SQUARE), navn=["Slettet", "Holbæk"]
    ).with_suffix(".dbf")
    content = bytearray(table.read_bytes())
    content[int.from_bytes(content[8:10], "little")] = ord("*")
    table.write_bytes(bytes(content))
    assert_base(read_user_areas(packed(tmp_path / "byer.zip", *sorted(tmp_path.glob("byer.*")))), base)


@pytest.mark.parametrize(
    ("name", "encoding", "letters"),
    [
        ("Sankt Hans’ Vang", "CP1252", "Windows-1252"),
        ("Ole’s Kro", "CP1252", "Windows-1252"),
        ("HOLBÆK", "CP850", "kodetabel 850"),
        ("Tølløse", "CP1252", "Windows-1252"),
        ("Tolne", "CP1252", ""),
    ],
)
def test_a_byte_that_is_a_letter_or_a_mark_is_the_most_likely_and_the_guess_is_told(
    name: str, encoding: str, letters: str, tmp_path: Path
) -> None:
    """0x92 is an apostrophe in Windows-1252 and Æ in code page 850."""
    table = write(tmp_path / "byer.shp", "ESRI Shapefile", navn=name, options={"encoding": encoding})
    content = bytearray(table.with_suffix(".dbf").read_bytes())
    content[29] = 0
    table.with_suffix(".dbf").write_bytes(bytes(content))
    parts = [part for part in sorted(tmp_path.glob("byer.*")) if part.suffix != ".cpg"]
    user = read_user_areas(packed(tmp_path / "byer.zip", *parts))
    assert user.names == (name,)
    said = f"Filen siger ikke, hvordan navnenes bogstaver er skrevet; de er læst som {letters}."
    assert user.notes == ((said,) if letters else ())


@pytest.mark.parametrize(("visible", "told"), [("0", True), ("1", False), ("", False)])
def test_an_area_that_is_switched_off_in_a_kml_file_is_read_and_told(visible: str, told: bool, tmp_path: Path) -> None:
    switch = f"<visibility>{visible}</visibility>" if visible else ""
    text = (FILES / "byer.kml").read_text("utf-8").replace("<name>Holbæk</name>", f"<name>Holbæk</name>{switch}")
    (tmp_path / "byer.kml").write_text(text, encoding="utf-8")
    user = read_user_areas(tmp_path / "byer.kml")
    assert user.names == ("Holbæk",)
    said = "Slået fra i filen (vises ikke i kortprogrammet), men læst med: Holbæk. Slet dem i filen, hvis de ikke er zoner."
    assert user.notes == ((said,) if told else ())


def test_a_name_that_fills_its_cell_does_not_hide_that_the_table_is_utf_8() -> None:
    from sim.geography.zone_files.letters import _is_utf8

    whole, cut = "Tølløse".encode(), "Svebølleå".encode()[:-1]
    assert _is_utf8(whole + b"   " + cut)
    assert not _is_utf8("Tølløse Kundby Å".encode("cp1252"))


@pytest.mark.parametrize(
    ("number", "name"), [(21, "Jylland-Fyn"), (22, "Sjælland"), (23, "Bornholm"), (2022, "Sjælland")]
)
def test_system_34_is_refused_with_what_to_do(tmp_path: Path, number: int, name: str) -> None:
    mif = write(tmp_path / "byer.mif", "MapInfo File")
    mif.write_text(mif.read_text("utf-8").replace("Projection 8, 115", f"Projection {number}, 28"), "utf-8")
    with pytest.raises(InputError, match=rf"System 34/45 \({name}\).*UTM zone 32, ETRS89"):
        read_user_areas(mif)


def test_system_34_is_seen_in_the_map_of_a_tab(tmp_path: Path) -> None:
    tab = write(tmp_path / "byer.tab", "MapInfo File")
    content = bytearray(tab.with_suffix(".map").read_bytes())
    assert content[0x16D] == 8, "transverse Mercator"
    content[0x16D] = 22
    tab.with_suffix(".map").write_bytes(content)
    with pytest.raises(InputError, match=r"byer.tab er i System 34/45 \(Sjælland\)"):
        read_user_areas(tab)


@pytest.mark.parametrize(
    ("crs", "words"), [("EPSG:23032", "EPSG:23032"), ("EPSG:25833", "EPSG:25833"), ("EPSG:3034", "EPSG:3034")]
)
def test_a_system_that_is_not_read_is_named_with_what_to_do(tmp_path: Path, crs: str, words: str) -> None:
    with pytest.raises(InputError, match=rf"koordinatsystem kan ikke læses.*{words}.*EPSG:25832.*Gem objekter som"):
        read_user_areas(write(tmp_path / "byer.gpkg", "GPKG", crs))


def test_european_datum_in_mapinfo_is_not_taken_for_utm_32(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="European_Datum_1950"):
        read_user_areas(write(tmp_path / "byer.tab", "MapInfo File", "EPSG:23032"))


def test_a_file_without_a_system_asks_for_it_and_takes_the_answer(tmp_path: Path, base: shapely.Polygon) -> None:
    file = shapefile(tmp_path, (".prj",))
    with pytest.raises(InputError, match=r"hvilket koordinatsystem.*--crs \(takstlab import areas\), oftest 25832"):
        read_user_areas(file)
    assert_base(read_user_areas(file, Chosen(crs="25832")), base)
    with pytest.raises(InputError, match=r"siger selv, at den er i EPSG:25832.*udelad --crs"):
        read_user_areas(shapefile(tmp_path), Chosen(crs="4326"))


def test_several_layers_are_asked_about_and_the_chosen_one_is_read(tmp_path: Path, base: shapely.Polygon) -> None:
    file = write(tmp_path / "alt.gpkg", "GPKG", layer="byområder")
    write(file, "GPKG", shapes=[shapely.Point(670_000, 6_177_000)], layer="stoppesteder", append=True)
    assert_base(read_user_areas(file), base)
    write(file, "GPKG", shapes=[SQUARE.buffer(900)], layer="skoledistrikter", append=True)
    with pytest.raises(InputError, match=r"flere lag.*'byområder' \(1 flade\), 'skoledistrikter' \(1 flade\).*--layer"):
        read_user_areas(file)
    with pytest.raises(InputError, match=r"har ikke laget 'stoppesteder'.*'byområder'"):
        read_user_areas(file, Chosen(layer="stoppesteder"))
    assert_base(read_user_areas(file, Chosen(layer="Byområder")), base)


def test_files_packed_together_are_layers_by_their_names(tmp_path: Path, base: shapely.Polygon) -> None:
    by = write(tmp_path / "by.gpkg", "GPKG", layer="by")
    other = write(tmp_path / "land.geojson", "GeoJSON")
    file = packed(tmp_path / "alt.zip", by, other)
    with pytest.raises(InputError, match=r"flere lag.*'by'.*'land'"):
        read_user_areas(file)
    assert_base(read_user_areas(file, Chosen(layer="land")), base)


def test_the_names_are_found_or_the_properties_are_listed_to_choose_from(tmp_path: Path, base: shapely.Polygon) -> None:
    assert_base(read_user_areas(write(tmp_path / "a.gpkg", "GPKG", name=[None], bynavn="Holbæk")), base)
    file = write(tmp_path / "b.gpkg", "GPKG", kode=12, betegnelse="Holbæk")
    with pytest.raises(DataError, match=r"mangler egenskaben 'name'.*kode, betegnelse.*--name-property"):
        read_user_areas(file)
    assert_base(read_user_areas(file, Chosen(name_property="BETEGNELSE")), base)
    assert_base(read_user_areas(file, Chosen(name_property="kode")), base, ("12",))


@pytest.mark.parametrize("empty", [None, " "])
def test_the_polygon_that_lacks_its_name_is_named_and_the_advice_works(
    tmp_path: Path, empty: str | None, base: shapely.Polygon
) -> None:
    """The first has one: to say of it that the property is missing would lead nowhere."""
    file = write(tmp_path / "byer.gpkg", "GPKG", shapes=[SQUARE, SQUARE], navn=["Holbæk", empty])
    with pytest.raises(DataError, match=r"feature 2 har intet navn i 'navn'.*skriv et navn, eller slet fladen"):
        read_user_areas(file)
    assert_base(read_user_areas(write(tmp_path / "uden.gpkg", "GPKG", navn=["Holbæk"])), base)


@pytest.mark.parametrize(
    ("columns", "names"),
    [
        ({"kommunenavn": ["Holbæk", "Holbæk"], "zone": [1, 1], "plannavn": ["A", "B"]}, ("A", "B")),
        ({"regionsnavn": ["Sjælland", "Sjælland"], "områdets navn": ["A", "B"]}, ("A", "B")),
        ({"ejernavn": ["A", "B"], "plannavn": ["A", "B"]}, None),
        ({"kommunenavn": ["Holbæk", "Lejre"], "komnr": [316, 350]}, None),
    ],
)
def test_the_only_property_called_a_name_that_tells_areas_apart_is_theirs(
    tmp_path: Path, columns: dict[str, list[object]], names: tuple[str, ...] | None
) -> None:
    """Where several are, nobody but the user knows which; a municipality's name is no area's."""
    shapes = [SQUARE, shapely.affinity.translate(SQUARE, 20_000)]
    file = write(tmp_path / "byer.gpkg", "GPKG", shapes=shapes, **columns)
    if names is not None:
        assert read_user_areas(file).names == names
        return
    with pytest.raises(DataError, match="angiv, hvilken der er navnet"):
        read_user_areas(file)


def test_the_countrys_plan_data_come_in_by_the_property_that_is_chosen(base: shapely.Polygon) -> None:
    """Two parts of one zone, side by side; its schemas at addresses are not asked for."""
    with pytest.raises(DataError, match="komnr, zone, zonestatus"):
        read_user_areas(FILES / "plandata.gml")
    assert_base(
        read_user_areas(FILES / "plandata.gml", Chosen(name_property="zonestatus")), base, ("Byzone",), m2=20_000
    )


def test_an_outline_that_crosses_itself_keeps_both_halves_and_tells_the_area_before_and_after(tmp_path: Path) -> None:
    tie = shapely.Polygon([(668_000, 6_175_000), (672_000, 6_179_000), (672_000, 6_175_000), (668_000, 6_179_000)])
    user = read_user_areas(write(tmp_path / "byer.gpkg", "GPKG", shapes=[tie]))
    # Two triangles of 4 km by 2 km: 8 km2. Followed round, one counts as plus and one as minus.
    assert user.notes == (
        "Omridset af 'Holbæk' krydser sig selv eller dækker noget to gange og er rettet: 0,000 km² før, 8,000 km² efter.",
    )
    assert sum(shapely.Polygon(ring).area for ring in user.areas[0].rings) == pytest.approx(8e6, rel=1e-4)


def test_features_of_one_name_that_share_ground_are_joined_and_told(tmp_path: Path, base: shapely.Polygon) -> None:
    west, east = (
        SQUARE.intersection(shapely.box(*box))
        for box in ((667_000, 6_174_000, 671_000, 6_180_000), (669_000, 6_174_000, 674_000, 6_180_000))
    )
    user = read_user_areas(write(tmp_path / "byer.gpkg", "GPKG", shapes=[west, east]))
    assert_base(user, base, m2=20_000)  # a longer chord in degrees is another line in metres
    before, after = (float(found.replace(",", ".")) for found in re.findall(r"([0-9,]+) km²", user.notes[0]))
    assert (before, after) == pytest.approx(((west.area + east.area) / 1e6, SQUARE.area / 1e6), rel=1e-3)


def test_arcs_are_followed_and_heights_left_out(tmp_path: Path) -> None:
    gml = (FILES / "plandata.gml").read_text("utf-8")
    ring = gml[gml.index("<gml:LinearRing>") : gml.index("</gml:LinearRing>") + len("</gml:LinearRing>")]
    arc = (
        "<gml:Ring><gml:curveMember><gml:Curve><gml:segments><gml:Arc><gml:posList>668000 6177000 670000 6179000 672000 6177000"
        "</gml:posList></gml:Arc><gml:LineStringSegment><gml:posList>672000 6177000 668000 6177000</gml:posList>"
        "</gml:LineStringSegment></gml:segments></gml:Curve></gml:curveMember></gml:Ring>"
    )
    (tmp_path / "bue.gml").write_text(gml.replace(ring, arc), "utf-8")
    one = (tmp_path / "bue.gml").read_text("utf-8")
    start = one.index("<wfs:member>", one.index("</wfs:member>"))
    (tmp_path / "bue.gml").write_text(one[:start] + "</wfs:FeatureCollection>", "utf-8")
    user = read_user_areas(tmp_path / "bue.gml", Chosen(name_property="zonestatus"))
    assert outline(user).area == pytest.approx(np.pi * 2_000**2 / 2, rel=0.001)
    high = shapely.Polygon([(x, y, 12.5) for x, y in SQUARE.exterior.coords])
    assert read_user_areas(write(tmp_path / "høj.gpkg", "GPKG", shapes=[high])).names == ("Holbæk",)


@pytest.mark.parametrize(("missing", "words"), [(".dbf", "mangler byer.dbf"), (".shx", "mangler byer.shx")])
def test_half_a_shapefile_says_which_half_is_missing(tmp_path: Path, missing: str, words: str) -> None:
    with pytest.raises(InputError, match=rf"{words}.*pak alle filerne med samme navn"):
        read_user_areas(shapefile(tmp_path, (missing,)))


def test_points_alone_and_other_packed_files_are_no_zones(tmp_path: Path) -> None:
    points = write(tmp_path / "stop.gpkg", "GPKG", shapes=[shapely.Point(670_000, 6_177_000)])
    with pytest.raises(InputError, match=r"ingen flader.*kun punkter, linjer eller tabeller er i stop"):
        read_user_areas(points)
    (tmp_path / "brev.txt").write_text("hej")
    with pytest.raises(InputError, match="har ingen zoner i sig"):
        read_user_areas(packed(tmp_path / "brev.zip", tmp_path / "brev.txt"))


@pytest.mark.parametrize("ending", ["gpkg", "zip", "kml", "kmz", "gml", "tab"])
def test_a_damaged_file_is_refused_in_danish_with_what_to_do(tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"byer.{ending}"
    file.write_bytes(b"SQLite format 3\0 not so" * 9)
    if ending == "tab":
        for part in (".dat", ".map"):
            file.with_suffix(part).write_bytes(b"\0" * 600)
    with pytest.raises(InputError, match="Gør nu") as told:
        read_user_areas(file)
    assert str(tmp_path / "x")[:-1] not in str(told.value)
