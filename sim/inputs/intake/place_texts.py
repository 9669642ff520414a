"""Texts that name a place, told from other texts without knowing the municipality; and an address without its street."""

import re
from functools import cache

from sim.geography.names import fold
from sim.geography.records import hamlets, parishes, stations, towns

_AFTER_POSTCODE = re.compile(r"^.*?(?:^|[ ,])([0-9]{4} +[^0-9,]+)$", re.DOTALL)
_STREET = re.compile(
    r"(?:vej|gade|gaden|vænge|vænget|alle|allé|stræde|parken|plads|pladsen|torv|torvet|bakken|toften)\b", re.IGNORECASE
)
_KIND = re.compile(r" (?:sogn|station|st|by)$")


def is_place(text: str) -> bool:
    """Say whether a text names a place or is an address.

    >>> is_place("Holbæk"), is_place("Netto, Tølløse"), is_place("Ahlgade 12, 4300 Holbæk"), is_place("Jens Hansen")
    (True, True, True, False)
    """
    if _AFTER_POSTCODE.match(text) or _STREET.search(text):
        return True
    return any(_KIND.sub("", fold(part)) in _names() for part in (text, text.rpartition(",")[2]))


def without_street(text: str) -> str:
    """Return an address from its postcode on: that is all that is read of it.

    >>> without_street("Ahlgade 12, 4300 Holbæk"), without_street("Tølløse")
    ('4300 Holbæk', 'Tølløse')
    """
    found = _AFTER_POSTCODE.match(text)
    return found[1] if found else text


@cache
def _names() -> frozenset[str]:
    kinds = (towns(), parishes(), stations(), hamlets())
    return frozenset(_KIND.sub("", fold(record.name)) for records in kinds for record in records)
