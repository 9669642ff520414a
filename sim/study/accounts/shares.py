"""Sharing a whole amount out so that the shares are whole and sum to it exactly: the method of the largest remainder."""

import numpy as np
from numpy.typing import NDArray


def largest_remainder(total: int, weights: NDArray[np.int64]) -> NDArray[np.int64]:
    """Share ``total`` in proportion to ``weights`` (whole, not negative, not all zero unless ``total`` is 0).

    Each gets its share rounded down; what is left goes one by one to the largest remainders, the first of equals first.

    >>> largest_remainder(100, np.array([1, 1, 1])).tolist()
    [34, 33, 33]
    """
    if total == 0 or len(weights) == 0:
        if total:
            raise ValueError(f"nobody to share {total} among")
        return np.zeros(len(weights), dtype=np.int64)
    return largest_remainder_within(np.array([total], dtype=np.int64), weights, np.zeros(len(weights), dtype=np.int64))


def largest_remainder_within(
    totals: NDArray[np.int64], weights: NDArray[np.int64], group: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Share each group's total among its members in proportion to their weights; see `largest_remainder`.

    Parameters
    ----------
    totals : int64 (groups,), not negative
    weights : int64 (members,), not negative; each group's sum must stay below 2**63
    group : int64 (members,), the group of each member
    """
    if (totals < 0).any() or (weights < 0).any():
        raise ValueError("totals and weights must not be negative")
    sums = np.zeros(len(totals), dtype=np.int64)
    np.add.at(sums, group, weights)
    if ((sums == 0) & (totals > 0)).any():
        raise ValueError("a group with an amount to share has no weight")
    if len(weights) and int(totals.max()) * int(weights.max()) >= 2**63:
        return _with_python_integers(totals, weights, group, sums)
    divisor = np.maximum(sums, 1)[group]
    share, remainder = np.divmod(totals[group] * weights, divisor)
    left = totals.copy()
    np.subtract.at(left, group, share)
    order = np.lexsort((-remainder, group))  # equals stay in their order
    sorted_group = group[order]
    begins = np.flatnonzero(np.r_[True, sorted_group[1:] != sorted_group[:-1]]) if len(group) else np.zeros(0, int)
    rank = np.arange(len(group)) - np.repeat(begins, np.diff(np.r_[begins, len(group)]))
    share[order] += rank < left[sorted_group]
    return share


def _with_python_integers(
    totals: NDArray[np.int64], weights: NDArray[np.int64], group: NDArray[np.int64], sums: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Do the same with integers of any size."""
    share = np.zeros(len(weights), dtype=np.int64)
    for number, total in enumerate(totals.tolist()):
        members = np.flatnonzero(group == number).tolist()
        whole = {m: divmod(total * int(weights[m]), max(1, int(sums[number]))) for m in members}
        left = total - sum(quotient for quotient, _ in whole.values())
        for m in sorted(members, key=lambda m: (-whole[m][1], m))[:left]:
            share[m] += 1
        share[members] += [whole[m][0] for m in members]
    return share
