import numpy as np
import pytest

from sim.comparison.figures import Spread, figure, ratio, ratio_change


def spread(central: list[float], drawn: list[float] | None = None, paired: list[int] | None = None) -> Spread:
    drawn = drawn or []
    return Spread(np.array(central, float), np.array(drawn, float), np.array(paired or [0] * len(drawn), np.int64))


def test_a_figure_without_draws_is_chance_alone() -> None:
    f = figure(spread([10, 20, 30, 40, 50]))
    # Linear quantiles of five: p10 at position 0.4 -> 14, p90 at 3.6 -> 46.
    assert (f.mean, f.p10, f.p90) == (30, 14, 46)
    assert f.chance == (14, 46)
    assert f.parameters == (30, 30)
    assert f.json() == {"mean": 30, "p10": 14, "p90": 46}


def test_a_draw_counts_by_what_it_adds_on_the_same_replication() -> None:
    f = figure(spread([100, 200], drawn=[110, 190], paired=[0, 1]))
    # Shifts +10 and -10: all four samples are 110, 90, 210, 190; sorted 90, 110, 190, 210.
    assert f.mean == 150
    assert f.p10 == pytest.approx(90 + 0.3 * 20)
    assert f.p90 == pytest.approx(190 + 0.7 * 20)
    assert f.parameters == (pytest.approx(142), pytest.approx(158))


def test_what_cannot_be_negative_is_not() -> None:
    f = figure(spread([1, 1], drawn=[-9, 1], paired=[0, 0]), at_least=0.0)
    assert f.p10 == 0
    assert f.mean == 1


def test_a_ratios_mean_is_the_ratio_of_the_means() -> None:
    f = ratio(spread([10, 30]), spread([100, 100]), 100.0)
    assert f is not None
    assert f.mean == 20
    assert (f.p10, f.p90) == (12, 28)


def test_a_ratio_over_nothing_is_unknown_not_zero() -> None:
    assert ratio(spread([0, 0]), spread([0, 0])) is None


def test_a_draw_without_a_denominator_is_left_out() -> None:
    f = ratio(spread([10, 10], [20, 5], [0, 0]), spread([10, 10], [10, 0], [0, 0]))
    assert f is not None
    # The only draw with a denominator says 2; the interval reaches to the mean as well.
    assert f.parameters == (2, 2)
    assert (f.mean, f.p10, f.p90) == (1, 1, 2)


def test_the_sign_is_sure_only_when_the_interval_keeps_to_one_side() -> None:
    assert figure(spread([5, 6, 7])).sign_is_sure
    assert not figure(spread([-5, 6, 7])).sign_is_sure
    assert figure(spread([0, 0, 0])).sign_is_sure  # exactly no difference is sure


def test_a_ratio_moves_by_the_difference_of_its_two_values_and_in_percent_of_the_first() -> None:
    # 300/3 = 100 kr. a passenger before, 240/2 = 120 after: 20 kr. more, 20 %; both replications say the same.
    moved, percent = ratio_change(spread([240, 480]), spread([2, 4]), spread([300, 600]), spread([3, 6]))
    assert moved is not None
    assert percent is not None
    assert (moved.mean, moved.p10, moved.p90) == pytest.approx((20, 20, 20))
    assert (percent.mean, percent.p10, percent.p90) == pytest.approx((20, 20, 20))
    assert ratio_change(spread([240]), spread([0]), spread([300]), spread([3])) == (None, None)
    assert ratio_change(spread([240]), spread([2]), spread([0]), spread([3]))[1] is None
