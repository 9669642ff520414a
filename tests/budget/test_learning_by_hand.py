"""What spending says of the year where there is nothing but luck, or nothing but the months' own differences."""

import numpy as np
import pytest

from sim.answer.budget.learning import LEAST_YEARS, _levels, _luck, learn, month_factors
from sim.inputs.assumptions import load_assumptions

FLAT = load_assumptions().overriding({"month_profile": (1.0,) * 12})


def learned(year: list[float], other: list[float], draws: list[list[float]], spent: int, months_gone: int):
    gone = np.array([1.0] * months_gone + [0.0] * (12 - months_gone))
    return learn(spent, np.array([year, other]), np.array(draws), np.zeros(len(draws), dtype=int), gone, FLAT)


def test_the_luck_that_is_left_is_that_of_the_months_that_are_left() -> None:
    """Months of 100 with a variance of 100, half as much again by the mean of two runs: 12 % of the one month that is left.

    The draw is at the level of the year, so nothing is believed and nothing moves.
    """
    one, other = [100 + 50**0.5] * 12, [100 - 50**0.5] * 12
    found = learned(one, other, [one], 1100, months_gone=11)
    assert found.weight == 0
    assert found.remaining.mean == pytest.approx(100)
    assert found.remaining.central.std() / 100 == pytest.approx(0.1225, rel=0.15)


def test_a_year_of_less_than_an_oere_a_month_teaches_as_well_as_a_dear_one() -> None:
    """0.6 oere in half a year where 1 was spent, and draws of a fifth to five times it: as much again is left."""
    found = learned([0.1] * 12, [0.1] * 12, [[0.1 * t] * 12 for t in (0.2, 5.0)], 1, months_gone=6)
    assert found.weight == pytest.approx(1.0)
    assert found.remaining.central == pytest.approx(1.0)
    assert found.remaining.drawn == pytest.approx(1.0)


def test_luck_is_spread_over_the_least_years_that_all_runs_share_evenly() -> None:
    """Three runs: 86 years each are 258."""
    year = np.full((3, 12), 100.0)
    found = learn(600, year, year[:1], np.zeros(1, dtype=int), np.array([1.0] * 6 + [0.0] * 6), FLAT)
    assert np.bincount(found.replication).tolist() == [86, 86, 86]
    assert LEAST_YEARS == 256
    assert len(found.remaining.central) == 258


def test_luck_and_the_months_own_differences_are_one_on_average() -> None:
    """A variance of 50 in months of 100: a lognormal of mean 1 and standard deviation sqrt(0.5)."""
    luck = _luck(np.full(12, 100.0), 50.0, 20_000, np.random.default_rng(1))
    assert luck.mean() == pytest.approx(1.0, abs=0.01)
    assert luck.std() == pytest.approx(0.5**0.5, rel=0.03)
    register = load_assumptions()
    spread = register.number("month_profile_spread")
    factors = month_factors(register, 20_000, np.random.default_rng(1))
    assert factors.mean() == pytest.approx(1.0, abs=0.002)
    assert 1 - spread <= factors.min() < 1 - 0.95 * spread
    assert 1 + 0.95 * spread < factors.max() <= 1 + spread


def test_levels_are_told_of_any_cost_above_nothing() -> None:
    """A year of one oere, and a draw of two: it is known to be twice as dear; of nothing nothing is known."""
    year, none = np.array([[1.0] + [0.0] * 11]), np.zeros((1, 12))
    first = np.zeros(1, dtype=int)
    assert _levels(year, 2 * year, first) == pytest.approx([2.0])
    assert _levels(2 * year, year, first) == pytest.approx([0.5])
    assert _levels(none, year, first) is None
    assert _levels(year, none, first) is None
