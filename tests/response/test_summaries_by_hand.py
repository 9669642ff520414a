"""Means and percentiles of a posterior by hand, and which of its cells are left out."""

from dataclasses import replace

import numpy as np
import pytest

from sim.riders.response.facts import Axis, read_facts
from sim.riders.response.posterior import FamilyPosterior, Posterior, family_posterior, summarise


def test_a_percentile_is_the_middle_of_its_hundredth() -> None:
    """Of 10, 11, 12 and 13 with 5, 45, 45 and 5 percent a tenth is passed at 11 and nine tenths at 12."""
    found = summarise([np.array([10.0, 11.0]), np.array([12.0, 13.0])], [np.array([1.0, 9.0]), np.array([9.0, 1.0])])
    assert (found.mean, found.p10, found.p90) == pytest.approx((11.5, 11.005, 12.005))


def part(family: str, evidence: float, spread: float) -> FamilyPosterior:
    one = np.ones(1)
    return FamilyPosterior(family, evidence, 50 * one, 10 * one, spread * one, 0 * one, one)


def test_families_weigh_by_their_evidence_and_the_spread_is_told_as_it_is() -> None:
    """One of four with 0.2 and three of four with 0.3."""
    whole = Posterior((part("normal", 0.5, 0.2), part("logistic", 1.5, 0.3)))
    assert whole.weights == {"normal": 0.25, "logistic": 0.75}
    found = whole.spread()
    assert (found.mean, found.p10, found.p90) == pytest.approx((0.275, 0.2, 0.3), abs=1e-4)


def test_cells_of_less_than_the_neglected_share_of_the_likeliest_are_left_out() -> None:
    """Three means at a prior of median 50 and deviation 0.5: at 50 / e and 50 e the density is exp(-2) = 0.135 of the middle's."""
    shipped = read_facts()
    e = float(np.exp(1.0))
    medians = (shipped.variation.median, shipped.spread.median)
    axes = {
        "mean_kr": Axis(50.0 / e, 50.0 * e, 3),
        **{name: Axis(m / 1.01, m * 1.01, 2) for name, m in zip(("variation", "spread"), medians, strict=True)},
        "z": Axis(-1.0, 1.0, 3),
    }
    cells = {
        neglect: len(family_posterior("normal", replace(shipped, axes=axes, neglect=neglect), ()).weight)
        for neglect in (0.13, 0.14)
    }
    assert cells == {0.13: 3 * 4 * 3, 0.14: 1 * 4 * 3}
