"""The page of own data: what is sent is taken or refused in plain words, used in a comparison, and deleted."""

import re
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.settings import Settings
from api.web.in_use import plan_back
from tests.api.http.conftest import Memory, open_client
from tests.api.http.test_areas import ELSEWHERE, TOWN
from tests.api.web.test_choosing_columns import chosen
from tests.intake.lists import danish, year_of_trips

LIST = danish(year_of_trips(200))
HEADERS = {"Accept": "text/html"}
BACK = "kommune=0316&passagerer=900&navn0=I+dag&navn1=&kommunetakst1=1&nabo=0306"


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    settings = Settings(store=str(tmp_path / "lager"), estimate_wait_ms=60_000)
    return open_client(settings, Memory(settings))


def send(client: TestClient, where: str, content: str | bytes, name: str, follow: bool = True, **fields: str) -> Any:
    return client.post(
        f"/egne-data/{where}",
        data={"kommune": "0316", **fields},
        files={"fil": (name, content)},
        headers=HEADERS,
        follow_redirects=follow,
    )


def plain(page: Any) -> str:
    """A page's words, without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def use(page: Any) -> str:
    """Where the first "Brug i sammenligningen" leads."""
    found = re.search(r'href="([^"]*)">Brug i sammenligningen', page.text)
    assert found
    return found[1].replace("&amp;", "&")


def test_a_list_that_is_taken_is_accounted_for_in_plain_words(client: TestClient) -> None:
    page = send(client, "ture", LIST, "ture 2019.csv")
    assert page.status_code == 200
    words = plain(page)
    assert "Listen er indlæst." in words
    assert "Læst: 200 rækker. Taget med: 200." in words
    assert "Ingen rækker er udeladt." in words
    assert "passagerer ← Antal passagerer" in words
    assert "Holbæk, 1. januar 2019 - 31. december 2019: 200 ture" in words
    assert "Slettes" in words


@pytest.mark.parametrize(("ending", "code"), [("csv", "0316"), ("xlsx", "0316"), ("csv", "0360")])
def test_the_template_is_read_by_the_door_as_it_is(client: TestClient, ending: str, code: str) -> None:
    template = client.get(f"/egne-data/skabelon.{ending}", params={"kommune": code})
    assert template.headers["content-disposition"] == f'attachment; filename="ture.{ending}"'
    page = send(client, "ture", template.content, f"ture.{ending}", kommune=code)
    assert page.url.path == "/egne-data"
    words = plain(page)
    assert "Læst: 2 rækker. Taget med: 2." in words
    assert "Alle kolonner er læst." in words
    assert f"skabelon.{ending}?kommune={code}" in page.text


def test_the_template_has_every_column_with_a_note(client: TestClient) -> None:
    lines = client.get("/egne-data/skabelon.csv").content.decode("utf-8-sig").split("\r\n")
    notes, names = (line.split(";") for line in lines[1:3])
    assert names == [
        "dato",
        "tid",
        "bestilt",
        "fra",
        "til",
        "passagerer",
        "børn",
        "kanal",
        "fast",
        "status",
        "pris",
        "produkt",
    ]
    assert len(notes) == len(names)
    assert all(notes)
    assert [name for name, note in zip(names, notes, strict=True) if "kan udelades" not in note] == names[:2] + names[
        3:6
    ]


def test_what_is_left_out_and_ignored_is_said(client: TestClient) -> None:
    header, *rows = LIST.split("\r\n")
    more = [f"{header};Vognnr", *(f"{row};7" for row in rows if row)]
    asked = send(client, "ture", "\r\n".join(more), "ture.csv", fra="1.1.2019", til="30.6.2019")
    assert "Vognnr slettet med det samme: numre, der ikke bruges til ture" in plain(asked)
    fields = {"fra": "1.1.2019", "til": "30.6.2019", "goer": "tag", **chosen(asked)}
    taken = client.post(asked.url.path, data=fields, files={"ingen": ("", b"")}, headers=HEADERS)
    assert taken.url.path == "/egne-data"
    words = plain(taken)
    assert "Kolonner, der ikke er læst: Vognnr" in words
    assert re.search(r"Udeladt: \d+ ", words)
    assert "som I har angivet" in words


def test_a_bad_cell_is_told_by_row_and_column_and_nothing_is_kept(client: TestClient) -> None:
    rows = LIST.split("\r\n")
    cells = rows[41].split(";")
    cells[7] = "mange"
    rows[41] = ";".join(cells)
    page = send(client, "ture", "\r\n".join(rows), "ture.csv", tilbage=BACK)
    assert "Listen er ikke indlæst endnu" in plain(page)
    assert "Antal passagerer: 1 celle kan ikke læses, række 42 (mange). Der skal stå helt tal, 1-8" in plain(page)
    assert client.get("/v1/uploads").json() == {"uploads": []}
    [back] = re.findall(r'href="(/egne-data\?[^"]*)">Tilbage til Egne data', page.text)
    home = client.get(back.replace("&amp;", "&"), headers=HEADERS)
    assert home.text.count('name="tilbage"') == 3, "the way back is kept in all forms"


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        ("", "", "Vælg filen med ture"),
        (
            "x",
            "ture.docx",
            "Filen skal være CSV (.csv, .txt, .tsv), et regneark (.xlsx, .xls, .xlsb, .ods) eller Parquet (.parquet)",
        ),
        ("hej med dig\nblabla\n", "ture.csv", "Ingen af kolonnerne blev fundet"),
        ("", "ture.csv", "Filen er tom"),
        (b"PK\x03\x04", "ture.xlsx", ""),
        (b"PAR1", "ture.parquet", ""),
    ],
)
def test_what_is_no_list_is_refused_with_what_to_do(
    client: TestClient, content: str | bytes, name: str, words: str
) -> None:
    page = send(client, "ture", content, name)
    assert page.status_code == 422
    assert words in plain(page)
    assert 'id="fejl"' in page.text


def test_a_period_needs_both_its_ends(client: TestClient) -> None:
    page = send(client, "ture", LIST, "ture.csv", fra="1.1.2019")
    assert page.status_code == 422
    assert "Skriv både første og sidste dag" in page.text
    page = send(client, "ture", LIST, "ture.csv", fra="i går", til="31.12.2019")
    assert "er ikke en dato" in page.text


def test_a_list_is_used_in_the_comparison_one_came_from(client: TestClient) -> None:
    address = use(send(client, "ture", LIST, "ture.csv", tilbage=BACK))
    assert address.startswith("/sammenlign?kommune=0316&aar=2019&")
    assert "nabo=0306" in address
    assert "kommunetakst1=1" in address
    assert "passagerer" not in address, "the list says how many there are"
    built = client.get(address, headers=HEADERS)
    assert built.status_code == 200
    assert 'name="ture" value="upload:' in built.text
    assert "Egne ture i brug" in built.text
    assert "SKØN" in built.text
    assert "Der kan ikke regnes" not in built.text
    dropped = re.search(r'<a href="([^"]*)">Brug den ikke', built.text)
    assert dropped
    assert "ture=" not in dropped[1]


def test_own_lines_are_used_in_the_comparison_the_map_and_the_page_of_lines(client: TestClient) -> None:
    page = send(client, "omraader", TOWN, "by.geojson", tilbage=BACK)
    assert "Byområderne er indlæst." in page.text
    areas = client.get("/v1/areas").json()["areas"][0]["town_areas"]
    built = client.get(use(page), headers=HEADERS)
    assert f'name="omraader" value="{areas}"' in built.text
    assert "Holbæk by" in plain(built)
    assert "Der kan ikke regnes" not in built.text
    drawn = client.get("/kort/byomraader.svg", params={"kommune": "0316", "omraader": areas})
    assert drawn.status_code == 200
    assert "Holbæk by" in drawn.text
    lines = client.get("/byomraade", params={"kommune": "0316", "omraader": areas}, headers=HEADERS)
    assert lines.status_code == 200
    assert "Holbæk by" in plain(lines)
    assert f"omraader={areas.replace(':', '%3A')}" in lines.text
    wrong = client.get("/byomraade", params={"kommune": "0326", "omraader": areas}, headers=HEADERS)
    assert wrong.status_code == 422
    assert "ligger ikke i Kalundborg Kommune" in wrong.text


def test_lines_of_somewhere_else_are_refused(client: TestClient) -> None:
    page = send(client, "omraader", ELSEWHERE, "by.geojson")
    assert page.status_code == 422
    assert "ligger ikke i Holbæk Kommune" in plain(page)
    large = send(client, "omraader", b" " * 1_000_001, "by.geojson")
    assert large.status_code == 413
    assert "Filen er over 1 MB" in plain(large), "in the form, where another can be chosen"
    assert "Vælg filen med byområder" in plain(send(client, "omraader", b"", ""))


def test_what_is_deleted_is_gone_from_the_page_and_from_the_comparison(client: TestClient) -> None:
    address = use(send(client, "ture", LIST, "ture.csv", tilbage=BACK))
    upload = client.get("/v1/uploads").json()["uploads"][0]["trips"]
    back = address.partition("?")[2]
    done = client.post(
        "/egne-data/slet",
        data={"id": upload, "kommune": "0316", "tilbage": back},
        files={"ingen": ("", b"")},
        headers=HEADERS,
    )
    assert done.status_code == 200
    assert "Slettet." in done.text
    assert "Ingen lister er indlæst endnu." in done.text
    assert upload not in done.text, "the way back does not name it any more"
    built = client.get(address, headers=HEADERS)
    assert "listen er ikke længere gemt her" in built.text
    assert "Scenariets turliste er ikke gemt her" in plain(built)


@pytest.mark.parametrize(
    "back", ["https://ond.example/", "//ond.example", "javascript:alert(1)", "kommune=0316&x=1", "%"]
)
def test_the_way_back_never_leads_elsewhere(client: TestClient, back: str) -> None:
    page = client.get("/egne-data", params={"kommune": "0316", "tilbage": back}, headers=HEADERS)
    assert page.status_code == 200
    links = re.findall(r'(?:href|action)="([^"]*)"', page.text)
    assert all(link.startswith(("/", "#")) and not link.startswith("//") for link in links)
    assert plan_back(back, "0316", 2020).address.startswith("/sammenlign?kommune=0316&")


@pytest.mark.parametrize("value", ["/etc/passwd", "upload:../../x", "areas:" + "0" * 64])
def test_an_address_never_makes_the_service_open_a_file(client: TestClient, value: str) -> None:
    for key in ("ture", "omraader"):
        if (key, value[:5]) == ("omraader", "areas"):
            continue
        page = client.get("/sammenlign", params={"kommune": "0316", key: value}, headers=HEADERS)
        assert "er ikke noget, der er indlæst her" in plain(page)
    assert client.get("/kort/byomraader.svg", params={"kommune": "0316", "omraader": value}).status_code == 422


def test_the_file_as_it_came_is_never_put_elsewhere_on_the_disk(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tempfile

    monkeypatch.setattr(tempfile, "TemporaryFile", lambda *a, **k: pytest.fail("a file outside the store"))
    monkeypatch.setattr(tempfile.SpooledTemporaryFile, "rollover", lambda self: pytest.fail("put on the disk"))
    big = danish(year_of_trips(18_000))
    assert len(big) > 2**20, "more than the usual part in memory"
    page = send(client, "ture", big, "ture.csv")
    assert page.status_code == 200, plain(page)


def test_another_site_cannot_send_for_the_officer(client: TestClient) -> None:
    sent = client.post(
        "/egne-data/ture",
        data={"kommune": "0316"},
        files={"fil": ("ture.csv", LIST)},
        headers={"Origin": "https://ond.example"},
    )
    assert sent.status_code == 403
    assert client.post("/egne-data/ture", content=b"x", headers={"Content-Type": "text/plain"}).status_code == 400


def test_how_an_answer_is_made_again_names_what_was_sent() -> None:
    import tomllib

    from api.web.reproduce import body, scenario_file
    from sim.inputs.scenario.scenario import build_scenario

    values = {
        "municipality": "0316",
        "options": [{"name": "I dag", "elements": ()}],
        "trips": "upload:" + "0" * 64,
        "town_areas": "areas:" + "1" * 64,
    }
    kept = build_scenario(values, "test").model_dump(mode="json")
    assert (body(kept)["trips"], body(kept)["town_areas"]) == (values["trips"], values["town_areas"])
    text = scenario_file(kept)
    assert tomllib.loads(text)["trips"] == values["trips"], "without it the command line would tell of other trips"
    assert text.startswith("# trips: skriv stien til jeres egen fil")


def test_a_file_that_is_too_large_is_refused_while_it_comes(tmp_path: Path) -> None:
    settings = Settings(store=str(tmp_path / "lager"), bulk_body_kb=100)
    small = open_client(settings, Memory(settings))
    page = send(small, "ture", "x" * 200_000, "ture.csv")
    assert page.status_code == 413
    assert "Det sendte er større, end tjenesten tager imod" in plain(page)


def test_from_elsewhere_only_a_clean_list_is_asked_for_and_taken(tmp_path: Path) -> None:
    settings = Settings(store=str(tmp_path / "lager"), estimate_wait_ms=60_000)
    behind = open_client(settings, Memory(settings))
    behind.headers["X-Forwarded-For"] = "192.0.2.1"
    words = plain(behind.get("/egne-data?kommune=0316", headers=HEADERS))
    assert "Udefra tages kun imod en liste, der allerede er renset" in words
    assert "takstlab clean ture.csv --municipality 0316" in words
    page = send(behind, "ture", LIST, "ture.csv")
    assert page.status_code == 422
    assert "Filen er ikke en renset turliste" in plain(page)
    assert behind.get("/v1/uploads").json() == {"uploads": []}


GIS_FILES = Path(__file__).parent.parent.parent / "zone_files" / "files"


@pytest.mark.slow
def test_zones_of_gis_programs_come_in_on_the_page_and_what_they_leave_open_is_asked_there(client: TestClient) -> None:
    page = send(client, "omraader", (GIS_FILES / "byer_shp.zip").read_bytes(), "byer_shp.zip")
    assert "Holbæk: Holbæk by" in plain(page)
    assert "Byområderne er indlæst" in plain(page)
    content = (GIS_FILES / "plandata.gml").read_bytes()
    asked = send(client, "omraader", content, "plandata.gml")
    assert asked.status_code == 422
    assert "i feltet »Egenskab med zonernes navne«" in plain(asked)
    assert '<label class="form-label" for="omraader-name-property">Egenskab med zonernes navne' in asked.text
    taken = send(client, "omraader", content, "plandata.gml", **{"omraader-name-property": "zonestatus"})
    assert "Holbæk: Byzone" in plain(taken)
    line = client.post("/byomraade?kommune=0316", files={"fil": ("byer.gpkg", (GIS_FILES / "byer.gpkg").read_bytes())})
    assert (line.status_code, "Holbæk" in plain(line)) == (200, True)
    open_choice = client.post("/byomraade?kommune=0316", files={"fil": ("plandata.gml", content)}, headers=HEADERS)
    assert "feltet »Egenskab med zonernes navne« på siden »Egne data«" in plain(open_choice)


def test_without_the_reader_the_page_says_what_is_missing(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    from api.web import own_data

    assert "pip install" not in client.get("/egne-data", headers=HEADERS).text
    monkeypatch.setattr(own_data, "missing_packages", lambda: ("pyogrio",))
    page = client.get("/egne-data", headers=HEADERS)
    assert "Her kan kun GeoJSON læses: pyogrio er ikke installeret" in plain(page)
    assert "<code>pip install pyogrio</code>" in page.text
