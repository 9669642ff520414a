"""Which level prices a trip, and which town rules close it: the municipality's choices applied in order."""

import unicodedata
from dataclasses import replace
from datetime import date
from typing import Literal

from tariffs.money import OERE_PER_KRONE, Money
from tariffs.offer import KNOWN_ONLY_DA, KNOWN_ONLY_EN, Reason, Refusal, refuse, refuse_unknown_edition
from tariffs.own_price import OWN_NAMES, own_kroner, own_level
from tariffs.package import ServicePackage
from tariffs.price_book import Level, PriceBook
from tariffs.switches import Switches
from tariffs.trip import Trip

PlaceClass = Literal["in_town", "inside", "across", "free"]
"""in_town: both ends in one town zone; inside: else within one municipality; across: over its border; free: an end
is a free destination."""

LEVEL_NAMES = {
    Level.GRUNDTAKST: ("Grundtakst", "Basic fare (grundtakst)"),
    Level.GRUNDTAKST_ACROSS: ("Grundtakst (over kommunegrænsen)", "Basic fare (grundtakst, across the border)"),
    Level.KOMMUNETAKST: ("Kommunetakst", "Municipal fare (kommunetakst)"),
    Level.BYTAKST_LOW: ("Bytakst, lavt niveau", "Town fare (bytakst), low"),
    Level.BYTAKST_HIGH: ("Bytakst, højt niveau", "Town fare (bytakst), high"),
    Level.DOBBELT_GRUNDTAKST: ("Dobbelt grundtakst", "Doubled basic fare (dobbelt grundtakst)"),
    Level.GRATIS: ("Gratis destination", "Free destination"),
    Level.PLUSTUR: ("Plustur", "Plustur"),
}


def level_names(level: int) -> tuple[str, str]:
    """Return what a level is called in Danish and English."""
    kroner = own_kroner(level)
    if kroner is not None:
        return f"{OWN_NAMES[0]} {kroner} kr.", f"{OWN_NAMES[1]} {kroner} kr"
    return LEVEL_NAMES[Level(level)]


def level_code(level: int) -> str:
    """Return the stable code of a level in JSON."""
    return "egen_pris" if own_kroner(level) is not None else Level(level).name.lower()


def in_price_list(package: ServicePackage, book: PriceBook, day: date) -> ServicePackage:
    """Return the package with its kroner as levels of the day's price list; those that it does not have are own prices, and stay."""

    def costs(level: Level) -> int | None:
        value = book.level(level, day)
        return None if value is None else value.amount

    kommunetakst, bytakst = package.kommunetakst, package.bytakst
    if not isinstance(kommunetakst, bool) and costs(Level.KOMMUNETAKST) == kommunetakst * OERE_PER_KRONE:
        kommunetakst = True
    if isinstance(bytakst, int):
        oere = bytakst * OERE_PER_KRONE
        bytakst = (
            "low" if costs(Level.BYTAKST_LOW) == oere else "high" if costs(Level.BYTAKST_HIGH) == oere else bytakst
        )
    return replace(package, kommunetakst=kommunetakst, bytakst=bytakst)


def town_key(name: str) -> str:
    """Return a town zone's name as names are compared: case, spaces at the ends and how letters are composed do not count.

    >>> town_key("HOLBÆK ") == town_key("Holbæk"), town_key("Holbæk") == town_key("Jyderup")
    (True, False)
    """
    return unicodedata.normalize("NFC", name).strip().casefold()


def in_same_zone(from_town: str, to_town: str, switches: Switches) -> bool:
    """True when both ends lie in a town zone, and in the same one unless ``town_scope`` is any_town."""
    if not from_town or not to_town:
        return False
    return switches.town_scope == "any_town" or town_key(from_town) == town_key(to_town)


def place_class(trip: Trip, package: ServicePackage, switches: Switches) -> PlaceClass:
    """Place a flextur trip: the border first, then a free destination, then the town zones."""
    if trip.crosses_border:
        return "across"
    chosen = {name.casefold() for name in package.free_destinations}
    if trip.free_destination or any(place.casefold() in chosen for place in trip.places):
        return "free"
    return "in_town" if in_same_zone(trip.from_town, trip.to_town, switches) else "inside"


def choose_level(package: ServicePackage, place: PlaceClass) -> int:
    """Return the level that prices a flextur trip: border, free destination, town, kommunetakst, grundtakst.

    It is a `Level`, or the number of an own price; kroner that the price list has are to be found in it before.
    """
    if place == "across":
        return Level.GRUNDTAKST_ACROSS
    if place == "free":
        return Level.GRATIS
    if place == "in_town":
        if isinstance(package.bytakst, int):
            return own_level(package.bytakst)
        if package.bytakst:
            return Level.BYTAKST_LOW if package.bytakst == "low" else Level.BYTAKST_HIGH
    for element in sorted(package.declared, key=lambda element: element.trips == "inside"):
        if element.level and element.covers(place):
            return Level[element.level.upper()]
    if not isinstance(package.kommunetakst, bool):
        return own_level(package.kommunetakst)
    return Level.KOMMUNETAKST if package.kommunetakst else Level.GRUNDTAKST


def closed_reason(trip: Trip, package: ServicePackage, switches: Switches) -> Reason | None:
    """Say why a flextur trip inside one municipality is closed by its town rules, if it is.

    A closed trip is refused also when an end is a free destination: the closing is about service, not price.
    """
    if trip.crosses_border:
        return None
    concerned = {
        "in_town": in_same_zone(trip.from_town, trip.to_town, switches),
        "in_towns": bool(trip.from_town and trip.to_town),
        "inside": True,
    }
    return next((Reason(element.closes) for element in package.closing if concerned[element.trips]), None)


def level_amount(level: int, book: PriceBook, day: date) -> Money | Refusal:
    """Return a level's oere on ``day``, or the refusal when the edition does not have or tell it."""
    edition = book.edition_on(day)
    if edition is None:
        return refuse_unknown_edition(day, known_only=book.known_only)
    label = book.edition_label(edition)
    value = book.level(level, day)
    name_da, name_en = level_names(level)
    if value is not None and value.amount is not None:
        return Money(value.amount)
    if value is not None and value.state == "unknown":
        da, en = (f"; {KNOWN_ONLY_DA}", f"; {KNOWN_ONLY_EN}") if book.known_only else ("", "")
        return refuse(Reason.PRICE_UNKNOWN, f"{name_da}, udgave {label}{da}", f"{name_en}, edition {label}{en}", label)
    return refuse(
        Reason.LEVEL_NOT_IN_EDITION,
        f"{name_da}; udgaven fra {label} gælder {day}",
        f"{name_en}; the edition of {label} holds on {day}",
        label,
    )


def price_level(package: ServicePackage, place: PlaceClass, book: PriceBook, day: date) -> Money | Refusal:
    """Return the adult level in oere for the first kilometres of a flextur trip, as riders respond to it.

    A scheme that closes towns refuses a trip ``in_town``; a trip between two town zones is not told
    apart from other trips ``inside`` here (`quote` does that). ``free`` is priced as ``inside`` under a package
    without free destinations.
    """
    if place == "free" and not package.free_destinations:
        place = "inside"
    closing = package.closed_by(place)
    if closing is not None:
        return refuse(Reason(closing.closes))
    return level_amount(choose_level(in_price_list(package, book, day), place), book, day)
