from fractions import Fraction

import pytest

from sim.assumptions import load_assumptions
from sim.calibration.operator import (
    MunicipalYear,
    calibrate,
    municipalities_2017,
    net_cost_per_passenger,
    solve_rate,
)
from tariffs.operator_payment import PARTS_PER_OERE

FEE = Fraction(3450)


def year(weight: float, passengers: int, fares_kr: int, starts_kr: int, rest_kr: int) -> MunicipalYear:
    parts = 100 * PARTS_PER_OERE
    return MunicipalYear("0000", weight, passengers, fares_kr * 100, starts_kr * parts, rest_kr * parts, 300.0, FEE)


def test_the_rate_is_what_makes_the_mix_cost_what_it_did() -> None:
    """100 passengers, fares 3,000 kr, starts 2,000 kr, the rest 6,000 kr at 300 kr/h.

    Net per passenger is (2000 + 20 r - 3000) / 100 + 34.50 = 103.60, so 20 r = 7,910 and r = 395.50.
    """
    assert solve_rate([year(1.0, 100, 3000, 2000, 6000)]) == pytest.approx(395.5)
    assert net_cost_per_passenger([year(1.0, 100, 3000, 2000, 6000)], 300.0) == pytest.approx(8450)


def test_a_municipality_counts_by_the_chance_that_it_had_flextur() -> None:
    mix = [year(1.0, 100, 3000, 2000, 6000), year(0.5, 200, 6000, 4000, 12000)]
    assert solve_rate(mix) == pytest.approx(395.5)  # the second is the first twice over, half as likely


def test_the_mix_is_the_known_and_the_assumed_and_nobody_else() -> None:
    chances = dict(municipalities_2017())
    assert chances["0316"] == 1.0
    assert chances["0336"] == 0.5
    assert not {"0101", "0185", "0219", "0253"} & set(chances)  # København, Tårnby, Hillerød, Greve


@pytest.mark.slow
def test_the_registers_driving_hour_is_the_fitted_one() -> None:
    rate, years = calibrate()
    assert rate == pytest.approx(load_assumptions().number("operator_driving_kr_per_hour"), abs=1.0)
    assert sum(y.weight * y.passengers for y in years) == pytest.approx(389_000, rel=0.02)
