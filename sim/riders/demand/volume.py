"""How many passengers a municipality has in a year: its own number, a published one, or an allocation of Movia's total."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from sim.geography.municipalities import movia_municipalities
from sim.inputs.assumptions import Assumptions, load_assumptions
from sim.riders.demand.allocation import ALLOCATION_DAY, WEIGHED_BY, pull, weight
from sim.riders.demand.population import demand_index
from sim.words.numbers import danish
from tariffs import ServicePackage

__all__ = [
    "ALLOCATION_DAY",
    "Volume",
    "allocated_volume",
    "growth",
    "growth_from_2017",
    "in_year",
    "mean_party",
    "own_volume",
]
GLADSAXE = "0159"
COUNTED_YEAR = ALLOCATION_DAY.year
FIRST_ROW_YEAR = 2012
EIGHTY_PER_CENT = 1.2815515655446004
"""Standard normal quantile at 90 %, so that the middle 80 % lies within plus and minus it."""

Origin = Literal["own", "published", "allocated"]


@dataclass(frozen=True)
class Volume:
    """Yearly passengers under the reference package, and where the number comes from.

    ``log_sigma`` is the standard deviation of the logarithm: 0 for a municipality's own number.
    """

    passengers: float
    origin: Origin
    log_sigma: float
    statement_da: str


def own_volume(passengers: float) -> Volume:
    """Return a volume that the user states."""
    return Volume(passengers, "own", 0.0, f"Kommunens eget tal: {passengers:,.0f} passagerer pr. år".replace(",", "."))


def allocated_volume(code: str, assumptions: Assumptions, under: ServicePackage | None = None) -> Volume:
    """Return the published volume of a municipality, or its share of Movia's total, both of 2017.

    A municipality weighs its residents of 70 or older times density to a negative power and the riders that its fare of
    2017 leaves, and in the sum over all also the probability that it had flextur at all; its own share is what it has if it
    has flextur. Gladsaxe's published number is taken out first. ``under`` is the package of 2017 where it is stated.
    """
    gladsaxe = assumptions.number("gladsaxe_trips_per_month") * 12 * mean_party(assumptions)
    if code == GLADSAXE:
        month = assumptions["gladsaxe_trips_per_month"]
        return Volume(
            gladsaxe,
            "published",
            math.log(assumptions.number("gladsaxe_spread")) / EIGHTY_PER_CENT,
            f"{'Oplyst' if month.overridden else 'Movias tal'} for Gladsaxe: {assumptions.number(month.id):g} ture pr. måned i 2017",
        )
    whole = _whole(**{name: assumptions.number(name) for name in WEIGHED_BY})
    total = assumptions.number("movia_passengers_2017") - gladsaxe
    own = next(pull(m, assumptions, under) for m in movia_municipalities() if m.code == code)
    passengers = total * own / whole
    spread = assumptions.number("volume_spread")
    sigma = math.log(spread) / EIGHTY_PER_CENT
    return Volume(
        passengers,
        "allocated",
        sigma,
        "Ikke kommunens egne tal: fordelt ud fra Movias total i 2017 efter ældre borgere, befolkningstæthed og takst"
        f" (÷{spread:g} til ×{spread:g})".replace(".", ","),
    )


@lru_cache(maxsize=64)
def _whole(**numbers: float) -> float:
    """Return what all municipalities but Gladsaxe weigh, at the numbers of the register that this rests on."""
    register = load_assumptions().at(numbers)
    return sum(weight(m, register) for m in movia_municipalities() if m.code != GLADSAXE)


def growth_from_2017(code: str, year: int, assumptions: Assumptions) -> float:
    """Return how many times its riders of 2017 a municipality has in another year, fares and prices apart.

    After 2017 each age group's riders follow its size, as in the years ahead; before, Movia's passengers per municipality, as
    flextur was still being introduced.
    """
    if year >= COUNTED_YEAR:
        return demand_index(code, year, assumptions, since=COUNTED_YEAR)
    rows = assumptions.profile("movia_passengers_per_municipality")
    return rows[max(0, year - FIRST_ROW_YEAR)] / rows[COUNTED_YEAR - FIRST_ROW_YEAR]


def growth(code: str, since: int, year: int, assumptions: Assumptions) -> float:
    """Return how many times its riders of ``since`` a municipality has in another year, fares and prices apart."""
    return (
        growth_from_2017(code, year, assumptions)
        if since == COUNTED_YEAR
        else demand_index(code, year, assumptions, since=since)
    )


def in_year(volume: Volume, code: str, year: int, assumptions: Assumptions, since: int = COUNTED_YEAR) -> Volume:
    """Return a volume counted in ``since`` carried to another year."""
    if year == since:
        return volume
    times = growth(code, since, year, assumptions)
    percent = danish(100 * (times - 1), 1)
    by = "Movias passagerer pr. kommune" if since == COUNTED_YEAR > year else "aldersgrupper"
    return replace(
        volume,
        passengers=volume.passengers * times,
        statement_da=f"{volume.statement_da}; ført fra {since} til {year} efter {by}"
        f" ({percent if times < 1 else f'+{percent}'} %)",
    )


def mean_party(assumptions: Assumptions) -> float:
    """Return the mean number of passengers in a booking."""
    shares: Sequence[float] = assumptions.profile("party_size_shares")
    return sum((size + 1) * share for size, share in enumerate(shares)) / sum(shares)
