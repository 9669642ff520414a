"""What a column's own name says that its numbers are, where that is something else than what they would be read as."""

import re
from collections.abc import Mapping

from tariffs.errors import InputError

_NO_KRONER = re.compile(r"\b(?:øre|oere|t\.? ?kr|tusinde? kr|1\.?000 kr|mio|mill|eur|euro|sek|nok|usd|gbp)\b|[€£$]")
_ADULTS = re.compile(r"\b(?:voksne?|adults?)\b")
_CHILDREN = re.compile(r"børn|boern|child|\+|&")


def says_no_kroner(column: str) -> bool:
    """Say whether a column's amounts are in something else than kroner, by its name.

    >>> says_no_kroner("Pris (øre)"), says_no_kroner("Beløb i t.kr."), says_no_kroner("Egenbetaling (kr.)"), says_no_kroner("Pris")
    (True, True, False, False)
    """
    return bool(_NO_KRONER.search(column.lower()))


def says_thousands(column: str) -> bool:
    """Say whether a column's counts are in thousands, by its name.

    >>> says_thousands("Passagerer (1.000)"), says_thousands("Passagerer i tusinder"), says_thousands("Passagerer")
    (True, True, False)
    """
    return bool(re.search(r"\b1\.?000\b|\btusind", column.lower()))


def check_units(fields: Mapping[str, str], where: str) -> None:
    """Raise InputError for a column of prices in something else than kroner, and one of passengers that counts adults alone.

    ``fields`` is the column of each field that is read.
    """
    price, passengers = fields.get("price", ""), fields.get("passengers", "")
    if says_no_kroner(price):
        raise InputError(
            f"kolonnen '{price}' er ifølge sit navn ikke i kroner",
            where=where,
            why="beløbene ville blive læst som kroner",
            next_step="regn beløbene om til kroner, og kald kolonnen pris",
        )
    if _ADULTS.search(passengers.lower()) and not _CHILDREN.search(passengers.lower()):
        raise InputError(
            f"kolonnen '{passengers}' tæller ifølge sit navn kun voksne",
            where=where,
            why="børn tæller også som passagerer",
            next_step="læg voksne og børn sammen i en kolonne, der hedder passagerer",
        )
