"""Names that a user gives: one visible line each, and no two that look alike."""

import unicodedata
from collections.abc import Iterable, Sequence

from sim.geography.names import fold
from tariffs import ServicePackage
from tariffs.errors import About, InputError

SOFT = "\u00ad\u200d" + "".join(map(chr, range(0xFE00, 0xFE10)))
"""Letters that cannot be seen and do no harm: the soft hyphen, the joiner, and the selectors that stand after signs (❤️)."""
HIDDEN = ("Cc", "Cf", "Cs")
BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2065\u2800\u3164\uffa0")
"""Marks and letters that are drawn as nothing, among them the fillers of other scripts; so are those of plane 14."""
LONGEST_SHOWN = 80


def one_line(text: str) -> str:
    """Return a name on one line, its letters composed (NFC); raises ValueError for letters that cannot be seen.

    >>> one_line("  Ny   takst ")
    'Ny takst'
    """
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if any(_is_hidden(letter) for letter in name):
        raise ValueError("navnet har tegn, der ikke kan ses eller vender skriften")
    return name


def _is_hidden(letter: str) -> bool:
    """Say whether a letter cannot be seen, or turns the writing round.

    >>> [_is_hidden(letter) for letter in ("a", "\\u00ad", "\\u200b", "\\u3164", "\\U000e0100")]
    [False, False, True, True, True]
    """
    if letter in SOFT:
        return False
    return unicodedata.category(letter) in HIDDEN or letter in BLANK or 0xE0000 <= ord(letter) < 0xE1000


def appearance(name: str) -> str:
    """Return what the eye sees of a name: compatible letters alike, soft letters left out.

    >>> appearance("Ny\\u00ad takst") == appearance("Ny takst")
    True
    """
    return unicodedata.normalize("NFKC", "".join(letter for letter in name if letter not in SOFT))


def shown(text: str) -> str:
    """Return a text as an error quotes it: not longer than a line, with nothing that cannot be seen.

    >>> shown("A\\u200b"), len(shown("x" * 500))
    ("'A\\\\u200b'", 83)
    """
    quoted = repr(text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…")
    return "".join(ascii(letter)[1:-1] if _is_hidden(letter) else letter for letter in quoted)


def any_alike(names: Iterable[str]) -> bool:
    """Say whether two of the names cannot be told apart by the eye."""
    seen = [appearance(name) for name in names]
    return len(set(seen)) != len(seen)


def check_destinations(packages: Sequence[ServicePackage], facts: Sequence[str] = ()) -> None:
    """Refuse one free destination under two spellings, which would be two places with the trips of each.

    ``facts`` are the names that the scenario's own facts are given under. Raises InputError.
    """
    spelled: dict[str, str] = {}
    for name in (*(name for package in packages for name in package.free_destinations), *facts):
        first = spelled.setdefault(fold(name), name)
        if first != name:
            raise InputError(
                f"Den gratis destination '{name}' skrives også '{first}'",
                where="options og free_destinations",
                why="det er ét sted, som ville tælle to gange",
                next_step="skriv den ens alle steder",
                about=About("gratis", (name,)),
            )
    if len(set(facts)) != len(facts):
        twice = next(name for name in facts if facts.count(name) > 1)
        raise InputError(
            f"'{twice}' står to gange i free_destinations", where="free_destinations", next_step="behold den ene"
        )
