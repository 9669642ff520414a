"""Sentences in English: the Danish with named fields, which are taken out of a finished text and put into the English sentence."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sim.words.numbers import english_marks

FIELD = re.compile(r"\{(\w+)\}")
QUOTED = re.compile(r"»[^«]*«|'[^']*'")
DANISH = re.compile(
    r"\b(?:og|ikke|er|det|der|den|som|til|af|med|på|fra|har|skal|kan|hvor|eller|ved|efter|før|også|kun|ingen|om|et|en|i|pr|ca|kl|kr|mio)\b",
    re.IGNORECASE,
)
WORD = re.compile(r"(?<![\w.-])[a-zæøå]{4,}(?![\w-])")
SMALL = re.compile(r"(?<![\w./=-])[a-zæøå]{2,}(?![\w=/-]|\.\w)")
"""A word in small letters, where it is no part of a file's name, a value or a unit."""
DANISH_LETTERS = re.compile("[æøåÆØÅ]")
NO_WORDS = re.compile(r"\{\w+\}|“[^”]*”|\"[^\"]*\"")
IN_KRONER = re.compile(r"DKK \{(\w+)\}")
AMOUNT = r"[-+±]?\d(?:[^A-Za-zæøåÆØÅ]|\b(?:og|eller|til|mio|kr)\b)*?"
"""What may stand after DKK: numbers, and what is between them."""
AFTER = re.compile(r"(?<!DKK )(?<![\w.,-])([-+±]?\d(?:[\d.,]*\d)?) (DKK million|mio\. kr\.|kr\.)(?! p[er]r?\b)")
"""An amount with its kroner after it."""
MIO = re.compile(r"(DKK [-+±]?[\d.,]+) mio\.")
ENDING = re.compile(r"(?<=[a-zæøå]{3})\{(\w+)\}")
PLURALS = {"": "", "e": "s", "r": "s", "er": "s"}
IN_QUOTES = re.compile(r"'\{(\w+)\}'")
EXAMPLE = "example"
THOUSANDS = re.compile(r"-?\d{1,3}(?:\.\d{3})+")
DAY = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}")
ENDED = re.compile(r"'[.;:,]? .*'|'[.;:] ")
"""What is between quotation marks and has ended them: more than what was typed."""
TYPED = "typed"
"""A field of names that users gave: Danish words in them stay, and only an "og" between them is English."""
STATEMENT = "statement"
"""A field that takes in as much as it can: a statement of the register may have colons and commas of its own."""
END = re.compile(r"(?<=[.?!«])\s+(?=[A-ZÆØÅ0-9»'])")
LISTS = ("(; )", "(, | og | eller )", "(: )")
"""What is between the parts of a field, the widest first."""
OUTSIDE_QUOTES = "(?![^»«]*«)"
"""A name in quotation marks is one part, whatever it has in it."""
BETWEEN = {" og ": " and ", " eller ": " or "}
Known = Callable[[str], str | None]
IsDanish = Callable[[str], bool]


def has_small_words(text: str) -> bool:
    """Say whether a text has one of the small words that nearly every Danish sentence has.

    >>> has_small_words("prisen er kendt"), has_small_words("Ny ordning")
    (True, False)
    """
    return DANISH.search(text) is not None


@dataclass(frozen=True)
class Sentence:
    """One sentence. ``landmark`` is the longest piece of it that has no field: what does not hold it is not this sentence.

    ``endings`` are the fields that end a word in both languages, as the plural's: what fills them is an English ending.
    ``typed`` are those that hold what was typed, or is to be: it stays as it is.
    """

    danish: re.Pattern[str]
    english: str
    landmark: str
    endings: frozenset[str] = frozenset()
    typed: frozenset[str] = frozenset()

    def said(self, text: str, known: Known, is_danish: IsDanish = has_small_words) -> str | None:
        """Return a Danish text in English, None where it is another sentence or has Danish in a field."""
        found = self.danish.fullmatch(text) if self.landmark in text else None
        if found is None:
            return None
        fields = {
            name: _as_typed(name, value)
            if name in self.typed
            else PLURALS[value]
            if name in self.endings and value in PLURALS
            else _names(value, known, is_danish)
            if name.startswith(TYPED)
            else in_field(value, known, is_danish)
            for name, value in found.groupdict().items()
        }
        if any(value is None for value in fields.values()):
            return None
        return in_dkk(FIELD.sub(lambda field: fields[field[1]] or "", self.english))


def _names(value: str, known: Known, is_danish: IsDanish) -> str:
    found = in_field(value, known, is_danish)
    return value if found is None else found


def _as_typed(name: str, value: str) -> str | None:
    """Return what was typed as it is; an example with Danish words in it is a sentence, and none.

    An example is given as both languages read it: thousands without a mark, a day with its month in letters.

    >>> _as_typed("example", "12.000"), _as_typed("example", "1.7.2027"), _as_typed("example", "13,5"), _as_typed("text", "12.000")
    ('12000', '1 July 2027', '13,5', '12.000')
    """
    if not name.startswith(EXAMPLE):
        return None if ENDED.search(value) else value
    if has_small_words(value):
        return None
    return (
        value.replace(".", "")
        if THOUSANDS.fullmatch(value)
        else english_marks(value)
        if DAY.fullmatch(value)
        else value
    )


