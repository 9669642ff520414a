"""Plustur's size, as a pocket calculator gives it."""

import pytest

from sim.assumptions import load_assumptions
from sim.facts import load_facts
from sim.plustur.size import (
    PILOT_MONTHS,
    PILOT_MUNICIPALITIES,
    PILOT_TRIPS,
    pilot_size,
    pilot_trips_per_month,
    size_text_da,
)


def test_the_pilot_is_nine_trips_a_month() -> None:
    assert (PILOT_TRIPS, PILOT_MONTHS, len(PILOT_MUNICIPALITIES)) == (128, 7, 2)
    assert pilot_trips_per_month() == pytest.approx(9.142857, abs=1e-6)
    assert load_assumptions().number("plustur_trips_per_month") == round(pilot_trips_per_month(), 1)


def test_a_year_of_the_pilot_is_about_eleven_thousand_kroner() -> None:
    size = pilot_size(passengers_per_trip=1.2, fare_kr=21.0, gross_kr=105.0)
    assert size.trips == pytest.approx(109.714, abs=0.001)  # 12 x 9.142857
    assert size.passengers == pytest.approx(131.657, abs=0.001)  # x 1.2
    assert size.fares_kr == pytest.approx(2764.8, abs=0.1)  # x 21
    assert size.gross_cost_kr == pytest.approx(13_824, abs=0.1)  # x 105
    assert size.net_cost_kr == pytest.approx(11_059.2, abs=0.1)  # x 84


def test_the_text_shows_every_number_of_the_arithmetic() -> None:
    text = size_text_da(pilot_size(1.2, 21.0, 105.0))
    for part in ("128 ture", "7 måneder", "2 kommuner", "9,1 ture", "110 ture", "132 passagerer", "1,2 pr. tur",
                 "132 × (105 − 21)", "11.100 kr."):  # fmt: skip
        assert part in text


def test_the_pilots_volume_is_declared_as_verification_not_validation() -> None:
    assert load_facts()["plustur_pilot"].use == "verification"
