"""A municipality that nobody tuned for: sane cost, fewer trips the dearer they are, and more doubt where nobody has been."""

from typing import Any

import numpy as np
import pytest

from sim.estimate.estimate import estimate
from sim.geography.municipalities import movia_municipalities
from sim.inputs.chance.quantiles import interval
from sim.inputs.scenario.scenario import build_scenario, parse_option
from sim.study.draws import parameter_draws
from sim.study.prepare import prepare
from sim.study.replicated.measures import Measure
from sim.study.replicated.replication import run_replication
from sim.study.study import Study

BY_FARE = (
    "24: kommunetakst",
    "36: ",
    "48 i byen: bytakst=low",
    "60 i byen: bytakst=high",
    "72 i byen: dobbelt_grundtakst",
)
"""What a trip in town costs, cheapest first; outside it costs 24 under the first and 36 under the others."""
ALL = [m.code for m in movia_municipalities()]


def study(code: str, **values: Any) -> Study:
    options = [parse_option(text) for text in BY_FARE]
    scenario = build_scenario({"municipality": code, "options": options, "offers_flextur": True, **values}, "test")
    return prepare(scenario, code)


def check(code: str) -> None:
    run = run_replication(study(code, passengers=4000.0), 0)
    trips = run.year[:, Measure.TRIPS]
    assert (trips[:-1] >= trips[1:]).all(), trips
    assert trips[0] > trips[1]
    in_town = run.in_town[:, Measure.TRIPS]
    # A small town has few trips inside: a step of the price may then turn nobody away, but all the steps together do.
    assert (in_town[:-1] >= in_town[1:]).all(), in_town
    assert in_town[0] > in_town[-1], in_town
    each = run.year[:, Measure.NET_COST] / run.year[:, Measure.PASSENGERS] / 100
    assert (each > 60).all(), each
    assert (each < 180).all(), each
    assert run.refused.max() <= 0.01 * trips[0]


@pytest.mark.parametrize("code", ["0155", "0340", "0360"])
def test_dragoer_soroe_and_lolland_are_sane(code: str) -> None:
    check(code)


@pytest.mark.slow
@pytest.mark.parametrize("code", ALL)
def test_every_municipality_is_sane(code: str) -> None:
    check(code)


def test_how_many_still_ride_is_less_sure_at_60_kr_than_at_48() -> None:
    texts = ("24: kommunetakst", "48: kommunetakst, bytakst=low", "60: kommunetakst, bytakst=high")
    options = [parse_option(text) for text in (*texts, "lukket: kommunetakst, lukket_by")]
    prepared = prepare(build_scenario({"municipality": "0340", "options": options}, "test"), "0340")
    draws = parameter_draws(64, prepared.assumptions, prepared.volume)
    lost = np.array([[option.change.trips for option in estimate(prepared, draw).options[1:]] for draw in draws])
    # A closed town loses every trip in it: what of them is still ridden at each fare, in each draw.
    at_48, at_60 = (1 - lost[:, place] / lost[:, 2] for place in (0, 1))
    low, high = interval(at_60)
    assert 0 < low < np.median(at_60) < np.median(at_48) < 1
    assert high / low > 1.2 * interval(at_48)[1] / interval(at_48)[0]
