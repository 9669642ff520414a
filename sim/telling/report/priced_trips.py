"""The trips whose prices are shown: the typical ones, and one with plustur where an option has it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sim.answer.records import Answer
from sim.answer.records.prices import Fare, TripPrice
from tariffs import Certainty

PLUSTUR = "plustur til eller fra bus eller tog, uanset længden; kun på nettet"
PLUSTUR_EN = "plustur to or from bus or train, whatever the length; online only"
NOT_RUN, NOT_OFFERED = ("køres ikke", "not run"), ("tilbydes ikke", "not offered")


@dataclass(frozen=True)
class PlusturTrip:
    """A trip with plustur: its fare and certainty option by option; the fare is None where an option has no plustur."""

    oere: tuple[Fare | None, ...]
    certainty: tuple[Certainty, ...]
    trip: str = PLUSTUR


PricedTrip = TripPrice | PlusturTrip


def priced_trips(comparison: Answer) -> Sequence[PricedTrip]:
    """Return the rows of ``citizen_prices``, and last one for plustur, whose fare is the same to everybody, where it is known."""
    plustur = comparison.plustur_prices
    if plustur is None:
        return comparison.citizen_prices
    has = ["plustur" in option.elements for option in comparison.options]
    return *comparison.citizen_prices, plustur_trip(plustur.fare_oere, plustur.certainty or Certainty.KNOWN, has)


def plustur_trip(fare_oere: int, certainty: Certainty, has: Sequence[bool]) -> PlusturTrip:
    """Return the row of a trip with plustur; ``has`` says which options have it."""
    fare = Fare(fare_oere, fare_oere, fare_oere, fare_oere)
    return PlusturTrip(
        tuple(fare if offered else None for offered in has),
        tuple(certainty if offered else Certainty.KNOWN for offered in has),
    )


def no_price(trip: PricedTrip) -> tuple[str, str]:
    """Return in Danish and English why an option has no price for a trip."""
    return NOT_OFFERED if isinstance(trip, PlusturTrip) else NOT_RUN
