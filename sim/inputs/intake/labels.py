"""Rows of labels: names of columns that may be known to nobody but the office that wrote them."""

import re
from collections.abc import Sequence

LONGEST_LABEL = 60
_DIVIDED = re.compile(r"(?<=[^\W\d_])-[^\S\r\n]*(?:\r\n|[\r\n])\s*(?=[a-zæøå])")
_LABEL = re.compile(r"[^\W\d_].*", re.DOTALL)


def one_line(name: str) -> str:
    """Return a column's name in one line: a form sends no line of it back as it was, and a hyphen at the end of one divides a word.

    >>> one_line(" Rejse-\\ndato "), one_line("Antal\\r\\npassagerer"), one_line("Fra-Til")
    ('Rejsedato', 'Antal passagerer', 'Fra-Til')
    """
    return " ".join(_DIVIDED.sub("", name.replace("\xad", "")).split())


def label_count(names: Sequence[str]) -> int:
    """Return how many labels a row holds; 0 when a cell of it is a number, a date or a long text, so that it may be a trip.

    >>> label_count(["Dato", "Kl.", "", "Afhentning x"]), label_count(["Dato", "3-8-2019"])
    (3, 0)
    """
    filled = [name.strip() for name in names if name.strip()]
    if not all(_LABEL.fullmatch(name) and len(name) <= LONGEST_LABEL for name in filled):
        return 0
    return len(set(filled))


def own_names(names: list[str]) -> list[str]:
    """Return the names so that each column has one of its own: a number where there is none, and where it is another's.

    >>> own_names(["x", "", "x"])
    ['x', 'kolonne 2', 'x (2)']
    """
    given: list[str] = []
    for place, name in enumerate(names, 1):
        own = name or f"kolonne {place}"
        times = 1
        while own in given:
            times += 1
            own = f"{name or f'kolonne {place}'} ({times})"
        given.append(own)
    return given
