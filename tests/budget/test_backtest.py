"""The backtest: a model that is shown its own year is right; one that starts wrong learns the level; the line is by hand."""

import pytest

from sim.answer.budget.backtest import Backtest, backtest, can_be_tested
from sim.answer.budget.observed import Observed
from sim.answer.budget.season import month_shares
from sim.inputs.scenario.scenario import build_scenario, parse_option
from sim.study.prepare import prepare

SORØ, YEAR = "0340", 2025
SCENARIO = build_scenario(
    {"municipality": SORØ, "options": [parse_option("I dag: kommunetakst")], "draws": 0, "year": 2027}, "test"
)


@pytest.fixture(scope="module")
def tested() -> tuple[Backtest, tuple[int, ...]]:
    """Months of a municipality with twice the riders that the allocation gives it, in the default profile."""
    study = prepare(SCENARIO.model_copy(update={"year": YEAR}), SORØ)
    shares = month_shares(study.year, study.assumptions)
    months = tuple(round(2 * study.volume.passengers * share) for share in shares)
    return backtest(SCENARIO, SORØ, Observed(YEAR, tuple(range(1, 13)), months, None)), months


def test_the_first_month_rests_on_the_allocation_alone_and_the_next_ones_on_the_months_seen(tested) -> None:
    found, months = tested
    first, second = found.months[0], found.months[1]
    assert 0.4 < first.said.mean / months[0] < 0.7, "it has not seen that there are twice as many"
    assert first.line is None
    assert second.said.mean == pytest.approx(months[1], rel=0.12), "it has learned that there are twice as many"
    assert found.months[11].year_said.mean == pytest.approx(sum(months), rel=0.02)
    widths = [(said.year_said.p90 - said.year_said.p10) / said.year_said.mean for said in found.months]
    assert widths[0] > 3 * widths[2] > 3 * widths[11]


def test_the_straight_line_is_what_a_day_has_been_so_far(tested) -> None:
    found, months = tested
    third = found.months[2]
    assert third.line == pytest.approx((months[0] + months[1]) / 59 * 31)
    assert third.year_line == pytest.approx((months[0] + months[1]) / 59 * 365)


def test_months_in_the_default_profile_lie_in_their_intervals(tested) -> None:
    found, _ = tested
    assert found.inside == (11, 11)
    model, line = found.errors
    assert model < line


def test_only_the_first_months_of_a_year_can_be_tested() -> None:
    assert can_be_tested(Observed(YEAR, (1, 2, 3), (1, 1, 1), None))
    assert not can_be_tested(Observed(YEAR, (1, 2), (1, 1), None))
    assert not can_be_tested(Observed(YEAR, (2, 3, 4), (1, 1, 1), None))
