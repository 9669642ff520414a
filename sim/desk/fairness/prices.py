"""What two neighbours pay for the same trip, one on each side of the town line, by the tariff engine."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sim.study.choice import PLACE_CLASS_NAMES
from tariffs import Offer, PriceBook, ServicePackage, Source, Switches, Trip, choose_level, quote
from tariffs.price_book import RATE_FROM_KM_11, RATE_FROM_KM_21
from tariffs.trip import Channel

IN_MUNICIPALITY_KM, ACROSS_KM = 8, 23
"""Two of the typical trips that a comparison shows: one in the municipality, one across its border."""
PASSENGERS: dict[str, tuple[Channel, int]] = {
    "adult_phone": ("phone", 0),
    "adult_online": ("online", 0),
    "child_phone": ("phone", 1),
    "child_online": ("online", 1),
}


@dataclass(frozen=True)
class SidePrice:
    """What one passenger of each kind pays, oere; None where the trip is refused, with the words why."""

    oere: Mapping[str, int | None]
    level: str
    refused_da: str = ""
    refused_en: str = ""


@dataclass(frozen=True)
class LineTrip:
    """One trip priced from both sides of the line; ``id`` is town_centre, station, free, in_municipality or across."""

    id: str
    text_da: str
    text_en: str
    distance_m: int
    inside: SidePrice
    outside: SidePrice

    def difference_oere(self, passenger: str) -> int | None:
        """Return what the one inside pays more than the one outside, None where either is refused."""
        inside, outside = self.inside.oere[passenger], self.outside.oere[passenger]
        return None if inside is None or outside is None else inside - outside

    def difference_percent(self, passenger: str) -> float | None:
        """Return the difference in percent of the price outside, None where that is nothing or either is refused."""
        difference, outside = self.difference_oere(passenger), self.outside.oere[passenger]
        return None if difference is None or not outside else 100.0 * difference / outside


@dataclass(frozen=True)
class LinePricer:
    """Prices trips of one municipality under one package on one day, by a book in which both ends have flextur."""

    code: str
    package: ServicePackage
    on: date
    book: PriceBook
    switches: Switches

    def trips(self, zone: str, centre_m: int, station: tuple[str, int] | None) -> tuple[LineTrip, ...]:
        """Return the typical trips; ``centre_m`` and the station's metres are road distances from the line."""
        found = [self._trip("town_centre", f"Til midten af {zone}", f"To the centre of {zone}", centre_m, zone, zone)]
        if station is not None:
            name, metres = station
            found.append(
                self._trip("station", f"Til stationen ({name})", f"To the station ({name})", metres, zone, zone)
            )
        for place in self.package.free_destinations:
            found.append(self._trip("free", f"Til {place}", f"To {place}", centre_m, zone, "", place=place))
        metres = 1000 * IN_MUNICIPALITY_KM
        found.append(
            self._trip(
                "in_municipality",
                f"{IN_MUNICIPALITY_KM} km ud i kommunen",
                f"{IN_MUNICIPALITY_KM} km out into the municipality",
                metres,
                zone,
                "",
            )
        )
        metres = 1000 * ACROSS_KM
        found.append(
            self._trip(
                "across",
                f"{ACROSS_KM} km over kommunegrænsen",
                f"{ACROSS_KM} km across the municipal border",
                metres,
                zone,
                "",
                across=True,
            )
        )
        return tuple(found)

    def _trip(
        self,
        id_: str,
        text_da: str,
        text_en: str,
        distance_m: int,
        zone: str,
        to_town: str,
        *,
        place: str = "",
        across: bool = False,
    ) -> LineTrip:
        sides = [self._side(distance_m, from_town, to_town, place, across) for from_town in (zone, "")]
        return LineTrip(id_, text_da, text_en, distance_m, sides[0], sides[1])

    def _side(self, distance_m: int, from_town: str, to_town: str, place: str, across: bool) -> SidePrice:
        to = _neighbour(self.code, self.book) if across else self.code
        oere: dict[str, int | None] = {}
        level = refused_da = refused_en = ""
        for name, (channel, children) in PASSENGERS.items():
            trip = Trip(
                self.code,
                to,
                distance_m,
                self.on,
                self.on,
                channel=channel,
                adults=1 - children,
                children=children,
                from_town=from_town,
                to_town=to_town,
                places=(place,) if place else (),
            )
            answer = quote(trip, self.package, self.book, self.switches)
            if isinstance(answer, Offer):
                oere[name], level = int(answer.fare_oere), answer.level
            else:
                oere[name], refused_da, refused_en = None, answer.text_da, answer.text_en
        return SidePrice(oere, level, refused_da, refused_en)


def price_sources(package: ServicePackage, book: PriceBook, on: date) -> tuple[Source, ...]:
    """Return where the day's prices under a package come from: its levels, and the rates of longer trips."""
    levels = sorted({choose_level(package, name) for name in PLACE_CLASS_NAMES.values()})
    found = [book.level(level, on) for level in levels] + [
        book.value(key, on) for key in (RATE_FROM_KM_11, RATE_FROM_KM_21)
    ]
    return tuple(dict.fromkeys(value.source for value in found if value is not None))


def with_flextur(book: PriceBook, code: str) -> PriceBook:
    """Return the book as if the municipality, and one to travel to across the border, had flextur on every day.

    The package is stated for the municipality, so that a fare of its own is not asked for inside it.
    """
    told = Source("Sammenligning ved bygrænsen", "J", note="prisen vises, som om begge ender har flextur")
    choices = book.choices.with_offer("flextur", code, "known", told).with_stated_elements(code)
    return replace(book, choices=choices.with_offer("flextur", _neighbour(code, book), "known", told))


def _neighbour(code: str, book: PriceBook) -> str:
    """Return some other municipality: across a border the price does not depend on which."""
    return next(m.code for m in book.choices.municipalities if m.movia and m.code != code)
