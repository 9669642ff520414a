import numpy as np
import pytest

from sim.estimate.intervals import estimated, relative


def test_without_an_error_of_its_own_the_interval_is_that_of_the_draws() -> None:
    found = estimated(5.0, [float(n) for n in range(1, 11)])
    # Ten draws: a tenth lies halfway between the 1st and the 2nd.
    assert (found.mean, found.p10, found.p90) == (5.0, 1.5, 9.5)


def test_the_interval_reaches_to_the_middle_where_all_draws_lean_one_way() -> None:
    assert estimated(0.0, [1.0, 2.0, 3.0, 4.0]).p10 == 0.0


def test_an_error_alone_is_a_normal_distribution_about_the_estimate() -> None:
    found = estimated(200.0, [200.0] * 32, 0.05)
    # 200 -+ 1.2816 x 5 % x 200; fifty slices lie a little closer than the curve itself.
    assert (found.p10, found.p90) == pytest.approx((187.2, 212.8), abs=0.3)
    assert found.chance == pytest.approx((187.18, 212.82), abs=0.01)
    below_zero = estimated(-200.0, [-200.0] * 32, 0.05)
    assert (below_zero.p10, below_zero.p90) == pytest.approx((-212.8, -187.2), abs=0.3)


def test_fares_are_exact_so_the_operators_payment_is_off_by_as_many_kroner_as_the_net_cost() -> None:
    # 3 % of a net cost of 100 is 3, which is 2 % of a payment of 150.
    assert relative(3.0, 100.0, 150.0) == pytest.approx(0.02)
    assert relative(3.0, 0.0, 0.0) == 0.0
    assert np.isclose(relative(3.0, -100.0, 150.0), 0.02)
