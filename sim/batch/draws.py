"""The parameter draws of a batch: nested, so that more can be asked for later, with a volume of its own for each municipality.

Every draw has the same parameters in all municipalities. Only the factor on an allocated volume is a municipality's own:
each one's share of Movia's total is uncertain, the total is not. So the factors are spread evenly over the draws within a
municipality, and independently between municipalities; a sum over municipalities divides each draw by what its factors make
of the total.
"""

import math
from dataclasses import replace
from functools import cache
from statistics import NormalDist

from sim.geography.municipalities import movia_municipalities
from sim.inputs.assumptions import Assumptions, load_assumptions
from sim.inputs.chance.places import further_column
from sim.riders.demand.volume import ALLOCATION_DAY, Volume, allocated_volume
from sim.study.columns import response_columns, shipped_columns
from sim.study.draws import MOST_DRAWS, ParameterDraw, parameter_draws
from tariffs import load_municipal_choices

PAIRED_REPLICATIONS = 5
"""Draw n is run on replication n modulo this, or modulo the replications if they are fewer."""


def paired_replication(draw: int, replications: int) -> int:
    """Return the replication that a draw is run on; more replications leave it where it is, from five on."""
    return draw % min(replications, PAIRED_REPLICATIONS)


def municipal_draw(number: int, code: str, assumptions: Assumptions, volume: Volume) -> ParameterDraw:
    """Return one draw with the municipality's own factor on its volume."""
    draw = parameter_draws(MOST_DRAWS, assumptions, volume)[number]
    return replace(draw, volume_factor=volume_factor(number, code, volume.log_sigma))


def volume_factor(number: int, code: str, log_sigma: float) -> float:
    """Return a draw's factor on a municipality's volume: lognormal, each of 64 equally likely slices' middles once."""
    middle = (_slices_of(code)[number] + 0.5) / MOST_DRAWS
    return math.exp(log_sigma * NormalDist().inv_cdf(middle))


@cache
def _slices_of(code: str) -> tuple[int, ...]:
    """Return which of the 64 slices each draw takes in a municipality, in an order of its own made from its code.

    The first 16 draws take one slice of every four, the first 32 one of every two, so that they cover the range as evenly;
    swaps keep them free of the price response and of the town's share.
    """
    return tuple(further_column([*response_columns(), shipped_columns()["town_share"]], f"volume {code}").tolist())


@cache
def weight_in_totals(number: int) -> float:
    """Return what a draw's allocated volumes are multiplied by in a sum, so that Movia's total is what it is known to be."""
    expected = _expected_volumes()
    drawn = sum(v.passengers * volume_factor(number, code, v.log_sigma) for code, v in expected.items())
    return sum(v.passengers for v in expected.values()) / drawn


@cache
def _expected_volumes() -> dict[str, Volume]:
    """Return the allocated volumes of 2017, each times the probability that the municipality had flextur."""
    assumptions, choices = load_assumptions(), load_municipal_choices()
    probability = {"known": 1.0, "assumed": assumptions.number("volume_assumed_share"), "no": 0.0}
    volumes = {m.code: allocated_volume(m.code, assumptions) for m in movia_municipalities()}
    return {
        code: replace(v, passengers=v.passengers * probability[choices.offers("flextur", code, ALLOCATION_DAY)])
        for code, v in volumes.items()
        if v.origin == "allocated"
    }
