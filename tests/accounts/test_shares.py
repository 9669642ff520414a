"""Sharing out by the largest remainder: exact sums, and nobody a whole oere from the fair share."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.study.accounts.shares import largest_remainder, largest_remainder_within

WEIGHTS = st.lists(st.integers(0, 10) | st.integers(0, 10**9), min_size=1, max_size=30).filter(any)


def by_fractions(total: int, weights: list[int]) -> list[int]:
    """The method as Hamilton had it, in fractions."""
    exact = [Fraction(total * w, sum(weights)) for w in weights]
    shares = [e.__floor__() for e in exact]
    by_remainder = sorted(range(len(weights)), key=lambda k: (shares[k] - exact[k], k))
    for k in by_remainder[: total - sum(shares)]:
        shares[k] += 1
    return shares


@given(st.integers(0, 10**15) | st.integers(0, 20), WEIGHTS)
def test_shares_sum_to_the_total_and_each_is_within_one_of_its_proportion(total: int, weights: list[int]) -> None:
    shares = largest_remainder(total, np.array(weights)).tolist()
    assert sum(shares) == total
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share - Fraction(total * weight, sum(weights))) < 1
    assert shares == by_fractions(total, weights)


@given(st.lists(st.tuples(st.integers(0, 10**15) | st.integers(0, 20), WEIGHTS), min_size=1, max_size=6), st.randoms())
def test_groups_are_shared_out_each_by_itself_in_whatever_order_they_stand(groups, random) -> None:
    members = [(number, weight) for number, (_, weights) in enumerate(groups) for weight in weights]
    random.shuffle(members)
    group, weights = np.array(members).T
    shares = largest_remainder_within(np.array([total for total, _ in groups]), weights, group)
    for number, (total, _) in enumerate(groups):
        assert shares[group == number].tolist() == by_fractions(total, weights[group == number].tolist())


def test_amounts_beyond_64_bits_in_the_product_are_exact_too() -> None:
    total, weights = 3 * 10**15 + 1, [10**9 + 7, 10**9, 3]
    assert largest_remainder(total, np.array(weights)).tolist() == by_fractions(total, weights)


def test_what_is_left_goes_to_the_first_of_equals() -> None:
    assert largest_remainder(5, np.array([1, 1, 1])).tolist() == [2, 2, 1]


def test_who_weighs_nothing_gets_nothing() -> None:
    assert largest_remainder(7, np.array([0, 3, 0])).tolist() == [0, 7, 0]


def test_nothing_is_shared_among_nobody() -> None:
    assert largest_remainder(0, np.array([], dtype=np.int64)).tolist() == []
    assert largest_remainder(0, np.array([0, 0])).tolist() == [0, 0]
    no_members = np.array([], dtype=np.int64)
    assert largest_remainder_within(np.array([0, 0]), no_members, no_members).tolist() == []


@pytest.mark.parametrize(
    ("total", "weights", "words"),
    [(5, [], "nobody to share 5 among"), (5, [0, 0], "no weight"), (-5, [1], "negative"), (5, [1, -1], "negative")],
)
def test_an_amount_that_cannot_be_shared_is_refused(total: int, weights: list[int], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        largest_remainder(total, np.array(weights, dtype=np.int64))
