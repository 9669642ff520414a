"""Whole rendered answers: pages, papers and reports of stored answers with many options, as a reader sees them, in both languages."""

import gzip
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

import docx

from api.web.translation import known_english, speak_of
from sim.answer.records import Answer
from sim.telling.paper import decision_paper, to_html
from sim.telling.pdf import _data
from sim.telling.report.html import render_html
from sim.telling.report.text import text_report
from sim.telling.sheet import Lang
from sim.telling.word import to_word
from tests.answer.building import answer_of
from tests.api.http.conftest import SCENARIO
from tests.words.test_english_pages import EMPTY, READ_ALOUD

Json = dict[str, Any]
STORED = Path(__file__).parents[1] / "answer" / "answers"
NAMES = sorted(path.name.removesuffix(".json.gz") for path in STORED.glob("*.gz"))
TYPED = ("Nuværende ordning", "Gratis til biblioteket", "Bytakst 60", "Lukket by, uden stoppested")
"""Names with Danish words in them, as offices give them: in a sentence they are names."""
MANIFEST: Json = {
    "run_id": "0" * 20, "command": "takstlab compare x.toml", "versions": {}, "hashes": {}, "switches": {}, "price_level": 2024,
    "scenario": {**SCENARIO, "municipalities": ["0316"]},
    "town_zones": {"names": ["Sorø"], "source": "udstrækning afledt af byernes folketal og sognene (ingen offentlige polygoner)"},
}  # fmt: skip
NOT_READ = frozenset(("script", "style", "pre", "code"))
JUST_BREAKING = re.compile("[\u00ad\u2060]")


def stored(name: str) -> Json:
    """A stored answer as JSON, its options under names that have Danish words."""
    text = gzip.decompress((STORED / f"{name}.json.gz").read_bytes()).decode()
    for option, typed in zip(json.loads(text)["options"], TYPED, strict=False):
        text = re.sub(rf'(?<=["»]){re.escape(option["name"])}(?=["«]|: )', typed, text)
    found: Json = json.loads(text)
    return found


class Read(HTMLParser):
    """Every text that a page shows or has read aloud, whatever language it is stated to be in."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._open: list[str] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.texts += [text for name, text in attrs if text and name in READ_ALOUD]
        if tag not in EMPTY:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and NOT_READ.isdisjoint(self._open):
            self.texts.append(data)


def read(markup: str) -> list[str]:
    """Return what a page says, each text once, without what only guides the breaking of lines."""
    return list(dict.fromkeys(bare(text) for text in Read(markup).texts))


def bare(text: str) -> str:
    return " ".join(JUST_BREAKING.sub("", text).replace("\u00a0", " ").replace("\u2011", "-").split())


def papers(answer: Answer, language: Lang) -> Iterator[str]:
    """Yield the texts of a paper as HTML, as Word and as what the PDF is set from."""
    speak_of(option.name for option in answer.options)
    paper = decision_paper(answer, MANIFEST, english=known_english)
    yield from read(to_html(paper, language))
    file = docx.Document(BytesIO(to_word(paper, language)))
    yield from (bare(paragraph.text) for paragraph in file.paragraphs)
    yield from (bare(cell.text) for table in file.tables for row in table.rows for cell in row.cells)
    yield from (bare(text) for text in _strings(_data(paper, language)))


def reports(content: Json) -> Iterator[str]:
    """Yield the texts of the report, as HTML and as lines for a terminal; they are Danish."""
    answer = answer_of(content)
    yield from read(render_html(answer, attribution="Kilde", manifest=MANIFEST))
    yield from (bare(part) for part in text_report(answer, "svar").split("\n\n"))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if not value.startswith(("<svg", "<?xml")):
            yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _strings(one)
