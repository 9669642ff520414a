"""The driving hour at which the simulated net cost of the observed months is the observed one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.answer.records.budget import DrivingHour
from sim.inputs.assumptions import load_assumptions
from sim.inputs.scenario import Scenario
from sim.study.draws import parameter_draws
from sim.study.prepare import prepare
from sim.study.replicated.measures import Measure
from sim.study.replicated.parallel import Progress, gather
from sim.study.replicated.sequential import half_width
from sim.study.replicated.totals import Replication
from sim.study.study import Study
from tariffs.errors import InputError

ASSUMPTION = "operator_driving_kr_per_hour"
REPLICATIONS = 5
SETTLED = 0.001
"""The simulated cost may differ from the observed by this share."""
MOST_ROUNDS = 5
USUAL_ROUNDS = 3
"""Simulations until the cost has settled, as a rule."""
DECIMALS = 2

Costs = Callable[[float], tuple[NDArray[np.float64], NDArray[np.float64]]]
"""Net cost and operator payment of the observed months in each replication, in oere, at a driving rate in kr per hour."""


def costs_too_little(observed_oere: int) -> InputError:
    """Return what is said of observed months that cost less than the model's would without any payment for driving."""
    return InputError(
        "Modellen kan ikke tilpasses de oplyste udgifter",
        why=f"selv uden betaling for kørslen ville de koste mere end de oplyste {observed_oere / 100:,.0f} kr.".replace(
            ",", "."
        ),
        next_step="kontrollér, at udgiften er nettoudgift i kroner for de samme måneder som passagererne, eller udelad den",
    )


@dataclass(frozen=True)
class RateFit:
    """A driving rate, and how it was found.

    ``chance_kr`` is the half-width of the rate's 95 % t interval by chance alone; ``simulated_oere`` the mean net cost of
    the observed months at the rate; ``low`` and ``high`` the range that bids allow.
    """

    rate_kr: float
    chance_kr: float
    observed_oere: int
    simulated_oere: float
    simulated_passengers: float
    low: float
    high: float

    @property
    def is_plausible(self) -> bool:
        """Whether the rate lies in the range that bids allow."""
        return self.low <= self.rate_kr <= self.high

    @property
    def shown(self) -> DrivingHour:
        """The fit as published."""
        return DrivingHour(
            operator_driving_kr_per_hour=self.rate_kr,
            chance_kr_per_hour=self.chance_kr,
            replications=REPLICATIONS,
            observed_oere=self.observed_oere,
            simulated_oere=self.simulated_oere,
            simulated_passengers=self.simulated_passengers,
            low=self.low,
            high=self.high,
            plausible=self.is_plausible,
        )


def solve_rate(costs: Costs, observed_oere: int, start_kr: float) -> tuple[float, float, float]:
    """Return the driving rate in kr per hour, its chance (95 % half-width) and the mean net cost at it.

    Net cost is all but linear in the rate: the start fee stands apart, and the planner weighs driving a little
    differently at each rate. So the line through the last two simulations is followed until the cost settles.

    Raises InputError when no rate above zero can give the observed cost.
    """
    net, operator = costs(start_kr)
    rate, slope = start_kr, operator.mean() / start_kr
    for _ in range(MOST_ROUNDS):
        missing = observed_oere - net.mean()
        if abs(missing) <= SETTLED * abs(observed_oere) or slope <= 0:
            break
        following = round(rate + float(missing / slope), DECIMALS)
        if following <= 0:
            raise costs_too_little(observed_oere)
        found, _ = costs(following)
        if following != rate:
            slope = float((found.mean() - net.mean()) / (following - rate))
        rate, net = following, found
    return rate, half_width((observed_oere - net) / slope), float(net.mean())


def _quietly(done: int, expected: int) -> None:
    """Show no progress."""


def fit_rate(
    scenario: Scenario,
    code: str,
    months: Sequence[int],
    observed_oere: int,
    workers: int,
    progress: Progress = _quietly,
) -> RateFit:
    """Fit the driving rate to the net cost of ``months`` (1-12) of the scenario's year under its first option."""
    seen = [month - 1 for month in months]
    latest: list[Replication] = []

    def costs(rate_kr: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        runs = gather(_at(scenario, code, rate_kr), (), workers=workers, tables_to=None, progress=progress).central
        latest[:] = runs
        return _costs(runs, months)

    assumptions = load_assumptions()
    start, register = assumptions.number(ASSUMPTION), assumptions[ASSUMPTION]
    rate, chance, simulated = solve_rate(costs, observed_oere, start)
    passengers = np.mean([r.months[0, seen, Measure.PASSENGERS].sum() for r in latest])
    return RateFit(rate, chance, observed_oere, simulated, float(passengers), register.low or 0.0, register.high or 0.0)


STEP = 1.1
"""How many times the rate the central years are simulated at to see how their cost follows it."""


def rates_by_draw(
    scenario: Scenario,
    code: str,
    months: Sequence[int],
    rate_kr: float,
    draws: int,
    workers: int,
    progress: Progress = _quietly,
) -> tuple[float, ...]:
    """Return the driving rate of every parameter draw at which the draw's months cost what they do under central parameters.

    What was paid is known, so no draw may make it dearer or cheaper: as calibration has an hour for each draw by 2017.
    """
    study = _at(scenario, code, rate_kr)
    drawn = parameter_draws(draws, study.assumptions, study.volume)
    samples = gather(study, drawn, workers=workers, tables_to=None, progress=progress)
    net, operator = _costs(samples.central, months)
    dearer = gather(_at(scenario, code, STEP * rate_kr), (), workers=workers, tables_to=None, progress=progress)
    hours = (_costs(dearer.central, months)[0].mean() - net.mean()) / ((STEP - 1) * operator.mean())
    drawn_net, drawn_operator = _costs(samples.drawn, months)
    missing = net[samples.paired_with] - drawn_net
    rates = rate_kr * (1 + missing / (np.clip(hours, 0.1, 1.0) * drawn_operator))
    return tuple(round(float(rate), DECIMALS) for rate in np.maximum(rates, 1.0))


def _at(scenario: Scenario, code: str, rate_kr: float) -> Study:
    return prepare(scenario.model_copy(update={"assumptions": {**scenario.assumptions, ASSUMPTION: rate_kr}}), code)


def _costs(runs: Sequence[Replication], months: Sequence[int]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return net cost and operator payment of the months in each run, in oere."""
    seen = [month - 1 for month in months]
    totals = np.array([r.months[0, seen].sum(axis=0) for r in runs], dtype=np.float64)
    return totals[:, Measure.NET_COST], totals[:, Measure.OPERATOR_PAYMENT]
