"""English for what the report's tables say in Danish; what is not in the catalogue stays Danish, and is marked as such."""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

from sim.answer.quantities import quantities
from sim.words.numbers import english_marks
from tariffs.elements import elements

WORDS = re.compile(r"[a-zæøå]{2,}", re.IGNORECASE)
UNITS = {"kr", "km"}


@lru_cache(maxsize=1)
def _catalogue() -> tuple[dict[str, str], list[tuple[re.Pattern[str], str]]]:
    read = tomllib.loads((files("api.web") / "english.toml").read_text(encoding="utf-8"))
    heads = (head for quantity in quantities().values() for head in quantity.heads.values())
    names = {head.da: head.en for head in heads} | {element.da: element.en for element in elements().values()}
    return names | read["texts"], [(re.compile(danish), english) for danish, english in read["patterns"].items()]


@lru_cache(maxsize=4096)
def _found(text: str) -> str | None:
    texts, patterns = _catalogue()
    if text in texts:
        return texts[text]
    said = next((found.expand(said) for danish, said in patterns if (found := danish.fullmatch(text))), None)
    return english_marks(text if said is None else said) if said is not None or _is_amount(text) else None


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


def is_translated(text: str) -> bool:
    """Say whether the catalogue has the text, or there is nothing in it to translate.

    >>> is_translated("nettoudgift"), is_translated("1.234,5 (1.000-2.000)"), is_translated("en bemærkning")
    (True, True, False)
    """
    return _found(str(text)) is not None
