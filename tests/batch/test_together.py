"""The fee to Movia when all choose at once, by hand."""

from fractions import Fraction

import numpy as np
import pytest

from sim.batch.together import CommonFee, SampleRows, common_fee, fees_together
from sim.inputs.assumptions import load_assumptions
from sim.riders.demand.volume import ALLOCATION_DAY
from tariffs import fee_terms, load_price_book


def fee(calls_saved: str = "0.83", fixed_part: str = "0.5", online: str = "0.38") -> CommonFee:
    terms = fee_terms(load_price_book(), ALLOCATION_DAY, Fraction(calls_saved), Fraction(fixed_part))
    return CommonFee(terms, Fraction(1), Fraction(online))


def rows(*values: tuple[int, int, int, float, float]) -> SampleRows:
    """Municipality, option, passengers, online share, weight."""
    columns = list(zip(*values, strict=True))
    return SampleRows(
        *(np.array(c, dtype=np.int64) for c in columns[:3]), *(np.array(c, dtype=np.float64) for c in columns[3:])
    )


def test_under_the_base_the_fee_is_the_realised_one_at_2017s_online_share() -> None:
    found = fees_together(rows((1, 0, 100_000, 0.38, 1), (2, 0, 300_001, 0.38, 1)), fee())
    assert found.tolist() == [345_000_000, 1_035_003_450]  # 34.50 kr a passenger, in oere


def test_half_the_passengers_and_a_fixed_half_make_everybody_pay_more() -> None:
    """All 400,000 of Movia are in the plan and fall to 200,000: n = 0.5, of what is not calls half is fixed.

    k c = 0.83 x 1720 = 1427.6 oere; calls at s = 0.38: 1427.6 x 0.62 = 885.112; the rest 3450 - 885.112 = 2564.888;
    fee = 885.112 + 2564.888 x (0.5 + 0.5 / 0.5) = 4732.444 oere.
    """
    found = fees_together(
        rows((1, 0, 100_000, 0.38, 1), (2, 0, 300_000, 0.38, 1), (1, 1, 50_000, 0.38, 1), (2, 1, 150_000, 0.38, 1)),
        fee(),
    )
    assert found.tolist()[2:] == [236_622_200, 709_866_600]


def test_movias_passengers_outside_the_plan_stay_and_share() -> None:
    """A plan of 89,000 of Movia's 389,000 that loses all but 50,000: n = 350/389.

    fee = 885.112 + 2564.888 x (0.5 + 0.5 x 389 / 350) = 3592.90119... oere.
    """
    found = fees_together(rows((1, 0, 89_000, 0.38, 1), (1, 1, 50_000, 0.38, 1)), fee())
    assert found[1] == round(50_000 * (885.112 + 2564.888 * (0.5 + 0.5 * 389 / 350)))


def test_who_moves_online_lowers_the_fee_for_everybody() -> None:
    """A quarter of all 400,000 go from 38 to 58 % online: s = 0.43, k c x 0.05 = 71.38 oere less a passenger."""
    found = fees_together(
        rows((1, 0, 100_000, 0.38, 1), (2, 0, 300_000, 0.38, 1), (1, 1, 100_000, 0.58, 1), (2, 1, 300_000, 0.38, 1)),
        fee(fixed_part="0"),
    )
    assert found.tolist()[2:] == [100_000 * 3450 - 7_138_000, 300_000 * 3450 - 21_414_000]


def test_a_municipality_that_cannot_have_the_option_keeps_the_base() -> None:
    """Of 400,000 only municipality 1's 200,000 halve: n = 0.75."""
    found = fees_together(rows((1, 0, 200_000, 0.38, 1), (2, 0, 200_000, 0.38, 1), (1, 1, 100_000, 0.38, 1)), fee())
    assert found[2] == round(100_000 * (885.112 + 2564.888 * (0.5 + 0.5 / 0.75)))


def test_volumes_count_by_their_weight() -> None:
    """Twice the passengers at half the weight: the same fee a passenger."""
    plain = fees_together(rows((1, 0, 400_000, 0.38, 1), (1, 1, 300_000, 0.38, 1)), fee())
    weighted = fees_together(rows((1, 0, 800_000, 0.38, 0.5), (1, 1, 600_000, 0.38, 0.5)), fee())
    assert weighted.tolist() == [2 * value for value in plain]


def test_the_order_of_the_rows_does_not_matter() -> None:
    values = [(m, o, 1000 * m + 7 * o, 0.3 + 0.1 * o, 0.123456789 * m) for m in range(1, 6) for o in range(3)]
    found = dict(zip(values, fees_together(rows(*values), fee()).tolist(), strict=True))
    turned = values[::-1]
    assert dict(zip(turned, fees_together(rows(*turned), fee()).tolist(), strict=True)) == found


def test_the_register_and_the_draws_give_the_fees_numbers() -> None:
    central = common_fee(2020, None)
    drawn = next(fee for n in range(64) if (fee := common_fee(2020, n)).terms.fixed_part)  # half of the draws have none
    assert (central.terms.calls_saved, central.terms.fixed_part) == (Fraction("0.83"), 0)
    assert central.online_share == Fraction(str(load_assumptions().number("online_share")))
    assert common_fee(2017, None).index == 1
    assert central.index == Fraction("1.061208")  # 2 % a year from 2017
    assert 0 < drawn.terms.fixed_part < Fraction(1, 2)
    assert drawn.terms.calls_saved != central.terms.calls_saved
    assert common_fee(2024, None).index > 1
    base = fees_together(rows((1, 0, 1000, float(drawn.online_share), 1)), drawn)[0]
    assert base == pytest.approx(
        1000 * float(drawn.per_passenger(Fraction(1000), Fraction(1000), 1000 * drawn.online_share)), abs=1
    )
