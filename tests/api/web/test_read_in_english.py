"""What an English reader types and is answered: examples, fields' names, months, own trips and the small maps are in English."""

import re
from html import unescape

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.settings import Settings
from api.web.advice import in_page_words
from api.web.translation import english
from tests.api.http.conftest import ADDRESS, Memory


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    memory = Memory(Settings(store=str(tmp_path_factory.mktemp("lager")), estimate_wait_ms=60_000))
    return TestClient(create_app(memory.settings, memory, memory), base_url=ADDRESS, headers={"Accept": "text/html"})


@pytest.mark.parametrize(
    ("danish", "said"),
    [
        ("'12,000' kan være 12 eller 12.000; skriv 12 eller 12.000", "“12,000” may be 12 or 12,000; write 12 or 12000"),
        ("'abc' er ikke et tal; skriv fx 12.000", "“abc” is not a number; write e.g. 12000"),
        ("'abc' er ikke en dato; skriv fx 1.7.2027", "“abc” is not a date; write e.g. 1 July 2027"),
        ("'abc' er ikke en afstand; skriv fx 13 eller 13,5", "“abc” is not a distance; write e.g. 13 or 13,5"),
    ],
)
def test_an_example_is_one_that_both_languages_read_alike(danish: str, said: str) -> None:
    assert english(danish) == said


def test_a_field_is_called_what_the_english_page_calls_it() -> None:
    said = english("Scenariet kan ikke bruges: »Kommunens passagerer om året«: må højst være 5.000.000. Ret feltet.")
    assert said == (
        "The scenario cannot be used: “The municipality's passengers a year”: may be at most 5,000,000. Correct the field."
    )


def test_a_sentence_that_ends_with_kroner_keeps_its_full_stop() -> None:
    told = "Intet er kendt om efterspørgslen mellem 0 og 21 kr. " + in_page_words(
        "Vælg mindst 21 kr., eller gratis=<destination> for et sted, der skal være gratis."
    )
    assert english(told) == (
        "Nothing is known about demand between DKK 0 and 21. "
        "Choose at least DKK 21, or write the place under “Free to and from” if it is to be free."
    )
    assert "gratis=" not in told


def test_what_stands_after_a_quoted_word_is_no_part_of_it() -> None:
    """The file's own word ended, and the Danish sentences after it were taken for more of it."""
    told = "Feature 1 mangler egenskaben 'name'. Den har ingen egenskaber."
    assert english(told) == "Feature 1 lacks the property “name”. It has no properties."


def test_months_that_are_pasted_are_answered_in_english(client: TestClient) -> None:
    kept = "2025_1~1800~14200000_2~1790~14300000"
    page = unescape(client.get(f"/budget?kommune=0316&maaneder={kept}&sprog=en").text)
    assert "net cost DKK\u00a0285,000" in page, "no line ends between DKK and its amount"
    danish = unescape(client.get(f"/budget?kommune=0316&maaneder={kept}&sprog=da").text)
    assert "nettoudgift 285.000\u00a0kr." in danish
    assert re.search(r'<th scope="row"[^>]*>in total', page)
    wrong = unescape(client.post("/budget?sprog=en", files={"kommune": (None, "0316"), "tal": (None, "hello")}).text)
    assert "What was pasted has no rows below the heading. Use one row per month." in wrong


@pytest.mark.parametrize(("language", "words"), [("da", "byområde"), ("en", "town area")])
def test_a_small_map_has_its_legend_in_the_language_of_the_page(client: TestClient, language: str, words: str) -> None:
    drawn = client.get(f"/kort/byomraader.svg?kommune=0316&sprog={language}").text
    assert f">{words}</text>" in drawn
    page = client.get(f"/byomraade?kommune=0316&sprog={language}").text
    assert ("&amp;sprog=en" in re.findall(r'src="(/kort/byomraader.svg[^"]*)"', page)[0]) == (language == "en")


def test_no_line_ends_inside_an_amount_on_the_page_of_town_areas(client: TestClient) -> None:
    for language, broken in (("en", r"DKK \d"), ("da", r"\d kr\.")):
        page = unescape(client.get(f"/byomraade?kommune=0316&sprog={language}").text)
        said = re.findall(r'<p class="tl-answer">(.*?)</p>', page)
        assert any("DKK" in one or "kr." in one for one in said)
        assert not [one for one in said if re.search(broken, one)]
