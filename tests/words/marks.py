"""Marks that meet where a sentence is put together of pieces: two stops, a space before a mark, brackets round nothing."""

import re

SHORTENED = (
    "kr",
    "mio",
    "nr",
    "mv",
    "fl",
    "osv",
    "pct",
    "stk",
    "DKK",
    "e.g",
    "i.e",
    "Skt",
    "St",
    "inkl",
    "ca",
    "pr",
    "kl",
    "maks",
    "min",
)
DOUBLED = re.compile(
    r"(?<!\.)\.\.(?![.\w/])|,,|;;|::|\?\?|!!"
    r"|(?<=\w)\s[.,;:?!](?=\s|$)"
    r"|[?!:,;]\.(?!\w)|\.\s+\.(?!\w)|,;|;,"
    + "|"
    + "".join(rf"(?<!\b{word})" for word in SHORTENED)
    + r"(?<!\.)\.[,;:?!](?!\d)|\(\s*\)|\(\s|\s\)"
)


def doubled(text: str) -> str | None:
    """Return what of a text has marks that meet, None where none do.

    >>> doubled("Beløbet er 12 kr.. Prøv igen"), doubled("Beløbet er 12 kr.; prøv igen."), doubled("ca. 3 (2-4), i år ...")
    ('kr.. Prøv ', None, None)
    >>> [doubled(text) is not None for text in ("Takst: ., og", "er det rigtigt ?", "findes ikke .", "ukendt ()", "Ja?. Nej")]
    [True, True, True, True, True]
    """
    found = DOUBLED.search(text)
    return None if found is None else text[max(0, found.start() - 2) : found.end() + 6]
