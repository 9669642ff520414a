"""Comparing Danish names: case, accents and the two spellings of æ, ø and å do not count."""

import difflib
import unicodedata
from collections.abc import Iterable

from tariffs.errors import About, InputError

_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ö": "oe", "ä": "ae", "ü": "u"})


def fold(name: str) -> str:
    """Return ``name`` in small ASCII letters: composed (NFC), æ ø å as ae oe aa, other accents dropped.

    >>> fold("  HOLBÆK ") == fold("Holbaek") == fold("holbæk")
    True
    """
    composed = unicodedata.normalize("NFC", name).casefold().translate(_LETTERS)
    bare = "".join(c for c in unicodedata.normalize("NFD", composed) if not unicodedata.combining(c))
    return " ".join(bare.replace(".", " ").replace('"', " ").split())


def close_matches(text: str, names: Iterable[str], count: int = 4) -> list[str]:
    """Return up to ``count`` names that look like ``text``, the best first."""
    by_fold: dict[str, str] = {}
    for name in names:
        by_fold.setdefault(fold(name), name)
    wanted = fold(text)
    found = difflib.get_close_matches(wanted, by_fold, n=count, cutoff=0.6)
    for key in by_fold:
        if len(found) >= count:
            break
        if key not in found and len(wanted) >= 3 and (wanted in key or key in wanted):
            found.append(key)
    return [by_fold[key] for key in found]


def unknown_name(
    what: str, text: str, names: Iterable[str], where: str, otherwise: str, about: About | None = None
) -> InputError:
    """Return the error for a name that is not known, with those it may have been meant to be."""
    near = close_matches(text, names)
    hint = "skriv et kendt navn, måske " + " eller ".join(near) if near else otherwise
    return InputError(f"{what} '{text}' kendes ikke", where=where, next_step=hint, about=about)
