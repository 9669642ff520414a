"""What the operator earns and what Movia is paid, in exact parts."""

from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tariffs import (
    GarantivognRates,
    TariffError,
    VariabelRates,
    fee_per_passenger,
    fee_terms,
    garantivogn_payment,
    load_price_book,
    municipal_fee,
    payment_to_oere,
    split_fee,
    variabel_payment,
)
from tariffs.operator_payment import PARTS_PER_OERE

TERMS = fee_terms(load_price_book(), date(2017, 7, 1), Fraction("0.83"), Fraction(0))
REFERENCE = Fraction(38, 100)


def test_the_fee_is_34_50_at_the_reference_and_splits_into_8_625_and_17_25_and_8_625() -> None:
    fee = fee_per_passenger(REFERENCE, Fraction(1), TERMS)
    assert fee == 3450
    assert split_fee(fee, TERMS) == {
        "koerselssupport": Fraction(17250, 20),
        "passagerservice": 1725,
        "oevrigt": Fraction(17250, 20),
    }


def test_the_fee_falls_by_the_calls_saved_when_riders_go_online() -> None:
    # 0.83 calls of 17.20 kr. per passenger; ten points more online saves 0.1 * 0.83 * 17.20 = 1.4276 kr.
    assert 3450 - fee_per_passenger(Fraction(48, 100), Fraction(1), TERMS) == Fraction("142.76")


def test_only_the_fixed_part_of_the_rest_is_spread_over_more_passengers() -> None:
    from dataclasses import replace

    half = replace(TERMS, fixed_part=Fraction(1, 2))
    rest = 3450 - Fraction("0.83") * 1720 * Fraction("0.62")
    assert fee_per_passenger(REFERENCE, Fraction(2), half) == 3450 - rest / 4
    assert fee_per_passenger(REFERENCE, Fraction(2), TERMS) == 3450


def test_pooled_over_movia_one_municipality_hardly_shifts_the_fee() -> None:
    args = (Fraction(1), Fraction(10_000), Fraction(10_000), TERMS)
    pooled, own = municipal_fee(*args, "movia"), municipal_fee(*args, "municipality")
    # all 10,000 of 389,000 passengers move 62 points: 0.62 * 10/389 of a call each
    assert 3450 - pooled == Fraction("0.83") * 1720 * Fraction(62, 100) * Fraction(10, 389)
    assert 3450 - own == Fraction("0.83") * 1720 * Fraction(62, 100)
    assert municipal_fee(REFERENCE, Fraction(12_200), Fraction(12_200), TERMS) == 3450


def test_a_fee_that_cannot_be_is_refused() -> None:
    with pytest.raises(TariffError):
        fee_per_passenger(Fraction(11, 10), Fraction(1), TERMS)
    with pytest.raises(TariffError):
        fee_per_passenger(REFERENCE, Fraction(0), TERMS)
    with pytest.raises(TariffError):
        municipal_fee(REFERENCE, Fraction(1), Fraction(400_000), TERMS)


def test_a_variable_vehicle_is_paid_per_start_and_by_the_second() -> None:
    rates = VariabelRates(4000, 30000, 34500, 21000, 24000)
    # 40 + 300 * 1/2 + 210 * 1/6 = 225 kr.
    assert variabel_payment(rates, "weekday", 1800, 600) == 22_500 * PARTS_PER_OERE
    # two starts, 345/3600 kr. a second at the weekend
    assert variabel_payment(rates, "weekend", 1, 0, starts=2) == 8000 * PARTS_PER_OERE + 34_500
    columns = variabel_payment(rates, "weekday", np.array([1800, 0]), np.array([600, 0]), starts=0)
    assert columns.tolist() == [18_500 * PARTS_PER_OERE, 0]


def test_a_guaranteed_vehicle_is_paid_its_duty_driven_or_not() -> None:
    assert garantivogn_payment(GarantivognRates(29_000, 33_500), "weekday", 8 * 3600) == 232_000 * PARTS_PER_OERE


@given(st.lists(st.integers(0, 86_400), min_size=1, max_size=30), st.integers(1, 60_000))
def test_sums_of_payments_are_exact_in_any_order(seconds: list[int], rate: int) -> None:
    rates = GarantivognRates(rate, rate)
    parts = [garantivogn_payment(rates, "weekday", s) for s in seconds]
    assert sum(parts) == sum(reversed(parts)) == garantivogn_payment(rates, "weekday", sum(seconds))
    assert abs(payment_to_oere(sum(parts)) * PARTS_PER_OERE - sum(parts)) <= PARTS_PER_OERE // 2
