"""A budget year and the years after it on real geography, small enough to run in seconds."""

import json

import pytest

from sim.comparison.compare import compare
from sim.outlook.outlook import prepare_outlook, simulate_outlook
from sim.outlook.population import demand_index
from sim.scenario.scenario import build_scenario, parse_option
from sim.study.study import prepare
from tariffs.errors import InputError

HOLBAEK = "0316"
OPTIONS = ("I dag: kommunetakst, bytakst=low", "Bytakst 60: kommunetakst, bytakst=high")


def study_of(*, options=OPTIONS, **values):
    scenario = build_scenario(
        {"municipality": HOLBAEK, "options": [parse_option(o) for o in options], "passengers": 1200.0, "draws": 2}
        | values,
        "test",
    )
    return prepare(scenario, HOLBAEK)


@pytest.fixture(scope="module")
def ready():
    return prepare_outlook(study_of(year=2024, years_ahead=2))


@pytest.fixture(scope="module")
def block(ready):
    return simulate_outlook(ready, workers=1)


def test_without_years_ahead_there_is_no_outlook() -> None:
    result = compare(study_of(draws=0, min_replications=2, max_replications=2), workers=1)
    assert result.json["outlook"] is None
    assert simulate_outlook(None, workers=1) is None


def test_each_years_passengers_are_the_municipalitys_times_its_demand(ready) -> None:
    for year in ready.years:
        index = demand_index(HOLBAEK, year.study.year.year, year.study.assumptions, since=2024)
        assert year.study.volume.passengers == pytest.approx(1200 * index)
    assert ready.years[0].study.volume.passengers == 1200


def test_each_year_has_its_own_prices_unless_the_user_fixes_them(ready) -> None:
    assert [year.study.prices.year for year in ready.years] == [2024, 2025, 2026]
    fixed = prepare_outlook(study_of(year=2024, years_ahead=1, assumptions={"price_level": 2024.0}))
    assert [year.study.prices.year for year in fixed.years] == [2024, 2024]


def test_a_draw_that_supposes_more_old_people_supposes_more_trips(ready) -> None:
    last = ready.years[-1]
    for draw in last.draws():
        assert draw.volume_factor == pytest.approx(
            last.index_in(draw) / last.index
        )  # own volume: nothing else moves it
    assert len({draw.volume_factor for draw in last.draws()}) == len(last.draws())


def test_the_outlook_tells_each_year_with_its_prices_demand_fares_and_figures(block) -> None:
    assert [year["year"] for year in block["years"]] == [2024, 2025, 2026]
    assert [year["drafted"] for year in block["years"]] == [False, True, True]
    assert block["drafted_from"] == "2024-01-21"
    assert block["assumptions"]["fare_index_percent"] == 2.8
    for year in block["years"]:
        today, dearer = year["options"]
        assert today["change"]["net_cost_oere"] == {"mean": 0, "p10": 0, "p90": 0}
        moved = dearer["net_cost_oere"]["mean"] - today["net_cost_oere"]["mean"]
        assert dearer["change"]["net_cost_oere"]["mean"] == pytest.approx(moved)
        assert dearer["trips"]["mean"] < today["trips"]["mean"]
        for figure in (today["net_cost_oere"], today["trips"], year["demand_index"]):
            assert figure["p10"] <= figure["mean"] <= figure["p90"]
    assert block["years"][0]["demand_index"] == {"mean": 1, "p10": 1, "p90": 1}
    json.dumps(block, allow_nan=False)


def test_more_riders_make_more_trips_from_year_to_year(block) -> None:
    trips = [year["options"][0]["trips"]["mean"] for year in block["years"]]
    assert trips == sorted(trips)


def test_a_years_unknown_plustur_price_is_said_before_anything_is_run() -> None:
    plustur = (OPTIONS[0], "Plustur: kommunetakst, bytakst=low, plustur")
    with pytest.raises(InputError, match="Prisen kan ikke findes"):
        prepare_outlook(study_of(options=plustur, year=2022, years_ahead=2))


def test_a_list_of_one_years_trips_has_no_years_ahead() -> None:
    from dataclasses import replace

    study = study_of(year=2022, years_ahead=1)
    listed = replace(study, scenario=study.scenario.model_copy(update={"trips": "ture.csv"}))
    with pytest.raises(InputError, match="turliste"):
        prepare_outlook(listed)
