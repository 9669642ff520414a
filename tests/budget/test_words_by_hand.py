"""A forecast's words and verdicts where an amount is nothing or lies on the budget itself."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sim.answer.budget.forecast import Outturn, _learned, _to_date
from sim.answer.budget.words import _between, _range, sentence
from sim.answer.records import budget as records
from sim.inputs.assumptions import load_assumptions
from sim.study.replicated.figures import Figure as Measured
from sim.study.replicated.figures import Spread
from sim.study.replicated.measures import Measure
from sim.words.figure import Figure

KR = 100
MILLION = 1_000_000 * KR


def outturn(mean: float, p10: float, p90: float, budget: float | None) -> records.Outturn:
    told = Figure(mean, p10, p90)
    return records.Outturn(told, None if budget is None else told.moved(-budget), None, "merforbrug")


@pytest.mark.parametrize(
    ("p10", "p90", "verdict"),
    [
        (0.0, 2.0, "merforbrug"),
        (-2.0, 0.0, "mindreforbrug"),
        (-2.0, 0.5, "usikker"),
        (-0.5, 2.0, "usikker"),
        (0.0, 0.0, "mindreforbrug"),
    ],
)
def test_a_deviation_that_ends_at_nothing_lies_on_one_side(p10: float, p90: float, verdict: str) -> None:
    over = Measured((p10 + p90) / 2, p10, p90, (p10, p90), (p10, p90))
    assert Outturn(over, over, over).verdict == verdict


def test_between_two_methods_nothing_is_on_the_side_of_the_other() -> None:
    assert _between(Figure(2000 * KR, 0, 2000 * KR)) == "et merforbrug på mellem 0 og 2.000 kr."
    assert _between(Figure(-2000 * KR, -2000 * KR, 0)) == "et mindreforbrug på mellem 0 og 2.000 kr."
    assert _between(Figure(-2000 * KR, -2000 * KR, 1)) == "mellem et mindreforbrug på 2.000 og et merforbrug på 0 kr."


def test_a_range_from_nothing_has_a_dash_and_one_from_below_it_a_word() -> None:
    assert _range(Figure(250 * KR, 0, 500 * KR)) == "0-500"
    assert _range(Figure(250 * KR, -100 * KR, 500 * KR)) == "-100 til 500"


def test_a_straight_line_on_the_budget_itself_is_not_on_its_other_side() -> None:
    """4.63 M lies outside the 4.60 M (4.40-4.62) simulated, but to its interval both are 4.6, and neither is over a budget of 4.63 M."""
    simulated = outturn(4.60 * MILLION, 4.40 * MILLION, 4.62 * MILLION, 4.63 * MILLION)
    line = outturn(*[4.63 * MILLION] * 3, 4.63 * MILLION)
    told = sentence("I dag", simulated, 463 * MILLION // 100, line)
    assert told.endswith("Lige fremskrivning giver ca. 4,63 mio. kr.")


def test_without_a_budget_the_methods_are_apart_where_they_are_told_apart() -> None:
    simulated = outturn(5.1 * MILLION, 4.9 * MILLION, 5.3 * MILLION, None)
    line = outturn(*[4.6 * MILLION] * 3, None)
    nothing = Figure.known(0.0)
    as_simulated = records.ToDate(0, nothing, nothing, Figure(0.0, -1.0, 1.0))
    assert sentence("I dag", simulated, None, line, as_simulated) == (
        "I dag: forventet regnskab ca. 4,6 mio. kr. ved lige fremskrivning og ca. 5,1 mio. kr. (4,9-5,3) simuleret; forbruget"
        " indtil nu ligger 0 % over modellens for de samme dage."
    )


def test_draws_are_set_against_the_budget_as_the_middle_is() -> None:
    """Two years of 2.1 and 2.3 M kr. and draws of half a million to either side: less the 2 M of the budget, all of them."""
    years = Spread(np.array([210.0, 230.0]), np.array([160.0, 260.0]), np.array([0, 0]))
    told = Outturn.of(years, 200)
    assert told.deviation is not None
    for part in ("mean", "p10", "p90"):
        assert getattr(told.deviation, part) == pytest.approx(getattr(told.outturn, part) - 200)


def test_what_an_introduced_service_lacks_is_not_among_the_days_that_are_left() -> None:
    months, not_yet = np.zeros((1, 12, len(Measure))), np.zeros((1, 12, len(Measure)))
    months[0, :, Measure.NET_COST], not_yet[0, :3, Measure.NET_COST] = 100.0, 40.0
    samples: Any = SimpleNamespace(central=[SimpleNamespace(months=months, not_yet=not_yet)] * 2, drawn=[])
    study: Any = SimpleNamespace(assumptions=load_assumptions())
    left = _learned(study, samples, np.zeros(0, dtype=np.int64), None, np.array([1.0] + [0.0] * 11))
    assert left.remaining.central.tolist() == [11 * 100.0 - 2 * 40.0] * 2


def test_what_was_spent_over_nothing_simulated_has_no_percent() -> None:
    none, some = (_to_date(50, Spread(np.full(2, of), np.zeros(0), np.zeros(0, dtype=np.int64))) for of in (0.0, 40.0))
    assert none.deviation_percent is None
    assert some.deviation_percent is not None
    assert type(some.deviation_percent) is Figure
    assert some.deviation_percent.mean == pytest.approx(25.0)


@pytest.mark.parametrize(
    ("mean", "told"),
    [
        (554_000, "ca. 0,55 mio. kr. (0,54-0,57) mod et budget på 0,60 mio. kr.: et mindreforbrug på ca. 46.000 kr."),
        (
            594_000,
            "ca. 0,594 mio. kr. (0,584-0,604) mod et budget på 0,600 mio. kr.: et mindreforbrug på ca. 6.000 kr.",
        ),
        (1_800_000, "ca. 1,8 mio. kr. (1,7-1,9) mod et budget på 0,6 mio. kr.: et merforbrug på ca. 1,2 mio. kr."),
    ],
)
def test_outturn_and_budget_are_told_as_far_apart_as_the_deviation(mean: int, told: str) -> None:
    """0.55 against 0.60 is 46,000 to a pocket calculator; 0.6 against 0.6 was nothing. Ends are rounded outwards: 0.564 to 0.57."""
    spread = 100_000 if mean > 1_000_000 else 10_000
    verdict = "merforbrug" if mean > 600_000 else "mindreforbrug"
    of = Figure(mean * KR, (mean - spread) * KR, (mean + spread) * KR)
    outturn = records.Outturn(of, of.moved(-600_000 * KR), None, verdict)
    assert sentence("A", outturn, 600_000 * KR).startswith(f"A: forventet regnskab {told}")
