"""Plustur's size, as a pocket calculator gives it."""

import re
from pathlib import Path

import pytest

from sim.geography.municipalities import find_municipality
from sim.geography.regions import build_region
from sim.inputs.assumptions import load_assumptions
from sim.inputs.facts import load_facts
from sim.riders.demand.days import service_year
from sim.riders.plustur.searches import Setting, pilot_residents, plustur_demand, residents
from sim.riders.plustur.size import (
    PILOT_MONTHS,
    PILOT_MUNICIPALITIES,
    PILOT_TRIPS,
    pilot_size,
    pilot_trips_per_month,
    size_text_da,
)
from sim.riders.plustur.transfers import transfer_points


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


def test_the_document_has_the_models_numbers() -> None:
    """docs/plustur.md, sections 1 and 2."""
    text = (Path(__file__).parents[2] / "docs" / "plustur.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| (\w+)(?: \([^)]*\))? \| (\d+) \|$", text, re.M))
    assert len(told) == 5
    year = service_year(2020)
    for name, trips in told.items():
        region = build_region(find_municipality(name).code, year=2020)
        points = transfer_points(region)
        setting = Setting(points, residents(region, points), pilot_residents(), None)
        assert round(plustur_demand(region, setting, year, load_assumptions()).trips) == int(trips), name
    assert size_text_da(pilot_size(1.2, 21.0, 105.0)) in " ".join(text.replace("> ", "").split())
