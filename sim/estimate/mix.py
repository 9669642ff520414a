"""What the price of a driving hour would have been fitted to under other assumptions, so that 2017 still costs what it did.

The same fit as calibration's (`sim.evidence.calibration`), but on the instant estimate of a part of the 2017 mix, one assumption at a time
and in each parameter draw: it says how the fitted hour follows, not what it is.
"""

from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import cache
from multiprocessing import get_context

from sim.estimate.alternatives import RATE, has_range, with_assumptions
from sim.estimate.estimate import estimate
from sim.estimate.operator_time import Metamodel
from sim.estimate.reads import read_by
from sim.inputs.assumptions import load_assumptions
from sim.inputs.chance.places import DRAWS
from sim.inputs.facts import load_facts
from sim.inputs.scenario.scenario import build_scenario
from sim.riders.demand.volume import ALLOCATION_DAY
from sim.study.accounts.operator import rates_from_register
from sim.study.draws import ParameterDraw, parameter_draws
from sim.study.prepare import prepare
from sim.study.study import Study
from tariffs import load_municipal_choices

MIX = ("0316", "0326", "0390", "0265", "0217", "0230")
"""Municipalities that had flextur in 2017, of all kinds; every one weighs by its passengers."""


def studies_2017() -> list[Study]:
    """Return the part of the mix, each municipality under its own package of 2017."""
    studies = []
    for code in MIX:
        package = load_municipal_choices().choices(code, ALLOCATION_DAY).package
        scenario = build_scenario(
            {"municipality": code, "year": 2017, "options": [{"name": "2017", "elements": list(package.elements())}]},
            "sim.estimate.mix",
        )
        studies.append(prepare(scenario, code, on=ALLOCATION_DAY))
    return studies


def solved_rate(studies: list[Study], metamodel: Metamodel, draw: ParameterDraw | None = None) -> float:
    """Return the driving hour in kroner at which the studies cost the target net per passenger (linear in the hour).

    Under central assumptions, or under a draw.
    """
    target_oere = 100 * load_facts()["net_per_passenger_2017"].low
    at = []
    for kroner in (100.0, 500.0):
        net = passengers = 0.0
        for study in studies:
            at_rate = None if draw is None else replace(draw, values={**draw.values, RATE: kroner}, volume_factor=1.0)
            assumptions = study.assumptions.at({RATE: kroner})
            moved = replace(study, rates=rates_from_register(assumptions, study.prices.operator))
            year = estimate(moved, at_rate, metamodel=metamodel).options[0].year
            net, passengers = net + year.net_cost_oere, passengers + year.passengers
        at.append(net / passengers)
    return 100.0 + 400.0 * (target_oere - at[0]) / (at[1] - at[0])


def rate_at_ends(metamodel: Metamodel, workers: int = 2) -> dict[str, tuple[float, float]]:
    """Return how many times the driving hour would be paid at the low and the high end of each assumption that moves it."""
    studies = studies_2017()
    known = read_by(studies[0], lambda study: estimate(study, metamodel=metamodel))
    varied = [a for a in load_assumptions().values() if a.id in known and has_range(a) and a.drawn and a.id != RATE]
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        central = pool.submit(_rate, metamodel, {})
        ends = [
            [pool.submit(_rate, metamodel, {a.id: float(end)}) for end in (a.low or 0.0, a.high or 0.0)] for a in varied
        ]
        found = {
            a.id: (low.result() / central.result(), high.result() / central.result())
            for a, (low, high) in zip(varied, ends, strict=True)
        }
    return {key: pair for key, pair in found.items() if any(round(ratio, 4) != 1 for ratio in pair)}


def rate_in_draws(metamodel: Metamodel, workers: int = 2) -> tuple[float, ...]:
    """Return how many times the central driving hour would be paid in each of the parameter draws."""
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        central = pool.submit(_rate, metamodel, {})
        found = list(pool.map(_rate_in, [metamodel] * DRAWS, range(DRAWS)))
        return tuple(rate / central.result() for rate in found)


_known_studies = cache(studies_2017)


def _rate_in(metamodel: Metamodel, number: int) -> float:
    """Return the solved driving hour in one draw."""
    studies = _known_studies()
    return solved_rate(studies, metamodel, parameter_draws(DRAWS, load_assumptions(), studies[0].volume)[number])


def _rate(metamodel: Metamodel, values: dict[str, float]) -> float:
    """Return the solved driving hour at other values of some assumptions."""
    return solved_rate([with_assumptions(s, values) if values else s for s in _known_studies()], metamodel)
