"""Places in the 64 parameter draws: stratified three times over, ordered by swaps so that columns are free of each other.

A column gives every draw a place from 0 to 63. Its first 16 draws hold one place from every four neighbouring ones, its first
32 one from every pair, all 64 each place once. Swaps within the first 16, the next 16 and the last 32 keep it so.
"""

import hashlib
from collections.abc import Sequence
from itertools import pairwise
from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.inputs.chance.quantiles import HIGH, LOW, quantiles

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]

DRAWS: Final = 64
BLOCKS: Final = (0, 16, 32, 64)
"""The draws between two of these are ordered together; every end is a number of draws that a comparison may have."""
BOUND: Final = 0.10
AIM: Final = 0.095
SEED: Final = 1
NORMAL: Final = NormalDist()
MIXES: Final = np.array([-3.3, -1.7, -1.0, -0.6, -0.3, 0.3, 0.6, 1.0, 1.7, 3.3])
"""What one parameter weighs beside another in an answer, either way."""
ENDS: Final = tuple((share, NORMAL.inv_cdf(share) * np.sqrt(1 + MIXES**2)) for share in (LOW, 0.5, HIGH))
WEIGHTS: Final = (2000.0, 5000.0, 20_000.0, 50_000.0)
"""What the square of a correlation's excess counts for beside the squares of the shares."""
SUMS: Final = 1000.0
"""What the square of an answer's share counts for beside that of a pair's."""
HOTTEST, COOLEST = 0.3, 0.001


def places_of(values: Sequence[float]) -> Integers:
    """Return the rank of each value, from 0.

    >>> places_of([0.3, 0.1, 0.2]).tolist()
    [2, 0, 1]
    """
    return np.argsort(np.argsort(np.asarray(values), kind="stable"), kind="stable").astype(np.int64)


def generator(name: str) -> np.random.Generator:
    """Return a generator of the name's own."""
    label = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")
    return np.random.Generator(np.random.Philox(np.random.SeedSequence([DRAWS, SEED, label])))


