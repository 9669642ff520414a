"""Places in the 64 parameter draws: stratified three times over, ordered by swaps so that columns are free of each other.

A column gives every draw a place from 0 to 63. Its first 16 draws hold one place from every four neighbouring ones, its first
32 one from every pair, all 64 each place once. Swaps within the first 16, the next 16 and the last 32 keep it so.
"""

import hashlib
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]

DRAWS: Final = 64
BLOCKS: Final = (0, 16, 32, 64)
"""The draws between two of these are ordered together; every end is a number of draws that a comparison may have."""
BOUND: Final = 0.10
AIM: Final = 0.095
SEED: Final = 1


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


def joint_columns(fixed: Sequence[Integers], names: Sequence[str], steps: int = 60_000) -> list[Integers]:
    """Return columns placed together: in each block swaps that lower the excess over `AIM`, or heighten it little.

    ``fixed`` columns stay as they are; those among them may depend on each other.

    Raises ValueError when some pair stays above `BOUND`.
    """
    columns = [*(c.copy() for c in fixed), *(stratified(name) for name in names)]
    free, rng = len(fixed), generator("swaps")
    for start, end in pairwise(BLOCKS):
        ranks = standard(columns, end)
        found = ranks @ ranks.T
        heat = 0.02
        for step in range(steps):
            if step % 500 == 0 and not _excess(found[:, free:]).any():
                break
            which = free + int(rng.integers(len(names)))
            a, b = (start + int(n) for n in rng.choice(end - start, 2, replace=False))
            row = found[which] + (ranks[which, b] - ranks[which, a]) * (ranks[:, a] - ranks[:, b])
            row[which] = 1.0
            gain = float((_excess(found[which]) ** 2).sum() - (_excess(row) ** 2).sum())
            if gain >= 0 or rng.random() < np.exp(gain / (heat**2 * (1 - step / steps) ** 2 + 1e-9)):
                ranks[which, [a, b]] = ranks[which, [b, a]]
                columns[which][[a, b]] = columns[which][[b, a]]
                found[which, :] = row
                found[:, which] = row
        worst = np.abs(found[:, free:] - np.eye(len(columns))[:, free:]).max()
        if worst > BOUND:
            raise ValueError(f"two columns have a correlation of {worst:.3f} in {end} draws")
    return columns[free:]


def _excess(found: Floats) -> Floats:
    """Return by how much correlations exceed the aim; a column's with itself does not count."""
    size = np.abs(found)
    return np.where(size > 0.999999, 0.0, np.maximum(size - AIM, 0.0))


def further_column(before: Sequence[Integers], name: str) -> Integers:
    """Return the places of one more column, by swaps that lower the sum of the fourth powers of its correlations."""
    column = stratified(name)
    for start, end in pairwise(BLOCKS):
        others = standard(before, end)
        own = standard([column], end)[0]
        at = others @ own
        first, second = np.triu_indices(end - start, 1)
        apart = others[:, start:end][:, first] - others[:, start:end][:, second]
        while True:
            step = own[start:end][second] - own[start:end][first]
            after = ((at[:, None] + step * apart) ** 4).sum(axis=0)
            best = int(np.argmin(np.round(after, 12)))
            if after[best] >= (at**4).sum() - 1e-9:
                break
            a, b = start + first[best], start + second[best]
            at = at + step[best] * apart[:, best]
            own[[a, b]], column[[a, b]] = own[[b, a]], column[[b, a]]
    return column
