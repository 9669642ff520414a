"""When trips are booked, and by which prices they are paid."""

from datetime import date

import numpy as np
import pytest

from sim.estimate.calendar import spans
from sim.estimate.estimate import estimate
from sim.inputs.assumptions import load_assumptions
from sim.inputs.scenario.scenario import build_scenario, parse_option
from sim.riders.demand.tours import draw_requests
from sim.study.booked import lags, shares_by_edition
from sim.study.demand import demand_model
from sim.study.draws import parameter_draws
from sim.study.prepare import prepare
from sim.study.prices import fare_table
from sim.study.study import Study


def study(**values: object) -> Study:
    options = [parse_option("I dag: kommunetakst"), parse_option("Bytakst: kommunetakst, bytakst=low")]
    return prepare(build_scenario({"municipality": "0316", "options": options, **values}, "test"), "0316")


def test_lead_times_are_those_that_are_drawn() -> None:
    """Against 20,000 drawn tours; the evening rule moves a few by a day, and is left out."""
    of = study(passengers=24_000.0)
    requests = draw_requests(demand_model(of, None), 1, 0)
    booked = (requests.service_day - requests.booked_day)[(requests.leg == 0) & ~requests.standing]
    drawn = np.bincount(np.clip(booked, 0, 14), minlength=15) / len(booked)
    assert lags(load_assumptions()) == pytest.approx(drawn, abs=0.02)
    assert lags(load_assumptions()).sum() == pytest.approx(1.0)


def test_the_year_is_all_of_it_and_the_rest_of_the_year_both_ways_together() -> None:
    of = study(start=date(2020, 7, 1))
    whole, new, old = spans([of], [fare_table(of.book, of.switches)])
    assert new is not None
    assert old is not None
    assert sum(whole.by_period.values()) == pytest.approx(1.0)
    weights = of.year.weights(of.assumptions)
    assert sum(new.by_period.values()) + sum(old.by_period.values()) == pytest.approx(weights[182:].sum())
    # Standing trips of a fortnight (one in ten) and what else was booked before: some days' worth, not weeks.
    assert 1.4 < float(sum(old.by_period.values())[0]) * 366 < 4.0


def test_a_fare_change_in_july_halves_the_year() -> None:
    """The model of 1 July 2019: trips are paid by the day of booking, so slightly less than the second half."""
    of = study(year=2019)
    whole, _, _ = spans([of], [fare_table(of.book, of.switches)])
    shares = [float(share[0]) for share in whole.by_period.values()]
    assert sum(shares) == pytest.approx(1.0)
    weights = of.year.weights(of.assumptions)
    assert shares[-1] == pytest.approx(weights[181:].sum(), abs=0.012)
    assert shares[-1] < weights[181:].sum()


@pytest.mark.parametrize("year", [2020, 2023, 2024])
@pytest.mark.parametrize("elements", ["kommunetakst", "kommunetakst, bytakst=low", ""])
def test_an_own_number_is_the_years_also_when_the_edition_changes_in_january(year: int, elements: str) -> None:
    """6,500 typed is 6,500 under today's scheme over the year, at the prices that are paid over it."""
    given = {
        "municipality": "0316",
        "year": year,
        "passengers": 6500.0,
        "options": [parse_option(f"I dag: {elements}")],
    }
    of = prepare(build_scenario(given, "test"), "0316")
    assert estimate(of).options[0].year.passengers == pytest.approx(6500, rel=1e-6)
    for draw in parameter_draws(2, of.assumptions, of.volume):
        assert estimate(of, draw).options[0].year.passengers == pytest.approx(6500, rel=1e-6)


def test_a_year_of_one_edition_is_paid_by_its_prices_and_2024_by_two() -> None:
    """2024's edition holds from 21 January: standing trips pay it from 4 February, the others as they are booked."""
    assert shares_by_edition(study(passengers=6500.0)) == {date(2020, 7, 1): 1.0}
    of = study(year=2024, passengers=6500.0)
    shares = shares_by_edition(of)
    assert sum(shares.values()) == pytest.approx(1.0)
    weights = of.year.weights(of.assumptions)
    old = 1.0 - shares[of.reference_day]
    assert weights[:20].sum() < old < weights[:34].sum()
