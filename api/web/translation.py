"""English for what the report's tables say in Danish; what is not in the catalogue stays Danish."""

import tomllib
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def _catalogue() -> dict[str, str]:
    read: dict[str, str] = tomllib.loads((files("api.web") / "english.toml").read_text(encoding="utf-8"))["texts"]
    return read


def english(text: str) -> str:
    """Return a table's heading, caption or fixed text in English, or the text itself."""
    return _catalogue().get(str(text), str(text))


def is_translated(text: str) -> bool:
    """Say whether the catalogue has the text."""
    return str(text) in _catalogue()
