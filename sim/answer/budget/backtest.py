"""The backtest: what the model would have said of each of the municipality's own months before it saw it.

Before month k the model knows the months before it. It starts from the year as it would have been estimated without the
municipality's figures (closed form: allocated volume, the default month profile, parameter draws), and learns the level from
what has been seen as a forecast learns from spending (`sim.answer.budget.learning`). What is compared is net cost where the
months have it, else passengers.
"""

from calendar import monthrange
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.answer.budget.learning import learn
from sim.answer.budget.observed import Observed
from sim.answer.budget.recalibration import reference_alone
from sim.answer.budget.season import MONTHS, month_shares
from sim.estimate.draws import estimated_draws
from sim.estimate.estimate import Estimate, estimate, estimates
from sim.inputs.scenario import Scenario
from sim.study.prepare import prepare
from sim.study.replicated.figures import Figure, figure
from sim.study.study import Study

DRAWS = 16
FEWEST_MONTHS = 3
UNEVEN = 1.5
"""A booking's cost varies: the mean of its square over the square of its mean, for chance (squared variation of about 0.5)."""


@dataclass(frozen=True)
class Said:
    """One month: what the model said of it and of the whole year before it was seen, and what it was; oere or passengers.

    ``line`` is the straight line's month (what a day has been so far), ``year_line`` its year; both None before any month.
    """

    month: int
    said: Figure
    year_said: Figure
    was: int
    line: float | None
    year_line: float | None

    @property
    def is_inside(self) -> bool:
        """Whether what it was lies in the interval."""
        return self.said.p10 <= self.was <= self.said.p90


@dataclass(frozen=True)
class Backtest:
    """The months in order; ``of_cost`` says whether they are net cost, else passengers."""

    year: int
    of_cost: bool
    months: tuple[Said, ...]

    @property
    def errors(self) -> tuple[float, float]:
        """Mean absolute error in per cent of the months after the first: the model's and the straight line's."""
        later = [(said, said.line) for said in self.months if said.line is not None and said.was]
        model = float(np.mean([abs(said.said.mean / said.was - 1) for said, _ in later]))
        return 100 * model, 100 * float(np.mean([abs(line / said.was - 1) for said, line in later]))

    @property
    def inside(self) -> tuple[int, int]:
        """How many of the months after the first lie in their interval, and of how many."""
        later = self.months[1:]
        return sum(said.is_inside for said in later), len(later)


def can_be_tested(observed: Observed) -> bool:
    """Whether the months are the first of a year, and enough to tell from."""
    return len(observed.months) >= FEWEST_MONTHS and observed.are_the_first


def backtest(scenario: Scenario, code: str, observed: Observed) -> Backtest:
    """Return what the model would have said; the scenario's options and reference decide the scheme that held.

    Raises InputError when the year cannot be calculated.
    """
    year = observed.year or scenario.year
    unseen = scenario.model_copy(
        update={"passengers": None, "counted_year": None, "observed_months": None, "observed": None}
    )
    study = prepare(reference_alone(unseen, code, year), code)
    of_cost = observed.cost_oere is not None
    was = np.array(observed.cost_oere if observed.cost_oere is not None else observed.passengers, dtype=np.float64)
    central, drawn = _unseen_year(study, of_cost=of_cost)
    days = np.array([monthrange(year, month)[1] for month in range(1, MONTHS + 1)])
    told = []
    for place, month in enumerate(observed.months):
        gone = (np.arange(MONTHS) < place).astype(np.float64)
        seen, paired = float(was[:place].sum()), np.zeros(len(drawn), dtype=np.int64)
        known = np.arange(MONTHS) <= place
        one, year_left = (
            learn(round(seen), central * part, drawn * part, paired, gone, study.assumptions).remaining
            for part in (known, np.ones(MONTHS))
        )
        per_day = seen / days[:place].sum() if place else None
        whole = figure(year_left)
        told.append(
            Said(
                month,
                figure(one, at_least=0.0),
                Figure(whole.mean + seen, whole.p10 + seen, whole.p90 + seen, whole.chance, whole.parameters),
                int(was[place]),
                None if per_day is None else per_day * int(days[place]),
                None if per_day is None else per_day * int(days.sum()),
            )
        )
    return Backtest(year, of_cost, tuple(told))


def _unseen_year(study: Study, *, of_cost: bool) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the months of the year before anything of it is known: (2, 12) with chance between them, and (draws, 12)."""

    def months(of: Study, found: Estimate) -> NDArray[np.float64]:
        amounts = found.options[0].year
        whole = amounts.net_cost_oere if of_cost else amounts.passengers
        return np.asarray(float(whole) * month_shares(of.year, of.assumptions), dtype=np.float64)

    found = estimate(study)
    middle = months(study, found)
    amounts = found.options[0].year
    each = UNEVEN * (middle.sum() / float(amounts.trips) if of_cost else float(amounts.passengers / amounts.trips))
    # Two years whose months vary as single bookings make them vary; `learn` reads the chance off their difference.
    away = np.sqrt(np.maximum(middle, 0.0) * each / 3) * np.where(np.arange(MONTHS) % 2, 1.0, -1.0)
    drawn = [study.under(draw) for draw in estimated_draws(DRAWS, study.assumptions, study.volume)]
    return np.array([middle - away, middle + away]), np.array(list(map(months, drawn, estimates(drawn))))
