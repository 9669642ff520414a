"""What a flexhandicap rider pays, by the published payment: 24 kr for 5 km and 2.40 per km, from April 2024 about 30 and 3."""

from datetime import date
from fractions import Fraction

import pytest

from tariffs import flexhandicap_fare_oere, load_price_book


@pytest.mark.parametrize(
    ("day", "km", "oere"),
    [
        (date(2020, 7, 1), "13", 4320),  # 24 + 8 x 2.40
        (date(2024, 3, 31), "13", 4320),
        (date(2024, 4, 1), "13", 5400),  # 30 + 8 x 3
        (date(2020, 7, 1), "5", 2400),
        (date(2020, 7, 1), "3", 2400),
        (date(2020, 7, 1), "11.5", 3960),  # 24 + 6.5 x 2.40
    ],
)
def test_the_first_five_km_cost_one_amount_and_every_km_after_its_own(day: date, km: str, oere: int) -> None:
    assert flexhandicap_fare_oere(load_price_book(), day, Fraction(km)) == oere
