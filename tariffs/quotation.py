"""The quote: one trip in, an offer with its lines or a refusal out; pure, without clock or chance."""

from dataclasses import replace
from datetime import date

from tariffs.booking_rules import check_booking
from tariffs.fare_lines import write_lines
from tariffs.level_choice import choose_level, closed_reason, in_price_list, level_amount, level_code, place_class
from tariffs.money import Money
from tariffs.offer import Offer, Reason, Refusal, refuse, refuse_unknown_edition
from tariffs.own_fare import ACROSS_STEP_DA, ACROSS_STEP_EN, NEXT_STEP_DA, NEXT_STEP_EN
from tariffs.package import ServicePackage
from tariffs.price_book import Level, PriceBook
from tariffs.switches import Switches
from tariffs.terms import terms_on
from tariffs.trip import Trip

_DEFAULT = Switches()


def quote(trip: Trip, package: ServicePackage, book: PriceBook, switches: Switches = _DEFAULT) -> Offer | Refusal:
    """Price a trip under a municipality's package.

    ``package`` is the choice of the municipality the trip stays inside; across a border it counts only for
    plustur. A municipality offers a product when the price book's choices say so (known or assumed), plustur also when
    the package has it, and not on a day when it was closed. A municipality with a fare of its own is priced only by
    elements that are stated. When several reasons speak against a trip, the first of `Reason`'s order is given.
    """
    day = book.effective_date(trip.booked_on, trip.travel_on, trip.standing)
    edition = book.edition_on(day)
    label = book.edition_label(edition) if edition else ""
    answer = _price(trip, package, book, switches, day, label)
    return replace(answer, edition=label)


def _price(
    trip: Trip, package: ServicePackage, book: PriceBook, switches: Switches, day: date, label: str
) -> Offer | Refusal:
    if trip.booked_on > trip.travel_on:
        return refuse(
            Reason.TOO_LATE,
            f"bestilt {trip.booked_on} til {trip.travel_on}",
            f"booked {trip.booked_on} for {trip.travel_on}",
        )
    certainty = _offered(trip, package, book)
    if isinstance(certainty, Refusal):
        return certainty
    refusal = _own_fare(trip, package, book, switches)
    if refusal:
        return refusal
    if not label:
        return refuse_unknown_edition(day, known_only=book.known_only)
    refusal = check_booking(trip, book, day) or _check_product(trip, package, switches)
    if refusal:
        return refusal
    package = in_price_list(package, book, day)
    level = Level.PLUSTUR if trip.product == "plustur" else choose_level(package, place_class(trip, package, switches))
    amount = level_amount(level, book, day)
    if isinstance(amount, Refusal):
        return amount
    lines = write_lines(trip, level, amount, book, day, label, terms_on(book, day, switches))
    return Offer(Money(sum(line.amount_oere for line in lines)), label, lines, level_code(level), certainty)


def _offered(trip: Trip, package: ServicePackage, book: PriceBook) -> str | Refusal:
    certainty = "known"
    for code in dict.fromkeys((trip.from_municipality, trip.to_municipality)):
        offered = book.choices.has(trip.product, code, trip.travel_on)
        if offered == "no" and trip.product == "plustur" and package.plustur and code == trip.from_municipality:
            offered = "assumed"
        if offered == "no":
            return refuse(
                Reason.NOT_OFFERED,
                f"{trip.product} i {book.choices.find(code).name} den {trip.travel_on}",
                f"{trip.product} in {book.choices.find(code).name} on {trip.travel_on}",
            )
        if offered == "assumed":
            certainty = "assumed"
    for code in dict.fromkeys((trip.from_municipality, trip.to_municipality)):
        closure = book.choices.closure(trip.product, code, trip.travel_on)
        if closure:
            return refuse(
                Reason.CLOSED_DAY,
                f"{closure.text_da}; vælg en anden dag",
                f"{closure.text_en}; choose another day",
            )
    return certainty


def _own_fare(trip: Trip, package: ServicePackage, book: PriceBook, switches: Switches) -> Refusal | None:
    """Refuse what the municipality itself has where no elements express it; elements that are stated are priced."""
    fare = None if trip.product == "plustur" else book.choices.own_fare(trip.from_municipality, trip.travel_on)
    if fare is None:
        return None
    if not switches.own_fare_across if trip.crosses_border else _is_stated(trip, package, switches):
        return None
    return refuse(
        Reason.OWN_FARE,
        f"{fare.text_da}; {ACROSS_STEP_DA if trip.crosses_border else NEXT_STEP_DA}",
        f"{fare.text_en}; {ACROSS_STEP_EN if trip.crosses_border else NEXT_STEP_EN}",
    )


def _is_stated(trip: Trip, package: ServicePackage, switches: Switches) -> bool:
    """Say whether some element of the package is about the trip's price; grundtakst alone is not told from nothing stated."""
    return bool(
        package.kommunetakst or package.bytakst or package.schemes or place_class(trip, package, switches) == "free"
    )


def _check_product(trip: Trip, package: ServicePackage, switches: Switches) -> Refusal | None:
    if trip.product == "plustur":
        return refuse(Reason.PLUSTUR_BY_PHONE) if trip.channel == "phone" else None
    reason = closed_reason(trip, package, switches)
    return refuse(reason) if reason else None
