"""Files sent as application/octet-stream are known by their first bytes, and taken in as by their own type."""

import io
import zipfile
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.http.areas import KINDS
from api.http.unnamed import UNNAMED, kind_of_areas, kind_of_trips
from api.http.uploads import ENDINGS

TESTS = Path(__file__).parents[2]
KML = "application/vnd.google-earth.kml+xml"
LIST = "dato;tid;fra;til;passagerer\n" + "03-08-2019;10.40;Holbæk;Jyderup;1\n" * 2


@pytest.mark.parametrize("name", ["x_base.ods", "x_base.xls", "x_error_cell.xlsx", "base.csv", "tab.tsv"])
def test_a_list_of_trips_is_known_by_its_first_bytes(name: str) -> None:
    content = (TESTS / "intake" / "cases" / name).read_bytes()
    ending = Path(name).suffix
    assert ENDINGS[kind_of_trips(content)] == (".csv" if ending == ".tsv" else ending)


@pytest.mark.parametrize("name", ["byer.gpkg", "byer_shp.zip", "byer.kml", "plandata.gml"])
def test_town_areas_are_known_by_their_first_bytes(name: str) -> None:
    content = (TESTS / "zone_files" / "files" / name).read_bytes()
    assert KINDS[kind_of_areas(content)] == Path(name).suffix


def test_a_binary_workbook_and_a_zipped_kml_are_known_by_what_is_in_them() -> None:
    def zipped(*names: str) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name in names:
                archive.writestr(name, "")
        return buffer.getvalue()

    assert ENDINGS[kind_of_trips(zipped("[Content_Types].xml", "xl/workbook.bin"))] == ".xlsb"
    assert KINDS[kind_of_areas(zipped("doc.KML"))] == ".kmz"


def test_a_zip_that_is_none_is_left_to_its_reader() -> None:
    assert ENDINGS[kind_of_trips(b"PK\x03\x04 broken")] == ".xlsx"
    assert KINDS[kind_of_areas(b"PK\x03\x04 broken")] == ".zip"


def test_a_list_sent_without_its_kind_is_the_same_upload(client: TestClient) -> None:
    def sent(kind: str) -> dict[str, object]:
        told = client.post(
            "/v1/uploads", params={"municipality": "0316"}, content=LIST.encode(), headers={"Content-Type": kind}
        )
        assert told.status_code in (200, 201), told.text
        return told.json()

    assert sent(UNNAMED)["id"] == sent("text/csv")["id"]


@pytest.mark.parametrize(
    ("path", "content", "kind"),
    [
        ("/v1/quotes/file", (TESTS / "intake" / "cases" / "base.csv").read_bytes(), "text/csv"),
        ("/v1/areas?municipality=0316", (TESTS / "zone_files" / "files" / "byer.kml").read_bytes(), KML),
        ("/v1/timetables", (TESTS / "plustur" / "feeds" / "base.zip").read_bytes(), "application/zip"),
        ("/v1/price-lists", b"navn = 1", "application/toml"),
    ],
)
def test_every_door_answers_a_file_without_its_kind_as_with_it(
    client: TestClient, path: str, content: bytes, kind: str
) -> None:
    named, unnamed = (client.post(path, content=content, headers={"Content-Type": told}) for told in (kind, UNNAMED))
    assert named.headers["Content-Type"] == unnamed.headers["Content-Type"]
    if named.status_code in (200, 201):
        assert unnamed.content == named.content
    else:
        assert unnamed.json()["what"] == named.json()["what"]
