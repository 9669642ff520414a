"""An English page has no Danish that is not said to be Danish: no æ, ø or å outside names, but where the text is marked so."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.settings import Settings
from sim.geography.municipalities import movia_municipalities
from sim.geography.records import parishes, stations, towns
from tests.api.http.conftest import ADDRESS, Memory

EMPTY = frozenset(("meta", "link", "input", "br", "img", "hr", "source", "col", "area", "wbr"))
READ_ALOUD = ("title", "alt", "aria-label", "placeholder")
DANISH_WORDS = (
    "Det Fælles Designsystem", "Region Østdanmark", "måned", "januar", "februar", "Movias kørselsordninger", "Sjælland", "Ærø",
    "TALVÆRDI", "æ, ø, å", "Nuværende ordning",
)  # fmt: skip
"""What English text may name: products, headings that a file has, a sheet's function, and the name that today's option is given."""
SCENARIO = "kommune=0316&aar=2020&passagerer=900&navn0=Today&kommunetakst0=1&navn1=New&kommunetakst1=1"
PAGES = (
    "/", f"/sammenlign?{SCENARIO}&bytakst1=60", f"/sammenlign?{SCENARIO}&bytakst1=55", "/sammenlign?kommune=0316", "/budget",
    "/budget?kommune=0370", "/prislister", "/egne-data", "/egne-data?kommune=0360", "/pris", "/pris?kommune=0316",
    "/byomraade?kommune=0316", "/koersler", "/om", "/was", "/batch", "/findes-ikke", "/sammenlign?kommune=9999",
    f"/maal?{SCENARIO}&maal_kr=-40000&maal_valg=1",
)  # fmt: skip


class Said(HTMLParser):
    """Reads what a page shows or has read aloud, where its language is not stated to be Danish."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._open: list[tuple[str, bool]] = []

    @property
    def _danish(self) -> bool:
        return bool(self._open) and self._open[-1][1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        danish = self._danish if "lang" not in told else told["lang"] == "da"
        danish = danish or tag in ("script", "style")
        if not danish:
            self.texts += [text for name in READ_ALOUD if (text := told.get(name))]
        if tag not in EMPTY:
            self._open.append((tag, danish))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self._danish and data.strip():
            self.texts.append(" ".join(data.split()))


def unexplained(page: str) -> Iterator[str]:
    """Yield the texts of a page with Danish letters when names are taken out."""
    reader = Said()
    reader.feed(page)
    for text in dict.fromkeys(reader.texts):
        if re.search("[æøåÆØÅ]", names().sub("", text)):
            yield text


def names() -> re.Pattern[str]:
    found = {record.name for kind in (towns(), parishes(), stations()) for record in kind}
    found |= {m.name for m in movia_municipalities()} | set(DANISH_WORDS)
    return re.compile("|".join(map(re.escape, sorted(found, key=len, reverse=True))))


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    memory = Memory(Settings(store=str(tmp_path_factory.mktemp("lager")), estimate_wait_ms=60_000))
    return TestClient(create_app(memory.settings, memory, memory), base_url=ADDRESS)


@pytest.mark.parametrize("address", PAGES)
def test_an_english_page_says_which_of_its_words_are_danish(client: TestClient, address: str) -> None:
    answer = client.get(f"{address}{'&' if '?' in address else '?'}sprog=en", headers={"Accept": "text/html"})
    assert 'lang="en"' in answer.text
    assert not list(unexplained(answer.text))


def test_the_reader_finds_danish_that_is_not_marked() -> None:
    page = '<p>Town of Holbæk</p><p>året</p><p lang="da">året <b>før</b></p><img alt="før"><p>after</p>'
    assert list(unexplained(page)) == ["året", "før"]
