"""Where a typical trip's price is explained: the Prisberegner with that trip, that day and that option's elements filled in."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from api.web.reading import day_text
from api.web.ticks import ticks
from sim.answer.records import Answer
from sim.answer.records.prices import TripPrice
from sim.geography.municipalities import find_municipality
from sim.telling.report.phrases import price_day
from tariffs import ServicePackage, parse_package
from tariffs.typed import in_field

ELSEWHERE = ("0265", "0316")
"""Municipalities at the other end of a trip across the border, Roskilde unless one is there oneself: the fare is the same to all."""


def price_address(code: str, trip: TripPrice, package: ServicePackage, day: date, lists: Sequence[str] = ()) -> str:
    """Return the address of one typical trip's explanation; ``trip`` is a row of the comparison's ``citizen_prices``.

    ``lists`` are the own price lists it was priced by, prices:<id>.
    """
    told = {"kommune": code, "km": in_field(trip.km), "dag": day_text(day.isoformat()), "valg": "egne", "somom": "1"}
    if trip.place_class == "across":
        other = next(other for other in ELSEWHERE if other != code)
        told["til"] = f"{find_municipality(other).name} Kommune"
    else:
        told["iby"] = "ja" if trip.place_class == "in_town" else "nej"
    told |= {name: tick for name, tick in ticks(package).items() if tick}
    told |= {"gratis": "1"} if trip.destination in package.free_destinations else {}
    told |= {"prisliste": ",".join(lists)} if lists else {}
    return f"/pris?{urlencode(told)}"


def citizen_links(comparison: Answer, lists: Sequence[str] = ()) -> dict[tuple[int, int], str]:
    """Return the address that explains each price of the citizens' table, by row and column."""
    day = price_day(comparison)
    packages = [parse_package(",".join(option.elements)) for option in comparison.options]
    return {
        (row, column): price_address(comparison.municipality, trip, package, day, lists)
        for row, trip in enumerate(comparison.citizen_prices)
        for column, package in enumerate(packages, start=1)
        if trip.oere[column - 1] is not None
    }
