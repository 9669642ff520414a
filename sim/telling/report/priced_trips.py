"""The trips whose prices are shown: the typical ones, and one with plustur where an option has it."""

from sim.words.cells import Json

PLUSTUR = "plustur til eller fra bus eller tog, uanset længden"
PLUSTUR_EN = "plustur to or from bus or train, whatever the length"
NOT_RUN, NOT_OFFERED = ("køres ikke", "not run"), ("tilbydes ikke", "not offered")
PASSENGERS = ("adult_phone", "adult_online", "child_phone", "child_online")


def priced_trips(comparison: Json) -> list[Json]:
    """Return the rows of ``citizen_prices``, and last one for plustur, whose fare is the same to everybody, where it is known."""
    plustur = comparison.get("plustur_prices")
    trips = [*comparison["citizen_prices"]]
    if plustur is None:
        return trips
    has = ["plustur" in option["elements"] for option in comparison["options"]]
    return [*trips, plustur_trip(plustur, has)]


def plustur_trip(plustur: Json, has: list[bool]) -> Json:
    """Return the row of a trip with plustur; ``has`` says which options have it."""
    fare = dict.fromkeys(PASSENGERS, plustur["fare_oere"])
    certainty = plustur.get("certainty") or "known"
    return {
        "trip": PLUSTUR,
        "plustur": True,
        "oere": [fare if offered else None for offered in has],
        "certainty": [certainty if offered else "known" for offered in has],
    }


def no_price(trip: Json) -> tuple[str, str]:
    """Return in Danish and English why an option has no price for a trip."""
    return NOT_OFFERED if trip.get("plustur") else NOT_RUN
