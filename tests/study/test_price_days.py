"""Prices shown are those of most of the span, and an option is priced on the days it can be paid on."""

from datetime import date

import numpy as np
import pytest

from sim.answer.citizen_prices import citizen_prices
from sim.answer.outlook.outlook import prepare_outlook
from sim.estimate.calendar import spans
from sim.estimate.estimate import estimate
from sim.riders.demand.requests import PlaceClass
from sim.riders.demand.tours import draw_requests
from sim.study.demand import curves, demand_model, package_levels
from sim.study.prices import fare_table
from sim.study.replicated.measures import Measure
from sim.study.replicated.replication import run_replication
from sim.study.run import pool_of, run_option
from tariffs.errors import InputError
from tests.study.conftest import study_of

TODAY, LOW, HIGH = (
    "I dag: kommunetakst",
    "Lav bytakst: kommunetakst, bytakst=low",
    "Høj bytakst: kommunetakst, bytakst=high",
)
NEW_MODEL = date(2019, 7, 1)


@pytest.mark.parametrize(
    ("year", "start", "day"),
    [
        (2023, date(2023, 1, 10), date(2023, 1, 15)),  # 5 days at 24 kr, 351 at 27
        (2023, date(2023, 2, 1), date(2023, 2, 1)),
        (2023, None, date(2023, 7, 1)),
        (2020, None, date(2020, 7, 1)),
        (2019, None, date(2019, 7, 1)),  # 181 days of the old edition, 184 of the new
        (2019, date(2019, 3, 1), date(2019, 7, 1)),  # 122 against 184
        (2024, date(2024, 1, 2), date(2024, 1, 21)),
    ],
)
def test_the_price_day_is_one_of_the_edition_that_holds_longest(year: int, start: date | None, day: date) -> None:
    assert study_of(TODAY, LOW, year=year, start=start, passengers=6000.0).price_day == day


def test_prices_and_levels_from_10_january_2023_are_those_of_the_fifteenth() -> None:
    study = study_of(TODAY, HIGH, year=2023, start=date(2023, 1, 10), passengers=6000.0)
    in_town, inside, *_ = citizen_prices(study)
    assert [price and price.adult_phone for price in in_town.oere] == [2700, 6800]
    assert [price and price.adult_phone for price in inside.oere] == [2700, 2700]
    assert package_levels(study, study.packages[1])[PlaceClass.IN_TOWN] == 6800


def test_an_option_whose_level_is_new_may_start_with_it_and_not_before() -> None:
    assert study_of(TODAY, HIGH, year=2019, start=NEW_MODEL).list_from == NEW_MODEL
    assert study_of(TODAY, HIGH, year=2019, start=date(2019, 10, 1)).list_from == NEW_MODEL
    assert study_of(TODAY, "Plustur: kommunetakst, plustur", year=2019, start=NEW_MODEL).list_from == NEW_MODEL
    assert study_of(TODAY, LOW, year=2019, start=NEW_MODEL).list_from is None
    assert study_of(TODAY, HIGH, year=2020, start=date(2020, 7, 1)).list_from is None
    for start in (date(2019, 6, 30), None):
        with pytest.raises(InputError, match="Bytakst, højt niveau"):
            study_of(TODAY, HIGH, year=2019, start=start)
    # Today's option is paid on every day of the year, so its level must exist on every one.
    with pytest.raises(InputError, match="Bytakst, højt niveau"):
        study_of("I dag: kommunetakst, bytakst=high", LOW, year=2019, start=NEW_MODEL)


def test_the_full_year_of_a_new_level_has_one_price_list_and_the_part_year_the_days_own() -> None:
    study = study_of(TODAY, HIGH, year=2019, start=NEW_MODEL, passengers=6000.0)
    assert any("taksten fra 01-07-2019 gjaldt hele året" in note for note in study.notes)
    table = fare_table(study.book, study.switches)
    whole, rest, old = spans([study], [table])
    assert rest is not None
    assert old is not None
    assert {table.editions[period] for period in whole.by_period} == {"2019-07-01"}
    assert {table.editions[period] for period in rest.by_period} == {"2019-07-01"}
    assert {table.editions[period] for period in old.by_period} == {"2017-01-16"}

    model, by_class = demand_model(study, None), curves(study, None)
    requests, pool = draw_requests(model, 1, 0), pool_of(study, model, 0)
    run = run_option(study, requests, study.packages[1], by_class, pool, table)
    january = (run.requests.place_class == PlaceClass.IN_TOWN) & (run.requests.service_day < 31)
    # An adult by phone pays 60 kr in January too: a town trip is shorter than ten kilometres or pays 6 kr for each more.
    alone = january & (run.carried == 1) & ~run.requests.online & (run.requests.adults == 1)
    alone &= run.requests.fare_distance_m <= 10_000
    assert alone.any()
    assert (run.fare_oere[alone] == 6000).all()


def test_the_closed_form_agrees_with_simulations_of_a_new_level() -> None:
    study = study_of(TODAY, HIGH, year=2019, start=NEW_MODEL, passengers=6000.0)
    found = estimate(study).options
    runs = [run_replication(study, number) for number in range(3)]
    for part in ("year", "part_year"):
        simulated = np.mean([getattr(run, part) for run in runs], axis=0)
        for place, option in enumerate(found):
            amounts = getattr(option, part)
            # Three years of about 5,000 trips: chance is about 1 % of the trips of a year.
            assert simulated[place, Measure.TRIPS] == pytest.approx(amounts.trips, rel=0.04), part
            assert simulated[place, Measure.FARES] == pytest.approx(amounts.fares_oere, rel=0.05), part
            assert simulated[place, Measure.NET_COST] == pytest.approx(amounts.net_cost_oere, rel=0.08), part


def test_years_ahead_of_a_new_level_begin_with_its_full_year() -> None:
    study = study_of(TODAY, HIGH, year=2019, start=NEW_MODEL, passengers=6000.0, years_ahead=1)
    outlook = prepare_outlook(study)
    assert outlook is not None
    assert [year.study.list_from for year in outlook.years] == [NEW_MODEL, None]
