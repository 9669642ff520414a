"""The year that a municipality has told the cost of: what was paid is known, so no assumption may make it dearer or cheaper."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sim.estimate.alternatives import RATE
from sim.estimate.estimate import estimate, estimates
from sim.study.draws import ParameterDraw
from sim.study.study import Study

STEP = 1.1
LEAST_KR = 1.0


@dataclass(frozen=True, eq=False)
class Paid:
    """The year that was paid for, at the driving hour fitted to it, and what the estimate says that it cost in oere.

    The months of a cost that is known for some of them follow the whole year.
    """

    study: Study
    cost_oere: float

    @classmethod
    def of(cls, study: Study) -> "Paid":
        """Return a study of the year as paid for."""
        return cls(study, _cost(study))

    def hours_kr(self, unders: Sequence[Study]) -> list[float]:
        """Return for each of some registers the driving hour at which its year costs what it did, estimated together."""
        hours = [under.assumptions.number(RATE) for under in unders]
        moved = [under.at({RATE: STEP * hour}) for under, hour in zip(unders, hours, strict=True)]
        costs = [found.options[0].year.net_cost_oere for found in estimates([*unders, *moved])]
        return [
            max(LEAST_KR, hour + (self.cost_oere - low) / (high - low) * (STEP - 1.0) * hour)
            for hour, low, high in zip(hours, costs[: len(hours)], costs[len(hours) :], strict=True)
        ]

    def draws(self, draws: Iterable[ParameterDraw]) -> tuple[ParameterDraw, ...]:
        """Return parameter draws, each with its own driving hour."""
        some = list(draws)
        hours = self.hours_kr([self.study.under(draw) for draw in some])
        return tuple(replace(d, values={**d.values, RATE: hour}) for d, hour in zip(some, hours, strict=True))


def _cost(study: Study) -> float:
    return estimate(study, study.draw).options[0].year.net_cost_oere
