"""A budget year and the years after it on real geography, small enough to run in seconds."""

import json

import numpy as np
import pytest

from sim.answer.codec import record_json
from sim.answer.compare import compare
from sim.answer.outlook.outlook import Base, YearFigures, prepare_outlook, simulate_outlook
from sim.inputs.scenario.scenario import build_scenario, parse_option
from sim.riders.demand.population import demand_index
from sim.study.draws import ParameterDraw, parameter_draws
from sim.study.plustur import plustur_fare_oere
from sim.study.prepare import prepare
from sim.study.replicated.measures import Measure
from sim.study.replicated.parallel import gather
from sim.study.replicated.samples import Samples
from tariffs.errors import InputError

HOLBAEK = "0316"
OPTIONS = ("I dag: kommunetakst, bytakst=low", "Høj bytakst: kommunetakst, bytakst=high")


def study_of(*, options=OPTIONS, **values):
    scenario = build_scenario(
        {"municipality": HOLBAEK, "options": [parse_option(o) for o in options], "passengers": 1200.0, "draws": 2}
        | values,
        "test",
    )
    return prepare(scenario, HOLBAEK)


@pytest.fixture(scope="module")
def base() -> Base:
    study = study_of(year=2024, years_ahead=2, min_replications=2, max_replications=2)
    draws = parameter_draws(2, study.assumptions, study.volume)
    return Base(study, gather(study, draws, workers=1, tables_to=None, progress=lambda done, expected: None), draws)


@pytest.fixture(scope="module")
def ready(base):
    return prepare_outlook(base.study)


@pytest.fixture(scope="module")
def block(ready, base):
    return record_json(simulate_outlook(ready, base, workers=1))


def test_without_years_ahead_there_is_no_outlook(base) -> None:
    result = compare(study_of(draws=0, min_replications=2, max_replications=2), workers=1)
    assert result.json["outlook"] is None
    assert simulate_outlook(None, base, workers=1) is None


def test_each_years_passengers_are_the_municipalitys_times_its_demand(ready) -> None:
    for year in ready.years:
        index = demand_index(HOLBAEK, year.study.year.year, year.study.assumptions, since=2024)
        assert year.study.volume.passengers == pytest.approx(1200 * index)
    assert ready.years[0].study.volume.passengers == 1200


def test_each_year_has_its_own_prices_unless_the_user_fixes_them(ready) -> None:
    assert [year.study.prices.year for year in ready.years] == [2024, 2025, 2026]
    fixed = prepare_outlook(study_of(year=2024, years_ahead=1, assumptions={"price_level": 2024.0}))
    assert [year.study.prices.year for year in fixed.years] == [2024, 2024]


class _Run:
    """A replication of one option: 1,000 trips, 500 kr to the operator, 100 kr of fares, 80 kr to Movia, times a number."""

    def __init__(self, times: float = 1.0) -> None:
        self.year = np.zeros((1, len(Measure)), dtype=np.int64)
        self.year[0, Measure.TRIPS] = 1000 * times
        amounts = (Measure.OPERATOR_PAYMENT, Measure.FARES, Measure.MOVIA_FEE)
        self.year[0, amounts] = np.array([50_000, 10_000, 8_000]) * times


def test_what_a_draw_does_in_the_comparison_it_does_in_later_years_with_its_own_growth(ready, base) -> None:
    """The draw halves everything; its operator prices grow 4 % a year and not 2.5, its 80-year-olds by 180,000."""
    draw = ParameterDraw(0, {"operator_index_percent": 4.0, "growth_80plus_persons": 180_000.0})
    made = Base(base.study, Samples([_Run()], [_Run(0.5)], [0]), (draw,))
    last = ready.years[-1]  # 2026, two years after the comparison's 2024
    figures = YearFigures(last, made, (_Run(1.1),))
    growth = last.index_in(draw) / last.index
    assert growth > 1
    assert figures(0, Measure.TRIPS).central.tolist() == [1100]
    assert figures(0, Measure.TRIPS).drawn == pytest.approx([1100 * 0.5 * growth])
    # Amounts of 2017 carried two years further than the comparison's, in the draw against the centre: (1.04 / 1.025) ** 2
    assert figures(0, Measure.OPERATOR_PAYMENT).drawn == pytest.approx(
        [55_000 * 0.5 * growth * (1.04 / 1.025) ** 2], rel=1e-5
    )
    assert figures(0, Measure.FARES).drawn == pytest.approx([11_000 * 0.5 * growth])
    assert figures.net_cost(0).central.tolist() == [55_000 - 11_000 + 8_800]


def test_fares_paid_follow_the_years_projected_fares_in_the_draw(ready, base) -> None:
    """Nothing else differs in the draw. The comparison's 2024 is known; 2026 rises by no ceiling: 44.9, 29.6 and 59.3 kr."""
    draw = ParameterDraw(0, {"fare_ceiling_times": 0.0})
    last, made = ready.years[-1], Base(base.study, Samples([_Run()], [_Run()], [0]), (draw,))
    paid = YearFigures(last, made, (_Run(),))(0, Measure.FARES).drawn[0]
    assert 10_000 * 45 / 47 <= paid <= 10_000 * 30 / 31
    assert YearFigures(ready.years[0], made, (_Run(),))(0, Measure.FARES).drawn == pytest.approx([10_000])


def test_the_budget_year_in_the_comparisons_prices_is_the_comparison(block, base) -> None:
    net = [r.year[0, Measure.NET_COST] for r in base.samples.central]
    assert block["years"][0]["options"][0]["net_cost_oere"]["mean"] == pytest.approx(np.mean(net))


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


def test_plusturs_unpublished_price_of_2024_is_an_answer_with_a_note_and_not_a_wall() -> None:
    plustur = (OPTIONS[0], "Plustur: kommunetakst, bytakst=low, plustur")
    ahead = prepare_outlook(study_of(options=plustur, year=2022, years_ahead=2))
    assert [plustur_fare_oere(year.study) for year in ahead.years] == [2100, 2400, 2600]
    assert any("regnet med 26 kr. (26 eller 27 kr." in note for note in ahead.years[2].study.notes)
    assert not any("eller 27" in note for year in ahead.years[:2] for note in year.study.notes)
    other = study_of(options=plustur, year=2024, variant="plustur-27")
    assert plustur_fare_oere(other) == 2700


def test_a_years_unknown_price_is_said_before_anything_is_run(tmp_path) -> None:
    file = tmp_path / "egne.toml"
    source = '{title = "Takstblad", page = 1, mark = "A"}'
    file.write_text(
        f'[[parameters."plustur/plusturtakst".values]]\nfrom = 2024-01-21\nunknown = true\nsource = {source}\n'
    )
    plustur = (OPTIONS[0], "Plustur: kommunetakst, bytakst=low, plustur")
    with pytest.raises(InputError, match="Prisen kan ikke findes"):
        prepare_outlook(study_of(options=plustur, year=2022, years_ahead=2, tariff_files=[str(file)]))


def test_a_list_of_one_years_trips_has_no_years_ahead() -> None:
    from dataclasses import replace

    study = study_of(year=2022, years_ahead=1)
    listed = replace(study, scenario=study.scenario.model_copy(update={"trips": "ture.csv"}))
    with pytest.raises(InputError, match="turliste"):
        prepare_outlook(listed)
