"""Rates from the register, the planner's prices and the hours of a garantivogn, by hand."""

from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from instances import variable

from sim.inputs.assumptions import load_assumptions
from sim.road.dispatch.plan import GARANTIVOGN, V_CONTRACT, V_FROM, V_UNTIL, V_WEEKEND
from sim.road.stops import Duties
from sim.study.accounts.account import account
from sim.study.accounts.operator import (
    duty_payments,
    operator_rates,
    planner_rates,
    rates_from_register,
    unused_payment,
)
from sim.study.accounts.shares import largest_remainder, largest_remainder_within

PARTS = 3600
REGISTER = load_assumptions().overriding(
    {"operator_start_kr": 40.0, "operator_driving_kr_per_hour": 360.0, "operator_waiting_share": 0.5, "operator_weekend_factor": 1.2,
     "garantivogn_rate_share": 0.8, "garantivogn_planning_share": 0.25, "pool_chaining_kr": 30.0}
)  # fmt: skip


def test_the_registers_kroner_become_oere_and_the_weekend_its_factor_more() -> None:
    """40 kr. a start; 360 kr. an hour driving, half of it waiting; a fifth more on weekends."""
    rates = rates_from_register(REGISTER)
    assert rates.start_oere == 4000
    assert (rates.driving_weekday_oere_h, rates.driving_weekend_oere_h) == (36_000, 43_200)
    assert (rates.waiting_weekday_oere_h, rates.waiting_weekend_oere_h) == (18_000, 21_600)


def test_another_years_prices_are_so_many_times_those_of_2017() -> None:
    rates = rates_from_register(REGISTER, Fraction(11, 10))
    assert (rates.start_oere, rates.driving_weekday_oere_h, rates.driving_weekend_oere_h) == (4400, 39_600, 47_520)
    assert operator_rates(rates, REGISTER, Fraction(11, 10)).chaining_oere == 3300


def test_a_garantivogns_hour_is_its_share_of_the_driving_hour() -> None:
    both = operator_rates(rates_from_register(REGISTER), REGISTER)
    assert (both.guaranteed.duty_weekday_oere_h, both.guaranteed.duty_weekend_oere_h) == (28_800, 34_560)
    assert (both.guaranteed_driving, both.chaining_oere) == (Fraction(1, 4), 3000)


def test_the_planner_adds_chaining_to_a_start_and_prices_a_garantivogns_driving() -> None:
    """Start 40 + 30 kr.; driving and waiting as paid. A garantivogn: no start, a quarter of the driving hour, no waiting."""
    year: Any = SimpleNamespace(weekend=np.array([False, True]))
    found = planner_rates(operator_rates(rates_from_register(REGISTER), REGISTER), year)
    assert found.tolist() == [
        [[7000 * PARTS, 36_000, 18_000], [0, 9000, 0]],
        [[7000 * PARTS, 43_200, 21_600], [0, 10_800, 0]],
    ]


def test_a_garantivogn_is_paid_from_its_first_hour_to_its_last_and_not_from_midnight() -> None:
    """07:00 to 15:00: eight hours a 288 kr. on a weekday, a 345.60 kr. on the weekend."""
    rates = operator_rates(rates_from_register(REGISTER), REGISTER)
    two = np.zeros(2, dtype=np.int64)
    duties = Duties(
        service_day=np.array([0, 1]), vehicle=two, contract=two + GARANTIVOGN, start_s=two + 7 * 3600, end_s=two + 15 * 3600,
        drive_s=two + 999, service_s=two + 99, wait_s=two + 9,
    )  # fmt: skip
    weekend = np.array([False, True])
    assert duty_payments(duties, rates, weekend).tolist() == [8 * 28_800 * PARTS, 8 * 34_560 * PARTS]


def test_the_unused_days_of_each_garantivogn_are_its_own() -> None:
    """Three weekdays and a Saturday; number 1 (8 h, works all days) drove on day 0 and 3, number 2 (6 h, weekdays) on day 1.

    Unused: number 1 on two weekdays, 2 x 8 h a 288 kr.; number 2 on two weekdays, 2 x 6 h. A variable vehicle's days count nowhere.
    """
    rates = operator_rates(rates_from_register(REGISTER), REGISTER)
    fleet = np.concatenate([variable((0, 4, 0, 0))] * 3)
    fleet[1, [V_CONTRACT, V_FROM, V_UNTIL, V_WEEKEND]] = GARANTIVOGN, 7 * 3600, 15 * 3600, 1
    fleet[2, [V_CONTRACT, V_FROM, V_UNTIL, V_WEEKEND]] = GARANTIVOGN, 8 * 3600, 14 * 3600, 0
    vehicle = np.array([1, 1, 2, 0])
    nothing = np.zeros(4, dtype=np.int64)
    duties = Duties(
        service_day=np.array([0, 3, 1, 2]), vehicle=vehicle, contract=fleet[vehicle, V_CONTRACT], start_s=nothing, end_s=nothing,
        drive_s=nothing, service_s=nothing, wait_s=nothing,
    )  # fmt: skip
    weekend = np.array([False, False, False, True])
    assert unused_payment(fleet, duties, rates, weekend) == (2 * 8 + 2 * 6) * 28_800 * PARTS


def test_a_single_oere_is_shared_out_and_is_not_lost_among_nobody() -> None:
    assert largest_remainder(1, np.array([1, 1])).tolist() == [1, 0]
    with pytest.raises(ValueError, match="no weight"):
        largest_remainder_within(np.array([1]), np.array([0]), np.array([0]))


def test_a_product_of_exactly_two_to_the_63_is_shared_out_exactly() -> None:
    """2^62 in the proportion 2 to 1: two thirds and one, 3074457345618258602.67 and 1537228672809129301.33."""
    assert largest_remainder(2**62, np.array([2, 1])).tolist() == [3_074_457_345_618_258_603, 1_537_228_672_809_129_301]


def test_a_krone_more_in_fee_is_a_krone_more_for_each_passenger_and_nothing_else() -> None:
    parts, fares, passengers = np.array([361_440, 90_000, 7200]), np.array([2400, 4800, 0]), np.array([1, 2, 0])
    now, then = (account(parts, fares, passengers, Fraction(fee, 3)) for fee in (10_351, 10_651))
    assert int(then.movia_fee.sum() - now.movia_fee.sum()) == 3 * 100
    assert then.operator_payment.tolist() == now.operator_payment.tolist()
    assert then.fares.tolist() == now.fares.tolist()
