"""Every Danish sentence of the list has its English: next to it in the source, or in the catalogue. What needs none is listed with why."""

import re
import tomllib

import pytest

from api.web.translation import entries, looks_danish
from tests.words.danish_sentences import LIST, sentences
from tests.words.english_beside import beside

ALONE = tomllib.loads((LIST.parent / "danish_alone.toml").read_text("utf-8"))
NAMED = re.compile(r"\{[^}]*\}")


def bare(text: str) -> str:
    return NAMED.sub("{}", text)


def lacking() -> list[tuple[str, str]]:
    have = {bare(danish) for danish, _ in entries()}
    return [
        (name, text)
        for name, texts in sentences().items()
        if not name.startswith(tuple(ALONE["files"]))
        for text in texts
        if bare(text) not in have and text not in beside(name) and looks_danish(text)
    ]


def test_every_sentence_has_english() -> None:
    missing = [(name, text) for name, text in lacking() if text not in ALONE["sentences"]]
    assert missing == [], "add the English to api/web/english/, or say in danish_alone.toml why it needs none"


def test_no_exception_is_left_over() -> None:
    assert set(ALONE["sentences"]) == {text for _, text in lacking()}
    names = sentences()
    assert [prefix for prefix in ALONE["files"] if not any(name.startswith(prefix) for name in names)] == []


@pytest.mark.parametrize("text", ["prisen er ikke kendt", "Der er ingen gemte svar"])
def test_a_sentence_without_english_would_be_found(text: str) -> None:
    assert looks_danish(text)
