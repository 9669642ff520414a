import math

import numpy as np
import pytest
from scipy import stats

from sim.inputs.chance.quantiles import T90, interval, interval_of_sum, quantiles


@pytest.mark.parametrize("count", [9, 16, 32, 64])
def test_random_samples_hold_80_percent_on_average(count: int) -> None:
    # Of a uniform distribution the content of an interval is its length.
    rng = np.random.default_rng([1, count])
    held = [np.ptp(interval(rng.random(count), "random")) for _ in range(20_000)]
    assert np.mean(held) == pytest.approx(0.80, abs=0.005)


@pytest.mark.parametrize("count", [5, 8, 16, 32, 64])
def test_the_middles_of_equally_likely_slices_hold_80_percent(count: int) -> None:
    middles = (np.arange(count) + 0.5) / count
    assert interval(middles) == pytest.approx((0.1, 0.9))


@pytest.mark.parametrize("count", [16, 32])
def test_one_random_point_in_each_slice_holds_80_percent_on_average(count: int) -> None:
    rng = np.random.default_rng([2, count])
    ends = np.array([interval((np.arange(count) + rng.random(count)) / count) for _ in range(20_000)])
    assert np.mean(ends[:, 1] - ends[:, 0]) == pytest.approx(0.80, abs=0.005)


@pytest.mark.parametrize("count", sorted(T90))
def test_few_random_samples_hold_80_percent_of_a_normal_distribution_on_average(count: int) -> None:
    assert T90[count] == pytest.approx(stats.t.ppf(0.9, count - 1), abs=1e-4)
    rng = np.random.default_rng([3, count])
    ends = quantiles(rng.standard_normal((count, 20_000)), (0.1, 0.9), "random")
    assert np.mean(stats.norm.cdf(ends[1]) - stats.norm.cdf(ends[0])) == pytest.approx(0.80, abs=0.006)


@pytest.mark.parametrize(("replications", "spread_of_draws"), [(5, 1.0), (5, 3.0), (10, 0.3), (10, 1.0), (20, 3.0)])
def test_chance_and_parameters_together_hold_80_percent(replications: int, spread_of_draws: float) -> None:
    rng = np.random.default_rng([4, replications])
    shifts = spread_of_draws * stats.norm.ppf((np.arange(32) + 0.5) / 32)
    whole = stats.norm(0, math.hypot(1.0, spread_of_draws))
    held = []
    for _ in range(600):
        low, high = interval_of_sum(rng.standard_normal(replications), shifts)
        held.append(whole.cdf(high) - whole.cdf(low))
    assert 0.78 <= np.mean(held) <= 0.82


def test_one_sample_is_all_there_is_and_none_is_an_error() -> None:
    assert interval([7.0]) == (7.0, 7.0)
    with pytest.raises(ValueError, match="no samples"):
        interval([])
