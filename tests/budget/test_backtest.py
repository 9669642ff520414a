"""The backtest: a model that is shown its own year is right; one that starts wrong learns the level; the line is by hand."""

import pytest

from sim.answer.budget.backtest import Backtest, Said, _unseen_year, backtest, can_be_tested
from sim.answer.budget.observed import Observed
from sim.answer.budget.season import month_shares
from sim.estimate.estimate import estimate
from sim.inputs.scenario.scenario import build_scenario, parse_option
from sim.study.prepare import prepare
from sim.study.replicated.figures import Figure

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
    assert found.year == YEAR, "of the months, not of the scenario"


def test_months_in_the_default_profile_lie_in_their_intervals(tested) -> None:
    found, _ = tested
    assert found.inside == (11, 11)
    model, line = found.errors
    assert model < line


def test_only_the_first_months_of_a_year_can_be_tested() -> None:
    assert can_be_tested(Observed(YEAR, (1, 2, 3), (1, 1, 1), None))
    assert not can_be_tested(Observed(YEAR, (1, 2), (1, 1), None))
    assert not can_be_tested(Observed(YEAR, (2, 3, 4), (1, 1, 1), None))


def test_errors_are_means_over_the_months_after_the_first_by_hand() -> None:
    """100 was said to be 110 by the model and 80 by the line, 200 to be 190 and 260: 7.5 % and 25 %."""

    def said(month: int, model: float, line: float | None, was: int) -> Said:
        figure = Figure(model, model, model, (model, model), (model, model))
        return Said(month, figure, figure, was, line, line)

    found = Backtest(YEAR, False, (said(1, 500.0, None, 100), said(2, 110.0, 80.0, 100), said(3, 190.0, 260.0, 200)))
    assert found.errors == pytest.approx((7.5, 25.0))


def test_a_month_varies_as_the_bookings_in_it_do() -> None:
    """A month of n passengers in bookings of m has a variance of 1.5 n m; two years n - d and n + d tell of the next one 3 d^2."""
    study = prepare(SCENARIO.model_copy(update={"year": YEAR}), SORØ)
    central, drawn = _unseen_year(study, of_cost=False)
    amounts = estimate(study).options[0].year
    in_a_booking = float(amounts.passengers / amounts.trips)
    assert 1 < in_a_booking < 2
    assert central.sum() / 2 == pytest.approx(float(amounts.passengers))
    assert 1.5 * central.var(axis=0, ddof=1) == pytest.approx(1.5 * in_a_booking * central.mean(axis=0))
    assert drawn.shape == (16, 12)
