"""How large plustur is, by arithmetic that a pocket calculator can repeat."""

from dataclasses import dataclass

from sim.words.numbers import approximately, danish

PILOT_TRIPS = 128
PILOT_MONTHS = 7
PILOT_MUNICIPALITIES = ("0326", "0265")
"""Kalundborg and Roskilde, March to September 2018."""


@dataclass(frozen=True)
class PlusturSize:
    """One municipality's plustur in a year, at so many trips a month and so much a passenger before fares; kr."""

    trips_per_month: float
    passengers_per_trip: float
    fare_kr: float
    gross_kr: float

    @property
    def trips(self) -> float:
        """Trips a year."""
        return 12 * self.trips_per_month

    @property
    def passengers(self) -> float:
        """Passengers a year."""
        return self.trips * self.passengers_per_trip

    @property
    def fares_kr(self) -> float:
        """What the passengers pay in a year."""
        return self.passengers * self.fare_kr

    @property
    def gross_cost_kr(self) -> float:
        """Operator payment and fee to Movia in a year."""
        return self.passengers * self.gross_kr

    @property
    def net_cost_kr(self) -> float:
        """What the municipality pays in a year."""
        return self.gross_cost_kr - self.fares_kr


def pilot_trips_per_month() -> float:
    """Return the pilot's trips per municipality and month.

    >>> round(pilot_trips_per_month(), 1)
    9.1
    """
    return PILOT_TRIPS / PILOT_MONTHS / len(PILOT_MUNICIPALITIES)


def pilot_size(passengers_per_trip: float, fare_kr: float, gross_kr: float) -> PlusturSize:
    """Return a municipality's year at the pilot's volume.

    ``gross_kr`` is operator payment and fee to Movia per passenger, in kr. At 1.2 passengers a trip, 21 kr and 105 kr:

    >>> size = pilot_size(1.2, 21.0, 105.0)
    >>> round(size.trips), round(size.passengers), round(size.fares_kr), round(size.gross_cost_kr), round(size.net_cost_kr)
    (110, 132, 2765, 13824, 11059)
    """
    return PlusturSize(pilot_trips_per_month(), passengers_per_trip, fare_kr, gross_kr)


def size_text_da(size: PlusturSize) -> str:
    """Return the arithmetic as a short Danish paragraph for reports."""
    return (
        f"Plustur drejer sig om små beløb. Forsøget: {PILOT_TRIPS} ture på {PILOT_MONTHS} måneder i {len(PILOT_MUNICIPALITIES)} kommuner"
        f" = {danish(size.trips_per_month, 1)} ture pr. måned og kommune, altså ca. {size.trips:.0f} ture og"
        f" {size.passengers:.0f} passagerer om året ({danish(size.passengers_per_trip, 1)} pr. tur). Med {size.fare_kr:g} kr. i"
        f" brugerbetaling og ca. {size.gross_kr:.0f} kr. brutto pr. passager (vognmand og Movia) bliver det"
        f" {size.passengers:.0f} × ({size.gross_kr:.0f} − {size.fare_kr:g}) = ca. {approximately(size.net_cost_kr)} kr. netto om"
        " året for en kommune på forsøgets størrelse."
    )
