"""A year whose cost is known costs that under every assumption; the next one differs by what happens in between."""

import pytest

from sim.answer.budget.estimated_rate import estimated
from sim.answer.budget.recalibration import paid_year
from sim.estimate.alternatives import RATE
from sim.estimate.draws import estimated_draws
from sim.estimate.estimate import estimate
from sim.estimate.paid import Paid
from sim.estimate.sensitivity.tornado import Tornado, tornado
from sim.inputs.assumptions import load_assumptions
from sim.inputs.scenario.scenario import Scenario, build_scenario, parse_option
from sim.study.prepare import prepare
from sim.study.study import Study

CODE = "0340"
MONTHS = {
    "year": 2025,
    "months": list(range(1, 13)),
    "passengers": [400] * 12,
    "cost_kr": [60_000.0] * 12,
}
COST_OERE = 72_000_000


def scenario(**values: object) -> Scenario:
    told = {"municipality": CODE, "year": 2027, "options": [parse_option("I dag: kommunetakst")]}
    return build_scenario(told | {"observed_months": MONTHS} | values, "test")


@pytest.fixture(scope="module")
def study() -> Study:
    return prepare(estimated(scenario(), CODE), CODE)


@pytest.fixture(scope="module")
def paid(study: Study) -> Paid:
    found = paid_year(study.scenario, CODE)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def found(study: Study, paid: Paid) -> Tornado:
    return tornado(study, paid=paid)


def test_the_year_costs_what_was_paid_under_every_draw(study: Study, paid: Paid) -> None:
    assert paid.cost_oere == pytest.approx(COST_OERE, rel=1e-4)
    for draw in paid.draws(estimated_draws(8, study.assumptions, study.volume)):
        under = paid.study.under(draw)
        assert under.assumptions.number(RATE) == draw.values[RATE] != study.assumptions.number(RATE)
        assert estimate(under, draw).options[0].year.net_cost_oere == pytest.approx(COST_OERE, rel=1e-4)


def test_what_the_year_before_tells_is_not_among_what_matters_most(study: Study, found: Tornado) -> None:
    """How long boarding takes is in what was paid; without that it is the weightiest."""
    alone = tornado(study)
    assert alone.ordered(0)[0].id == "boarding_s"
    widths = {swing.id: swing.width(0) for swing in found.swings}
    assert widths["boarding_s"] < 0.002 * found.central[0]


def test_two_years_of_the_operators_index_by_hand(study: Study, found: Tornado) -> None:
    """From 2025 to 2027 the operator is paid (1 + i)^2 times more, i 1.5 or 4 instead of 2.5 %; fares and fee stay."""
    entry = load_assumptions()["operator_index_percent"]
    operator = estimate(study).options[0].year.operator_payment_oere
    (swing,) = (each for each in found.swings if each.id == entry.id)
    for end, told in ((entry.low, swing.low[0]), (entry.high, swing.high[0])):
        assert end is not None
        times = ((100 + end) / 102.5) ** 2
        assert told - found.central[0] == pytest.approx(operator * (times - 1), rel=0.02)


def test_months_without_a_cost_tell_nothing_of_what_was_paid() -> None:
    told = scenario(observed_months={key: value for key, value in MONTHS.items() if key != "cost_kr"})
    assert paid_year(estimated(told, CODE), CODE) is None
    assert paid_year(scenario(observed_months=None, passengers=1000.0), CODE) is None
