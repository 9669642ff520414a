"""Names in a row: where one of them has a comma or an "og" in it, each is in quotation marks."""

from collections.abc import Iterable

from sim.words.numbers import listed

DIVIDES = (", ", " og ", " and ", " eller ", " or ")
"""What stands between the names of a row, and may stand in a name too."""
QUOTES = {"da": ("»", "«"), "en": ("“", "”")}


def told_apart(names: Iterable[str], language: str = "da") -> list[str]:
    """Return names that are to stand in a row, each in quotation marks where one of several could be taken for two.

    >>> told_apart(["Bytakst 64", "Plustur"]), told_apart(["Bytakst 64, plustur", "Plustur"])
    (['Bytakst 64', 'Plustur'], ['»Bytakst 64, plustur«', '»Plustur«'])
    """
    row = list(names)
    if len(row) < 2 or not any(divides in name for name in row for divides in DIVIDES):
        return row
    first, last = QUOTES[language]
    return [f"{first}{name}{last}" for name in row]


def in_a_row(names: Iterable[str], language: str = "da") -> str:
    """Return names with commas and a last "og" or "and".

    >>> in_a_row(["A", "B", "C"]), in_a_row(["A, fri", "B"], "en"), in_a_row(["A, fri"])
    ('A, B og C', '“A, fri” and “B”', 'A, fri')
    """
    return listed(told_apart(names, language), language)
