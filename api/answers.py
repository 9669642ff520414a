"""What the command line and the service both answer, as dictionaries: offers and refusals, municipalities, editions."""

import re
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from tariffs.elements import elements
from tariffs.errors import InputError
from tariffs.typed import Door, read_day, read_number, shown

if TYPE_CHECKING:
    from tariffs import Edition, Line, Offer, Parameter, PriceBook, Refusal, ServicePackage, Switches, Trip, Value

MOST_M = 1_000_000
_WITH_CLOCK = re.compile(r"(.+?)(?:T| (?:kl\.? ?)?)([01]?[0-9]|2[0-3])[.:]([0-5][0-9])(?::([0-5][0-9]))?")
_WITH_ZONE = re.compile(r"\d:\d\d(?::\d\d(?:\.\d+)?)?\s*(?:Z|[+-]\d\d:?\d\d)$", re.IGNORECASE)


def parse_when(text: str, where: str) -> date:
    """Read a date, or a date with a local clock time; raises InputError."""
    found = _WITH_CLOCK.fullmatch(text.strip())
    if _WITH_ZONE.search(text.strip()):
        raise InputError(
            f"'{shown(text)}' har en tidszone", where=where, next_step="skriv dansk tid uden zone, fx 2019-08-03T10:00"
        )
    if found is None:
        return read_day(text, where, example="2019-08-03 eller 2019-08-03T10:30, dansk tid")
    return datetime.combine(read_day(found[1], where), time(int(found[2]), int(found[3]), int(found[4] or 0)))


def parse_km(text: str, door: Door = Door.OPEN, where: str = "") -> int:
    """Read kilometres as whole metres; raises InputError."""
    words = {"kind": "en afstand", "example": "13 eller 13,5"}
    metres = 1000 * read_number(text, door, where, **words)
    if metres != int(metres) or not 0 <= metres <= MOST_M:
        next_step = "skriv km fra 0 til 1000 med højst tre decimaler"
        raise InputError(f"'{shown(text)}' er ikke en afstand", where=where, next_step=next_step)
    return int(metres)


def booking_on(travel: date) -> date:
    """Return the booking that is supposed when none is told: on the day of travel, at its first minute."""
    return datetime.combine(travel.date(), time()) if isinstance(travel, datetime) else travel


def quote_answer(
    trip: "Trip", package: "ServicePackage", answer: "Offer | Refusal", assumed: bool, switches: "Switches", lang: str
) -> dict[str, Any]:
    """Return one trip's offer or refusal; ``assumed`` says that the day of booking was not told."""
    from tariffs import Refusal

    head: dict[str, Any] = {
        "status": "refused" if isinstance(answer, Refusal) else "ok",
        "product": trip.product,
        "from_municipality": trip.from_municipality,
        "to_municipality": trip.to_municipality,
        "distance_m": trip.distance_m,
        "booked": trip.booked.isoformat(),
        "booked_assumed": assumed,
        "travel": trip.travel.isoformat(),
        "standing": trip.standing,
        "channel": trip.channel,
        "adults": trip.adults,
        "children": trip.children,
        "elements": list(package.elements()),
        "switches": dict(vars(switches)),
        "edition": answer.edition or None,
    }
    if isinstance(answer, Refusal):
        return head | {"reason": answer.reason.value, "text": answer.text(lang), "fare_oere": None, "lines": []}
    return head | {
        "reason": None,
        "fare_oere": answer.fare_oere,
        "level": answer.level,
        "certainty": answer.certainty,
        "price_certainty": answer.price_certainty.value,
        "price_note": answer.price_note(lang) or None,
        "lines": [_line(line, lang) for line in answer.lines],
    }


def _line(line: "Line", lang: str) -> dict[str, Any]:
    source = {key: value if value is True else str(value) for key, value in vars(line.source).items() if value}
    return {
        "rule": line.rule,
        "passenger": line.passenger,
        "count": line.count,
        "each_oere": line.each_oere,
        "amount_oere": line.amount_oere,
        "parameter": line.parameter,
        "edition": line.edition,
        "text": line.text(lang),
        "source": source,
    }


def municipality_rows(year: int, names: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """Return the municipalities (all 45 when none is named) with what is known of their choices at the year's end.

    The elements are None where the municipality has a fare of its own, ``own_fare``, that no elements express.
    """
    from sim.geography.municipalities import find_municipality, movia_municipalities
    from tariffs import load_municipal_choices

    chosen = [find_municipality(name) for name in names] or movia_municipalities()
    choices = load_municipal_choices()
    on = date(year, 12, 31)
    rows = []
    for municipality in chosen:
        choice = choices.choices(municipality.code, on)
        package = choice.expressed
        rows.append(
            {
                "code": municipality.code,
                "name": municipality.name,
                "population_2020": municipality.population_2020,
                "older_70_2020": municipality.older_2020,
                "flextur": choices.offers("flextur", municipality.code, on),
                "plustur": choices.offers("plustur", municipality.code, on),
                "kommunetakst": package and package.kommunetakst,
                "bytakst": package and (package.bytakst or "none"),
                "town_zones": list(choice.zones),
                "free_destinations": package and list(package.free_destinations),
                **{name: package and name in package.schemes for name in elements()},
                "own_fare": choice.own_fare and choice.own_fare.text_da,
                "certainty": choice.certainty,
            }
        )
    return rows


def edition_answer(edition: "Edition", book: "PriceBook") -> dict[str, Any]:
    """Return a tariff edition with its days and source."""
    return {
        "id": book.edition_label(edition),
        "from": edition.start,
        "to": edition.end,
        "name_da": edition.name_da,
        "name_en": edition.name_en,
        "source": vars(edition.source),
    }


def parameter_answer(parameter: "Parameter", values: "list[Value]") -> dict[str, Any]:
    """Return a tariff parameter with some of its dated values."""
    return {
        "key": parameter.key,
        "name_da": parameter.name_da,
        "name_en": parameter.name_en,
        "unit": parameter.unit,
        "values": [
            {
                "from": v.start,
                "to": v.end,
                "state": v.state,
                "value": v.text or None,
                "source": vars(v.source),
            }
            for v in values
        ],
    }
