"""English for what the report's tables say in Danish; what is not in the catalogue stays Danish, and is marked as such."""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextvars import ContextVar
from functools import lru_cache
from importlib.resources import files

from api.web.advice import in_page_words, in_page_words_en
from api.web.sentences import (
    END,
    FIELD,
    IsDanish,
    Sentence,
    in_dkk,
    in_field,
    in_sentences,
    is_no_name,
    sentence,
    speaks_danish,
)
from sim.answer.quantities import quantities
from sim.inputs.assumptions import load_assumptions
from sim.telling.section import NAMES_EN
from sim.words.numbers import english_marks
from tariffs.elements import elements

WORDS = re.compile(r"[a-zæøå]{2,}", re.IGNORECASE)
GROUP = re.compile(r"\\(\d)")
UNITS = {"kr", "km", "mio"}
FIRST_MARK = 0xE000
MARKS = re.compile("»?([\ue000-\ue0ff])«?")
"""What stands for an option's name while a sentence is looked up: no letter of any language; it may be in quotation marks."""
_names: ContextVar[tuple[str, ...]] = ContextVar("names", default=())


@lru_cache(maxsize=1)
def _catalogue() -> tuple[dict[str, str], list[tuple[re.Pattern[str], str]], list[Sentence]]:
    """Return what is said whole, the tables' patterns, and the sentences with fields, the most specific first; read once, when asked.

    The most specific has the longest piece without a field, and among equals the most words outside fields.
    """
    heads = (head for quantity in quantities().values() for head in quantity.heads.values())
    elements_en = {element.da: element.en for element in elements().values()}
    own = (
        elements_en
        | {entry.statement_da: entry.statement_en for entry in load_assumptions().values()}
        | dict(entries())
    )
    on_pages = {_outside_fields(in_page_words, danish): english for danish, english in own.items()}
    own |= {danish: _outside_fields(in_page_words_en, said) for danish, said in on_pages.items() if danish not in own}
    texts = {head.da: head.en for head in heads} | {da: en for da, en in own.items() if not FIELD.search(da)}
    patterns = [(re.compile(danish), said) for file in _files() for danish, said in file.get("patterns", {}).items()]
    filled = [
        (sentence(danish, said), len(FIELD.sub("", danish))) for danish, said in own.items() if FIELD.search(danish)
    ]
    filled.sort(key=lambda one: (len(one[0].landmark), one[1]), reverse=True)
    return texts, patterns, [one for one, _ in filled]


@lru_cache(maxsize=1)
def _rules() -> tuple[IsDanish, IsDanish]:
    """Return what is Danish in a text that may be English already, and in a field."""
    texts, _, filled = _catalogue()
    english = [*texts.values(), *(one.english for one in filled)]
    return speaks_danish([*texts, *(danish for danish, _ in entries())], english), is_no_name(english)


def _outside_fields(change: Callable[[str], str], text: str) -> str:
    """Return a sentence changed, its fields as they were."""
    names = FIELD.findall(text)
    changed = change(FIELD.sub("\0", text))
    for name in names:
        changed = changed.replace("\0", f"{{{name}}}", 1)
    return changed


def entries() -> Iterator[tuple[str, str]]:
    """Yield the catalogue's entries, Danish and English, fields in braces."""
    for file in _files():
        yield from file.get("texts", {}).items()


@lru_cache(maxsize=1)
def _files() -> tuple[dict[str, dict[str, str]], ...]:
    folder = files("api.web") / "english"
    found = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    return tuple(tomllib.loads(file.read_text(encoding="utf-8")) for file in found)


def speak_of(names: Iterable[str]) -> None:
    """Let the names of an answer's options be names in what is translated from here on, in this request or command.

    A name may have Danish words in it, as "Gratis til biblioteket"; in a sentence it is taken for one word.
    """
    _names.set(tuple(sorted(dict.fromkeys(names), key=len, reverse=True)))


def _found(text: str) -> str | None:
    """Return a text in English, None where the catalogue does not have it.

    The options' names are taken for words: those of several words at once, the others, which may be words of the tariff, where
    the text is not known as it is.
    """
    names = _names.get()
    if text in names:
        return NAMES_EN.get(text, text)
    found = _without([name for name in names if " " in name], text) if names else None
    found = _searched(text) if found is None else found
    return _without(names, text) if found is None and names else found


def _without(names: Sequence[str], text: str) -> str | None:
    """Return a text in English that has one of the names, looked up with a mark in its place; None where it has none of them."""
    typed = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in names) or r"(?!)")
    marked = typed.sub(lambda name: chr(FIRST_MARK + names.index(name[0])), text)
    said = _searched(marked) if marked != text else None
    if said is None:
        return None

    def name(mark: re.Match[str]) -> str:
        found = names[ord(mark[1]) - FIRST_MARK]
        return f"“{found}”" if mark[0].startswith("»") and mark[0].endswith("«") else mark[0].replace(mark[1], found)

    return MARKS.sub(name, said)


