"""Does the forecast from spending hold what the year came to? Truths from the priors, in closed form, with chance of their own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pytest

from sim.answer.budget.forecast import forecast, shares_gone
from sim.answer.budget.season import month_shares
from sim.estimate.amounts import OptionEstimate
from sim.estimate.estimate import estimates
from sim.inputs.scenario.scenario import build_scenario, parse_option
from sim.study.draws import MOST_DRAWS, parameter_draws
from sim.study.prepare import prepare
from sim.study.replicated.measures import Measure
from sim.study.replicated.samples import Samples
from sim.study.study import Study

TODAY, DEARER = "I dag: kommunetakst", "Grundtakst:"
START = date(2020, 9, 1)
DRAWS, REPLICATIONS, TIMES = 32, 10, 15
COUNTED_IN_ONE = 2.0
"""Trips come in tours of two and cost differently: the variance of a sum of n trips is about 2 / n of its square."""
NET = Measure.NET_COST


@dataclass
class Run:
    """What the forecast reads of a replication."""

    months: np.ndarray
    year: np.ndarray
    part_year: np.ndarray
    not_yet: np.ndarray


def a_year(
    study: Study, found: Sequence[OptionEstimate], generator: np.random.Generator, own_months: bool = False
) -> Run:
    """Return a year of what the closed form found, with chance; ``own_months`` lets its months lie off the profile."""
    shares = month_shares(study.year, study.assumptions)
    if own_months:
        spread = study.assumptions.number("month_profile_spread")
        shares = shares * (1 + spread * (generator.random((12, 2)).sum(axis=1) - 1))
    several = np.maximum(1.0, found[0].year.trips * shares) / COUNTED_IN_ONE
    made = shares * generator.gamma(several) / several
    months, year = np.zeros((2, 12, len(Measure))), np.zeros((2, len(Measure)))
    run = Run(months, year, year.copy(), np.zeros_like(months))
    run.months[0, :, NET] = found[0].year.net_cost_oere * made
    luck = made[START.month - 1 :].sum() / shares[START.month - 1 :].sum()
    for place, option in enumerate(found):
        assert option.part_year is not None
        run.part_year[place, NET] = option.part_year.net_cost_oere * luck
    return run


def held(spent_to: date, **values: object) -> tuple[float, float, float]:
    """Return the share of truths inside the interval of today's option and of the other, and the weight of the spending."""
    given = {"municipality": "0340", "options": [parse_option(o) for o in (TODAY, DEARER)], "start": START, **values}
    study = prepare(build_scenario(given, "test"), "0340")
    generator = np.random.default_rng(1)
    draws = parameter_draws(MOST_DRAWS, study.assumptions, study.volume)
    centre, *found = (each.options for each in estimates([study, *(study.under(draw) for draw in draws)]))
    paired = [n % 5 for n in range(DRAWS)]
    # A draw has the luck of the replication it is paired with, as in the simulation.
    samples = Samples(
        [a_year(study, centre, np.random.default_rng([2, n])) for n in range(REPLICATIONS)],  # type: ignore[misc]
        [a_year(study, f, np.random.default_rng([2, n])) for f, n in zip(found[:DRAWS], paired, strict=True)],  # type: ignore[misc]
        paired,
    )
    gone = shares_gone(study, spent_to)
    inside, weights = [], []
    for each in found[DRAWS:]:
        for _ in range(TIMES):
            truth = a_year(study, each, generator, own_months=True)
            spent = round(float(truth.months[0, :, NET] @ gone)) / 100
            asked = study.scenario.model_copy(update={"spent_kr": spent, "spent_to": spent_to})
            block = forecast(replace(study, scenario=asked), samples)
            assert block is not None
            weights.append(block.spending_weight)
            change = truth.part_year[:, NET] - truth.part_year[0, NET]
            came_to = truth.months[0, :, NET].sum() + change
            figures = [option.simulated.outturn_oere for option in block.options]
            inside.append([f.p10 <= year <= f.p90 for f, year in zip(figures, came_to, strict=True)])
    today, other = np.mean(inside, axis=0)
    return float(today), float(other), float(np.mean(weights))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("spent_to", "values", "least", "most"),
    [
        (date(2020, 6, 30), {}, 0.99, 1.0),
        # With 6,500 passengers of one's own the draws differ by about as much as chance does in half a year.
        (date(2020, 6, 30), {"passengers": 6500.0}, 0.4, 0.9),
        (date(2020, 2, 2), {"passengers": 2000.0}, 0.02, 0.3),
    ],
)
def test_eight_of_ten_truths_lie_in_the_forecast_of_their_year(spent_to, values, least, most) -> None:
    """480 truths under the 32 parameter draws that the forecast does not use, 15 of each: a standard error of 2 to 4 points."""
    today, other, weight = held(spent_to, **values)
    assert 0.72 <= today <= 0.88
    assert 0.72 <= other <= 0.88
    assert least <= weight <= most
