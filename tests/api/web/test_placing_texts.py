"""Texts that name no place, on the page of columns: each is given a place once, or left out, and the receipt says how many."""

import re
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.settings import Settings
from tests.api.http.conftest import Memory, open_client
from tests.api.web.test_choosing_columns import HEADERS, chosen, plain, send, workbook

HEADINGS = ["Rejsedato", "Tidspunkt", "Afhentningsadresse", "Afleveringsadresse", "Antal passagerer"]
SHOP = "Netto, Tølløse"


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    settings = Settings(store=str(tmp_path / "lager"), estimate_wait_ms=60_000, today="2026-11-28")
    return open_client(settings, Memory(settings))


def list_of(folder: Path, shops: int, others: int) -> bytes:
    rows = [["3-3-2025", "10:15", "Ahlgade 12, 4300 Holbæk", SHOP, 1]] * shops
    rows += [[f"{day}-3-2025", "09:00", "Ahlgade 12, 4300 Holbæk", "Jyderup", 1] for day in range(1, others + 1)]
    return workbook(folder, [HEADINGS, *rows])


def again(client: TestClient, page: Any, **fields: str) -> Any:
    hidden = dict(re.findall(r'<input type="hidden" name="(tekst\d+)" value="([^"]*)"', page.text))
    given = dict(re.findall(r'<input[^>]* name="(sted\d+)" value="([^"]*)"', page.text))
    said = {**chosen(page), **hidden, **given, **fields}
    return client.post(page.url.path, data=said, files={"ingen": ("", b"")}, headers=HEADERS)


def test_a_text_is_placed_once_by_its_suggestion_and_the_receipt_counts_it(client: TestClient, tmp_path: Path) -> None:
    page = send(client, list_of(tmp_path, 3, 9))
    words = plain(page)
    assert (
        "3 ture har et sted, der ikke kan placeres. Skriv et sted ved hver tekst, og tryk »Læs igen«; højst 10 %"
        in words
    )
    few = plain(send(client, list_of(tmp_path, 1, 9)))
    assert "1 tur har et sted, der ikke kan placeres. Skriv et sted ved hver tekst, eller udelad turene, og tryk" in few
    assert f"»{SHOP}« 3 ture: kendes ikke" in words
    assert "Ahlgade" not in page.text
    assert 'name="sted0" value="Tølløse"' in page.text
    preview = words.split("Sådan er de første rækker forstået")[1]
    assert "3.3.2025 10:00 Holbæk (ikke placeret) 1" in preview, "an end without a place is not shown as some other"
    ready = again(client, page)
    assert "Listen kan læses" in plain(ready)
    assert f"»{SHOP}« placeret af jer" in plain(ready)
    taken = again(client, ready, goer="tag")
    assert taken.url.path == "/egne-data"
    assert "Steder: 12 af 12 ture er placeret, 3 af dem med et sted, I har skrevet; 0 er udeladt." in plain(taken)


def test_trips_that_start_elsewhere_are_said_together_with_the_texts_so_that_one_more_try_is_enough(
    client: TestClient, tmp_path: Path
) -> None:
    rows = [["3-3-2025", "10:15", "Ahlgade 12, 4300 Holbæk", SHOP, 1], ["3-3-2025", "12:15", SHOP, "Holbæk", 1]]
    rows += [[f"{day}-3-2025", "09:00", "Slagelse Sygehus", "Jyderup", 1] for day in range(1, 4)]
    page = send(client, workbook(tmp_path, [HEADINGS, *rows]))
    words = plain(page)
    assert "2 ture har et sted, der ikke kan placeres" in words
    assert "3 ture starter i en anden kommune" in words
    ready = again(client, page, only_own="1")
    assert "Listen kan læses" in plain(ready)
    assert "Læst: 5 rækker. Taget med: 2." in plain(again(client, ready, goer="tag", only_own="1"))


def test_a_place_that_is_none_is_said_and_what_was_written_stays(client: TestClient, tmp_path: Path) -> None:
    page = again(client, send(client, list_of(tmp_path, 3, 9)), sted0="Atlantis")
    assert f"Stedet for »{SHOP}« findes ikke på kortet" in plain(page)
    assert 'name="sted0" value="Atlantis"' in page.text


def test_few_trips_may_be_left_out_and_many_may_not(client: TestClient, tmp_path: Path) -> None:
    many = again(client, send(client, list_of(tmp_path, 3, 9)), sted0="", udelad="1")
    assert "3 af 12 ture (25 %) kan ikke placeres, og højst 10 % kan udelades" in plain(many)
    assert "Skriv et sted ved flere af teksterne" in plain(many)
    few = again(client, send(client, list_of(tmp_path, 1, 19)), sted0="", udelad="1")
    assert "Listen kan læses" in plain(few)
    taken = again(client, few, goer="tag", sted0="", udelad="1")
    assert "Steder: 19 af 20 ture er placeret; 1 er udeladt." in plain(taken)
