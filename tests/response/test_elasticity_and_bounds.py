"""Elasticities against formulas done by hand, and what the trials allow without any shape against hand arithmetic."""

import math

import numpy as np
import pytest

from sim.riders.response import Draw
from sim.riders.response.bounds import without_form
from sim.riders.response.elasticity import elasticities, elasticity, of_draws, point_elasticity
from sim.riders.response.facts import read_facts
from sim.riders.response.posterior import posterior, summarise

ONE = np.ones(1)


@pytest.mark.parametrize(
    ("family", "a", "b", "by_hand"),
    [
        ("logistic", 47.0, 12.0, lambda p: -p / 12.0 / (1 + math.exp(-(p - 47.0) / 12.0))),
        ("weibull", 52.0, 3.0, lambda p: -3.0 * (p / 52.0) ** 3.0),
        ("linear", 10.0, 76.0, lambda p: -p / (76.0 - p)),
    ],
)
@pytest.mark.parametrize("level", [24.0, 36.0, 60.0])
def test_the_elasticity_is_the_slope_on_logarithmic_paper(family, a, b, by_hand, level) -> None:
    found = point_elasticity(family, a * ONE, b * ONE, ONE, level)
    assert found[0] == pytest.approx(by_hand(level), rel=1e-6)


def test_a_municipality_that_responds_half_as_much_again_has_half_as_large_an_elasticity_again() -> None:
    typical = Draw("linear", 0.0, 76.0, 0.25, 0.0, 4.0)
    strong = Draw("linear", 0.0, 76.0, math.log(1.5), 1.0, 4.0)
    weak, more = of_draws((typical, strong), 48.0)
    assert more == pytest.approx(1.5 * weak)


def test_where_nobody_is_left_the_elasticity_is_infinite() -> None:
    assert point_elasticity("linear", 0 * ONE, 50 * ONE, ONE, 60.0)[0] == -math.inf


def test_sensitivity_rises_with_the_fare() -> None:
    means = [found.mean for found in elasticities().values()]
    assert means == sorted(means, reverse=True)
    assert all(found.p10 < found.mean < found.p90 < 0 for found in elasticities().values())


@pytest.mark.parametrize("level", [24, 36, 48, 60])
def test_the_draws_have_the_elasticity_of_the_whole_posterior(level) -> None:
    whole = posterior(read_facts().finer(0.6))
    exact = summarise(
        [point_elasticity(p.family, p.a, p.b, np.exp(p.spread * p.z), level) for p in whole.parts],
        [p.weight * whole.weights[p.family] for p in whole.parts],
    )
    assert elasticity(level).mean == pytest.approx(exact.mean, rel=0.04)


def test_the_least_and_most_without_any_shape_are_those_of_hand_arithmetic() -> None:
    """L is the fall 24 -> 48, M the fall 36 -> 72; four pieces of 12 kr, c <= b <= d <= e, c + b = L, b + d + e = M.

    24 -> 60 is L + d. d is least when the line goes straight on: b = c = d = L/2. It is greatest when d = e = (M - b) / 2 and
    b is least, L/2. 36 -> 60 is b + d, least at b = d = L/2, greatest at b = L and d = e: (L + M) / 2.
    """
    least, most = math.log(1 / 0.60), math.log(1 / 0.45)
    lolland = math.log(1 / 0.08)
    expected = {
        (24, 60): (0.75 * most + 0.5 * lolland, 1.5 * least),
        (36, 60): (0.5 * most + 0.5 * lolland, least),
    }
    for change, falls in expected.items():
        assert without_form(*change) == pytest.approx([100 * (math.exp(-fall) - 1) for fall in falls], abs=1e-6)
    assert without_form(24, 60) == pytest.approx((-84.5, -53.5), abs=0.05)
    assert without_form(36, 60) == pytest.approx((-81.0, -40.0), abs=0.05)


def test_the_trials_own_changes_come_back_as_declared() -> None:
    assert without_form(24, 48) == pytest.approx((-55, -40))
    assert without_form(36, 72) == pytest.approx((-92, -85))


def test_no_curve_with_rising_sensitivity_that_fits_the_trials_leaves_the_bounds() -> None:
    """Ten thousand convex curves of 1-kr pieces, kept when both trials hold."""
    rng = np.random.Generator(np.random.Philox(np.random.SeedSequence([24, 60])))
    grown = np.cumsum(rng.exponential(size=(10_000, 48)) * rng.random((10_000, 48)) ** 6, axis=1)
    hazard = grown * (rng.uniform(0.51, 0.8, 10_000) / grown[:, :24].sum(axis=1))[:, None]
    lolland = hazard[:, 12:].sum(axis=1)
    kept = hazard[(lolland > -math.log(0.15)) & (lolland < -math.log(0.08))]
    assert len(kept) > 100
    for change, pieces in (((24, 60), slice(0, 36)), ((36, 60), slice(12, 36))):
        low, high = without_form(*change)
        effect = 100 * np.expm1(-kept[:, pieces].sum(axis=1))
        assert low <= effect.min()
        assert effect.max() <= high
