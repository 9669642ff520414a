"""The synthetic truths and their fits are those of the real fit."""

from dataclasses import replace

import numpy as np
import pytest

from sim.evidence.validation.coverage import draw_truths, grid_of, places, readings_of, weights_of
from sim.evidence.validation.covering import coverage_target, covered
from sim.riders.response.facts import Lognormal, read_facts
from sim.riders.response.posterior import likelihood, posterior

FACTS = read_facts()
COARSE = FACTS.finer(0.35)


@pytest.fixture(scope="module")
def grid():
    return grid_of(COARSE)


def test_the_real_trials_are_among_the_readings() -> None:
    # 0.375-0.425 is the ninth interval of five points (the first is half of one), 0.525-0.575 the twelfth
    assert readings_of(FACTS.trials, FACTS.lolland) == (8, 11, 13)


def test_the_weights_of_the_real_readings_are_the_real_likelihood(grid) -> None:
    found = weights_of(grid, *readings_of(FACTS.trials, FACTS.lolland)) / grid.prior
    points = np.linspace(0, len(grid.prior) - 1, 500).astype(int)
    from scipy.stats import norm  # the town fall of each point, back from its chance of lying below the first edge

    edge = np.log(-np.log1p(-0.475))
    town = edge - grid.spread[points] * norm.ppf(grid.below_town[10, points])
    one = np.log(-np.log1p(-0.85)) - grid.spread[points] * norm.ppf(grid.below_lolland[13, points])
    known = np.isfinite(town) & np.isfinite(one)
    expected = likelihood(FACTS.trials, town, grid.spread[points]) * likelihood(FACTS.lolland, one, grid.spread[points])
    assert found[points][known] == pytest.approx(expected[known], abs=1e-9)


def test_the_fit_of_the_real_readings_predicts_as_the_shipped_fit(grid) -> None:
    weight = weights_of(grid, *readings_of(FACTS.trials, FACTS.lolland))
    shipped = posterior(COARSE).weights
    by_family = np.bincount(grid.family, weights=weight)
    assert by_family / by_family.sum() == pytest.approx([shipped[f] for f in FACTS.families], abs=0.01)


def test_the_same_seed_gives_the_same_truths() -> None:
    first, second = (draw_truths(FACTS, FACTS.families, 20, np.random.default_rng(5)) for _ in range(2))
    assert first.answer.tolist() == second.answer.tolist()
    assert (first.smallest <= first.largest).all()


def test_a_right_fit_covers_and_one_with_a_wrong_prior_does_not(grid) -> None:
    truths = draw_truths(FACTS, FACTS.families, 150, np.random.default_rng(9))
    right = coverage_target("x", "sandheder", places(grid, truths), 80, "")
    assert not right.missed
    sure = replace(COARSE, spread=Lognormal(0.06, 0.1), variation=Lognormal(0.15, 0.1))
    wrong = coverage_target("x", "sandheder", places(grid_of(sure), truths), 80, "")
    assert wrong.missed == "below"


def test_coverage_counts_the_answers_inside_the_middle() -> None:
    assert covered(np.array([0.05, 0.1, 0.5, 0.9, 0.97]), 80) == 60.0
    assert covered(np.array([0.05, 0.1, 0.5, 0.9, 0.97]), 95) == 100.0


def test_three_binomial_standard_deviations_of_a_hundred_truths() -> None:
    # sqrt(0.8 * 0.2 / 100) = 0.04: 80 - 12 to 80 + 12
    found = coverage_target("x", "sandheder", np.full(100, 0.5), 80, "")
    assert (found.low, found.high) == pytest.approx((68.0, 92.0))