def in_dkk(text: str) -> str:
    """Return a text with the name of the kroner before each amount, as English has it.

    >>> in_dkk("about 1.0 DKK million a year (0.6-1.3)"), in_dkk("354,000 kr. (320,000-355,000)"), in_dkk("DKK 24 and 36")
    ('about DKK 1.0 million a year (0.6-1.3)', 'DKK 354,000 (320,000-355,000)', 'DKK 24 and 36')
    """
    marked = AFTER.sub(
        lambda found: f"DKK {found[1]}{' million' if found[2].startswith(('DKK m', 'mio')) else ''}", text
    )
    return MIO.sub(r"\1 million", marked)


def sentence(danish: str, english: str) -> Sentence:
    """Return the sentence of an entry in the catalogue.

    Raises ValueError when the two do not have the same fields.

    >>> sentence("{count} ture til {place}", "{count} trips to {place}").said("12 ture til Holbæk", lambda text: None)
    '12 trips to Holbæk'
    >>> sentence("{count} tur{more}", "{count} trip{more}").said("12 ture", lambda text: None)
    '12 trips'
    """
    fields = FIELD.findall(danish)
    if len(set(fields)) < len(fields) or set(fields) != set(FIELD.findall(english)):
        raise ValueError(f"the English has other fields than the Danish: {danish}")
    pieces = FIELD.split(danish)
    amounts = frozenset(IN_KRONER.findall(english))
    filled = {piece: AMOUNT if piece in amounts else ".*" if piece == STATEMENT else ".*?" for piece in fields}
    pattern = "".join(f"(?P<{piece}>{filled[piece]})" if n % 2 else re.escape(piece) for n, piece in enumerate(pieces))
    endings = frozenset(ENDING.findall(danish)) & frozenset(ENDING.findall(english))
    typed = frozenset(IN_QUOTES.findall(danish)) | {field for field in fields if field.startswith(EXAMPLE)}
    return Sentence(re.compile(pattern, re.DOTALL), english, max(pieces[::2], key=len), endings, typed)


def in_field(
    value: str, known: Known, is_danish: IsDanish = has_small_words, lists: tuple[str, ...] = LISTS
) -> str | None:
    """Return what fills a field in English: a known text, a list of such, or a name; None where it is Danish.

    Names in quotation marks may be Danish. The marks of numbers and days are made English here, once: the sentence is written with its own.

    >>> in_field("Holbæk og Roskilde", lambda text: None), in_field("prisen er ikke kendt", lambda text: None)
    ('Holbæk and Roskilde', None)
    >>> in_field("»Haslev, ny linje« og »Faxe«", lambda text: None)
    '»Haslev, ny linje« and »Faxe«'
    """
    found = _alone(value, known, is_danish)
    if found is not None or not lists:
        return found
    parts = re.split(lists[0] + OUTSIDE_QUOTES, value)
    said = [
        BETWEEN.get(part, part) if n % 2 else in_field(part, known, is_danish, lists[1:])
        for n, part in enumerate(parts)
    ]
    return None if any(part is None for part in said) else "".join(part or "" for part in said)


def _alone(value: str, known: Known, is_danish: IsDanish) -> str | None:
    bare = value.strip()
    found = known(bare) if bare else ""
    if found is not None:
        return value.replace(bare, found) if bare else value
    outside = QUOTED.sub("", english_marks(value))  # the day of a month that is written out has no Danish in it
    return None if is_danish(outside) else english_marks(value)


def speaks_danish(danish: Iterable[str], english: Iterable[str]) -> IsDanish:
    """Return the rule for a text that may be English already: Danish is what has a word that only Danish texts have.

    >>> speaks_danish(["bytakst for ture", "ture"], ["bytakst for trips"])("to ture")
    True
    """
    words = _words(WORD, danish) - _words(WORD, english)
    return lambda text: has_small_words(text) or not words.isdisjoint(WORD.findall(text))


def is_no_name(english: Iterable[str]) -> IsDanish:
    """Return the rule for what fills a field: a word in small letters is Danish where no English text has it; names have capitals.

    >>> is_no_name(["trips a year"])("Holbæk 45"), is_no_name(["trips a year"])("lav pris"), is_no_name([])("ture.csv")
    (False, True, False)
    """
    words = _words(SMALL, (text for text in english if not DANISH_LETTERS.search(text)))
    return lambda text: has_small_words(text) or not words.issuperset(SMALL.findall(text))


def _words(kind: re.Pattern[str], texts: Iterable[str]) -> frozenset[str]:
    """Return the words of sentences, but for what is in quotation marks and fields' names."""
    return frozenset(word for text in texts for word in kind.findall(NO_WORDS.sub(" ", text)))


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
        # An abbreviation that ends the Danish sentence ("21 kr.") is none in English, and has taken the full stop with it.
        bare = found is not None and len(pieces) > 1 and pieces[upto - 1].endswith(".") and found[-1:] not in ".?!:"
        yield f"{found}." if bare else found
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
