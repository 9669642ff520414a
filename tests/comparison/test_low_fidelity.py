"""Intervals from many draws in closed form, held against distributions whose ends are known."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import norm

from sim.inputs.chance.quantiles import MIDDLES, interval, quantiles
from sim.study.replicated.figures import Spread, figure, ratio
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


@pytest.mark.parametrize("riders", [0.001, 1.0, 1000.0])
def test_amounts_that_do_not_follow_the_volume_are_not_multiplied_by_it(riders: float) -> None:
    """What a new service brings is the same however many ride today: amounts a rider differ more than the amounts, however riders are
    counted."""
    rng = np.random.default_rng(7)
    few, many = riders * np.exp(rng.normal(0, 0.8, 32)), riders * np.exp(0.8 * rng.permutation(MANY))
    low = rng.normal(50, 5, 32)
    known = LowFidelity(50.0, low, 50 + 5 * MANY, Volumes(few, many))
    found = line(50.0, low - 50.0 + rng.normal(0, 0.5, 32), known)
    assert found is not None
    assert found.volumes is None
    low_end, high_end = interval(found.samples(50.0))
    assert (low_end, high_end) == pytest.approx((-NINETY * 5, NINETY * 5), rel=0.06)


def test_a_ratio_of_amounts_that_follow_the_volume_does_not() -> None:
    """Costs of 100 a rider, good to 4 %, over riders: 100 with a standard deviation of 4, however many there are."""
    rng = np.random.default_rng(10)
    few, many = np.exp(rng.normal(0, 0.8, 32)), np.exp(0.8 * rng.permutation(MANY))
    a_rider, of_many, volumes = 100 + 4 * rng.normal(size=32), 100 + 4 * rng.permutation(MANY), Volumes(few, many)
    cost = spread(few * a_rider, few * (a_rider + rng.normal(0, 0.5, 32)), many * of_many, 100.0, volumes)
    found = ratio(cost, spread(few, few, many, 1.0, volumes))
    assert found is not None
    assert (found.p10, found.p90) == pytest.approx((100 - NINETY * 4, 100 + NINETY * 4), rel=0.005)


def test_too_few_draws_or_a_closed_form_that_stands_still_leave_the_draws_as_they_are() -> None:
    simulated = np.random.default_rng(8).normal(0, 10, 32)
    plain = figure(Spread(np.zeros(1), simulated, np.zeros(32, dtype=np.int64)))
    for standing in (np.full(32, 7.0), np.zeros(32), 1e6 + 1e-5 * simulated):
        still = figure(spread(standing, simulated, 10 * MANY))
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
    numbers, many = np.arange(32.0), np.arange(1.0, 1001.0)
    for found, middle, simulated, few, rest in (
        (one + other, 12.0, 2 * numbers, 2 * numbers + 4, 2 * many + 2),
        (other - one, 2.0, 0 * numbers, np.full(32, 2.0), np.full(1000, 2.0)),
        (other / one, 1.4, None, 1 + 2 / (numbers + 1), 1 + 2 / many),
        (one.times(3.0), 15.0, 3 * numbers, 3 * (numbers + 1), 3 * many),
    ):
        assert found.low is not None
        assert found.central[0] == found.low.central == pytest.approx(middle)
        assert simulated is None or found.drawn.tolist() == simulated.tolist()
        assert found.low.drawn == pytest.approx(few)
        assert found.low.many == pytest.approx(rest)
    plain = Spread(np.ones(1), np.arange(32.0), np.zeros(32, dtype=np.int64))
    for mixed in (one + plain, plain - one, one / plain, plain / one):
        assert mixed.low is None
    nothing = (one / (one - one)).low
    assert nothing is not None
    assert np.isnan([nothing.central, *nothing.drawn, *nothing.many]).all()


# Twelve draws at -1 and 1 whose residuals, the same in both halves, add up to 0: the line is 2 x, whatever they are.
HALVES = np.repeat([-1.0, 1.0], 6)
LEFT = np.tile([0.9, -0.3, -0.3, -0.3, 0.0, 0.0], 2)


def test_a_line_by_hand() -> None:
    """Two things are fitted to twelve draws, so each residual counts for sqrt(12 / 10) of itself."""
    many = np.array([-3.0, 0.0, 3.0])
    found = spread(HALVES, 2 * HALVES + LEFT, many).line(0.0)
    assert found is not None
    assert found.many == pytest.approx(2 * many)
    assert found.residuals == pytest.approx(LEFT * (12 / 10) ** 0.5)
    assert found.samples(0.0) == pytest.approx([2 * m + r * (12 / 10) ** 0.5 for m in many for r in LEFT])
    # The variance is 4 of the line, and (0.81 + 3 x 0.09) / 6 = 0.18 that is left.
    assert found.correlation == pytest.approx((4 / 4.18) ** 0.5)


def test_a_line_a_rider_by_hand() -> None:
    """A rider costs 100 in closed form and 200 + 5 log V simulated; what is left of it is the same at every volume."""
    few = np.exp(np.repeat([-1.0, 1.0], 6))
    many = np.exp(np.array([-2.0, 0.0, 1.0]))
    simulated = few * (200 + 5 * np.log(few) + LEFT)
    volumes = Volumes(few, many)
    # The closed form's own moves by less than a thousand-millionth, which is no movement; that of the many is not asked then.
    low = LowFidelity(100.0, 100 * few * (1 + 1e-10 * np.tile([1, -1], 6)), many * [101, 99, 100], volumes)
    found = line(200.0, simulated - 200.0, low)
    assert found is not None
    assert found.volumes is not None
    assert found.many == pytest.approx(200 + 5 * np.log(many))
    middles = quantiles(LEFT * (12 / 10) ** 0.5, MIDDLES, "random")
    expected = [v * (200 + 5 * np.log(v) + r) - 200 for v in many for r in middles]
    # The residuals are cut into fifty parts once more, of which the ends are drawn in by half a slice.
    assert found.samples(200.0) == pytest.approx(expected, abs=0.15)
    assert found.samples(200.0)[:50] != pytest.approx(expected[:50][::-1], abs=0.05)
    through = few * (200 + 5 * np.log(few))
    assert found.correlation == pytest.approx(np.corrcoef(through, simulated)[0, 1])


def test_a_rider_that_differs_in_closed_form_is_carried_over() -> None:
    """A rider costs 90 or 110 in closed form, twice that simulated; of the many 80 to 120, whatever their volume."""
    few = np.exp(np.tile([1.0, -1.0, 0.5], 4))
    a_rider = np.repeat([90.0, 110.0], 6)
    v, of = np.meshgrid(np.exp([-2.0, 0.0, 1.0]), np.linspace(80, 120, 401))
    volumes = Volumes(few, v.ravel())
    low = LowFidelity(100.0, few * a_rider, (v * of).ravel(), volumes)
    found = line(200.0, few * (2 * a_rider + 0.001 * LEFT) - 200.0, low)
    assert found is not None
    assert found.volumes is not None
    assert found.many == pytest.approx(2 * of.ravel(), abs=0.01)
    expected = (v * 2 * of).ravel() - 200
    # Half of one of the fifty parts that 80 kr. a rider are cut into, at the largest volume.
    half = 80 / 50 * np.e / 2
    assert np.quantile(found.samples(200.0), [0.1, 0.5, 0.9]) == pytest.approx(
        np.quantile(expected, [0.1, 0.5, 0.9]), abs=half
    )


def test_what_does_not_move_follows_nothing() -> None:
    found = spread(HALVES, np.full(12, 3.0), 10 * MANY).line(0.0)
    assert found is not None
    assert found.correlation == 0.0
    assert found.samples(0.0) == pytest.approx(np.full(12_000, 3.0))
