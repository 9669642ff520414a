"""All at once: which assumptions explain the spread of the answer, by Sobol's indices on the instant estimate."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from sim.estimate.estimate import AT_ONCE
from sim.estimate.paid import Paid
from sim.estimate.sensitivity.estimator import Estimator, Point
from sim.estimate.sensitivity.tornado import MOST_DRAWS, RESPONSE, VOLUME, Tornado, results, widest
from sim.study.draws import two_sided
from sim.study.study import Study

SEED = 20_190_701
ENTRIES = 12
POINTS = 64

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Screening:
    """Sobol's indices of one target: ``first`` and ``total`` order by entry, from ``points`` base points."""

    target: str
    ids: tuple[str, ...]
    first: tuple[float, ...]
    total: tuple[float, ...]
    points: int
    evaluations: int
    seed: int = SEED


def indices(function: Callable[[Floats], Floats], entries: int, points: int, seed: int = SEED) -> tuple[Floats, Floats]:
    """Return the first and total order indices of a function of numbers uniform on 0-1.

    Parameters
    ----------
    function : takes some points, float64 (entries, n), and returns float64 (n,)
    points : base points, a power of two; the function is asked of points x (entries + 2) points
    """
    from scipy.stats import sobol_indices, uniform

    def over_columns(columns: Floats) -> Floats:
        shape = columns.shape[1:]
        flat = columns.reshape(entries, -1)
        return np.asarray(function(flat)).reshape((1, *shape))

    found = sobol_indices(func=over_columns, n=points, dists=[uniform()] * entries, rng=np.random.default_rng(seed))
    return np.ravel(found.first_order), np.ravel(found.total_order)


def screen(
    study: Study,
    found: Tornado,
    target: int,
    points: int = POINTS,
    progress: Callable[[int, int], None] = lambda done, expected: None,
    paid: Paid | None = None,
) -> Screening:
    """Return the indices of one target over the entries that move it most, varied together; the others stay central.

    ``paid`` is the year known to have cost what it did.
    """
    ids = tuple(s.id for s in widest(found.swings, target, ENTRIES))
    if not ids:
        return Screening(found.targets[target], (), (), (), points, 0)
    estimator = Estimator(study, paid=paid)
    expected, done = points * (len(ids) + 2), 0

    def answers(points: Floats) -> Floats:
        nonlocal done
        found: list[float] = []
        for some in (points.T[start : start + AT_ONCE] for start in range(0, points.shape[1], AT_ONCE)):
            found += [results(estimate)[target] for estimate in estimator.each([place(row.tolist()) for row in some])]
            done += len(some)
            progress(done, expected)
        return np.array(found)

    def place(point: list[float]) -> Point:
        values, factor, response = {}, 1.0, None
        for key, u in zip(ids, point, strict=True):
            u = min(max(u, 1e-9), 1 - 1e-9)
            if key == VOLUME:
                factor = math.exp(study.volume.log_sigma * NormalDist().inv_cdf(u))
            elif key == RESPONSE:
                response = int(u * (study.scenario.draws or MOST_DRAWS))
            else:
                values[key] = two_sided(u, study.assumptions[key])
        return Point(values, factor, response)

    first, total = indices(answers, len(ids), points)
    return Screening(found.targets[target], ids, tuple(first.tolist()), tuple(total.tolist()), points, done)
