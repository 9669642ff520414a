"""Whole answers as they are read: no doubled mark in a composed sentence, and nothing Danish left on an English page or paper."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.settings import Settings
from sim.geography.records import destinations
from sim.telling.sheet import Lang
from tests.answer.building import answer_of
from tests.api.http.conftest import ADDRESS, SCENARIO
from tests.api.web.small_answer import HTML, Kept, run_of
from tests.words.marks import doubled
from tests.words.test_english_pages import PAGES, names
from tests.words.whole_answers import MANIFEST, NAMES, TYPED, papers, read, reports, stored

DANISH_LEFT = re.compile(
    r"[æøåÆØÅ]|\b(?:og|ikke|eller|der|som|på|skal|hvor|efter|også|kun|ingen|til|ture|fra|mindreudgift|merudgift|usikker|gange|kr)\b"
)
PLACES = sorted({one.name for one in destinations() if one.name}, key=len, reverse=True)
OLD = (
    "Tilpasset kommunens egne tal: ", "Afvigelse: køretimens pris på ", "Ingen køreplan (gtfs) er givet: ", "free destination 0 kr.",
)  # fmt: skip
"""What the stored answers say in words of the build that wrote them."""
AS_TYPED = re.compile("“[^”]*”")
OWN_NAMES = re.compile("|".join(map(re.escape, (*TYPED, *PLACES, "Sjælland", "Gratis", "I dag"))))


class Answers:
    """A service with each stored answer, and what its pages say."""

    def __init__(self, folder: Path) -> None:
        (folder / "svar").mkdir()
        self.memory = Kept(Settings(store=str(folder / "lager"), estimate_wait_ms=60_000))
        self.memory.folder = folder / "svar"
        (self.memory.folder / "manifest.json").write_text(json.dumps(MANIFEST), encoding="utf-8")
        self.client = TestClient(create_app(self.memory.settings, self.memory, self.memory), base_url=ADDRESS)
        self.runs = {}
        for place, name in enumerate(NAMES):
            content = stored(name)
            told = {**SCENARIO, "municipality": content["municipality"], "seed": 300 + place}
            self.runs[name] = self.memory.submit(told).id
            self.memory.finish(self.runs[name], content)

    def page(self, address: str, language: Lang) -> list[str]:
        sign = "&" if "?" in address else "?"
        return read(self.client.get(f"{address}{sign}sprog={language}", headers=HTML).text)

    def answer(self, name: str, language: Lang) -> Iterator[str]:
        """Yield what an answer's page says."""
        yield from self.page(f"/koersel/{self.runs[name]}", language)


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Answers:
    return Answers(tmp_path_factory.mktemp("hele"))


def danish_in(texts: Iterator[str]) -> list[str]:
    new = (text for text in texts if not any(old in text for old in OLD))
    return [text for text in new if DANISH_LEFT.search(names().sub("", OWN_NAMES.sub("", AS_TYPED.sub("", text))))]


@pytest.mark.parametrize("name", NAMES)
def test_an_english_answer_has_no_danish_even_where_it_is_marked_as_that(answers: Answers, name: str) -> None:
    """Its charts' words and what is read aloud of them among it."""
    assert danish_in(answers.answer(name, "en")) == []


@pytest.mark.parametrize("name", NAMES)
def test_an_english_paper_has_no_danish(name: str) -> None:
    """As HTML, as Word and as what the PDF is set from."""
    assert danish_in(papers(answer_of(stored(name)), "en")) == []


def test_a_simulated_answer_in_english_has_no_danish(client: TestClient, kept: Kept) -> None:
    run, _ = run_of(kept)
    for path in ("", "/dag?valg=2"):
        assert (
            danish_in(iter(read(client.get(f"/koersel/{run}{path}", headers=HTML | {"Cookie": "sprog=en"}).text))) == []
        )


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_no_sentence_of_an_answer_or_a_paper_has_a_doubled_mark(answers: Answers, name: str, language: Lang) -> None:
    texts = [*answers.answer(name, language), *papers(answer_of(stored(name)), language)]
    assert len(texts) > 400
    assert [text for text in texts if doubled(text)] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_sentence_of_a_report_has_a_doubled_mark(name: str) -> None:
    assert [text for text in reports(stored(name)) if doubled(text)] == []


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("address", PAGES)
def test_no_sentence_of_a_page_has_a_doubled_mark(answers: Answers, address: str, language: Lang) -> None:
    assert [text for text in answers.page(address, language) if doubled(text)] == []


BUILDER = "/sammenlign?kommune=0316&aar=2027&navn0=Today&kommunetakst0=1&navn1=New&kommunetakst1=1"
WRONG = (
    f"{BUILDER}&passagerer=mange", f"{BUILDER}&passagerer=12.5", f"{BUILDER}&passagerer=900&start=05/31/2027",
    f"{BUILDER}&passagerer=900&start=1.7.27", f"{BUILDER}&passagerer=900&bytakst1=mange", f"{BUILDER.replace('2027', 'nu')}&passagerer=900",
    f"{BUILDER}&passagerer=900&gratis1=R%C3%A5dhuset", f"{BUILDER}&passagerer=900&budget=mange", f"{BUILDER}&passagerer=900&bytakst1=12",
    "/pris?fra=Ukendtby&til=Holb%C3%A6k&dag=28.11.2026", "/pris?fra=Undl%C3%B8se&til=Holb%C3%A6k&dag=i+morgen", "/koersel/abc",
    "/maal?kommune=0316&maal_kr=mange",
)  # fmt: skip
FAULT = re.compile(r"<main.*?</main>", re.DOTALL)
"""What a page says that is nothing but an error, else what the list on top and the fields say."""
FAULTS_INSIDE = re.compile(
    r'<ul class="tl-faults">.*?</ul>|<span class="form-error-message".*?</span>\s*[^<]*</span>', re.DOTALL
)


@pytest.mark.parametrize("address", WRONG)
def test_what_is_wrong_is_said_in_the_pages_language_and_with_single_marks(answers: Answers, address: str) -> None:
    for language in ("da", "en"):
        sign = "&" if "?" in address else "?"
        page = answers.client.get(f"{address}{sign}sprog={language}", headers=HTML).text
        told = [piece for piece in FAULT.findall(page) if "<form" not in piece or not piece.startswith("<main")]
        pieces = told or FAULTS_INSIDE.findall(page)
        faults = [text for piece in pieces for text in read(piece)]
        assert faults
        assert [text for text in faults if doubled(text)] == []
        if language == "en":
            assert danish_in(iter(faults)) == []
