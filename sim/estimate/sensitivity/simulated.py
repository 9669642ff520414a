"""What the closed form does not contain, by simulation: both ends of a range on the same replications."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

import numpy as np
from numpy.typing import NDArray

from sim.estimate.alternatives import with_assumptions
from sim.estimate.reads import read_by
from sim.estimate.sensitivity.tornado import Tornado
from sim.inputs.assumptions import Assumption
from sim.study.replicated.measures import Measure
from sim.study.replicated.replication import run_replication
from sim.study.study import Study

REPLICATIONS = 3


@dataclass(frozen=True)
class SimulatedSwing:
    """One assumption at both ends: mean results in oere by target, and the 95 % half-width of their difference by chance."""

    id: str
    statement: str
    unit: str
    low_value: float
    high_value: float
    low: tuple[float, ...]
    high: tuple[float, ...]
    half_width: tuple[float, ...]
    replications: int


def simulated_swings(
    study: Study,
    found: Tornado,
    *,
    replications: int = REPLICATIONS,
    workers: int = 1,
    progress: Callable[[int, int], None] = lambda done, expected: None,
) -> list[SimulatedSwing]:
    """Simulate the ends of every assumption outside the closed form that the simulation looks up."""
    driven = read_by(study, lambda watched: run_replication(watched, 0))
    entries = [study.assumptions[key] for key in found.outside if key in driven]
    jobs = [(study, e.id, end, n) for e in entries for end in _ends(e) for n in range(replications)]
    if workers == 1:
        answers = [_answer(*job) for job in jobs]
    else:
        answers = []
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            for future in [pool.submit(_answer, *job) for job in jobs]:
                answers.append(future.result())
                progress(len(answers), len(jobs))
    shape = (len(entries), 2, replications, len(study.packages))
    by_entry = np.array(answers, dtype=np.float64).reshape(shape)
    return [_swing(entry, by_entry[n]) for n, entry in enumerate(entries)]


def _ends(entry: Assumption) -> tuple[float, float]:
    assert entry.low is not None
    assert entry.high is not None
    return entry.low, entry.high


def _answer(study: Study, key: str, value: float, number: int) -> list[float]:
    """Return the first option's net cost and the others' changes in one replication, in oere."""
    net = run_replication(with_assumptions(study, {key: value}), number).year[:, Measure.NET_COST]
    return [float(net[0]), *(float(n - net[0]) for n in net[1:])]


def _swing(entry: Assumption, answers: NDArray[np.float64]) -> SimulatedSwing:
    """Return the means at both ends; ``answers`` is (end, replication, target)."""
    from scipy.stats import t

    replications = answers.shape[1]
    low, high = answers.mean(axis=1)
    difference = answers[1] - answers[0]
    error = difference.std(axis=0, ddof=1) / np.sqrt(replications) if replications > 1 else np.full(len(low), np.inf)
    width = float(t.ppf(0.975, max(1, replications - 1))) * error
    ends = _ends(entry)
    return SimulatedSwing(
        entry.id, entry.statement_da, entry.unit, ends[0], ends[1],
        tuple(low.tolist()), tuple(high.tolist()), tuple(width.tolist()), replications,
    )  # fmt: skip
