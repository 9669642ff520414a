"""The builder with a bytakst in kroner: an own price and its mark, and what is offered where the year has no such level."""

import re
from html import unescape

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.settings import Settings
from tests.api.http.conftest import ADDRESS, Memory

HTML = {"Accept": "text/html"}
ASKED = "/sammenlign?kommune=0316&passagerer=9000&navn0=I+dag&kommunetakst0=1&navn1=&kommunetakst1=1"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    memory = Memory(Settings(store=str(tmp_path_factory.mktemp("lager")), estimate_wait_ms=60_000))
    return TestClient(create_app(memory.settings, memory, memory), base_url=ADDRESS)


def _page(client: TestClient, asked: str) -> str:
    return unescape(client.get(f"{ASKED}&{asked}", headers=HTML).text)


def _words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_an_own_price_is_calculated_and_marked_where_its_price_is_shown(client: TestClient) -> None:
    words = _words(_page(client, "bytakst1=egen&egenbytakst1=52"))
    assert "Bytakst 52 i Holbæk" in words
    assert "52 kr. Hvorfor? 3 km inden for byområdet, Bytakst 52 (uden ændring 24) (egen pris)" in words
    assert "Egen pris; ikke Movias prisliste: bytakst 52 kr." in words
    assert (
        "Bytakst 52 kr. er en egen pris: den findes ikke i Movias prisliste for 2020 (bytakst er der 48 eller 60 kr.)"
        in words
    )
    assert "52 kr. (ca. 49 kr. i 2017-priser) er ikke prøvet" in words


def test_where_the_year_has_no_such_level_the_page_says_so_and_its_offers_work(client: TestClient) -> None:
    page = _page(client, "aar=2023&bytakst1=60")
    assert "60 kr. findes ikke i 2023; vælg 54 eller 68, eller regn med 60 som egen pris" in page
    offers = dict(re.findall(r'<a href="(/sammenlign[^"]*)">((?:54|68|60) kr\.[^<]*)</a>', page))
    assert list(offers.values()) == ["54 kr.", "68 kr.", "60 kr. som egen pris"]
    for (address, offered), name in zip(offers.items(), ("Bytakst 54", "Bytakst 68", "Bytakst 60"), strict=True):
        words = _words(unescape(client.get(address, headers=HTML).text))
        assert f"{name} i Holbæk" in words
        assert ("(egen pris)" in words) is ("egen" in offered)
    assert "findes ikke" not in _page(client, "aar=2024&bytakst1=60")


@pytest.mark.parametrize(
    ("asked", "said", "offers"),
    [
        ("aar=2019&bytakst1=60", "60 kr. findes først fra 1. juli 2019; vælg 48, eller lad ændringen træde i kraft fra den dag",
         ["48 kr.", "træder i kraft 1. juli 2019"]),
        ("aar=2019&start=1.8.2019&bytakst0=60&bytakst1=48", "60 kr. findes først fra 1. juli 2019; vælg 48, eller vælg et andet år",
         ["48 kr."]),
        ("aar=2019&plustur1=1", "Plustur findes først fra 1. juli 2019; fjern krydset", []),
        ("aar=2017&plustur1=1", "Plustur findes ikke i prislisten for 2017; fjern krydset, eller vælg et andet år", []),
    ],
)  # fmt: skip
def test_a_level_that_is_there_a_part_of_the_year_is_told_with_what_can_be_chosen(
    client: TestClient, asked: str, said: str, offers: list[str]
) -> None:
    page = _page(client, asked)
    assert said in page
    found = re.findall(r'<a href="(/sammenlign[^"]*)">(\d+ kr\.[^<]*|træder i kraft[^<]*)</a>', page)
    assert [text for _, text in found] == offers
    for address, _ in found:
        assert "findes først" not in unescape(client.get(address, headers=HTML).text)


@pytest.mark.parametrize(
    ("asked", "open_places"),
    [("aar=2017", []), ("aar=2019", []), ("aar=2019&start=1.8.2019", [1]), ("aar=2019&start=1.3.2019", []),
     ("aar=2019&forbrug=100.000&forbrug_til=31.7.2019", [1]), ("aar=2020", [0, 1]), ("aar=2027", [0, 1])],
)  # fmt: skip
def test_plustur_can_be_ticked_only_where_the_price_list_has_it(
    client: TestClient, asked: str, open_places: list[int]
) -> None:
    page = _page(client, f"{asked}&bytakst1=48")
    ticks = re.findall(r'id="plustur(\d)"[^>]*', page)
    assert ticks == ["0", "1"]
    assert [n for n in (0, 1) if not re.search(rf'id="plustur{n}"[^>]* disabled', page)] == open_places


def test_the_reason_for_an_own_price_is_one_click_away(client: TestClient) -> None:
    page = _page(client, "bytakst1=egen&egenbytakst1=52")
    address = next(a for a in re.findall(r'href="(/pris[^"]*)"', page) if "bytakst=52" in a and "iby=ja" in a)
    words = _words(unescape(client.get(address, headers=HTML).text))
    assert "Turen koster 52 kr. Egen pris; ikke Movias prisliste." in words
    assert "Egen pris 52 kr., de første 10 km" in words


@pytest.mark.parametrize("asked", ["bytakst1=egen&egenbytakst1=52", "aar=2024&bytakst1=75", "aar=2027&bytakst1=64"])
def test_with_known_prices_only_the_page_refuses_the_others_and_says_what_to_do(client: TestClient, asked: str) -> None:
    assert "Ret dette, før der kan regnes" not in _page(client, asked)
    page = _page(client, f"{asked}&kendte=1")
    assert "fjern krydset ved »Kun kendte priser«" in page
    assert "--" not in page[page.index('id="fejl"') : page.index("</ul>", page.index('id="fejl"'))]
    assert re.search(r'name="kendte" value="1" checked', page)
    assert "Ret dette, før der kan regnes" not in _page(client, "bytakst1=60&kendte=1")


def test_the_price_that_gives_an_amount_is_found_and_can_be_added_as_an_option(client: TestClient) -> None:
    address = ASKED.replace("/sammenlign", "/maal")
    page = unescape(client.get(f"{address}&maal_kr=-40.000&maal_element=bytakst&maal_valg=0", headers=HTML).text)
    found = re.search(
        r"Bytakst (\d+) kr\. i Holbæk i 2020 kommer nærmest -40\.000 kr\.", _words(page).replace("\xa0", " ")
    )
    assert found
    added = re.search(r'href="(/sammenlign[^"]*)#valg2"', page)
    assert added
    assert re.search(f"bytakst2={found[1]}|bytakst2=egen&egenbytakst2={found[1]}", added[1])
    nothing = client.get(f"{address}&maal_kr=", headers=HTML)
    assert nothing.status_code == 422
    assert "Skriv den ønskede ændring i kroner" in nothing.text
    assert 'formaction="/maal"' in _page(
        client, "maal_kr=-40.000"
    )  # what is asked there is no part of the comparison's address


def test_the_price_is_sought_among_those_who_the_own_months_say_ride(client: TestClient) -> None:
    """Fifty a month cannot give 100,000 kr, which the volume the model would else allocate can."""
    months = "&maaneder=2019" + "".join(f"_{month}~50" for month in range(1, 13))
    asked = ASKED.replace("/sammenlign", "/maal").replace("&passagerer=9000", "") + "&maal_kr=-100.000&maal_valg=0"
    assert "kommer nærmest -100.000 kr." in _words(unescape(client.get(asked, headers=HTML).text)).replace("\xa0", " ")
    assert "Ingen bytakst fra" in _words(client.get(asked + months, headers=HTML).text)
