import math

import numpy as np
import pytest

from sim.riders.response.families import FAMILIES, log_survival, parameters, survival, weibull_shape

PRICES = np.linspace(0.0, 150.0, 601)
TYPICAL = {"logistic": (47.0, 10.0), "normal": (47.0, 18.0), "weibull": (53.0, 3.0), "linear": (0.0, 76.0)}


def effect(family, a, b, before, after):
    return 100 * math.expm1(float(log_survival(family, after, a, b) - log_survival(family, before, a, b)))


def test_linear_to_76_kroner_is_hand_arithmetic():
    # of 76 equal steps 52 are left at 24 kr, 28 at 48 kr, 40 at 36 kr and 4 at 72 kr
    assert survival("linear", 24.0, 0.0, 76.0) == pytest.approx(52 / 76)
    assert survival("linear", 48.0, 0.0, 76.0) == pytest.approx(28 / 76)
    assert effect("linear", 0.0, 76.0, 24, 48) == pytest.approx(100 * (28 / 52 - 1))
    assert effect("linear", 0.0, 76.0, 24, 48) == pytest.approx(-46.2, abs=0.05)
    assert effect("linear", 0.0, 76.0, 36, 72) == pytest.approx(-90.0)


def test_linear_that_starts_at_20_loses_nobody_before_it():
    assert survival("linear", np.array([0.0, 20.0, 48.0, 76.0, 90.0]), 20.0, 76.0).tolist() == [1, 1, 0.5, 0, 0]


def test_weibull_at_its_scale_leaves_one_in_e():
    assert survival("weibull", 53.0, 53.0, 3.0) == pytest.approx(math.exp(-1))


def test_logistic_and_normal_are_cut_off_at_zero():
    # at the midpoint half of the whole is left; the whole is what lies above 0
    assert survival("logistic", 40.0, 40.0, 20.0) == pytest.approx(0.5 * (1 + math.exp(-2)))
    assert survival("normal", 40.0, 40.0, 20.0) == pytest.approx(0.5 / (0.5 * math.erfc(-math.sqrt(2))))


@pytest.mark.parametrize("family", FAMILIES)
def test_everybody_rides_at_zero_and_fewer_at_every_dearer_price(family):
    share = survival(family, PRICES, *TYPICAL[family])
    assert share[0] == pytest.approx(1.0, abs=1e-15)
    assert np.all(np.diff(share) <= 0)
    assert np.all((share >= 0) & (share <= 1))


@pytest.mark.parametrize("family", FAMILIES)
def test_parameters_broadcast_against_prices(family):
    a, b = TYPICAL[family]
    table = survival(family, PRICES[:, None], np.array([a, a + 5.0]), b)
    assert table.shape == (601, 2)
    np.testing.assert_allclose(table[:, 1], survival(family, PRICES, a + 5.0, b))


@pytest.mark.parametrize("family", FAMILIES)
def test_mean_and_variation_come_back_out_of_the_curve(family):
    # the area under S is the mean, twice the area under p S the second moment; a wide margin above 0 makes the cut tiny
    a, b = parameters(family, np.array([60.0]), np.array([0.2]))
    prices = np.linspace(0.0, 400.0, 400_001)
    share = survival(family, prices, a, b)
    mean = np.trapezoid(share, prices)
    second = 2 * np.trapezoid(prices * share, prices)
    assert mean == pytest.approx(60.0, rel=2e-3)
    assert math.sqrt(second / mean**2 - 1) == pytest.approx(0.2, rel=5e-3)


def test_shape_three_has_a_variation_of_0_363():
    assert weibull_shape(0.36344) == pytest.approx(3.0, abs=1e-3)


def test_a_family_nobody_knows_is_refused():
    with pytest.raises(ValueError, match="unknown family 'gamma'"):
        log_survival("gamma", 24.0, 1.0, 1.0)


def test_a_negative_price_is_refused():
    with pytest.raises(ValueError, match="never negative"):
        survival("weibull", -1.0, 50.0, 3.0)
