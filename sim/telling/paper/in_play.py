"""What is in play in a comparison, so that the paper asks of nothing else: which elements, and which way prices move."""

from dataclasses import dataclass

from sim.answer.records import Answer
from tariffs.elements import elements

TOWN = ("bytakst", *(element.id for element in elements().values() if element.trips != "inside"))
"""Elements that hold inside the line round a town."""
CLOSING = tuple(element.id for element in elements().values() if element.closes)


@dataclass(frozen=True)
class InPlay:
    """What the options bring, and take away, against the one in force.

    Attributes
    ----------
    town : whether a fare or rule inside the town line changes
    dearer, cheaper : whether a typical trip costs more, or less without being free
    closes : whether trips in town can no longer be booked
    free, no_longer_free : destinations that become free, and that are free no more
    plustur : whether an option brings plustur
    plustur_ends : whether an option takes plustur away
    """

    town: bool
    dearer: bool
    cheaper: bool
    closes: bool
    free: tuple[str, ...]
    no_longer_free: tuple[str, ...]
    plustur: bool
    plustur_ends: bool


def in_play(comparison: Answer) -> InPlay:
    """Return what the options of a comparison change."""
    today, *others = ([str(e) for e in option.elements] for option in comparison.options)
    moved = [set(today) ^ set(elements) for elements in others]
    prices = [
        (trip.oere[0].adult_phone, after.adult_phone)
        for trip in comparison.citizen_prices
        for after in trip.oere[1:]
        if trip.oere[0] is not None and after is not None
    ]
    return InPlay(
        town=any(kind_of(element) in TOWN for elements in moved for element in elements),
        dearer=any(after > before for before, after in prices),
        cheaper=any(0 < after < before for before, after in prices),
        closes=any(e in CLOSING for elements in others for e in elements if e not in today),
        free=_added(today, others, "gratis"),
        no_longer_free=tuple(
            dict.fromkeys(value_of(e) for e in today if kind_of(e) == "gratis" if any(e not in o for o in others))
        ),
        plustur="plustur" not in today and any("plustur" in elements for elements in others),
        plustur_ends="plustur" in today and any("plustur" not in elements for elements in others),
    )


def _added(today: list[str], others: list[list[str]], kind: str) -> tuple[str, ...]:
    named = (value_of(e) for elements in others for e in elements if kind_of(e) == kind and e not in today)
    return tuple(dict.fromkeys(named))


def kind_of(element: str) -> str:
    """Return what sort of element it is.

    >>> kind_of("bytakst=60"), kind_of("plustur")
    ('bytakst', 'plustur')
    """
    return element.partition("=")[0]


def value_of(element: str) -> str:
    """Return the price or the destination of an element, an empty text where it has none."""
    return element.partition("=")[2]
