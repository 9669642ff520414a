"""What the number of draws gives by chance: how far sets of stratified draws, laid in a random order, are from what they stand for.

The logarithm of a change of net cost is nearly a weighted sum of normal quantiles (`sim.study.column_search.answers`). Of such a
sum it is known what lies below any value, so sets of draws can be made by the thousand without a model. The shipped set is no such
set, for its columns were searched for; but one that is no further off than these is off by no more than its number of draws explains.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.inputs.chance.quantiles import HIGH, LOW, quantiles
from sim.study.column_search import WEIGHTY, answers, other_names

Floats = NDArray[np.float64]
SETS: Final = 2000
SEED: Final = 12
CHANGES: Final = ("bytakst_low", "bytakst_high", "kommunetakst_removed", "free_destination", "plustur")
"""The kinds of change in the order in which the search weighs them, each with an own and with an allocated volume."""


@dataclass(frozen=True)
class ByChance:
    """Standard deviations between sets of draws, in percentage points.

    ``held`` of what the 80 % interval holds, ``below`` of the share of the draws below the true middle.
    """

    held: float
    below: float


@cache
def by_chance(kind: str, volume: str, draws: int) -> ByChance | None:
    """Return what so many draws give by chance for a kind of change; None where no weights of it are known."""
    if kind not in CHANGES:
        return None
    row = answers([*WEIGHTY, *other_names()])[2 * CHANGES.index(kind) + (volume == "allocated")]
    return laid_at_random(row[row != 0], draws)


def laid_at_random(weights: Floats, draws: int) -> ByChance:
    """Return the same for a sum of normal quantiles with these weights, each column stratified and in an order of its own.

    One column needs no luck: its tenth and nine tenths lie where they should.

    >>> laid_at_random(np.array([0.3]), 30)
    ByChance(held=0.0, below=0.0)
    """
    from scipy.special import ndtr, ndtri

    rng = np.random.default_rng([SEED, draws])
    column = ndtri((np.arange(draws) + 0.5) / draws)
    sums = np.zeros((SETS, draws))
    for weight in weights.tolist():
        sums += weight * rng.permuted(np.broadcast_to(column, sums.shape), axis=1)
    low, high = quantiles(sums.T, (LOW, HIGH), "stratified") / np.sqrt((weights**2).sum())
    return ByChance(
        held=round(100 * float(np.std(ndtr(high) - ndtr(low))), 1),
        below=round(100 * float(np.std((sums < 0).mean(axis=1))), 1),
    )
