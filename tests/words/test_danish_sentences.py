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
    r"(?i)\bf\.\s?eks\b": "fx, everywhere",
    r"(?i)\bm\.?v\b(?!\.)|\bbl\.a(?!\.)": "a shortened word without its full stops",
    r"\b(?:oops|ups)\b|!(?=\s|$)": "an office does not shout",
    r"\bbrugerens?\b": "say you, the municipality, or what is chosen for the calculation",
    r"\s+[,;:?](?=\s|$)": "a space before a mark",
    r"\bfindes (?:det|den) selv\b": "say what decides: ellers afgøres det af filen",
    r"\blukke(?:t|de) form\b": "a formula: skøn med en formel",
    r"\bsagt af Movia\b|\bvores udregning\b": "oplyst af, egen beregning: a mark has one name",
    r"\bgiv (?:mappen|kommandoen|den samme|derpå|filen|stien|både|også)\b|\ber givet\b": "angiv; a command is run again",
    r"\w(?<!end)(?<!kun)(?<!som)(?<!også)(?<!eller) når (?:alle|den|der|det|de|status)\b": "a comma before a clause",
    r"\b(?:slutter|begynder) før (?:den|det|de)\b": "a comma before a clause",
    r"\bbatch af det navn\b": "med det navn",
    r"[“”]": "Danish quotation marks: »«",
    r"\bihjel\b|\bat dø\b|\bdøde\b": "a process stops",
    r"\b[Ss]ig, hv|\bi stilhed\b": "angiv; uden videre",
    r"\b(?:IKKE|UDEN FOR|SKØN|ALDRIG)\b": "an office does not shout in capitals either",
    r"\bimportér|\bimportere": "indlæs, everywhere",
    r"\bhovedet [A-Z]|\bi hovedet\b": "headeren",
    r"\btag(?:et|es)? (?:\w+ )?ind\b|\b[Tt]ag (?:listen|filen) ind\b": "indlæs, indlæst",
    r"^(?:Det|Den) \w+ har svaret ikke\b": "Tallet findes ikke i svaret",
    r"\btomt: (?:fra|på|det)\b|\bTomt: ingen\b": "valgfri; ellers ...",
    r"^Hvem der (?!berøres|vinder|kører|betaler)|\. Hvem der (?:ikke|tager)\b": "Den, der ...",
    r"\bledigt? på disken\b": "ledig plads på disken",
    r"\b(?:I|i) har opgivet\b|\bhvis I har opgivet\b|\bI opgivet\b": "oplyst: opgive is also to give up",
    r"\bog det siges\b(?! her)|\bI har sagt\b": "say where it is shown; angivet",
    r"\bet scenario\b": "scenarie",
    r"\bvognstime": "vogntime",
    r"\bparametertræk\b": "sæt forudsætninger",
    r"\bture, der falder væk\b": "ture, der falder bort, everywhere",
    r"\blutter nuller\b|\btil øren\b|\bdet det\b": "kun af nuller; på øren; reword",
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
        "findes ikke.. prøv", "f.eks. Holbæk", "navn mv og sted", "Sådan!", "brugeren indtaster", "vælg et andet , og prøv",
        "ellers findes det selv", "skøn i lukket form", "sagt af Movia", "giv kommandoen igen",
        "tom når status er ok", "slutter før den begynder",
        "ingen batch af det navn", "kendt fra “Budget”", "slår dem ihjel", "sig, hvad kolonner er", "er IKKE nået", "importér igen",
        "i hovedet",
        "taget ind", "Det tal har svaret ikke", "tomt: fra den første tur", "Pris. Hvem der tager bussen", "5 MB ledigt på disken",
        "Har I opgivet udgiften", "springes over, og det siges",
        "i et scenario", "kr. pr. vognstime", "12 parametertræk", "de ture, der falder væk", "passer til øren",
    )  # fmt: skip
    for phrase, text in zip(BANNED, texts, strict=True):
        assert re.search(phrase, text), phrase
