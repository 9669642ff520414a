"""How the draws are chosen and ordered, on points few enough for hand arithmetic."""

import math
from typing import Any

import numpy as np
import pytest

from sim.riders.response import draws
from sim.riders.response.draws import _features, balanced_order, ends, free_multipliers, largest_remainder, systematic
from sim.riders.response.posterior import FamilyPosterior, Posterior


def linear(last: list[float], weight: list[float], evidence: float = 1.0, spread: float = 0.0, z: float = 0.0) -> Any:
    """Curves that fall evenly from 0 kr to the last one's kroner."""
    none = np.zeros(len(last))
    columns = (none, np.array(last), none + spread, none + z, np.array(weight))
    return FamilyPosterior("linear", evidence, *columns)


def test_what_is_left_over_goes_to_the_largest_remainders_and_the_multiplier_to_the_middle_of_each_slice() -> None:
    """7 shared as 0.5, 0.3, 0.2 are 3.5, 2.1 and 1.4: one left, for the first. Of two slices the quarters: 1, 4, 16 give 2 and 8."""
    assert largest_remainder({"x": 0.5, "y": 0.3, "z": 0.2}, 7) == {"x": 4, "y": 2, "z": 1}
    assert free_multipliers(2, 1.0, 4.0, 16.0) == pytest.approx([2.0, 8.0])


def test_the_ends_of_an_effect_are_where_families_by_their_evidence_have_a_tenth_a_half_and_nine_tenths() -> None:
    """To 76 kr with three quarters of the belief: 40/52 left at 36 kr. To 100 kr with a quarter: 64/76."""
    found = ends(Posterior((linear([100.0], [1.0], evidence=1.0), linear([76.0], [1.0], evidence=3.0))))
    assert found[0] == pytest.approx((100 * (40 / 52 - 1), 100 * (40 / 52 - 1), 100 * (64 / 76 - 1)))


def test_the_draws_are_balanced_on_shares_left_their_squares_sides_of_the_ends_spread_and_z() -> None:
    """A municipality 1.5 spreads of 0.2 stronger: shares to the power exp(0.3). An effect that is an end is not below it."""
    part = linear([76.0], [1.0], spread=0.2, z=1.5)
    left = [((76 - after) / (76 - before)) ** math.exp(0.3) for before, after in draws.BALANCED]
    own = [float(part.effect(*change)[0]) for change in draws.BALANCED]
    (row,) = _features(part, np.array([0]), [(effect - 1, effect, effect + 1) for effect in own])
    assert row.tolist() == pytest.approx([*left, *(share**2 for share in left), *([0, 0, 1] * 6), 0.2, 1.5, 2.25])


def test_of_the_points_in_the_middle_the_one_is_taken_that_brings_the_mean_nearest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Five curves of a fifth each: the middle is the third, a tenth to the left of it the second. Of a feature with the mean 0
    the second has -0.5 and the third 0.25, which is nearer."""
    feature = np.array([[0.5], [-0.5], [0.25], [-0.5], [0.25]])
    monkeypatch.setattr(draws, "_features", lambda *_: feature)
    assert systematic(linear([120.0, 110.0, 100.0, 90.0, 80.0], [0.2] * 5), 1, []).tolist() == [2]


def test_the_order_keeps_the_running_mean_near_the_whole_mean_in_units_of_each_features_spread(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Spreads of 0.3 and of 22.4; in those the rows are (-1, 1.34), (1, 0.45), (1, -0.45), (-1, -1.34).

    Nearest to nothing is the second (and the third, later). With it the fourth comes to (0, -0.89), the third to (2, 0); from there
    the first to (-1, 0.45) and the third to (1, -1.34). The third feature never varies.
    """
    monkeypatch.setattr(draws, "may_follow", lambda _, candidates: np.ones(len(candidates), dtype=bool))
    rows = np.array([[-0.3, 30.0, 7.0], [0.3, 10.0, 7.0], [0.3, -10.0, 7.0], [-0.3, -30.0, 7.0]])
    assert balanced_order(rows, np.arange(4)) == [1, 3, 0, 2]
