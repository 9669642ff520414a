"""The map: its layers, the list of points without scripts, the count, the line kept and used, places put into fields."""

import html
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pyogrio
import pytest
import shapely
from fastapi.testclient import TestClient

from api.http.keys import KeyBook
from api.settings import Settings
from api.web.page import CSP
from tests.api.http.conftest import Memory, open_client
from tests.api.web.hard_spaces import typed

HEADERS = {"Accept": "text/html"}
BACK = "kommune=0316&aar=2020&navn0=I+dag&kommunetakst0=1&navn1=By&kommunetakst1=1&bytakst1=60&egetby1=Jyderup"
LINE = "Holbæk by\n55.69, 11.66\n55.69, 11.76\n55.73, 11.76\n55.73, 11.66"
IN_AARHUS = "Aarhus\n56.1, 10.1\n56.1, 10.2\n56.2, 10.2"


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    settings = Settings(store=str(tmp_path / "lager"), estimate_wait_ms=60_000)
    return open_client(settings, Memory(settings))


def send(client: TestClient, address: str, **fields: str) -> Any:
    told = {"kommune": "0316", "punkter": LINE, "tilbage": BACK, **fields}
    files = {key: (None, value) for key, value in told.items()}
    return client.post(address, files=files, headers=HEADERS, follow_redirects=False)


def words(page: Any) -> str:
    return " ".join(typed(html.unescape(re.sub(r"<[^>]+>", " ", page.text))).split())


def points_in(page: Any) -> str:
    found = re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", page.text, re.S)
    assert found
    return html.unescape(found[1])


def test_the_page_has_todays_policy_and_all_it_needs_from_itself(client: TestClient) -> None:
    page = client.get("/kort?kommune=0316", headers=HEADERS)
    policy = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    assert page.headers["content-security-policy"] == CSP == policy
    assert not re.search(r"<script(?![^>]* src=\"/static/)|<style| style=|https?://", page.text)


