"""The operator's price of a driving hour in a year's kroner, and the yearly growth since 2017 that gives it."""

from sim.inputs.assumptions import Assumptions
from sim.riders.response.response import PRICE_YEAR
from sim.words.numbers import danish
from tariffs.errors import InputError

DECIMALS = 3
HOUR, INDEX = "operator_driving_kr_per_hour", "operator_index_percent"
LOWEST_KR, HIGHEST_KR = 100, 1500
"""What an hour may be said to cost; beyond it is a slip of the pen."""


def hourly_kr(assumptions: Assumptions, year: int) -> float:
    """Return the price of a driving hour in the kroner of ``year``, before any weekend's factor."""
    return grown_kr(assumptions.number(HOUR), assumptions.number(INDEX), year)


def grown_kr(kr: float, percent: float, year: int) -> float:
    """Return kroner of 2017 grown by a percent a year to ``year``.

    >>> round(grown_kr(100, 10, 2019), 6)
    121.0
    """
    return float(kr * (1 + percent / 100) ** (year - PRICE_YEAR))


def index_percent(kr: float, assumptions: Assumptions, year: int) -> float:
    """Return the yearly growth in percent, to a thousandth, by which a driving hour costs ``kr`` in ``year``.

    Raises InputError for an amount that is no hour's price or below that of 2017, and for 2017, whose price is not carried forward.
    """
    if not LOWEST_KR <= kr <= HIGHEST_KR:
        raise InputError(
            f"En køretime til {danish(kr, 2)} kr. er uden for {LOWEST_KR}-{danish(HIGHEST_KR)} kr.",
            next_step="skriv prisen for én vogns køretime, fx 320 kr., eller stigningen om året, fx 2,5",
        )
    if year == PRICE_YEAR:
        raise InputError(
            f"Køretimens pris fremskrives fra {PRICE_YEAR} og kan ikke skrives i kroner for {PRICE_YEAR}",
            next_step="vælg et andet år, eller lad feltet stå tomt",
        )
    if kr < assumptions.number(HOUR):
        raise InputError(
            f"En køretime til {danish(kr, 2)} kr. er under de {danish(assumptions.number(HOUR))} kr., modellen har for {PRICE_YEAR}",
            next_step="skriv en højere pris, eller 0 for en pris, der ikke er steget",
        )
    growth = (kr / assumptions.number(HOUR)) ** (1 / (year - PRICE_YEAR)) - 1
    return round(100 * float(growth), DECIMALS)


def hourly_words(assumptions: Assumptions, year: int) -> str:
    """Return the Danish sentence on what a driving hour costs in ``year``, and the growth that it follows from."""
    percent = f"{assumptions.number(INDEX):g}".replace(".", ",")
    return (
        f"En vogns køretime koster {danish(hourly_kr(assumptions, year))} kr. i {year}-priser: {percent} % om året fra"
        f" {danish(assumptions.number(HOUR))} kr. i {PRICE_YEAR}."
    )
