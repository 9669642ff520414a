"""Days on which flextur was closed have no trips, and a fare that no elements express is not simulated as another."""

from datetime import date

import numpy as np
import pytest

from sim.answer.neighbours.side_by_side import check_neighbours
from sim.inputs.assumptions import load_assumptions
from sim.inputs.scenario.scenario import build_scenario
from sim.riders.demand.days import service_year
from sim.riders.demand.tours import draw_requests
from sim.study.closed_days import year_of
from sim.study.demand import demand_model
from sim.study.prepare import prepare
from sim.study.study import Study
from tariffs import load_municipal_choices
from tariffs.errors import InputError

CHOICES = load_municipal_choices()


def study_of(code: str, year: int, **more: object) -> Study:
    options = [{"name": "I dag", "elements": ["kommunetakst"]}]
    return prepare(build_scenario({"municipality": code, "year": year, "options": options, **more}, "test"), code)


def test_a_years_closed_days_weigh_nothing_and_the_others_all() -> None:
    year, assumptions = year_of(CHOICES, "0316", 2022), load_assumptions()
    weights = year.weights(assumptions)
    # 1 March is day 59 of a common year, counted from 0.
    assert np.flatnonzero(year.closed).tolist() == list(range(59, 66))
    assert not weights[59:66].any()
    assert weights.sum() == pytest.approx(1.0)
    assert year.driven_days == 358
    whole = service_year(2022).weights(assumptions)
    assert year.open_share(assumptions) == pytest.approx(1.0 - whole[59:66].sum())
    # The referred traffic that shares the vehicles went on.
    pool = "pool_weekday_profile"
    assert np.array_equal(year.weights(assumptions, pool), service_year(2022).weights(assumptions, pool))


def test_vordingborgs_autumn_is_closed_to_vordingborg_alone() -> None:
    # September has 30 days, October 31, November 30.
    assert year_of(CHOICES, "0390", 2023).driven_days == 365 - 91
    assert year_of(CHOICES, "0316", 2023).driven_days == 365
    assert year_of(CHOICES, "0390", 2022, as_if_offered=True).driven_days == 365


def test_a_simulated_year_has_no_trips_on_closed_days_and_says_so() -> None:
    study = study_of("0316", 2022, passengers=6000)
    requests = draw_requests(demand_model(study, None), 1, 0)
    assert not study.year.closed[requests.service_day].any()
    assert study.volume.passengers == 6000  # the municipality's own number is the year's
    said = [note for note in study.notes if "lukket" in note]
    assert len(said) == 1
    assert "01-03-2022 til 07-03-2022" in said[0]
    assert "7 dage uden ture" in said[0]


def test_an_allocated_volume_leaves_out_the_closed_days_share() -> None:
    closed, usual = study_of("0390", 2023), study_of("0390", 2023, offers_flextur=True)
    share = closed.year.open_share(closed.assumptions)
    assert 0.7 < share < 0.8  # 274 of 365 days are 0.751
    assert closed.volume.passengers == pytest.approx(share * usual.volume.passengers)
    assert any("set bort fra, da der er regnet, som om kommunen havde flextur" in note for note in usual.notes)
    assert not any("lukket" in note for note in study_of("0316", 2021).notes)


def test_options_of_the_users_own_are_simulated_where_the_municipality_has_its_own_fare_and_said_to_be() -> None:
    said = study_of("0390", 2024, passengers=5000).notes
    assert any("60 kr. pr. tur fra 21-01-2024" in note and "valgt til beregningen" in note for note in said)


def test_a_neighbour_whose_fare_no_element_expresses_is_refused() -> None:
    values = {"municipality": "0370", "options": [{"name": "I dag", "elements": []}], "neighbours": ["0390"]}
    check_neighbours(build_scenario({**values, "year": 2022}, "test"), "0370")
    with pytest.raises(InputError, match=r"Vordingborg kan ikke være nabo i 2024.*60 kr\."):
        check_neighbours(build_scenario({**values, "year": 2024}, "test"), "0370")


def test_the_share_of_a_closed_month_that_is_made_up_is_nothing() -> None:
    from sim.answer.budget.forecast import shares_gone

    gone = shares_gone(study_of("0390", 2023), date(2023, 9, 30))
    assert gone[:8].tolist() == [1.0] * 8
    assert gone[8:].tolist() == [0.0] * 4
