import numpy as np
import pytest

from sim.study.replicated.figures import Spread, figure, ratio, ratio_change


def spread(central: list[float], drawn: list[float] | None = None, paired: list[int] | None = None) -> Spread:
    drawn = drawn or []
    return Spread(np.array(central, float), np.array(drawn, float), np.array(paired or [0] * len(drawn), np.int64))


def test_a_figure_without_draws_is_chance_alone() -> None:
    f = figure(spread([10, 20, 30, 40, 50]))
    # The next of five with mean 30 and standard deviation sqrt(250): 30 -+ t x sqrt(250) x sqrt(6/5), t = 1.533 for 4 degrees.
    assert f.mean == 30
    assert (f.p10, f.p90) == pytest.approx((30 - 26.556, 30 + 26.556), abs=0.01)
    assert f.chance == (f.p10, f.p90)
    assert f.parameters == (30, 30)
    assert f.json() == {"mean": 30, "p10": f.p10, "p90": f.p90}


def test_chance_alone_is_read_from_the_sorted_replications_when_there_are_enough() -> None:
    f = figure(spread([float(n) for n in range(1, 20)]))
    # Nineteen random samples: the 2nd has on average a tenth of the distribution below it, the 18th nine tenths.
    assert (f.p10, f.p90) == pytest.approx((2, 18))


def test_parameters_alone_are_read_from_the_sorted_draws() -> None:
    f = figure(spread([100.0, 100.0], drawn=[95.5 + n for n in range(10)], paired=[0] * 10))
    # Ten stratified samples: the k-th lies at (k - 1/2) / 10, so a tenth lies halfway between the 1st and the 2nd.
    assert f.parameters == pytest.approx((96, 104))
    assert (f.p10, f.p90) == pytest.approx((96, 104))


def test_a_draw_counts_by_what_it_adds_on_the_same_replication() -> None:
    f = figure(spread([100, 200], drawn=[110, 190], paired=[0, 1]))
    # Shifts +10 and -10, whatever the replication's own level: at 1/4 and 3/4, so a tenth lies 0.3 steps of 20 further out.
    assert f.mean == 150
    assert f.parameters == (pytest.approx(134), pytest.approx(166))
    # Chance: t = 3.078 for 1 degree, sqrt(5000) x sqrt(3/2). Parameters widen it, and it stays symmetrical.
    assert f.chance == pytest.approx((150 - 266.5, 150 + 266.5), abs=0.1)
    assert f.p10 < f.chance[0]
    assert f.p10 + f.p90 == pytest.approx(300)


def test_what_cannot_be_negative_is_not() -> None:
    f = figure(spread([1, 1], drawn=[-9, 1], paired=[0, 0]), at_least=0.0)
    assert f.p10 == 0
    assert f.mean == 1


def test_a_ratios_mean_is_the_ratio_of_the_means() -> None:
    f = ratio(spread([10, 30, 50]), spread([100, 100, 200]), 100.0)
    assert f is not None
    assert f.mean == pytest.approx(100 * 90 / 400)
    # The runs' ratios are 10, 30 and 25: mean 21.67, standard deviation 10.41, t = 1.886 x sqrt(4/3).
    assert (f.p10, f.p90) == pytest.approx((21.667 - 22.664, 21.667 + 22.664), abs=0.01)


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
