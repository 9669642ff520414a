"""One trip between two named places: what a person asks, made into the tariff's trip, priced, and priced elsewhere in time."""

from dataclasses import dataclass, replace
from datetime import date

from sim.desk.quoting.places import Place, Way, road_between, town_of
from tariffs import Edition, MunicipalChoice, Offer, PriceBook, Refusal, ServicePackage, Source, Switches, Trip, quote
from tariffs.municipal_choices import Product
from tariffs.trip import Channel


@dataclass(frozen=True)
class Wish:
    """What is asked. ``distance_m`` None: measured between the places; ``booked`` None: on the day of travel.

    ``package`` None: the municipality's own on that day. ``in_town`` says whether both ends lie in one town area, None
    lets the map say it. ``as_if_offered`` prices the trip as if both municipalities had the product.
    """

    from_: Place
    to: Place
    travel: date
    distance_m: int | None = None
    booked: date | None = None
    product: Product = "flextur"
    channel: Channel = "phone"
    adults: int = 1
    children: int = 0
    standing: bool = False
    package: ServicePackage | None = None
    in_town: bool | None = None
    free_destination: bool = False
    as_if_offered: bool = False


@dataclass(frozen=True)
class Priced:
    """The trip, its answer, and what was found out on the way.

    ``choice`` is what is known of the municipality that day; ``way`` None: the distance was told. ``shortest`` and
    ``longest`` answer for the shortest and longest the road may be. ``zone_assumed``: the town area is not known to be
    the municipality's own.
    """

    trip: Trip
    package: ServicePackage
    choice: MunicipalChoice
    way: Way | None
    answer: Offer | Refusal
    shortest: Offer | Refusal
    longest: Offer | Refusal
    zone_assumed: bool
    book: PriceBook


def price(wish: Wish, book: PriceBook, switches: Switches) -> Priced:
    """Price a trip; raises InputError when the distance can neither be told nor measured, or the trip cannot be.

    So it does where the municipality has a fare that no elements express and none are stated.
    """
    booked = wish.booked or wish.travel
    day = book.effective_date(booked, wish.travel, wish.standing)
    home, away = wish.from_.municipality_code, wish.to.municipality_code
    # A fare of the municipality's own holds from its day of travel, whenever the trip was booked.
    own = book.choices.own_fare(home, wish.travel) is not None and home == away and wish.product == "flextur"
    choice = book.choices.choices(home, wish.travel if own else day)
    if wish.package is None:
        package = choice.package if own or choice.expressed else ServicePackage()
    else:
        package = wish.package
        book = book.with_stated_elements(home) if home == away else book
    way = road_between(wish.from_, wish.to, wish.travel.year) if wish.distance_m is None else None
    towns = _towns(wish, package, choice.zones) if home == away else ("", "")
    if wish.as_if_offered:
        book = as_if_offered(book, wish.product, home, away)
    trip = Trip(
        home,
        away,
        way.distance_m if way is not None else wish.distance_m or 0,
        booked,
        wish.travel,
        product=wish.product,
        channel=wish.channel,
        adults=wish.adults,
        children=wish.children,
        standing=wish.standing,
        from_town=towns[0],
        to_town=towns[1],
        free_destination=wish.free_destination,
        places=tuple(place.name for place in (wish.from_, wish.to) if place.kind == "destination"),
    )

    def answer(metres: int) -> Offer | Refusal:
        return quote(replace(trip, distance_m=metres), package, book, switches)

    return Priced(
        trip=trip,
        package=package,
        choice=choice,
        way=way,
        answer=answer(trip.distance_m),
        shortest=answer(trip.distance_m if way is None else way.shortest_m),
        longest=answer(trip.distance_m if way is None else way.longest_m),
        zone_assumed=bool(towns[0] and towns[1] and not choice.zones),
        book=book,
    )


def as_if_offered(book: PriceBook, product: Product, *codes: str) -> PriceBook:
    """Return the book as if these municipalities had the product on every day."""
    choices = book.choices
    for code in codes:
        choices = choices.with_offer(
            product, code, "known", Source("Brugeren", "J", note="regnet, som om produktet var der")
        )
    return replace(book, choices=choices)


def in_every_edition(priced: Priced, switches: Switches) -> list[tuple[Edition, Offer | Refusal]]:
    """Return the same trip under the same elements on the first day of every edition, as if the product was there."""
    trip = priced.trip
    book = as_if_offered(priced.book, trip.product, trip.from_municipality, trip.to_municipality)
    return [
        (edition, quote(replace(trip, booked=edition.start, travel=edition.start), priced.package, book, switches))
        for edition in book.editions
    ]


def _towns(wish: Wish, package: ServicePackage, zones: tuple[str, ...]) -> tuple[str, str]:
    """Return the town areas of both ends; not looked for where no element of the package depends on them."""
    if not package.follows_town_line:
        return "", ""
    if wish.in_town is not None:
        name = (zones[0] if zones else "byområdet") if wish.in_town else ""
        return name, name
    return town_of(wish.from_, zones or None), town_of(wish.to, zones or None)