def stratified(name: str) -> Integers:
    """Return a column's places before any swap: in an order of the name's own, stratified in 16, 32 and 64 draws.

    With every place its mirror image is among the same draws, so that the middle place of each prefix is the middle.
    """
    rng = generator(name)
    pair_of_four, one_of_pair = _mirrored(rng, DRAWS // 4), _mirrored(rng, DRAWS // 2)
    fours, pairs = np.arange(DRAWS // 4), np.arange(DRAWS // 2)
    first, second = 2 * fours + pair_of_four, 2 * fours + 1 - pair_of_four
    chosen = (2 * first + one_of_pair[first], 2 * second + one_of_pair[second], 2 * pairs + 1 - one_of_pair)
    return np.concatenate([rng.permutation(places) for places in chosen]).astype(np.int64)


def _mirrored(rng: np.random.Generator, count: int) -> Integers:
    """Return bits, each the opposite of its mirror image."""
    half = rng.integers(0, 2, count // 2)
    return np.concatenate([half, 1 - half[::-1]])


def may_follow(before: Integers, candidates: Integers) -> NDArray[np.bool_]:
    """Return which places may come next when the first 16, 32 and 64 draws are to be stratified.

    >>> may_follow(np.array([0, 5]), np.array([1, 6, 8])).tolist()
    [False, False, True]
    """
    block = next((end for end in BLOCKS[1:] if len(before) < end), DRAWS)
    width = DRAWS // block
    return ~np.isin(candidates // width, before // width)


def standard(columns: Sequence[Integers], count: int) -> Floats:
    """Return the ranks of the first draws of each column, with mean 0 and length 1: inner products are correlations."""
    ranks = np.array([places_of(column[:count].tolist()) for column in columns], dtype=np.float64)
    ranks -= (count - 1) / 2
    return np.asarray(ranks / np.sqrt((ranks**2).sum(axis=1, keepdims=True)), dtype=np.float64)


def correlations(columns: Sequence[Integers], count: int) -> Floats:
    """Return the rank correlations of every two columns in the first ``count`` draws."""
    ranks = standard(columns, count)
    return np.asarray(ranks @ ranks.T, dtype=np.float64)


def joint_columns(
    fixed: Sequence[Integers],
    names: Sequence[str],
    sums: Floats | None = None,
    steps: int = 60_000,
) -> list[Integers]:
    """Return columns placed together, by annealing: in each block swaps that lower the `_cost`, or heighten it little.

    ``fixed`` columns stay as they are; those among them may depend on each other. ``sums`` float64 (answers, columns, fixed ones
    first) is what an answer weighs the normal quantile of each column by. Where some pair of the others stays above `BOUND`, a
    block is ordered again, with more weight on the correlations; raises ValueError when that does not help.
    """
    weights = np.zeros((0, len(fixed) + len(names))) if sums is None else sums
    columns = [*(c.copy() for c in fixed), *(stratified(name) for name in names)]
    free, rng = len(fixed), generator("swaps")
    for start, end in pairwise(BLOCKS):
        for weight in WEIGHTS:
            ranks = _anneal(columns, free, start, end, steps, weight, weights, rng)
            worst = (np.abs(ranks @ ranks[free:].T) - np.eye(len(columns))[:, free:]).max()
            if worst <= BOUND:
                break
        else:
            raise ValueError(f"two columns have a correlation of {worst:.3f} in {end} draws")
    return columns[free:]


def _anneal(
    columns: list[Integers],
    free: int,
    start: int,
    end: int,
    steps: int,
    weight: float,
    sums: Floats,
    rng: np.random.Generator,
) -> Floats:
    """Reorder one block of the columns from number ``free`` on, in place; return the standard ranks up to its end."""
    scores = normal_scores(columns, end)
    ranks = standard(columns, end)
    for step in range(steps):
        which = free + int(rng.integers(len(columns) - free))
        a, b = (start + int(n) for n in rng.choice(end - start, 2, replace=False))
        heat = HOTTEST * (COOLEST / HOTTEST) ** (step / steps)
        mine = sums[sums[:, which] != 0]
        before = _cost(which, ranks, scores, weight) + SUMS * _uneven(mine, scores)
        _swap(which, a, b, ranks, scores)
        after = _cost(which, ranks, scores, weight) + SUMS * _uneven(mine, scores)
        if rng.random() >= np.exp(min(0.0, (before - after) / heat)):
            _swap(which, a, b, ranks, scores)
        else:
            columns[which][[a, b]] = columns[which][[b, a]]
    return ranks


def _swap(which: int, a: int, b: int, *tables: Floats) -> None:
    for table in tables:
        table[which, a], table[which, b] = table[which, b], table[which, a]


def _cost(which: int, ranks: Floats, scores: Floats, weight: float) -> float:
    """Return how far a column is from having nothing to do with the others.

    The squares of the rank correlations' excess over `AIM`; and, as an answer rests on several parameters at once, how far a tenth,
    half and nine tenths of the draws are from lying below where a tenth, half and nine tenths of a sum of two normal
    quantities do, for sums in `MIXES`.
    """
    correlation = ranks @ ranks[which]
    correlation[which] = 0.0
    excess = np.maximum(np.abs(correlation) - AIM, 0.0)
    others = np.delete(scores, which, axis=0)
    sums = scores[which] + MIXES[:, None, None] * others
    off = [np.count_nonzero(sums < end[:, None, None], axis=2) / ranks.shape[1] - share for share, end in ENDS]
    return float(weight * (excess @ excess) + sum((o * o).sum() for o in off))


def uneven(sums: Floats, scores: Floats) -> Floats:
    """Return how far a tenth, half and nine tenths of each answer are from where the draws' own quantiles lie.

    ``sums`` float64 (answers, columns) weigh normal quantiles ``scores`` float64 (columns, draws); their sum is normal, so the share
    of it below each of the draws' quantiles is known. float64 (3, answers), 0 where the draws stand for the distribution.
    """
    from scipy.special import ndtr

    shares = np.array([LOW, 0.5, HIGH])
    ends = quantiles((sums @ scores).T, shares, "stratified")
    return np.asarray(ndtr(ends / np.sqrt((sums**2).sum(axis=1))) - shares[:, None])


def _uneven(sums: Floats, scores: Floats) -> float:
    return float((uneven(sums, scores) ** 2).sum()) if len(sums) else 0.0


def further_column(before: Sequence[Integers], name: str, sums: Floats | None = None) -> Integers:
    """Return the places of one more column, by swaps that lower the sum of the fourth powers of its correlations.

    ``sums`` are the answers that weigh it, as in `joint_columns`, the new column last: how `uneven` they are counts too.
    """
    column = stratified(name)
    weigh = np.zeros((0, len(before) + 1)) if sums is None else sums
    for start, end in pairwise(BLOCKS):
        others = standard(before, end)
        own = standard([column], end)[0]
        scores = normal_scores([*before, column], end)
        at = others @ own
        first, second = np.triu_indices(end - start, 1)
        apart = others[:, start:end][:, first] - others[:, start:end][:, second]
        while True:
            step = own[start:end][second] - own[start:end][first]
            after = ((at[:, None] + step * apart) ** 4).sum(axis=0)
            now = float((at**4).sum())
            if len(weigh):
                now += SUMS * _uneven(weigh, scores)
                after += SUMS * np.array(
                    [
                        _uneven_swapped(weigh, scores, start + int(a), start + int(b))
                        for a, b in zip(first, second, strict=True)
                    ]
                )
            best = int(np.argmin(np.round(after, 12)))
            if after[best] >= now - 1e-9:
                break
            a, b = start + first[best], start + second[best]
            at = at + step[best] * apart[:, best]
            own[[a, b]], column[[a, b]] = own[[b, a]], column[[b, a]]
            scores[-1, [a, b]] = scores[-1, [b, a]]
    return column


def _uneven_swapped(sums: Floats, scores: Floats, a: int, b: int) -> float:
    """Return how uneven the answers would be with two places of the last column swapped."""
    swapped = scores.copy()
    swapped[-1, [a, b]] = swapped[-1, [b, a]]
    return _uneven(sums, swapped)


def normal_scores(columns: Sequence[Integers], count: int) -> Floats:
    """Return the normal quantiles of the places of the first draws, float64 (columns, draws)."""
    return np.array(
        [[NORMAL.inv_cdf((place + 0.5) / DRAWS) for place in column[:count].tolist()] for column in columns]
    )
