from datetime import date

import numpy as np
import pytest

from sim.inputs.assumptions import load_assumptions
from sim.riders.demand.days import service_year


def test_2020_has_366_days_and_starts_on_a_wednesday() -> None:
    year = service_year(2020)
    assert year.days == 366
    assert year.weekday[0] == 2
    assert year.month[31 + 29] == 2  # 1 March is the 61st day of a leap year


def test_store_bededag_is_a_holiday_in_2023_and_not_in_2024() -> None:
    for year, holiday in ((2023, True), (2024, False)):
        # The fourth Friday after Easter: 5 May 2023 and 26 April 2024.
        day = {2023: date(2023, 5, 5), 2024: date(2024, 4, 26)}[year]
        calendar = service_year(year)
        assert bool(calendar.holiday[(day - calendar.first).days]) is holiday


def test_holidays_have_weekend_rates_also_on_a_weekday() -> None:
    calendar = service_year(2020)
    maundy_thursday = (date(2020, 4, 9) - calendar.first).days
    assert calendar.weekday[maundy_thursday] == 3
    assert calendar.weekend[maundy_thursday]
    assert not calendar.weekend[maundy_thursday - 1]


def test_the_days_shares_sum_to_one_and_follow_the_profiles() -> None:
    assumptions = load_assumptions()
    year = service_year(2020)
    share = year.weights(assumptions)
    assert share.sum() == pytest.approx(1.0, abs=1e-12)
    monday, sunday = date(2020, 3, 2), date(2020, 3, 8)
    by_day = assumptions.profile("weekday_profile")
    ratio = share[(monday - year.first).days] / share[(sunday - year.first).days]
    assert ratio == pytest.approx(by_day[0] / by_day[6])
    christmas_day, ordinary_sunday = date(2020, 12, 25), date(2020, 12, 6)
    ratio = share[(christmas_day - year.first).days] / share[(ordinary_sunday - year.first).days]
    assert ratio == pytest.approx(assumptions.number("holiday_factor"))
    assert np.all(share > 0)
