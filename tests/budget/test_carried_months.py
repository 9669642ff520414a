"""Months of one year as the budget of another: carried by the age groups, told, and unsure by as much as the growth is."""

import pytest

from sim.answer.budget.observed import Observed, observed_in
from sim.answer.budget.pasted import pasted_rows
from sim.answer.budget.recalibration import _line_note, of_scenario, recalibrated, without_cost
from sim.inputs.assumptions import load_assumptions
from sim.inputs.scenario import Scenario
from sim.inputs.scenario.scenario import build_scenario, parse_option
from sim.riders.demand.population import demand_index
from sim.study.draws import parameter_draws
from sim.study.prepare import prepare
from tariffs.errors import InputError

SORØ = "0340"
WHOLE = {"year": 2025, "months": list(range(1, 13)), "passengers": [100] * 12}
PASTED = """Flextur Næstved 2025\t\t
Måned\tPassagerer\tNettoudgift
jan-25\t1.012\t145.300,50
feb-25\t998\t141.020,00
\t\t
I alt\t2.010\t286.320,50
Kilde: Movias månedsrapport\t\t
"""


def scenario(**values: object) -> Scenario:
    given = {"municipality": SORØ, "options": [parse_option("I dag: kommunetakst")], "draws": 0, "year": 2027, **values}
    return build_scenario(given, "test")


def test_months_of_2025_are_carried_to_2027_by_the_age_groups_and_it_is_said() -> None:
    fitted = recalibrated(scenario(), SORØ, Observed(2025, tuple(range(1, 13)), (100,) * 12, None))
    index = demand_index(SORØ, 2027, load_assumptions(), since=2025)
    study = prepare(fitted.scenario, SORØ)
    assert index > 1
    assert fitted.passengers == pytest.approx(1200, abs=0.1)
    assert study.volume.passengers == pytest.approx(1200 * index, rel=1e-4)
    note = next(note for note in fitted.notes if "Månederne er fra 2025" in note)
    assert f"+{100 * (index - 1):.1f}".replace(".", ",") in note


def test_the_growth_to_the_budget_year_is_as_unsure_as_its_assumptions() -> None:
    fitted = recalibrated(scenario(), SORØ, Observed(2025, tuple(range(1, 13)), (100,) * 12, None))
    study = prepare(fitted.scenario, SORØ)
    volumes = {study.under(draw).volume.passengers for draw in parameter_draws(16, study.assumptions, study.volume)}
    assert len(volumes) > 10
    assert min(volumes) < study.volume.passengers < max(volumes)
    own_year = prepare(scenario(passengers=1200.0), SORØ)
    assert {own_year.under(d).volume.passengers for d in parameter_draws(16, study.assumptions, own_year.volume)} == {
        1200
    }


def test_an_own_number_of_another_year_is_carried_too() -> None:
    study = prepare(scenario(passengers=1200.0, counted_year=2025), SORØ)
    assert study.volume.passengers == pytest.approx(1200 * demand_index(SORØ, 2027, load_assumptions(), since=2025))
    assert any("ført fra 2025 til 2027 efter aldersgrupper" in note for note in study.notes)
    with pytest.raises(InputError, match="counted_year"):
        scenario(counted_year=2025)


def test_months_stand_in_the_scenario_as_in_a_file() -> None:
    fitted = of_scenario(scenario(observed_months=WHOLE), SORØ)
    assert fitted is not None
    assert fitted.observed == Observed(2025, tuple(range(1, 13)), (100,) * 12, None)
    without = without_cost(scenario(observed_months=WHOLE | {"cost_kr": [9000.0] * 12}), SORØ)
    assert (without.passengers, without.counted_year) == (1200, 2025)
    with pytest.raises(InputError, match="ét tal for hver måned"):
        scenario(observed_months=WHOLE | {"passengers": [100] * 11})
    with pytest.raises(InputError, match="givet to gange"):
        scenario(observed_months=WHOLE, observed="maaneder.csv")


def test_the_straight_line_of_the_months_is_told_beside_the_budget() -> None:
    """59 days cost 59,000 kr, so a year of 365 days costs 365,000 kr."""
    note = _line_note(Observed(2025, (1, 2), (100, 100), (3_100_000, 2_800_000)), 2025, 365, 2027)
    assert "365.000 kr. om året i 2025-priser, også i 2027" in note


def test_months_of_the_corona_years_are_warned_of() -> None:
    warned = [
        any("Corona" in note for note in recalibrated(scenario(), SORØ, Observed(year, (month,), (100,), None)).notes)
        for year, month in ((2020, 2), (2020, 3), (2021, 6), (2022, 1), (2022, 2))
    ]
    assert warned == [False, True, True, True, False]


def test_what_is_pasted_from_a_sheet_is_read_and_what_is_passed_over_is_told() -> None:
    found = observed_in(pasted_rows(PASTED, "feltet"), "feltet")
    assert (found.year, found.months, found.passengers) == (2025, (1, 2), (1012, 998))
    assert found.cost_oere == (14_530_050, 14_102_000)
    assert len(found.notes) == 3


def test_the_year_is_taken_from_the_title_where_no_month_has_one() -> None:
    found = observed_in(pasted_rows("Flextur 2025\nmåned;passagerer\nJanuar;100\nFebruar;90\n", "feltet"), "feltet")
    assert found.year == 2025
    assert any("2025 er taget fra rækkerne over overskriften" in note for note in found.notes)
    unsure = observed_in(pasted_rows("2024 og 2025\nmåned;passagerer\nJanuar;100\n", "feltet"), "feltet")
    assert unsure.year is None
