"""Intervals from many draws in closed form, held against distributions whose ends are known."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import norm

from sim.inputs.chance.quantiles import interval
from sim.study.replicated.figures import Spread, figure
from sim.study.replicated.low_fidelity import FEWEST, LowFidelity, Volumes, line

Floats = NDArray[np.float64]
MANY = norm.ppf((np.arange(1000) + 0.5) / 1000)
NINETY = 1.2816


def spread(low: Floats, simulated: Floats, many: Floats, mean: float = 0.0, volumes: Volumes | None = None) -> Spread:
    """Return a quantity without chance; what the closed form says of its middle is the simulated ``mean``."""
    alone = Volumes(np.ones(len(low)), np.ones(len(many)))
    known = LowFidelity(mean, low, many, volumes or alone)
    return Spread(np.full(1, mean), simulated, np.zeros(len(simulated), dtype=np.int64), known)


def test_a_few_draws_on_a_line_have_the_ends_of_the_many() -> None:
    """The closed form has a standard deviation of 10, the simulation twice that: its ends are at 1.2816 x 20 either way."""
    low = np.random.default_rng(1).normal(0, 10, 16)
    found = figure(spread(low, 2 * low, 10 * MANY))
    assert (found.p10, found.p90) == pytest.approx((-NINETY * 20, NINETY * 20), rel=0.005)
    # The draws alone are a long way off.
    assert interval(2 * low)[1] < 0.8 * NINETY * 20


def test_what_the_closed_form_does_not_know_is_added() -> None:
    """Twice the closed form and something of its own with a standard deviation of 15: together 25 (20, 15, 25)."""
    rng = np.random.default_rng(2)
    ends = []
    for _ in range(200):
        low = rng.normal(0, 10, 32)
        found = figure(spread(low, 2 * low + rng.normal(0, 15, 32), 10 * MANY))
        ends.append((found.p10, found.p90))
    assert np.mean(ends, axis=0) == pytest.approx([-NINETY * 25, NINETY * 25], rel=0.04)


def test_a_closed_form_that_tells_nothing_leaves_the_simulated_draws() -> None:
    rng = np.random.default_rng(3)
    ends = []
    for _ in range(200):
        found = figure(spread(rng.normal(0, 10, 32), rng.normal(0, 15, 32), 10 * MANY))
        ends.append((found.p10, found.p90))
    assert np.mean(ends, axis=0) == pytest.approx([-NINETY * 15, NINETY * 15], rel=0.06)


def test_amounts_that_follow_a_drawn_volume_meet_every_volume() -> None:
    """The volume is lognormal, a rider costs 100 in closed form and 110 simulated: the ends are 110 exp(+-1.2816 x 0.8), though the 32
    draws reach half as far."""
    many = np.exp(0.8 * np.random.default_rng(4).permutation(MANY))
    few = np.exp(np.random.default_rng(5).normal(0, 0.4, 32))
    a_rider = 1 + 0.01 * np.random.default_rng(6).normal(0, 1, 32)
    found = figure(spread(100 * few, 110 * few * a_rider, 100 * many, 110.0, Volumes(few, many)))
    assert (found.p10, found.p90) == pytest.approx((110 * np.exp(-NINETY * 0.8), 110 * np.exp(NINETY * 0.8)), rel=0.02)


def test_amounts_that_do_not_follow_the_volume_are_not_multiplied_by_it() -> None:
    """What a new service brings is the same however many ride today: the line of whole amounts is the likelier."""
    rng = np.random.default_rng(7)
    few, many = np.exp(rng.normal(0, 0.8, 32)), np.exp(0.8 * rng.permutation(MANY))
    low = rng.normal(50, 5, 32)
    found = line(50.0, low - 50.0 + rng.normal(0, 0.5, 32), LowFidelity(50.0, low, 50 + 5 * MANY, Volumes(few, many)))
    assert found is not None
    assert found.volumes is None
    low_end, high_end = interval(found.samples(50.0))
    assert (low_end, high_end) == pytest.approx((-NINETY * 5, NINETY * 5), rel=0.06)


def test_too_few_draws_or_a_closed_form_that_stands_still_leave_the_draws_as_they_are() -> None:
    simulated = np.random.default_rng(8).normal(0, 10, 32)
    plain = figure(Spread(np.zeros(1), simulated, np.zeros(32, dtype=np.int64)))
    still = figure(spread(np.full(32, 7.0), simulated, np.full(1000, 7.0)))
    assert (still.p10, still.p90) == (plain.p10, plain.p90)
    few = FEWEST - 1
    assert spread(simulated[:few], simulated[:few], 10 * MANY).line(0.0) is None


def test_draws_of_which_a_ratio_is_unknown_are_left_out() -> None:
    low = np.random.default_rng(9).normal(0, 10, 32)
    simulated = 2 * low
    simulated[3] = np.nan
    many = 10 * MANY.copy()
    many[500] = np.nan
    found = figure(spread(low, simulated, many))
    assert (found.p10, found.p90) == pytest.approx((-NINETY * 20, NINETY * 20), rel=0.01)


def test_the_closed_form_follows_sums_differences_and_ratios() -> None:
    one, other = (
        spread(np.arange(1.0, 33.0) + n, np.arange(32.0), np.arange(1.0, 1001.0) + n, 5.0 + n) for n in (0.0, 2.0)
    )
    for found, middle, first, last in (
        (one + other, 12.0, 4.0, 2002.0),
        (other - one, 2.0, 2.0, 2.0),
        (other / one, 1.4, 3.0, 1.002),
        (one.times(3.0), 15.0, 3.0, 3000.0),
    ):
        assert found.low is not None
        assert (found.low.central, found.low.drawn[0], found.low.many[-1]) == pytest.approx((middle, first, last))
    plain = Spread(np.zeros(1), np.arange(32.0), np.zeros(32, dtype=np.int64))
    assert (one + plain).low is None
    assert (plain - one).low is None
