"""The price level of a run: amounts known for 2017, carried forward to another year by yearly rates of growth."""

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

from sim.inputs.assumptions import Assumptions
from sim.inputs.scenario.scenario import Scenario
from sim.riders.response.response import PRICE_YEAR
from sim.study.hourly_price import INDEX, hourly_words
from tariffs import FareTable, PriceBook, Switches, load_price_book
from tariffs.projection import FURTHEST_YEAR, LAST_YEAR

FARE_IDS = ("fare_index_percent", "fare_ceiling_times")
"""What a projected fare rests on."""


@dataclass(frozen=True)
class PriceIndex:
    """How many times the amounts of 2017 are paid: ``operator`` payment, ``fee`` to Movia, ``willingness`` to pay."""

    year: int
    operator: Fraction
    fee: Fraction
    willingness: float

    @property
    def moved(self) -> bool:
        """Whether the prices are others than those of 2017."""
        return self.year != PRICE_YEAR


def price_index(assumptions: Assumptions, scenario: Scenario) -> PriceIndex:
    """Return the index of a run: at the price level the user states, else in the kroner of the run's own year.

    Nothing else that is asked for moves it, so that a budget never changes how many ride.
    """
    entry = assumptions["price_level"]
    year = int(assumptions.number("price_level")) if entry.overridden else scenario.year
    years = year - PRICE_YEAR

    def grown(key: str) -> Fraction:
        return Fraction(str(round((1 + assumptions.number(key) / 100) ** years, 6)))

    return PriceIndex(
        year,
        grown("operator_index_percent"),
        grown("fee_index_percent"),
        float(grown("willingness_index_percent")),
    )


def price_book(scenario: Scenario, assumptions: Assumptions) -> PriceBook:
    """Return the scenario's price book: with its files, and projected as the register says to cover its year."""
    return load_price_book(
        tuple(Path(file) for file in scenario.tariff_files),
        scenario.variant,
        last_year=min(max(scenario.year, LAST_YEAR), FURTHEST_YEAR),
        growth_percent=Fraction(str(assumptions.number("fare_index_percent"))),
        ceiling_times=Fraction(str(assumptions.number("fare_ceiling_times"))),
        known_only=scenario.known_prices_only,
    )


def projected_note(assumptions: Assumptions) -> str:
    """Return the Danish sentence on how far projected fares are known, for every result that has some; empty if stated."""
    if not any(assumptions[key].drawn for key in FARE_IDS):
        return ""
    later = assumptions["fare_index_percent"]
    low, high = (f"{number:g}".replace(".", ",") for number in (later.low or 0, later.high or 0))
    return (
        "De fremskrevne takster er usikre, og det er regnet med i intervallerne: hvert sæt forudsætninger har sin egen stigning,"
        f" hver takstdel afrundet til nærmeste krone (midten er de viste; {low}-{high} % om året efter 2026). Kendte, indtastede og egne"
        " priser er ens i alle sæt forudsætninger."
    )


def price_note(index: PriceIndex, assumptions: Assumptions) -> str:
    """Return the Danish sentence on the price level, for every result."""
    if not index.moved:
        return "Vognmandsbetaling, betaling til Movia og betalingsvillighed er i 2017-priser."
    rates = ", ".join(
        f"{name} {assumptions.number(key):g} %".replace(".", ",")
        for name, key in (
            ("vognmandsbetaling", "operator_index_percent"),
            ("betaling til Movia", "fee_index_percent"),
            ("betalingsvillighed", "willingness_index_percent"),
        )
    )
    said = f"Beløb kendt for 2017 er fremskrevet til {index.year}-priser: {rates} om året."
    return f"{said} {hourly_words(assumptions, index.year)}" if assumptions[INDEX].overridden else said


@lru_cache(maxsize=16)
def fare_table(book: PriceBook, switches: Switches) -> FareTable:
    """Return the fare table of a price book, worked out once for each process: a draw of projected fares has a book of its own."""
    return FareTable.build(book, switches)