@pytest.mark.parametrize(
    ("address", "count"),
    [
        ("lag/land.geojson", 45),
        ("lag/sogne/0316.geojson", 25),
        ("lag/destinationer/Holb%C3%A6k.geojson", 22),
        ("byomraader.geojson?kommune=0316&omraade=Jyderup", 1),
        ("egne.geojson?kommune=0316", 0),
    ],
)
def test_layers_are_geojson_that_is_compressed_and_kept(client: TestClient, address: str, count: int) -> None:
    answer = client.get(f"/kort/{address}")
    assert answer.headers["content-type"] == "application/geo+json"
    assert len(answer.json()["features"]) == count
    again = client.get(f"/kort/{address}", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


def test_a_layer_of_no_municipality_is_refused_in_words(client: TestClient) -> None:
    assert client.get("/kort/lag/sogne/Malmø.geojson").status_code == 422
    assert client.get("/kort/lag/havet.geojson").status_code in (404, 422)


def test_points_are_counted_and_drawn_without_scripts(client: TestClient) -> None:
    page = send(client, "/kort", goer="taelle")
    assert page.status_code == 200
    assert "I Holbæk by bor ca. 27.900 personer inden for bygrænsen" in words(page)
    assert 'src="data:image/svg+xml;base64,' in page.text
    assert points_in(page) == LINE


def test_the_count_is_the_fairness_pages_and_the_estimates(client: TestClient) -> None:
    told = client.post(
        "/kort/tael",
        files={"kommune": (None, "0316"), "punkter": (None, LINE), "tilbage": (None, BACK), "brug": (None, "valg1")},
    ).json()
    (area,) = told["areas"]
    assert area["inside"]["everyone"]["estimate"] == pytest.approx(27_929, abs=1)
    assert area["inside"]["older"]["lowest"] < area["inside"]["older"]["estimate"]
    assert told["near"]["everyone"]["highest"] > 0
    assert told["distance_m"] == 300
    assert 0.1 < area["trip_share"] < 0.3
    assert area["trips"] > 100
    assert told["trips_year"] == 2020
    assert "bytakst=60" in told["elements"], "the option's own elements, priced on both sides"


def test_a_municipality_with_a_fare_of_its_own_has_its_people_counted(client: TestClient) -> None:
    """Vordingborg has 60 kr. as the whole municipality's fare: with it, and under an option with a bytakst."""
    line = "Stege\n54.995, 12.26\n55.00, 12.31\n54.97, 12.32\n54.965, 12.27\n"
    back = "kommune=0390&aar=2027&navn0=I+dag&kommunetakst0=1&egenkommunetakst0=60&navn1=By&bytakst1=64"
    for form in ({}, {"tilbage": (None, back)}, {"tilbage": (None, back), "brug": (None, "valg1")}):
        told = client.post("/kort/tael", files={"kommune": (None, "0390"), "punkter": (None, line)} | form)
        assert told.status_code == 200, told.text
        assert told.json()["areas"][0]["inside"]["everyone"]["estimate"] > 1_000


def test_the_count_says_what_is_wrong_as_json_and_in_the_pages_words(client: TestClient) -> None:
    wrong = {"kommune": (None, "0316"), "punkter": (None, IN_AARHUS)}
    answer = client.post("/kort/tael", files=wrong)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    said = client.post("/kort/tael", files=wrong, headers=HEADERS)
    assert "Byområdet 'Aarhus' ligger ikke i Holbæk Kommune, eller det er for smalt." in words(said)
    assert "/tmp" not in said.text


def test_the_count_has_the_areas_as_they_were_read_for_the_map_to_draw(client: TestClient) -> None:
    def areas(points: str) -> list[str]:
        files = {"kommune": (None, "0316"), "punkter": (None, points)}
        page = client.post("/kort/tael", files=files, headers=HEADERS).text
        found = re.findall(r'data-omraader="([^"]*)"', page)
        return [one["properties"]["name"] for text in found for one in json.loads(html.unescape(text))["features"]]

    assert areas('"By" & <b>\n669000 6178000\n671000 6178000\n671000 6179000') == ['"By" & <b>']
    assert areas(IN_AARHUS) == ["Aarhus"], "that it cannot be used is said beside it"
    assert areas("By\n55.7, 11.7") == []


def test_a_line_is_kept_and_is_the_options_own(client: TestClient) -> None:
    led = send(client, "/kort/gem", brug="valg1")
    assert led.status_code == 303
    asked = parse_qs(urlsplit(led.headers["location"]).query)
    (kept,) = client.get("/v1/areas").json()["areas"]
    assert asked["egenlinje1"] == [kept["town_areas"]]
    assert "egetby1" not in asked, "the drawn line takes the place of the named town"
    assert (kept["municipality"], kept["names"]) == ("0316", ["Holbæk by"])
    (drawn,) = client.get(f"/kort/egne.geojson?kommune=0316&omraader={kept['town_areas']}").json()["features"]
    assert drawn["properties"] == {"name": "Holbæk by"}
    begun = client.get(f"/kort?kommune=0316&omraader={kept['town_areas']}", headers=HEADERS)
    assert points_in(begun) == LINE


def test_every_area_of_a_kept_line_has_an_id_of_its_own(client: TestClient) -> None:
    """A map draws one alone of the features that share an id: the second town of a line was lost."""
    second = "Tølløse\n55.60, 11.74\n55.60, 11.80\n55.63, 11.80\n55.63, 11.74"
    assert send(client, "/kort/gem", punkter=f"{LINE}\n{second}", brug="egne-data").status_code == 303
    features = client.get("/kort/egne.geojson?kommune=0316").json()["features"]
    assert [one["properties"]["name"] for one in features] == ["Holbæk by", "Tølløse"]
    assert len({one["id"] for one in features}) == len(features)


@pytest.mark.parametrize(
    ("use", "where"),
    [("alle", "/sammenlign"), ("egne-data", "/egne-data"), ("byomraade", "/byomraade"), ("valg9", "/egne-data")],
)
def test_a_kept_line_leads_on_to_where_it_is_used(client: TestClient, use: str, where: str) -> None:
    led = send(client, "/kort/gem", brug=use).headers["location"]
    assert urlsplit(led).path == where
    (kept,) = client.get("/v1/areas").json()["areas"]
    assert kept["id"] in led


def test_a_line_that_cannot_be_used_is_not_kept_and_stays_in_the_list(client: TestClient) -> None:
    page = send(client, "/kort/gem", punkter=IN_AARHUS)
    assert page.status_code == 422
    assert "ligger ikke i Holbæk Kommune" in words(page)
    assert points_in(page) == IN_AARHUS
    assert client.get("/v1/areas").json() == {"areas": []}


def test_keeping_needs_the_right_to_upload_and_counting_does_not(tmp_path: Path) -> None:
    settings = Settings(store=str(tmp_path / "lager"), open_reading=False, estimate_wait_ms=0)
    keys = KeyBook(tmp_path / "keys.json")
    _, key = keys.add("læser", ["read"], 1)
    client = open_client(settings, Memory(settings), keys)
    client.headers["Authorization"] = f"Bearer {key}"
    assert send(client, "/kort", goer="taelle").status_code == 200
    assert send(client, "/kort/gem").status_code == 403


def test_a_line_can_begin_with_the_models_own_town(client: TestClient) -> None:
    page = client.get("/kort?kommune=0316&by=Jyderup", headers=HEADERS)
    assert points_in(page).startswith("Jyderup\n55.6")
    counted = send(client, "/kort", punkter=points_in(page))
    assert re.search(r"I Jyderup bor ca\. 4\.\d00 personer", words(counted))


def test_points_are_sent_as_a_file(client: TestClient) -> None:
    file = send(client, "/kort", goer="hent")
    assert file.headers["content-disposition"] == 'attachment; filename="byomraader.geojson"'
    assert json.loads(file.content)["features"][0]["geometry"]["type"] == "Polygon"
    taken = client.post("/v1/areas", params={"municipality": "0316"}, content=file.content,
                        headers={"Content-Type": "application/geo+json"})  # fmt: skip
    assert taken.status_code == 201


def place(client: TestClient, **asked: str) -> Any:
    return client.get(
        "/kort/sted", params={"kommune": "0316", "tilbage": BACK, **asked}, headers=HEADERS, follow_redirects=False
    )


def test_a_place_fills_the_options_field(client: TestClient) -> None:
    led = place(client, sted="55.7174 11.7130", brug="valg1")
    assert led.status_code == 303
    assert parse_qs(urlsplit(led.headers["location"]).query)["gratis1"] == ["55.7174 11.7130"]


def test_a_transfer_point_is_the_nearest_station(client: TestClient) -> None:
    for text in ("55.7174 11.7130", "Holbæk Station"):
        led = place(client, sted=text, brug="skiftested")
        assert parse_qs(urlsplit(led.headers["location"]).query)["skiftested"] == ["Holbæk"]


@pytest.mark.parametrize(
    ("text", "told"), [("", "Stedet mangler"), ("56.1 10.2", "ligger ikke i Holbæk"), ("Eiffeltårnet", "Eiffeltårnet")]
)
def test_a_place_that_is_none_is_said_at_its_field(client: TestClient, text: str, told: str) -> None:
    page = place(client, sted=text, brug="valg1")
    assert page.status_code == 422
    assert told in words(page)
    assert "Stedet kan ikke bruges" in words(page)
    assert "Linjen kan ikke bruges" not in words(page)


def test_the_page_is_english_when_it_is_asked_for(client: TestClient) -> None:
    page = client.get("/kort?kommune=0316&sprog=en", headers=HEADERS)
    assert "Draw town areas: Holbæk" in words(page)
    counted = words(send(client, "/kort", goer="taelle"))
    assert "About 27,900 people live inside the town line of Holbæk by" in counted


def links(page: Any, text: str) -> list[str]:
    """Where the links of a text lead."""
    return [html.unescape(found) for found in re.findall(rf'href="([^"]*)"[^>]*>{text}', page.text)]


def test_the_builder_leads_to_the_map_and_shows_an_options_own_line(client: TestClient) -> None:
    led = send(client, "/kort/gem", brug="valg1").headers["location"]
    page = client.get(led, headers=HEADERS)
    (kept,) = client.get("/v1/areas").json()["areas"]
    (edit,) = links(page, "Ret linjen")
    assert parse_qs(urlsplit(edit).query)["brug"] == ["valg1"]
    assert points_in(client.get(edit, headers=HEADERS)) == LINE
    draw = links(page, "Tegn byområde på kortet")
    assert [parse_qs(urlsplit(one).query)["brug"][0] for one in draw] == ["valg0", "valg1", "alle"]
    assert parse_qs(parse_qs(urlsplit(draw[1]).query)["tilbage"][0])["egenlinje1"] == [kept["town_areas"]]
    pictures = re.findall(r'src="(/kort/byomraader.svg[^"]*)"', page.text)
    assert any(kept["id"] in one for one in pictures)
    assert all(client.get(html.unescape(one)).status_code == 200 for one in pictures)


def opened(answer: Any, folder: Path) -> dict[str, Any]:
    """The only area of a GeoPackage that was sent, as GDAL reads it."""
    assert answer.headers["content-type"] == "application/geopackage+sqlite3"
    assert answer.headers["content-disposition"] == 'attachment; filename="byomraader.gpkg"'
    (folder / "hentet.gpkg").write_bytes(answer.content)
    about, _, (shape,), columns = pyogrio.raw.read(folder / "hentet.gpkg")
    assert about["crs"] == "EPSG:4326"
    assert shapely.from_wkb(shape).geom_type == "MultiPolygon"
    return {name: column[0] for name, column in zip(about["fields"], columns, strict=True)}


def test_a_drawn_line_is_sent_as_geopackage_with_its_people(client: TestClient, tmp_path: Path) -> None:
    """As many as the page counts inside the line."""
    zone = opened(send(client, "/kort", goer="hent-gpkg"), tmp_path)
    assert json.loads(send(client, "/kort", goer="hent").content)["features"][0]["properties"] == zone
    inside = client.post("/kort/tael", files={"kommune": (None, "0316"), "punkter": (None, LINE)}).json()["areas"][0][
        "inside"
    ]
    assert zone["persons"] == round(inside["everyone"]["estimate"])


def test_kept_areas_are_sent_with_the_trips_of_a_kept_list(client: TestClient, tmp_path: Path) -> None:
    """Two trips begin inside the line, one of them ends there as well, and a third neither begins nor ends in it."""
    send(client, "/kort/gem", brug="egne-data")
    (kept,) = client.get("/v1/areas").json()["areas"]
    inside, outside = "55,71;11,71", "55,66;11,42"
    rows = [f"{inside};{inside}", f"{inside};{outside}", f"{outside};{outside}"]
    text = "dato;tid;fra_lat;fra_lon;til_lat;til_lon;passagerer\n" + "".join(
        f"2019-08-0{n};10:30;{row};1\n" for n, row in enumerate(rows, 1)
    )
    sent = client.post("/v1/uploads", params={"municipality": "0316"}, content=text.encode(),
                       headers={"Content-Type": "text/csv"})  # fmt: skip
    assert sent.status_code == 201, sent.text
    address = f"kommune=0316&omraader={kept['town_areas']}&ture={sent.json()['id']}"
    zone = opened(client.get(f"/kort/zoner-med-ture.gpkg?{address}"), tmp_path)
    assert client.get(f"/kort/zoner-med-ture.geojson?{address}").json()["features"][0]["properties"] == zone
    assert [zone[f"trips_{way}"] for way in ("from", "to", "within")] == [2, 1, 1]
    page = client.get("/egne-data?kommune=0316", headers=HEADERS)
    assert len(re.findall(r'href="/kort/zoner-med-ture\.(?:geojson|gpkg)', page.text)) == 2


def test_own_data_shows_a_kept_line_and_leads_to_the_map(client: TestClient, tmp_path: Path) -> None:
    send(client, "/kort/gem", brug="egne-data")
    page = client.get("/egne-data?kommune=0316", headers=HEADERS)
    (edit,) = links(page, "Ret på kortet")
    assert points_in(client.get(edit, headers=HEADERS)) == LINE
    (file,), (packed,) = (links(page, f"Hent som {kind}") for kind in ("GeoJSON", "GeoPackage"))
    (zone,) = client.get(file).json()["features"]
    assert zone["properties"].keys() == {"name", "persons"}
    assert opened(client.get(packed), tmp_path) == zone["properties"]
    assert links(page, "Tegn byområde på kortet") == ["/kort?kommune=0316&brug=egne-data"]
