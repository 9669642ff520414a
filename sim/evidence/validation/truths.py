"""Truths from the priors: what a municipality could really be like, drawn anew, not from the 64 draws.

Every assumption that is drawn comes from its distribution, the price response from its posterior, the free destination's
multiplier and the volume from theirs. The factor on trips within a town is solved for as calibration does. What would take a
calibration a truth is a regression over the 64 draws, on the parameters it depends on: the driving hour that the estimate has in
each (`sim.estimate.draws`), and the mean fare of 2017. As in the draws, lengths whose mean fare would be above what it was at
most are shortened.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.estimate.draws import estimated_draws
from sim.estimate.operator_time import load_metamodel
from sim.evidence.calibration.knobs import RATE
from sim.evidence.calibration.rates import DECAY, DECAY_ACROSS, UNKNOWN, across_km, solved
from sim.evidence.calibration.town import TOWN_SHARE
from sim.inputs.assumptions import load_assumptions
from sim.inputs.chance.places import DRAWS
from sim.inputs.chance.streams import stream
from sim.inputs.facts import load_facts
from sim.riders.demand.volume import own_volume
from sim.riders.response.draws import Draw, free_multiplier_at
from sim.riders.response.facts import read_facts
from sim.riders.response.posterior import Posterior, posterior
from sim.study.columns import places
from sim.study.draws import ParameterDraw, column, fitted_column, two_sided

Floats = NDArray[np.float64]
ACROSS_SHARE: Final = "cross_border_share"
HOUR_WITH: Final = (DECAY, TOWN_SHARE, "operator_start_kr", "boarding_s")
"""What moves the hour beside what is known of each assumption alone, by the 64 draws."""
FINENESS: Final = 0.75
"""Of the grid that the price response is drawn from, 1 being the fit's own."""


@dataclass(frozen=True)
class Hour:
    """The regression of the driving hour: coefficients of its logarithm, and the standard deviation that is left."""

    coefficients: Floats
    left: float

    def values(self, truths: Sequence[Mapping[str, float]], where: Mapping[str, Floats], noise: Floats) -> Floats:
        """Return the hour (kr) of truths by their assumptions and places 0-1; ``noise`` is standard normal."""
        return np.asarray(np.exp(_terms(truths, where) @ self.coefficients + self.left * noise))


def _terms(draws: Sequence[Mapping[str, float]], where: Mapping[str, Floats]) -> Floats:
    """Return the terms of the regression, one row a draw: how the hour follows each assumption alone, and places."""
    register, model = load_assumptions(), load_metamodel()
    follows = np.array([np.log(model.rate_ratio(values, register)) for values in draws])
    return np.column_stack([np.ones(len(draws)), follows, *(2 * where[name] - 1 for name in HOUR_WITH)])


@cache
def hour() -> Hour:
    """Return the regression over the 64 draws."""
    draws = estimated_draws(DRAWS, load_assumptions(), own_volume(1))
    terms = _terms([draw.values for draw in draws], {name: np.array(places(name)) for name in HOUR_WITH})
    logs = np.log(np.array([draw.values[RATE] for draw in draws]))
    coefficients = np.linalg.lstsq(terms, logs, rcond=None)[0]
    left = float(np.sqrt(((logs - terms @ coefficients) ** 2).sum() / (len(logs) - terms.shape[1])))
    return Hour(coefficients, left)


@cache
def _fare_coefficients() -> Floats:
    """Return the regression of the mean fare of 2017 (kr) on trip length, share across the border and their product."""
    register = load_assumptions()
    across = np.array(column(register[ACROSS_SHARE]))
    terms = _fare_terms(np.array(fitted_column(DECAY)), across, np.array(places(UNKNOWN)))
    return np.asarray(np.linalg.lstsq(terms, np.array(fitted_column("mean_fare_kr")), rcond=None)[0])


def _fare_terms(length_km: Floats, across: Floats, kommunetakst: Floats) -> Floats:
    return np.column_stack([np.ones(len(across)), across, kommunetakst, length_km, length_km * across])


def possible_length(length_km: float, across: float, kommunetakst: float) -> float:
    """Return a trip length (km) shortened until the mean fare of 2017 is no more than it was at most."""
    level, *slope = np.split(_fare_coefficients(), [3])
    highest = load_facts()["mean_fare_2017"].high
    room = highest - float(level @ [1.0, across, kommunetakst])
    return min(length_km, room / float(slope[0] @ [1.0, across]))


@cache
def _posterior() -> Posterior:
    return posterior(read_facts().finer(FINENESS))


def draw_truths(count: int, log_sigma: float, rng: np.random.Generator) -> list[ParameterDraw]:
    """Return so many truths; ``log_sigma`` is that of the volume, 0 for a municipality's own number."""
    register = load_assumptions()
    drawn = [entry for entry in register.values() if entry.drawn and entry.id != RATE]
    # Each parameter has a stream of its own, so that one more moves no other.
    seed = int(rng.integers(2**63))
    names = (*(entry.id for entry in drawn), TOWN_SHARE, UNKNOWN)
    where = {name: stream(seed, "0", 0, f"truth {name}").random(count) for name in names}
    settled = []
    for n in range(count):
        values = {entry.id: two_sided(float(where[entry.id][n]), entry) for entry in drawn}
        values[DECAY] = possible_length(values[DECAY], values[ACROSS_SHARE], float(where[UNKNOWN][n]))
        values[DECAY_ACROSS] = across_km(values[DECAY])
        settled.append(solved(values, two_sided(float(where[TOWN_SHARE][n]), register[TOWN_SHARE])))
    hours = hour().values(settled, where, rng.standard_normal(count))
    volumes, normal = np.clip(rng.random(count), 1e-9, 1 - 1e-9), NormalDist()
    factors = np.exp([log_sigma * normal.inv_cdf(float(u)) for u in volumes])
    riders = _riders(count, rng)
    return [
        ParameterDraw(n, {**values, RATE: float(hours[n])}, float(factors[n]), riders[n])
        for n, values in enumerate(settled)
    ]


def _riders(count: int, rng: np.random.Generator) -> list[Draw]:
    """Return price responses from the posterior, each with a multiplier of its own."""
    facts, fitted = read_facts(), _posterior()
    weights = [fitted.weights[part.family] for part in fitted.parts]
    which = rng.choice(len(fitted.parts), size=count, p=weights)
    multipliers = [free_multiplier_at(float(u), *facts.free) for u in rng.random(count)]
    found: list[Draw | None] = [None] * count
    for number, part in enumerate(fitted.parts):
        part_rows = np.flatnonzero(which == number)
        chosen = part.at(rng.choice(len(part.weight), size=len(part_rows), p=part.weight / part.weight.sum()))
        for place, n in enumerate(part_rows.tolist()):
            a, b, spread, z = (float(getattr(chosen, name)[place]) for name in ("a", "b", "spread", "z"))
            found[n] = Draw(part.family, a, b, spread, z, multipliers[n])
    return [draw for draw in found if draw is not None]
