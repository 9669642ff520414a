"""The account: totals rounded once, shares that sum to them to the oere."""

from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.study.accounts.account import account, round_half_up

PARTS = 3600
TRIPS = st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 50_000), st.integers(0, 4)), max_size=40)


def columns(trips: list[tuple[int, int, int]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    parts, fares, passengers = np.array(trips, dtype=np.int64).reshape(-1, 3).T
    return parts, fares, passengers


@given(TRIPS, st.fractions(0, 10_000, max_denominator=1000))
def test_shares_sum_to_totals_that_were_rounded_once(trips: list[tuple[int, int, int]], fee: Fraction) -> None:
    parts, fares, passengers = columns(trips)
    result = account(parts, fares, passengers, fee)
    operator = Fraction(int(parts.sum()), PARTS)
    assert result.operator_payment.sum() == (operator + Fraction(1, 2)).__floor__()
    assert result.movia_fee.sum() == (int(passengers.sum()) * fee + Fraction(1, 2)).__floor__()
    assert result.fares.tolist() == fares.tolist()
    net = result.operator_payment.sum() - fares.sum() + result.movia_fee.sum()
    assert result.net_cost.sum() == net
    # Each share is the exact amount to within one oere and its part of the total's rounding.
    for share, part in zip(result.operator_payment.tolist(), parts.tolist(), strict=True):
        assert abs(share - Fraction(part, PARTS)) < Fraction(3, 2)
    for share, carried in zip(result.movia_fee.tolist(), passengers.tolist(), strict=True):
        assert abs(share - carried * fee) < Fraction(3, 2)


def test_three_trips_by_hand() -> None:
    """Parts of 100.4, 100.4 and 0.7 oere are 201.5, rounded up to 202: 100 + 100 + 0, and the 2 left to the largest.

    Of 202 the shares are 100.65, 100.65 and 0.70; what is left after 100, 100 and 0 goes to the third, then the first.
    The fee of 34.50 kr: 4 passengers, 13,800 oere.
    """
    parts = np.array([361_440, 361_440, 2520])
    result = account(parts, np.array([4800, 2400, 0]), np.array([2, 1, 1]), Fraction(3450))
    assert result.operator_payment.tolist() == [101, 100, 1]
    assert result.movia_fee.tolist() == [6900, 3450, 3450]
    assert result.net_cost.tolist() == [101 - 4800 + 6900, 100 - 2400 + 3450, 1 + 3450]


def test_a_trip_in_vain_costs_the_drive_alone() -> None:
    result = account(np.array([360_000, 72_000]), np.array([4800, 0]), np.array([1, 0]), Fraction(3450))
    assert result.net_cost.tolist() == [100 - 4800 + 3450, 20]


def test_a_year_without_trips_costs_nothing() -> None:
    empty = np.array([], dtype=np.int64)
    result = account(empty, empty, empty, Fraction(69, 2))
    assert result.net_cost.tolist() == []
    nobody = np.zeros(3, dtype=np.int64)
    assert account(nobody, nobody, nobody, Fraction(69, 2)).net_cost.tolist() == [0, 0, 0]


def test_halves_are_rounded_up_also_below_zero() -> None:
    values = [Fraction(1, 2), Fraction(3, 2), Fraction(-1, 2), Fraction(-3, 2), Fraction(49, 100)]
    assert [round_half_up(value) for value in values] == [1, 2, 0, -1, 0]
