"""Errors provoked on English pages: each is said in English, by the page's own fields, and none of it is marked as Danish."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.settings import Settings
from tests.api.http.conftest import Memory, open_client
from tests.api.web.test_words_of_errors import REFUSED
from tests.plustur.plustur_world import zipped
from tests.words.test_english_pages import Said, unexplained

HTML = {"Accept": "text/html"}
ASKED = "/sammenlign?kommune=0316&aar=2020&navn0=Today&navn1=New"
HEAD = "dato;tid;fra;til;passagerer\n"
ALERT = re.compile(r'<(?:span|p|a|li)[^>]* lang="da"[^>]*>([^<]*)<')
NAMED = ("", "Dansk", "Holbæk Kommune: takster i flextur", "Takstlab: skøn")
"""The switch to Danish, and titles of sources."""
CLERK = "takstlab tariffs enter"
"""The page of price lists says which command writes a file that it takes."""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    store = tmp_path_factory.mktemp("lager")
    settings = Settings(store=str(store), estimate_wait_ms=60_000, today="2026-11-28")
    return open_client(settings, Memory(settings))


def wrong(page: str) -> list[str]:
    """Return what an English page says in Danish, or in the command line's words."""
    reader = Said()
    reader.feed(page)
    marked = [text for text in ALERT.findall(page) if text.strip() not in NAMED]
    commands = [text for text in reader.texts if REFUSED.search(text) and CLERK not in text]
    return [*unexplained(page), *marked, *commands]


def square(west: float, south: float, side: float = 0.02) -> list[list[list[float]]]:
    east, north = west + side, south + side
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def areas(*rings: Any, **more: Any) -> str:
    features = [
        {"type": "Feature", "properties": {"name": f"A{n}"}, "geometry": {"type": "Polygon", "coordinates": ring}}
        for n, ring in enumerate(rings)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features, **more})


