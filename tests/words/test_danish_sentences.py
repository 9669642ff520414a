"""The sentences that can be shown stand in one list, and none of them has words that an office would not write."""

import re

import pytest

from tests.words.danish_sentences import LIST, sentences, written

BANNED = {
    r"\bfind(?:e|es)? (?:selv )?ud af det\b": "say what is done instead",
    r"\btomt: navnet\b": "a field's hint is a sentence",
    r"\bdet (?:lave|høje) niveau\b": "lavt niveau, højt niveau, or the kroner",
    r"(?<!-)\b(\w{4,}) \1\b": "a word twice",
    r"(?<![. ])\.\.(?![.\w])|,,|;;|\?\?|!!|:\s*:|(?<!kr)(?<!nr)(?<!mv)(?<!osv)\.\s*;|;\s*\.|,\.": "doubled punctuation",
    r"(?i)\bf\.eks(?!\.)|\bm\.?v\b(?!\.)|\bbl\.a(?!\.)": "a shortened word without its full stops",
    r"\b(?:oops|ups)\b|!(?=\s|$)": "an office does not shout",
    r"\bbrugeren (?:har )?indtast": "say you or the municipality",
    r"\s+[,;:?](?=\s|$)": "a space before a mark",
}
"""What no sentence may hold, and why or what instead."""


def test_the_list_has_every_sentence_that_can_be_shown() -> None:
    assert LIST.read_text(encoding="utf-8") == written(), "write it anew with: python -m tests.words.danish_sentences"


@pytest.mark.parametrize("phrase", BANNED)
def test_no_sentence_has_a_banned_phrase(phrase: str) -> None:
    seen = [(name, text) for name, texts in sentences().items() for text in texts if re.search(phrase, text)]
    assert not seen, BANNED[phrase]


def test_the_phrases_are_found_where_they_stand() -> None:
    """The patterns themselves: each has a text that it finds."""
    texts = (
        "find selv ud af det", "tomt: navnet laves af elementerne", "bytakst, det lave niveau", "byområdet byområdet",
        "findes ikke.. prøv", "f.eks Holbæk", "Sådan!", "brugeren indtaster", "vælg et andet , og prøv",
    )  # fmt: skip
    for phrase, text in zip(BANNED, texts, strict=True):
        assert re.search(phrase, text), phrase
