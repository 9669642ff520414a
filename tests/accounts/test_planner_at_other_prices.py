"""The planner chooses by what things cost against each other, so a price level alone changes nothing it does."""

from fractions import Fraction

import numpy as np

from sim.inputs.assumptions import load_assumptions
from sim.riders.demand.days import service_year
from sim.study.accounts.operator import operator_rates, planner_rates, rates_from_register


def test_every_price_the_planner_reckons_with_follows_the_price_level() -> None:
    register, year, index = load_assumptions(), service_year(2030), Fraction(4, 3)
    now, then = (
        planner_rates(operator_rates(rates_from_register(register, at), register, at), year).astype(float)
        for at in (Fraction(1), index)
    )
    # Hourly rates are whole oere, each rounded on its way: within two of them.
    assert np.abs(then[:, :, 1:] - float(index) * now[:, :, 1:]).max() <= 2
    assert np.abs(then[:, :, 0] - float(index) * now[:, :, 0]).max() <= 2 * 3600
