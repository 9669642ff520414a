"""What the citizen pays on typical trips under each option."""

from dataclasses import dataclass

import numpy as np

from sim.choice import PLACE_CLASS_NAMES
from sim.comparison.figures import Json
from sim.demand.requests import PlaceClass
from sim.study.study import Study
from tariffs import FareTable, choose_level, fare_columns
from tariffs.fare_table import day_number


@dataclass(frozen=True)
class TypicalTrip:
    """A trip to price: how far, and between what."""

    km: int
    place_class: PlaceClass
    text_da: str


TYPICAL_TRIPS = (
    TypicalTrip(3, PlaceClass.IN_TOWN, "3 km inden for byområdet"),
    TypicalTrip(8, PlaceClass.INSIDE, "8 km mellem by og land i kommunen"),
    TypicalTrip(13, PlaceClass.INSIDE, "13 km mellem by og land i kommunen"),
    TypicalTrip(23, PlaceClass.INSIDE, "23 km i kommunen"),
    TypicalTrip(23, PlaceClass.ACROSS, "23 km over kommunegrænsen"),
)
PASSENGERS = (
    ("adult_phone", False, False),
    ("adult_online", True, False),
    ("child_phone", False, True),
    ("child_online", True, True),
)


def citizen_prices(study: Study) -> list[Json]:
    """Return the typical trips with what one passenger pays under each option, oere; None where a rule closes the trip.

    Prices are those of the start date, or of 1 July without one.
    """
    table = FareTable.build(study.book, study.switches)
    period = table.period_of(np.array([day_number(study.price_day)]))
    rows: list[Json] = []
    for trip in TYPICAL_TRIPS:
        prices: list[Json | None] = []
        for package in study.packages:
            if trip.place_class == PlaceClass.IN_TOWN and (package.lukket_by or package.stoppested):
                prices.append(None)
                continue
            level = np.array([choose_level(package, PLACE_CLASS_NAMES[trip.place_class])])
            one: Json = {}
            for key, online, child in PASSENGERS:
                fare = fare_columns(
                    table, period, level, np.array([online]), np.array([1000 * trip.km]),
                    np.array([0 if child else 1]), np.array([1 if child else 0]),
                )  # fmt: skip
                one[key] = int(fare[0])
            prices.append(one)
        rows.append(
            {"trip": trip.text_da, "km": trip.km, "place_class": PLACE_CLASS_NAMES[trip.place_class], "oere": prices}
        )
    return rows
