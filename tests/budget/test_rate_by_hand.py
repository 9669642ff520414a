"""The driving hour by hand: fitted to two months, and one for each draw; what is simulated is written here."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sim.answer.budget import rate
from sim.answer.budget.observed import Observed
from sim.answer.budget.rate import ASSUMPTION, RateFit, fit_rate, rates_by_draw, solve_rate
from sim.answer.budget.recalibration import Recalibration
from sim.inputs.scenario.scenario import build_scenario, parse_option
from sim.study.replicated.measures import Measure
from sim.study.replicated.samples import Samples
from tariffs.errors import InputError

NET, OPERATOR, PASSENGERS = Measure.NET_COST, Measure.OPERATOR_PAYMENT, Measure.PASSENGERS
MONTHS = (1, 12)
"""Those observed; the other ten are dear and full, so that a month too many or another one shows."""


def run(operator: float, net: float) -> Any:
    """A replication whose observed months have these amounts together, half each, and 10 passengers for each month's number."""
    months = np.full((1, 12, len(Measure)), 10**9)
    for month in MONTHS:
        months[0, month - 1, [OPERATOR, NET]] = operator / 2, net / 2
        months[0, month - 1, PASSENGERS] = 10 * month
    return SimpleNamespace(months=months)


@pytest.fixture
def simulated(monkeypatch: pytest.MonkeyPatch) -> None:
    """A year at a rate costs 1,000 oere for each krone of it and 100,000 in start fees, less 50,000; the second run 10,000 more."""

    def gather(study: Any, draws: Any, **_: Any) -> Samples:
        operator = 100_000 + 1000 * study.rate
        central = [run(operator, operator - 50_000), run(operator, operator - 40_000)]
        return Samples(central, [run(*draw) for draw in draws], [n % 2 for n in range(len(draws))])

    monkeypatch.setattr(rate, "_at", lambda _scenario, _code, kr: SimpleNamespace(rate=kr, assumptions={}, volume=None))
    monkeypatch.setattr(rate, "gather", gather)
    # Operator payment and net cost of a draw's months.
    monkeypatch.setattr(rate, "parameter_draws", lambda *_: ((360_000, 320_000), (400_000, 390_000)))


@pytest.mark.usefixtures("simulated")
def test_the_rate_is_that_at_which_the_observed_months_cost_what_they_did() -> None:
    """100,000 + 1,000 r - 45,000 = 355,000 at r = 300. January and December have 10 + 120 passengers.

    The runs lie 5,000 either side: 5 kr of the rate, a standard error of 7.07 / sqrt(2) = 5, and t(1) is 12.706.
    """
    found = fit_rate(None, "0340", MONTHS, 355_000, 1)  # type: ignore[arg-type]
    assert found.rate_kr == pytest.approx(300, abs=0.4)
    assert found.simulated_oere == pytest.approx(355_000, rel=0.001)
    assert found.simulated_passengers == 130
    assert found.chance_kr == pytest.approx(12.706 * 5, rel=0.01)


@pytest.mark.usefixtures("simulated")
def test_every_draw_has_the_rate_that_brings_its_months_back_to_the_same_cost() -> None:
    """At 300 kr the operator has 400,000 and a tenth more adds 30,000: three quarters of the payment follow the rate.

    The first draw costs 320,000 where its run costs 350,000: 30,000 more of 0.75 x 360,000 is 11.11 %. The second costs 390,000
    against 360,000: 30,000 less of 0.75 x 400,000 is 10 %.
    """
    assert rates_by_draw(None, "0340", MONTHS, 300.0, 2, 1) == (333.33, 270.0)  # type: ignore[arg-type]


def test_a_cost_a_thousandth_off_is_settled_and_no_further_year_is_simulated() -> None:
    asked = []

    def costs(kr: float) -> Any:
        asked.append(kr)
        return np.array([999.0, 999.0]), np.array([999.0, 999.0])

    assert solve_rate(costs, 1000, 300.0) == (300.0, 0.0, 999.0)
    assert asked == [300.0]


def test_a_cost_that_takes_driving_for_nothing_is_refused() -> None:
    def costs(kr: float) -> Any:
        return np.full(2, 1000 * kr), np.full(2, 1000 * kr)

    with pytest.raises(InputError, match="kan ikke tilpasses"):
        solve_rate(costs, 0, 300.0)


@pytest.mark.parametrize(("kr", "plausible"), [(219.99, False), (220.0, True), (400.0, True), (400.01, False)])
def test_a_rate_at_the_ends_of_what_is_bid_is_plausible(kr: float, plausible: bool) -> None:
    assert RateFit(kr, 1.0, 1, 1.0, 1.0, 220.0, 400.0).is_plausible is plausible


def test_what_the_months_decided_is_told_and_what_was_stated_is_not() -> None:
    given = {
        "municipality": "0340",
        "options": [parse_option("I dag: kommunetakst")],
        "assumptions": {"price_level": 2018.0},
    }
    asked = build_scenario(given, "test")
    own = {**asked.assumptions, ASSUMPTION: 300.0, "month_profile": (1.0,) * 12}
    fitted = Recalibration(
        asked, asked.model_copy(update={"assumptions": own}), Observed(2020, (1,), (80,), None), 2020, 900.0, None, ()
    )
    assert fitted.shown.overrides == {ASSUMPTION: 300.0, "month_profile": (1.0,) * 12}
