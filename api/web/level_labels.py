"""The levels of a day's price list with their kroner, for the pages on which they are chosen; what the list lacks cannot be."""

from datetime import date
from pathlib import Path
from typing import Any

from api.web.known import UNKNOWN, levels_on
from api.web.price_tables import in_kroner


def level_labels(day: date | None, own_lists: tuple[Path, ...], language: str) -> dict[str, Any]:
    """Return what is shown beside each level, and under ``lacking`` those that the day's price list does not have.

    Of a day that cannot be read nothing is lacking.

    >>> labels = level_labels(date(2018, 7, 1), (), "da")
    >>> labels["low"], labels["high"], labels["lacking"]
    ('48 kr.', 'findes ikke i dagens prisliste', ('high',))
    """
    found = UNKNOWN if day is None else levels_on(day, own_lists)
    oere = {"kommunetakst": found.kommune, "low": found.low, "high": found.high, "plustur": found.plustur}
    none = (
        "" if day is None else "not in that day's price list" if language == "en" else "findes ikke i dagens prisliste"
    )
    told = {name: none if price is None else in_kroner(price) for name, price in oere.items()}
    return told | {"lacking": tuple(name for name, price in oere.items() if price is None and day is not None)}
