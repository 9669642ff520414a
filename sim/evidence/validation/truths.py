"""Truths from the priors: what a municipality could really be like, drawn anew, not from the 64 draws.

Every assumption that is drawn comes from its distribution, the price response from its posterior, the free destination's
multiplier and the volume from theirs. What would take a calibration a truth is a regression over the 64 draws
(`sim.evidence.calibration.unseen`).
"""

from functools import cache
from statistics import NormalDist
from typing import Final

import numpy as np

from sim.evidence.calibration.unseen import PLACED, drawn_names, settled
from sim.inputs.chance.streams import stream
from sim.riders.response.draws import Draw, free_multiplier_at
from sim.riders.response.facts import read_facts
from sim.riders.response.posterior import Posterior, posterior
from sim.study.draws import ParameterDraw

FINENESS: Final = 0.75
"""Of the grid that the price response is drawn from, 1 being the fit's own."""


@cache
def _posterior() -> Posterior:
    return posterior(read_facts().finer(FINENESS))


def draw_truths(count: int, log_sigma: float, rng: np.random.Generator) -> list[ParameterDraw]:
    """Return so many truths; ``log_sigma`` is that of the volume, 0 for a municipality's own number."""
    # Each parameter has a stream of its own, so that one more moves no other.
    seed = int(rng.integers(2**63))
    where = {name: stream(seed, "0", 0, f"truth {name}").random(count) for name in (*drawn_names(), *PLACED)}
    values = settled(where, rng.standard_normal(count))
    volumes, normal = np.clip(rng.random(count), 1e-9, 1 - 1e-9), NormalDist()
    factors = np.exp([log_sigma * normal.inv_cdf(float(u)) for u in volumes])
    riders = _riders(count, rng)
    return [ParameterDraw(n, each, float(factors[n]), riders[n]) for n, each in enumerate(values)]


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