ADDRESSES = {
    f"{ASKED}&passagerer=abc&kommunetakst1=1": "“abc” is not a number",
    f"{ASKED}&bytakst1=5": "DKK 5 is not a bytakst of 2020",
    f"{ASKED}&start=40.13.2020&kommunetakst1=1": "“40.13.2020” is not a date",
    f"{ASKED}&kommunetakst1=1&fors_online_share=7": "The assumption online_share cannot be 7.",
    f"{ASKED}&kommunetakst1=1&fors_ukendt=7": "Choose an id under “Assumptions”.",
    f"{ASKED}&kommunetakst1=1&gratis1=Ukendtby": "Choose a place from the list, or write coordinates, e.g. 55.7174 11.7130.",
    f"{ASKED}&kommunetakst1=1&ture=noget": "see “Own data”",
    f"{ASKED}&kommunetakst1=1&prisliste=noget": "“noget” is not a price list.",
    f"{ASKED}&kommunetakst1=1&budget=abc&forbrug=100&forbrug_til=31.5.2019": "“abc” is not an amount in kroner",
    f"{ASKED}&kommunetakst1=1&klinik=Xby&klinik_besoeg=100": "No option has free travel to Xby",
    "/sammenlign?kommune=0316&aar=2016&navn0=Today&navn1=New&plustur1=1": "untick it, or choose another year",
    "/sammenlign?kommune=0316&aar=2045&navn0=Today&navn1=New&kommunetakst1=1": "Choose one of the years that can be chosen above.",
    "/sammenlign?kommune=0101&aar=2020&navn0=Today&navn1=New&kommunetakst1=1": "tick “Calculate as if it had flextur”",
    "/sammenlign?kommune=9999": "The municipality “9999” is not known.",
    "/budget?kommune=9999": "Choose a municipality from the list.",
    "/byomraade?kommune=0316&dag=1.1.2050": "There is no fare edition on",
    "/pris?fra=Ukendtby&til=Holb%C3%A6k": "The place “Ukendtby” is not known.",
    "/kort?kommune=0316&omraader=ukendt": "Draw it on the map, or choose one of those saved.",
    "/batch/ingen": "There is no batch with that name.",
    "/regnestykke": "There is nothing at this address.",
}
TRIPS, AREAS, TIMETABLE, PRICES = "/egne-data/ture", "/egne-data/omraader", "/egne-data/koereplan", "/prislister"
FILES: dict[str, tuple[str, str, str | bytes, str]] = {
    "an empty list": (TRIPS, "ture.csv", b"", "The first line must be dato;tid;fra;til;passagerer."),
    "a sheet called CSV": (TRIPS, "ture.csv", b"PK\x03\x04x", "Give it the ending .xlsx."),
    "no sheet": (TRIPS, "ture.xlsx", b"abc", "It is damaged, has a password or is another kind of file."),
    "no Parquet": (TRIPS, "ture.parquet", b"abc", "It is damaged or another kind of file."),
    "another encoding": (TRIPS, "ture.csv", b"a\0b", "Choose the right one in the field “Encoding”"),
    "no trips": (TRIPS, "ture.csv", HEAD, "The file has no trips."),
    "a day to come": (TRIPS, "ture.csv", f"{HEAD}2050-01-01;10:00;Holbæk;Tølløse;1\n", "state the first and the last day"),
    "a time and a place": (TRIPS, "ture.csv", f"{HEAD}01-02-2019;25:00;Ukendtby;Tølløse;1\n", "One or more places are not known."),
    "no JSON": (AREAS, "by.geojson", "{", "Line 1, character 2."),
    "no areas": (AREAS, "by.geojson", areas(), "The file of town areas has no features."),
    "elsewhere": (AREAS, "by.geojson", areas(square(1, 2)), "is outside Denmark."),
    "no numbers": (AREAS, "by.geojson", areas([[["x", 1], [2, 3]]]), "Coordinates are longitude, latitude in degrees (WGS84)."),
    "metres of no system": (AREAS, "by.geojson", areas(square(670_000, 6_170_000, 900)), "in the field “Coordinate system”"),
    "one over another": (AREAS, "by.geojson", areas(square(11.7, 55.7), square(11.71, 55.71)), "overlap"),
    "no zones": (AREAS, "by.kml", b"x", "It is damaged or another kind of file than its name says."),
    "another kind": (AREAS, "by.doc", b"x", "Use GeoPackage, a zip with a shapefile or MapInfo"),
    "no zip": (TIMETABLE, "k.zip", b"x", "It is not a whole zip file."),
    "no columns": (TIMETABLE, "k.zip", zipped(stops="a\n1\n"), "The timetable"),
    "no TOML": (PRICES, "p.toml", "x", "The file is not valid TOML."),
    "no day": (PRICES, "p.toml", "[[editions]]\n", "Write from = 2019-07-01 without quotation marks."),
    "no source": (PRICES, "p.toml", "[[editions]]\nfrom = 2033-01-20\n", "The source is missing."),
    "no editions": (PRICES, "p.toml", '[parameters."x/y"]\nvalue = 1\n', "No editions ([[editions]])."),
    "another key": (PRICES, "p.toml", "a = 1\n", "Unknown key: a."),
}  # fmt: skip


def plain(page: str) -> str:
    text = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    return text.replace("&#39;", "'").replace("&#34;", '"').replace("&amp;", "&")


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_error_at_an_address_is_english(client: TestClient, address: str) -> None:
    page = client.get(f"{address}{'&' if '?' in address else '?'}sprog=en", headers=HTML).text
    assert ADDRESSES[address] in plain(page)
    assert wrong(page) == []


@pytest.mark.parametrize("name", FILES)
def test_an_error_in_a_file_is_english(client: TestClient, name: str) -> None:
    where, file, content, said = FILES[name]
    page = client.post(f"{where}?sprog=en", data={"kommune": "0316"}, files={"fil": (file, content)}, headers=HTML).text
    assert said in plain(page)
    assert [text for text in wrong(page) if text not in set(read_as_they_are())] == []


def read_as_they_are() -> Iterator[str]:
    """Yield what a file has in its cells, and is read by, whatever the page's language."""
    yield "udført (run), forgæves (no-show) or aflyst (cancelled)"


def test_what_is_left_in_danish_would_be_found() -> None:
    assert wrong('<p>Try again</p><p><span lang="da">send igen</span></p>') == ["send igen"]
    assert wrong("<p>Vælg et år</p>") == ["Vælg et år"]
    assert wrong("<p>leave out --crs</p>") == ["leave out --crs"]
