"""What the citizen pays on typical trips under each option."""

from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from sim.answer.records.prices import CitizenPrice, DestinationPrice, Fare
from sim.answer.records.prices import PlaceClass as PlaceClassName
from sim.riders.demand.requests import PlaceClass
from sim.study.choice import PLACE_CLASS_NAMES
from sim.study.fare_certainty import trip_certainty
from sim.study.prices import fare_table
from sim.study.study import Study
from tariffs import Certainty, FareTable, ServicePackage, choose_level, fare_columns
from tariffs.fare_table import day_number


@dataclass(frozen=True)
class TypicalTrip:
    """A trip to price: how far, and between what. One end is ``destination``, which some option has free, unless None."""

    km: int
    place_class: PlaceClass
    text_da: str
    destination: str | None = None


TYPICAL_TRIPS = (
    TypicalTrip(3, PlaceClass.IN_TOWN, "3 km inden for byområdet"),
    TypicalTrip(8, PlaceClass.INSIDE, "8 km mellem by og land i kommunen"),
    TypicalTrip(13, PlaceClass.INSIDE, "13 km mellem by og land i kommunen"),
    TypicalTrip(23, PlaceClass.INSIDE, "23 km i kommunen"),
    TypicalTrip(23, PlaceClass.ACROSS, "23 km over kommunegrænsen"),
)
DESTINATION_KM = 8
"""How far the trip to or from a free destination is: as the typical trip inside the municipality."""
PASSENGERS = (
    ("adult_phone", False, False),
    ("adult_online", True, False),
    ("child_phone", False, True),
    ("child_online", True, True),
)


def citizen_prices(study: Study) -> tuple[CitizenPrice | DestinationPrice, ...]:
    """Return the typical trips with what one passenger pays under each option, oere; None where a rule closes the trip.

    ``certainty`` says how surely each price is known.
    After them stands one trip to or from each destination that some option has free; those rows have a ``destination``.
    Prices are those of the study's price day: they hold for most of the span from the start date, or of the year.
    """
    table = fare_table(study.book, study.switches)
    period = table.period_of(np.array([day_number(study.price_day)]))
    rows: list[CitizenPrice | DestinationPrice] = []
    for trip in (*TYPICAL_TRIPS, *_free_trips(study.packages)):
        what = trip.text_da, trip.km, cast(PlaceClassName, PLACE_CLASS_NAMES[trip.place_class])
        oere = tuple(_price(table, period, trip, package) for package in study.packages)
        certainty = tuple(
            Certainty(trip_certainty(study, _level(trip, package), trip.km, trip.place_class))
            for package in study.packages
        )
        if trip.destination is None:
            rows.append(CitizenPrice(*what, oere, certainty))
        else:
            rows.append(DestinationPrice(*what, trip.destination, oere, certainty))
    return tuple(rows)


def _free_trips(packages: tuple[ServicePackage, ...]) -> list[TypicalTrip]:
    names = dict.fromkeys(name for package in packages for name in package.free_destinations)
    text = f"{DESTINATION_KM} km til eller fra "
    return [TypicalTrip(DESTINATION_KM, PlaceClass.INSIDE, text + name, name) for name in names]


def _level(trip: TypicalTrip, package: ServicePackage) -> int:
    free = trip.destination in package.free_destinations
    return choose_level(package, "free" if free else PLACE_CLASS_NAMES[trip.place_class])


def _price(table: FareTable, period: NDArray[np.int64], trip: TypicalTrip, package: ServicePackage) -> Fare | None:
    if package.closed_by(PLACE_CLASS_NAMES[trip.place_class]):
        return None
    level = np.array([_level(trip, package)])
    one: dict[str, int] = {}
    for key, online, child in PASSENGERS:
        fare = fare_columns(
            table, period, level, np.array([online]), np.array([1000 * trip.km]),
            np.array([0 if child else 1]), np.array([1 if child else 0]),
        )  # fmt: skip
        one[key] = int(fare[0])
    return Fare(**one)
