"""The fare editions of a budget year: known, or projected from the last known one and said to be."""

from collections.abc import Sequence
from datetime import date

from sim.answer.records.outlook import EditionInForce
from sim.study.choice import PLACE_CLASS_NAMES
from tariffs import Certainty, Edition, Level, PriceBook, ServicePackage, certainty_of, choose_level
from tariffs.price_book import RATE_FROM_KM_11

PROJECTED = "projected"
CERTAINTY = {"A": "known", "B": "known", "C": "calculated", "J": "assumed"}
"""What the weakest mark among an edition's prices means for it; one carried forward is ``projected``, the user's own ``entered``."""


def editions_of(book: PriceBook, year: int, packages: Sequence[ServicePackage]) -> tuple[EditionInForce, ...]:
    """Return the editions in force on some day of a year, with how certain their prices are.

    What counts in a price list is the weakest mark among the prices that the packages use.
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    found = [e for e in book.editions if e.start <= last and (e.end is None or e.end >= first)]
    return tuple(
        EditionInForce(
            edition.id,
            edition.name_da,
            edition.start,
            edition.end,
            certainty_of([edition.source])
            if edition.source.projected or edition.source.entered
            else Certainty(_certainty(book, edition, max(first, edition.start), packages)),
        )
        for edition in found
    )


def _certainty(book: PriceBook, edition: Edition, day: date, packages: Sequence[ServicePackage]) -> str:
    marks = {edition.source.mark}
    rate = book.value(RATE_FROM_KM_11, day)
    levels = {choose_level(package, name) for package in packages for name in PLACE_CLASS_NAMES.values()}
    levels |= {Level.PLUSTUR for package in packages if package.plustur}
    for value in (rate, *(book.level(level, day) for level in levels)):
        marks |= {value.source.mark} if value is not None else set()
    return CERTAINTY[max(marks)]