@lru_cache(maxsize=4096)
def _searched(text: str) -> str | None:
    whole = _whole(text)
    return _elements(text) or in_sentences(text, _piece) or _of_an_option(text) if whole is None else whole


def _of_an_option(text: str) -> str | None:
    """Return a text in English that begins with what it is about: an option's name, a colon and sentences."""
    name, colon, rest = text.partition(": ")
    said = in_sentences(rest, _piece) if colon and "." not in name else None
    about = in_field(name, _whole, _rules()[1]) if said is not None else None
    return None if about is None or said is None else f"{about}: {said}"


def _piece(text: str) -> str | None:
    whole = _whole(text)
    return _elements(text) if whole is None else whole


def _elements(text: str) -> str | None:
    """Return a package's elements in English, where all of them are known."""
    said = [_whole(element) for element in text.split("; ")]
    return None if len(said) == 1 or None in said else "; ".join(element or "" for element in said)


@lru_cache(maxsize=4096)
def _whole(text: str) -> str | None:
    texts, patterns, filled = _catalogue()
    forms = list(_forms(text))
    for form, stop, capital in forms:
        if form in texts:
            return _as_form(texts[form], stop, capital)
    said = next((_expanded(found, said) for danish, said in patterns if (found := _matched(danish, text))), None)
    if said is None:
        _, in_fields = _rules()
        tried = (
            _as_form(in_english, stop, capital)
            for one in filled
            for form, stop, capital in forms
            if (in_english := one.said(form, _whole, in_fields)) is not None
        )
        said = next(tried, None)
    return in_dkk(english_marks(text)) if said is None and _is_amount(text) else said


def _forms(text: str) -> Iterator[tuple[str, str, bool]]:
    """Yield a text as it is and, of a sentence, as the parts of an error are written: without its stop, with a small letter.

    All are tried for one entry before the next, so that an entry with few fields is found before one that takes in anything.
    """
    yield text, "", False
    if text.endswith("."):
        yield text[:-1], ".", False
        yield text[:1].lower() + text[1:-1], ".", True


def _as_form(said: str, stop: str, capital: bool) -> str:
    return (said[:1].upper() + said[1:] if capital else said) + stop


def _matched(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Return how a pattern holds a text, None where a group of it has taken in more than one sentence."""
    found = pattern.fullmatch(text)
    return None if found is None or any(END.search(group or "") for group in found.groups()) else found


def _expanded(found: re.Match[str], said: str) -> str:
    """Return a pattern's English with its groups filled in, each in English where it can be, and with English marks."""

    def filled(group: re.Match[str]) -> str:
        text = found[int(group[1])] or ""
        in_english = in_field(text, _whole, _rules()[1])
        return english_marks(text) if in_english is None else in_english

    return in_dkk(GROUP.sub(filled, said))


def _is_amount(text: str) -> bool:
    """Say whether a text is numbers and units alone, with nothing in it to translate.

    >>> _is_amount("1.234,5 (1.000-2.000)"), _is_amount("23,50 kr."), _is_amount("Bytakst 2,5")
    (True, True, False)
    """
    return set(WORDS.findall(text)) <= UNITS


def english(text: str) -> str:
    """Return a table's heading, caption, fixed text or number in English, or the text itself.

    >>> english("nettoudgift"), english("23 km i kommunen"), english("Bytakst 60"), english("1.234,5 (1.000-2.000)")
    ('net cost', '23 km within the municipality', 'Bytakst 60', '1,234.5 (1,000-2,000)')
    """
    # A number and its interval are held on one line by hard spaces, which the catalogue does not have.
    found = _found(str(text).replace("\u00a0", " "))
    return str(text) if found is None else found


def known_english(text: str) -> str | None:
    """Return a text in English, None where the catalogue does not have it.

    >>> known_english("nettoudgift"), known_english("en bemærkning")
    ('net cost', None)
    """
    return _found(str(text))


def looks_danish(text: str) -> bool:
    """Say whether a text has no English and has Danish words; what a user wrote or was English already may have neither.

    >>> looks_danish("en bemærkning"), looks_danish("nettoudgift"), looks_danish("New option")
    (True, False, False)
    """
    in_texts, _ = _rules()
    return not is_translated(text) and in_field(str(text)[:1].lower() + str(text)[1:], _whole, in_texts) is None


def is_translated(text: str) -> bool:
    """Say whether the catalogue has the text, or there is nothing in it to translate.

    >>> is_translated("nettoudgift"), is_translated("1.234,5 (1.000-2.000)"), is_translated("en bemærkning")
    (True, True, False)
    """
    return _found(str(text)) is not None
