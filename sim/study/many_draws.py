"""The thousand parameter draws that the closed form alone is worked out under.

They come from the same distributions as the 64 that are simulated (`sim.study.draws`) and are none of them. Each parameter has one
draw in each of a thousand equally likely slices, in an order of its own. ``data/calibration/many.csv`` holds what cannot be told from
a place alone: the price response of each draw, and what a calibration would settle (`sim.evidence.calibration.many` writes it).

They come in ten sets of a hundred, each stratified by itself too, so that what the sets differ by tells how far a thousand are off.
"""

import math
from functools import cache
from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.inputs.assumptions import Assumptions
from sim.inputs.chance.streams import stream
from sim.riders.demand.volume import Volume
from sim.riders.response.draws import Draw
from sim.riders.response.response import read_draws
from sim.study.draws import FITTED, ParameterDraw, two_sided
from sim.study.shipped_draws import ShippedDraws

MANY: Final = 1000
SETS: Final = 10
SHIPPED: Final = ShippedDraws("many.csv", MANY, "De mange trækninger", "kør python -m sim.evidence.calibration.many")
SEED: Final = 1


def ranks(name: str) -> NDArray[np.int64]:
    """Return which of the thousand equally likely slices each draw lies in, int64 (MANY,), set by set.

    Each set has one in every ten neighbouring slices.
    """
    rng = stream(SEED, "0", 0, f"many {name}")
    each = MANY // SETS
    within = rng.permuted(np.tile(np.arange(SETS), (each, 1)), axis=1)
    by_set = rng.permuted(SETS * np.arange(each)[:, None] + within, axis=0)
    return np.asarray(by_set.T.ravel(), dtype=np.int64)


def places(name: str) -> NDArray[np.float64]:
    """Return where in its distribution a parameter lies in each draw: the middles of equally likely slices, float64 (MANY,).

    >>> sorted(places("volume").tolist())[:2]
    [0.0005, 0.0015]
    """
    return np.asarray((ranks(name) + 0.5) / MANY, dtype=np.float64)


def many_draws(assumptions: Assumptions, volume: Volume) -> tuple[ParameterDraw, ...]:
    """Return the draws; what the user has stated is taken as known."""
    riders, fitted = _shipped()
    known = {key: values for key, values in fitted.items() if not assumptions[key].overridden}
    varied = {key: places(key).tolist() for key, entry in assumptions.items() if entry.drawn and key not in known}
    volumes, normal = places("volume").tolist(), NormalDist()
    return tuple(
        ParameterDraw(
            number,
            {
                **{key: two_sided(where[number], assumptions[key]) for key, where in varied.items()},
                **{key: values[number] for key, values in known.items()},
            },
            math.exp(volume.log_sigma * normal.inv_cdf(volumes[number])),
            riders[number],
        )
        for number in range(MANY)
    )


@cache
def _shipped() -> tuple[tuple[Draw, ...], dict[str, tuple[float, ...]]]:
    """Return the price responses and what calibration settles; raises DataError when the file is not whole."""
    fitted = SHIPPED.read(lambda rows: {key: tuple(float(row[key]) for row in rows) for key in FITTED})
    return read_draws(SHIPPED.lines), fitted
