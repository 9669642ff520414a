"""The price that gives a wanted change: the nearest krone, as the estimate has it, and honest where there is none."""

import json

import pytest

from sim.answer.budget.estimated_rate import estimated
from sim.answer.budget.recalibration import paid_year
from sim.desk.goal.goal import Goal, seek
from sim.desk.goal.words import published, text
from sim.estimate.draws import DRAWS_AT_ONCE, estimated_draws
from sim.estimate.estimate import estimate
from sim.estimate.intervals import estimated as intervals_of
from sim.inputs.scenario.scenario import build_scenario, parse_option
from sim.study.prepare import prepare
from sim.study.study import Study
from tariffs.errors import InputError

TODAY = "I dag: kommunetakst"


def _study(*options: str) -> Study:
    told = {"municipality": "0316", "options": [parse_option(o) for o in options], "passengers": 12000.0}
    return prepare(build_scenario(told, "test"), "0316")


def _change_at(kroner: int, element: str = "bytakst") -> float:
    elements = f"kommunetakst, bytakst={kroner}" if element == "bytakst" else f"kommunetakst={kroner}"
    return estimate(_study(TODAY, f"B: {elements}")).options[1].change.net_cost_oere


@pytest.fixture(scope="module")
def goal() -> Goal:
    return seek(_study(TODAY), "bytakst", -9_000_000)


def test_the_price_is_the_krone_that_comes_nearest_and_its_change_the_estimates(goal: Goal) -> None:
    assert goal.reached
    around = {kroner: _change_at(kroner) for kroner in (goal.kroner - 1, goal.kroner, goal.kroner + 1)}
    assert goal.change.mean == around[goal.kroner]
    assert min(around, key=lambda kroner: abs(around[kroner] + 9_000_000)) == goal.kroner


def test_the_interval_at_the_price_is_stated_and_holds_the_change(goal: Goal) -> None:
    assert goal.change.p10 < goal.change.mean < goal.change.p90 < 0
    said = published(goal)
    assert said["net_cost_change_oere"]["p10"] == goal.change.p10
    assert f"Bytakst {goal.kroner} kr. i Holbæk i 2020 kommer nærmest -90.000 kr.:" in said["sentence"]
    assert said["elements"] == ["kommunetakst", f"bytakst={goal.kroner}"]
    assert said["extrapolation"]


def test_a_price_that_the_years_list_has_is_its_level_and_known() -> None:
    goal = seek(_study(TODAY), "bytakst", round(_change_at(60)))
    assert (goal.kroner, published(goal)["fares"]["certainty"]) == (60, "known")


def test_where_no_price_gives_the_change_the_nearest_is_said_with_what_it_gives() -> None:
    goal = seek(_study(TODAY), "bytakst", -10_000_000_000)
    assert not goal.reached
    assert "Ingen bytakst fra 23 til 140 kr. i Holbæk i 2020 giver -100.000.000 kr. Nærmest er" in " ".join(
        text(goal).split()
    )
    dearer = seek(_study(TODAY), "kommunetakst", 10_000_000_000)  # 21 kr of 2017 is 22.42 in 2020
    assert (dearer.reached, dearer.kroner) == (False, 23)
    assert dearer.change.mean == _change_at(23, "kommunetakst") > 0


def test_the_last_option_is_the_one_whose_price_is_sought_and_its_other_elements_stay() -> None:
    goal = seek(_study(TODAY, "Uden kommunetakst: bytakst=low"), "bytakst", -30_000_000)
    assert goal.study.packages[1].kommunetakst is False
    assert published(goal)["elements"] == [f"bytakst={goal.kroner}"]


def test_an_element_that_contradicts_the_option_is_refused() -> None:
    with pytest.raises(InputError, match="modsiger"):
        seek(_study(TODAY, "Lukket: kommunetakst, lukket_by"), "bytakst", -1_000_000)


def test_the_command_answers_with_the_same_price_and_refuses_kroner_that_may_be_two(takstlab, goal: Goal) -> None:
    asked = ("goal", "--municipality", "0316", "--option", TODAY, "--passengers", "12000")
    status, out, _ = takstlab(*asked, "--change", "-90 000", "--json")
    assert status == 0
    assert json.loads(out)[0]["kroner"] == goal.kroner
    status, _, error = takstlab(*asked, "--change", "-90.000")
    assert status != 0
    assert "'-90.000' kan være -90 eller -90000. Hvor: --change." in error


def test_where_a_year_was_paid_for_the_interval_is_the_estimates_under_that_year() -> None:
    """Boarding times and the like were in what was paid; with it told they no longer make the change dearer or cheaper."""
    months = {"year": 2025, "months": list(range(1, 13)), "passengers": [1000] * 12, "cost_kr": [150_000.0] * 12}
    told = {"municipality": "0316", "year": 2027, "options": [parse_option(TODAY)], "observed_months": months}
    fitted = estimated(build_scenario(told, "test"), "0316")
    study, paid = prepare(fitted, "0316"), paid_year(fitted, "0316")
    assert paid is not None
    found = seek(study, "kommunetakst", -10_000_000, paid)
    alone = seek(study, "kommunetakst", -10_000_000)
    assert found.change.mean == alone.change.mean
    changes = []
    for draw in paid.draws(estimated_draws(DRAWS_AT_ONCE, study.assumptions, study.volume)):
        under = found.study.under(draw)
        changes.append(estimate(under, under.draw).options[1].change.net_cost_oere)
    by_hand = intervals_of(found.change.mean, changes, found.error_percent / 100)
    # One by one, where the page takes them together: the same to the last digits.
    assert (found.change.p10, found.change.p90) == pytest.approx((by_hand.p10, by_hand.p90), rel=1e-12)
    assert (found.change.p10, found.change.p90) != pytest.approx((alone.change.p10, alone.change.p90), rel=1e-3)
