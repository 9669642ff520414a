"""Truths from the priors: what a municipality could really be like, drawn anew, not from the 64 draws.

Every assumption that is drawn comes from its distribution, the price response from its posterior, the free destination's
multiplier and the volume from theirs. What calibration solved for in each of the 64 draws (the price of a driving hour, the
lengths of trips) is not solved for again, which would take a calibration a truth: its logarithm is a regression, over the 64,
on the places of the parameters it was solved with, the hour's on the lengths too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.assumptions import load_assumptions
from sim.response.draws import Draw, free_multiplier_at
from sim.response.facts import read_facts
from sim.response.posterior import Posterior, posterior
from sim.study.columns import places
from sim.study.draws import FITTED, ParameterDraw, fitted_columns, two_sided

Floats = NDArray[np.float64]
RATE, DECAY = "operator_driving_kr_per_hour", "distance_decay_km"
SOLVED_WITH: Final = (
    "mean_fare_2017",
    "unknown_kommunetakst_share",
    "town_share",
    "cross_border_share",
    "boarding_s",
    "alighting_share",
    "operator_start_kr",
    "operator_waiting_share",
    "operator_weekend_factor",
    "boarding_aids_s",
    "online_share",
    "return_share",
    "private_destination_share",
)
"""The parameters that move what is solved for most; the mean fare also by its square, as the curve is bent."""
FINENESS: Final = 0.75
"""Of the grid that the price response is drawn from, 1 being the fit's own."""


@dataclass(frozen=True)
class Fitted:
    """The regression of one solved column: coefficients of the logarithm, and the standard deviation that is left."""

    coefficients: Floats
    left: float

    def values(self, terms: Floats, noise: Floats) -> Floats:
        """Return the column at some terms, one row a truth; ``noise`` is standard normal."""
        return np.asarray(np.exp(terms @ self.coefficients + self.left * noise), dtype=np.float64)


def _terms(where: Mapping[str, Floats]) -> Floats:
    """Return the terms of the regression of the lengths from places 0-1, one row a draw."""
    columns = [2 * where[name] - 1 for name in SOLVED_WITH]
    return np.column_stack([np.ones(len(columns[0])), *columns, columns[0] ** 2, columns[0] ** 3])


@cache
def regressions() -> dict[str, Fitted]:
    """Return the regressions over the 64 draws: of the lengths on the places, of the hour on the places and the lengths."""
    terms = _terms({name: np.array(places(name)) for name in SOLVED_WITH})
    solved = fitted_columns()
    with_length = np.column_stack([terms, np.log(solved[DECAY])])
    return {key: _regression(with_length if key == RATE else terms, values) for key, values in solved.items()}


def _regression(terms: Floats, values: Sequence[float]) -> Fitted:
    logs = np.log(np.array(values))
    coefficients = np.linalg.lstsq(terms, logs, rcond=None)[0]
    left = float(np.sqrt(((logs - terms @ coefficients) ** 2).sum() / (len(logs) - terms.shape[1])))
    return Fitted(coefficients, left)


def solved_values(where: Mapping[str, Floats], rng: np.random.Generator) -> dict[str, Floats]:
    """Return what calibration would about have solved for at some places 0-1; both lengths move in one proportion."""
    register, found, terms = load_assumptions(), regressions(), _terms(where)
    noise = rng.standard_normal((2, len(terms)))
    solved = {}
    for key in FITTED:
        if key != RATE:
            entry = register[key]
            solved[key] = np.clip(found[key].values(terms, noise[0]), entry.low, entry.high)
    solved[RATE] = found[RATE].values(np.column_stack([terms, np.log(solved[DECAY])]), noise[1])
    return solved


@cache
def _posterior() -> Posterior:
    return posterior(read_facts().finer(FINENESS))


def draw_truths(count: int, log_sigma: float, rng: np.random.Generator) -> list[ParameterDraw]:
    """Return so many truths; ``log_sigma`` is that of the volume, 0 for a municipality's own number."""
    register = load_assumptions()
    drawn = [entry for entry in register.values() if entry.drawn and entry.id not in FITTED]
    where = {name: rng.random(count) for name in dict.fromkeys((*(entry.id for entry in drawn), *SOLVED_WITH))}
    solved = solved_values(where, rng)
    volumes, normal = np.clip(rng.random(count), 1e-9, 1 - 1e-9), NormalDist()
    riders = _riders(count, rng)
    truths = []
    for n in range(count):
        values = {entry.id: two_sided(float(where[entry.id][n]), entry) for entry in drawn}
        values |= {key: float(column[n]) for key, column in solved.items()}
        factor = float(np.exp(log_sigma * normal.inv_cdf(float(volumes[n]))))
        truths.append(ParameterDraw(n, values, factor, riders[n]))
    return truths


def _riders(count: int, rng: np.random.Generator) -> list[Draw]:
    """Return price responses from the posterior, each with a multiplier of its own."""
    facts, fitted = read_facts(), _posterior()
    weights = [fitted.weights[part.family] for part in fitted.parts]
    which = rng.choice(len(fitted.parts), size=count, p=weights)
    multipliers = [free_multiplier_at(float(u), *facts.free) for u in rng.random(count)]
    found: list[Draw | None] = [None] * count
    for number, part in enumerate(fitted.parts):
        mine = np.flatnonzero(which == number)
        chosen = part.at(rng.choice(len(part.weight), size=len(mine), p=part.weight / part.weight.sum()))
        for place, n in enumerate(mine.tolist()):
            a, b, spread, z = (float(getattr(chosen, name)[place]) for name in ("a", "b", "spread", "z"))
            found[n] = Draw(part.family, a, b, spread, z, multipliers[n])
    return [draw for draw in found if draw is not None]
