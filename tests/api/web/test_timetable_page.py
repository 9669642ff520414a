"""A timetable on the page: sent under own data, used in the builder and in a run, refused with why, and gone when it is deleted."""

import html
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

from api.settings import Settings
from api.web.form import Plan
from api.web.option_form import OptionForm
from api.web.plan_of_scenario import plan_of
from api.web.reading import Faults
from api.web.values import scenario_values
from sim.inputs.scenario.scenario import build_scenario
from tests.api.http.conftest import Memory, open_client
from tests.plustur.bus_feed import bus

HEADERS = {"Accept": "text/html"}
BACK = "kommune=0316&aar=2020&passagerer=300&navn0=I+dag&kommunetakst0=1&navn1=Plus&kommunetakst1=1&plustur1=1"


@pytest.fixture
def feed(tmp_path: Path) -> bytes:
    return bus(tmp_path / "bus.zip").read_bytes()


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    return Memory(Settings(store=str(tmp_path / "lager"), estimate_wait_ms=60_000))


@pytest.fixture
def client(memory: Memory) -> TestClient:
    return open_client(memory.settings, memory)


def send(client: TestClient, content: bytes, name: str = "gtfs.zip", back: str = BACK):
    return client.post(
        "/egne-data/koereplan",
        data={"kommune": "0316", "tilbage": back},
        files={"fil": (name, content)},
        headers=HEADERS,
    )


def plain(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", text)).split())


def use(page) -> str:
    return html.unescape(re.search(r'href="(/sammenlign[^"]*koereplan=[^"]*)">Brug i sammenligningen', page.text)[1])


def test_a_timetable_is_sent_used_in_the_builder_and_simulated(client: TestClient, memory: Memory, feed: bytes) -> None:
    page = send(client, feed)
    assert page.status_code == 200
    assert "Køreplanen er indlæst." in page.text
    assert "hverdage: 8. juni 2020, 34 afgange (ture)" in plain(page.text)
    assert "Intet er udeladt." in page.text
    (kept,) = client.get("/v1/timetables").json()["timetables"]
    address = use(page)
    assert parse_qs(urlsplit(address).query)["koereplan"] == [kept["gtfs"]]

    built = client.get(address, headers=HEADERS)
    assert f'name="koereplan" value="{kept["gtfs"]}"' in built.text
    assert "Køreplan i brug: hverdage som 8. juni 2020" in plain(built.text)
    assert "SKØN" in built.text
    assert "Der kan ikke regnes" not in built.text
    assert "køreplanen ikke har afgange nok mod nærmeste skiftested" in plain(built.text), "the estimate rests on it"
    without = html.unescape(re.search(r'href="([^"]*)">Brug den ikke', built.text)[1])
    assert "koereplan" not in without

    sent = client.post("/simuler", content=urlsplit(address).query, headers=HEADERS, follow_redirects=False)
    assert sent.status_code == 303, plain(sent.text)
    run = sent.headers["Location"].removeprefix("/koersel/")
    assert memory.scenarios[run]["gtfs"] == kept["gtfs"]


def test_the_english_page_says_the_same(client: TestClient, feed: bytes) -> None:
    send(client, feed)
    words = plain(client.get("/egne-data?kommune=0316&sprog=en", headers=HEADERS).text)
    assert "weekdays: 8 June 2020, 34 trips" in words


def test_what_is_no_timetable_is_refused_on_the_page_with_why(client: TestClient, feed: bytes) -> None:
    for content, name, words in (
        (b"hej", "gtfs.zip", "Filen kan ikke læses som køreplan (GTFS). Den er ikke en hel zip"),
        (feed, "gtfs.csv", "Køreplanen skal være en zip"),
        (b"", "", "Vælg filen med køreplanen"),
    ):
        page = send(client, content, name)
        assert page.status_code == 422
        assert words in plain(page.text)
    assert client.get("/v1/timetables").json() == {"timetables": []}


def test_one_that_is_too_large_is_refused(memory: Memory) -> None:
    small = open_client(replace(memory.settings, timetable_mb=1), memory)
    page = send(small, b" " * 1_000_001)
    assert page.status_code == 413
    assert "Køreplanen er over 1 MB" in plain(page.text)
    assert send(small, b" " * 3_000_000).status_code == 413


def test_one_of_elsewhere_is_said_in_the_builder_in_the_pages_words(client: TestClient, feed: bytes) -> None:
    send(client, feed)
    (kept,) = client.get("/v1/timetables").json()["timetables"]
    there = f"/sammenlign?{BACK.replace('0316', '0360')}&koereplan={kept['gtfs']}"
    words = plain(client.get(there, headers=HEADERS).text)
    assert "Køreplanen har ingen stop i Lolland Kommune" in words
    assert "eller regn uden køreplan" in words


def test_a_deleted_timetable_is_told_where_it_was_used(client: TestClient, feed: bytes) -> None:
    address = use(send(client, feed))
    (kept,) = client.get("/v1/timetables").json()["timetables"]
    done = client.post(
        "/egne-data/slet",
        data={"id": kept["gtfs"], "kommune": "0316", "tilbage": address.partition("?")[2]},
        files={"ingen": ("", b"")},
        headers=HEADERS,
    )
    assert "Ingen køreplaner er indlæst endnu." in done.text
    assert kept["id"] not in done.text, "the way back does not name it any more"
    built = client.get(address, headers=HEADERS)
    assert "den er ikke længere gemt her" in built.text
    assert "Scenariets køreplan er ikke gemt her" in plain(built.text)
    strange = client.get(f"/sammenlign?{BACK}&koereplan=/etc/passwd", headers=HEADERS)
    assert "er ikke noget, der er indlæst her" in plain(strange.text)


def counted(plan: Plan) -> tuple[dict, list[tuple[str, str]]]:
    faults = Faults()
    return scenario_values(plan, faults), list(faults)


def test_the_year_the_passengers_were_counted_in_is_the_scenarios() -> None:
    plan = Plan("0316", (OptionForm(kommunetakst=True), OptionForm()), "2027", passengers="6.500", counted="2025")
    values, faults = counted(plan)
    assert not faults
    assert (values["passengers"], values["counted_year"]) == (6500.0, 2025)
    kept = build_scenario(values, "test").model_dump(mode="json")
    assert plan_of(kept).counted == "2025"
    assert "talt_i=2025" in plan.address


@pytest.mark.parametrize(
    ("passengers", "year", "said"),
    [("", "2025", "Skriv også passagertallet"), ("6.500", "25", "fire cifre"), ("6.500", "2013", "fra 2014 til 2100")],
)
def test_a_counted_year_that_cannot_be_used_is_said_at_its_field(passengers: str, year: str, said: str) -> None:
    plan = Plan("0316", (OptionForm(kommunetakst=True), OptionForm()), "2027", passengers=passengers, counted=year)
    values, faults = counted(plan)
    assert "counted_year" not in values
    assert [(where, said in text) for where, text in faults] == [("talt_i", True)]


def test_the_builder_has_the_year_beside_the_passengers(client: TestClient) -> None:
    page = client.get(f"/sammenlign?{BACK}&talt_i=2018", headers=HEADERS)
    assert 'name="talt_i" value="2018"' in page.text
    assert "tal fra 2018" in plain(page.text) or "2018" in plain(page.text).partition("Hvad skønnet hviler på")[2]
