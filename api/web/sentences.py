"""Sentences in English: the Danish with named fields, which are taken out of a finished text and put into the English sentence."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sim.words.numbers import english_marks

FIELD = re.compile(r"\{(\w+)\}")
QUOTED = re.compile(r"»[^«]*«|'[^']*'")
DANISH = re.compile(
    r"\b(?:og|ikke|er|det|der|den|som|til|af|med|på|har|skal|kan|hvor|eller|ved|efter|før|også|kun|ingen|om|et|en|i)\b",
    re.IGNORECASE,
)
WORD = re.compile(r"(?<![\w.-])[a-zæøå]{4,}(?![\w-])")
END = re.compile(r"(?<=[.?!«])\s+(?=[A-ZÆØÅ0-9»'])")
Known = Callable[[str], str | None]


@dataclass(frozen=True)
class Sentence:
    """One sentence. ``landmark`` is the longest piece of it that has no field: what does not hold it is not this sentence."""

    danish: re.Pattern[str]
    english: str
    landmark: str

    def said(self, text: str, known: Known, words: frozenset[str] = frozenset()) -> str | None:
        """Return a Danish text in English, None where it is another sentence or has Danish in a field."""
        found = self.danish.fullmatch(text) if self.landmark in text else None
        if found is None:
            return None
        fields = {name: in_field(value, known, words) for name, value in found.groupdict().items()}
        if any(value is None for value in fields.values()):
            return None
        return FIELD.sub(lambda field: fields[field[1]] or "", self.english)


def sentence(danish: str, english: str) -> Sentence:
    """Return the sentence of an entry in the catalogue.

    Raises ValueError when the two do not have the same fields.

    >>> sentence("{count} ture til {place}", "{count} trips to {place}").said("12 ture til Holbæk", lambda text: None)
    '12 trips to Holbæk'
    """
    fields = FIELD.findall(danish)
    if len(set(fields)) < len(fields) or set(fields) != set(FIELD.findall(english)):
        raise ValueError(f"the English has other fields than the Danish: {danish}")
    pieces = FIELD.split(danish)
    pattern = "".join(f"(?P<{piece}>.*?)" if n % 2 else re.escape(piece) for n, piece in enumerate(pieces))
    return Sentence(re.compile(pattern, re.DOTALL), english, max(pieces[::2], key=len))


def in_field(value: str, known: Known, words: frozenset[str] = frozenset()) -> str | None:
    """Return what fills a field in English: a known text, a list of such, or a name as it is; None where it is Danish.

    Danish is what has one of the small words that every Danish sentence has, or one of ``words``; names in quotation marks may.

    >>> in_field("Holbæk og Roskilde", lambda text: None), in_field("prisen er ikke kendt", lambda text: None)
    ('Holbæk and Roskilde', None)
    """
    found = _alone(value, known, words)
    parts = re.split(r"(, | og | eller |; )", value)
    if found is not None or len(parts) == 1:
        return found
    between = {" og ": " and ", " eller ": " or "}
    said = [between.get(part, part) if n % 2 else _alone(part, known, words) for n, part in enumerate(parts)]
    return None if any(part is None for part in said) else "".join(part or "" for part in said)


def _alone(value: str, known: Known, words: frozenset[str]) -> str | None:
    bare = value.strip()
    found = known(bare) if bare else ""
    if found is not None:
        return value.replace(bare, found) if bare else value
    outside = QUOTED.sub("", english_marks(value))  # the day of a month that is written out has no Danish in it
    return None if DANISH.search(outside) or not words.isdisjoint(WORD.findall(outside)) else value


def vocabulary(danish: Iterable[str], english: Iterable[str]) -> frozenset[str]:
    """Return the words that Danish texts have and English ones do not; a name's first letter is a capital.

    >>> sorted(vocabulary(["bytakst for ture", "ture"], ["bytakst for trips"]))
    ['ture']
    """
    return frozenset(word for text in danish for word in WORD.findall(text)) - frozenset(
        word for text in english for word in WORD.findall(text)
    )


def in_sentences(text: str, known: Known) -> str | None:
    """Return a text of several sentences in English, None where one of them is not known.

    A sentence is also known without its full stop and with a small letter, as the parts of an error are written.

    >>> in_sentences("Ret filen. Send den.", {"ret filen": "correct the file", "send den": "send it"}.get)
    'Correct the file. Send it.'
    """
    pieces = END.split(text)
    said = list(_joined(pieces, known))
    return None if any(piece is None for piece in said) else " ".join(piece or "" for piece in said)


def _joined(pieces: list[str], known: Known) -> Iterable[str | None]:
    place = 0
    while place < len(pieces):
        for upto in range(min(len(pieces), place + 6), place, -1):
            found = one_sentence(" ".join(pieces[place:upto]), known)
            if found is not None:
                break
        yield found
        place = upto


def one_sentence(text: str, known: Known) -> str | None:
    """Return one sentence in English however it ends and begins."""
    bare, stop = (text[:-1], text[-1]) if text.endswith((".", ":")) else (text, "")
    small = text[:1].lower() + text[1:]
    for form, end, capital in (
        (text, "", False),
        (bare, stop, False),
        (small, "", True),
        (small[: len(bare)], stop, True),
    ):
        found = known(form)
        if found is not None:
            said = found[:1].upper() + found[1:] if capital else found
            return said + end
    return None
