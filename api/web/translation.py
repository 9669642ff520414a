"""English for what the report's tables say in Danish; what is not in the catalogue stays Danish, and is marked as such."""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

WORDS = re.compile(r"[a-zæøå]{2}", re.IGNORECASE)


@lru_cache(maxsize=1)
def _catalogue() -> tuple[dict[str, str], list[tuple[re.Pattern[str], str]]]:
    read = tomllib.loads((files("api.web") / "english.toml").read_text(encoding="utf-8"))
    return read["texts"], [(re.compile(danish), english) for danish, english in read["patterns"].items()]


@lru_cache(maxsize=4096)
def _found(text: str) -> str | None:
    texts, patterns = _catalogue()
    if text in texts:
        return texts[text]
    return next((found.expand(said) for danish, said in patterns if (found := danish.fullmatch(text))), None)


def english(text: str) -> str:
    """Return a table's heading, caption or fixed text in English, or the text itself.

    >>> english("nettoudgift"), english("23 km i kommunen"), english("Bytakst 60")
    ('net cost', '23 km within the municipality', 'Bytakst 60')
    """
    found = _found(str(text))
    return str(text) if found is None else found


def is_translated(text: str) -> bool:
    """Say whether the catalogue has the text, or there is nothing in it to translate.

    >>> is_translated("nettoudgift"), is_translated("1.234,5 (1.000-2.000)"), is_translated("en bemærkning")
    (True, True, False)
    """
    return _found(str(text)) is not None or not WORDS.search(str(text))
