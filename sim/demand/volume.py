"""How many passengers a municipality has in a year: its own number, a published one, or an allocation of Movia's total."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sim.assumptions import Assumptions
from sim.geography.municipalities import Municipality, movia_municipalities
from tariffs import load_municipal_choices

GLADSAXE = "0159"
ALLOCATION_DAY = date(2017, 7, 1)
"""The day on which the 2017 total is shared out: who had flextur, under which package."""
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


def allocated_volume(code: str, assumptions: Assumptions) -> Volume:
    """Return the published volume of a municipality, or its share of Movia's 2017 total.

    A municipality weighs its residents of 70 or older times density to a negative power, and in the sum over all also
    the probability that it had flextur at all; its own share is what it has if it has flextur. Gladsaxe's published
    number is taken out first.
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
    weights = {m.code: _weight(m, assumptions) for m in movia_municipalities() if m.code != GLADSAXE}
    total = assumptions.number("movia_passengers_2017") - gladsaxe
    own = next(_pull(m, assumptions) for m in movia_municipalities() if m.code == code)
    passengers = total * own / sum(weights.values())
    spread = assumptions.number("volume_spread")
    sigma = math.log(spread) / EIGHTY_PER_CENT
    return Volume(
        passengers,
        "allocated",
        sigma,
        "Ikke kommunens egne tal: fordelt af Movias total i 2017 efter ældre borgere og befolkningstæthed"
        f" (÷{spread:g} til ×{spread:g})".replace(".", ","),
    )


def mean_party(assumptions: Assumptions) -> float:
    """Return the mean number of passengers in a booking."""
    shares: Sequence[float] = assumptions.profile("party_size_shares")
    return sum((size + 1) * share for size, share in enumerate(shares)) / sum(shares)


def _weight(municipality: Municipality, assumptions: Assumptions) -> float:
    offered = load_municipal_choices().offers("flextur", municipality.code, ALLOCATION_DAY)
    probability = {"known": 1.0, "assumed": assumptions.number("volume_assumed_share"), "no": 0.0}[offered]
    return probability * _pull(municipality, assumptions)


def _pull(municipality: Municipality, assumptions: Assumptions) -> float:
    density = municipality.population_2020 / municipality.area_km2
    return municipality.older_2020 * density ** -assumptions.number("volume_density_exponent")
