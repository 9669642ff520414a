"""The page on the town line: what it shows for an address, for a file of one's own, and for what is wrong."""

import html
import json
import re
import shlex

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from api.cli.main import takstlab
from api.http.app import create_app
from api.settings import Settings
from tests.api.web.hard_spaces import typed

HTML = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    settings = Settings(store=str(tmp_path_factory.mktemp("lager")))
    app = create_app(settings, None, None)  # type: ignore[arg-type] # neither jobs nor results are asked
    return TestClient(app, base_url="http://127.0.0.1:8600")


def words(page: str) -> str:
    return " ".join(typed(html.unescape(re.sub(r"<[^>]+>", " ", page))).split())


def text_of(client: TestClient, query: str = "", status: int = 200) -> str:
    response = client.get(f"/byomraade{query}", headers=HTML)
    assert response.status_code == status, response.text[:500]
    return words(response.text)


def square(name: str, half: float) -> bytes:
    west, east, south, north = 11.7114 - half, 11.7114 + half, 55.714 - half / 2, 55.714 + half / 2
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    feature = {"type": "Feature", "properties": {"name": name}, "geometry": geometry}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


def test_the_sentence_says_how_many_live_where_and_what_each_pays(client: TestClient) -> None:
    text = text_of(client, "?kommune=0316")
    assert re.search(
        r"I Holbæk bor ca\. 28\.300 personer inden for bygrænsen og ca\. \d+ \(\d+-[\d.]+\) højst 300 m", text
    )
    assert "48 kr. inden for grænsen og 24 kr. lige uden for: 24 kr. mere for den, der bor inden for" in text
    assert "Grænsen er ikke kommunens egen" in text
    assert "ikke et sandsynligt interval" in text


def test_every_zone_of_a_municipality_is_shown(client: TestClient) -> None:
    page = client.get("/byomraade?kommune=0326", headers=HTML).text
    for zone in ("Gørlev", "Høng", "Kalundborg", "Svebølle", "Ubby-Jerslev"):
        assert f"I {zone} bor ca." in page
        assert f"Til midten af {zone}" in page
    assert len(re.findall("<table", page)) == len(re.findall("<caption", page)) == 2


def test_the_map_draws_the_areas_of_the_tables(client: TestClient) -> None:
    page = client.get("/byomraade?kommune=0316&omraade=Tølløse", headers=HTML).text
    address = re.search(r'<img src="(/kort/byomraader\.svg[^"]+)" alt="[^"]+"', page)
    assert address
    drawn = client.get(html.unescape(address[1]))
    assert drawn.status_code == 200
    assert "Tølløse" in drawn.text


def test_own_elements_and_another_distance(client: TestClient) -> None:
    text = text_of(client, "?kommune=0316&valg=egne&bytakst=high&afstand=500&omraade=Tølløse")
    assert "I Tølløse bor" in text
    assert "højst 500 m uden for" in text
    assert "60 kr. inden for grænsen og 36 kr. lige uden for" in text


def test_the_command_shown_gives_the_same_table(client: TestClient) -> None:
    text = text_of(client, "?kommune=0316&afstand=450")
    shown = re.search(r"takstlab fairness .*?(?= Vælg kommune)", text)
    assert shown
    answered = CliRunner().invoke(takstlab, shlex.split(shown[0])[1:])
    assert answered.exit_code == 0
    assert answered.output.splitlines()[0] in text


def test_the_municipalitys_own_line_is_read_and_forgotten(client: TestClient) -> None:
    sent = {"fil": ("min bygrænse.geojson", square("Midtbyen", 0.03))}
    response = client.post("/byomraade?kommune=0316", files=sent, headers=HTML)
    assert response.status_code == 200
    text = words(response.text)
    assert "I Midtbyen bor ca." in text
    assert "Grænsen er kommunens egen" in text
    assert "takstlab fairness" not in text


def test_a_browser_may_tell_that_the_form_is_our_own_and_another_site_is_still_refused(client: TestClient) -> None:
    assert client.get("/byomraade", headers=HTML).headers["Referrer-Policy"] == "same-origin"
    sent = {"fil": ("linje.geojson", square("Midtbyen", 0.03))}
    for origin, status in (("http://127.0.0.1:8600", 200), ("null", 403), ("https://andre.example", 403)):
        answered = client.post("/byomraade?kommune=0316", files=sent, headers=HTML | {"Origin": origin})
        assert answered.status_code == status


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.geojson", b"{", "ikke gyldig JSON"),
        ("x.geojson", square("", 0.03), "mangler egenskaben 'name'"),
        ("x.geojson", b" " * 1_000_001, "over 1 MB"),
    ],
)
def test_a_wrong_file_is_refused_beside_its_field(client: TestClient, name: str, content: bytes, said: str) -> None:
    response = client.post("/byomraade?kommune=0316", files={"fil": (name, content)}, headers=HTML)
    assert response.status_code == 422
    assert said in words(response.text)
    assert 'id="fil-error"' in response.text
    assert "/tmp/" not in response.text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?kommune=Atlantis", "Kommunen 'Atlantis' kendes ikke"),
        ("?kommune=0316&afstand=50", "Skriv hele meter fra 100 til 1000"),
        ("?kommune=0316&dag=1.7.2030", "ingen takstudgave"),
        ("?kommune=0316&dag=32.1.2020", "er ikke en dato"),
        ("?kommune=0316&omraade=Paris", "Byområdet 'Paris' kendes ikke"),
        ("?kommune=0316&by=mur", "kan ikke vælges her"),
        ("?kommune=0316&gnu=1", "et felt, som siden ikke kender: 'gnu'"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_counted(client: TestClient, query: str, said: str) -> None:
    text = text_of(client, query, 422)
    assert said in text
    assert "personer inden for bygrænsen" not in text


def test_in_english(client: TestClient) -> None:
    text = text_of(client, "?kommune=0316&sprog=en")
    assert "About 28,300 people live inside the town line of Holbæk" in text
    assert "pays DKK 48 inside the line and DKK 24 just outside" in text


def test_one_heading_and_every_field_has_its_label(client: TestClient) -> None:
    page = client.get("/byomraade?kommune=0326&valg=egne", headers=HTML).text
    assert len(re.findall(r"<h1", page)) == 1
    fields = re.findall(r'<(?:input|select)[^>]* id="([^"]+)"', page)
    assert fields
    assert [field for field in fields if f'for="{field}"' not in page] == []
    assert "style=" not in page


def test_the_map_stays_with_a_line_that_is_not_kept(client: TestClient) -> None:
    page = client.post("/byomraade?kommune=0316", files={"fil": ("by.geojson", square("Vores by", 0.02))}, headers=HTML)
    assert page.status_code == 200
    assert 'src="data:image/svg+xml;base64,' in page.text
    (lines,) = re.findall(r'data-linjer="([^"]*)"', page.text)
    assert json.loads(html.unescape(lines))["features"][0]["properties"] == {"name": "Vores by"}
    (points,) = re.findall(r'<textarea name="punkter" hidden>\n(.*?)</textarea>', page.text, re.S)
    assert points.splitlines()[0] == "Vores by"
    assert len(points.splitlines()) == 5
