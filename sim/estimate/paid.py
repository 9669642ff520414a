"""The year that a municipality has told the cost of: what was paid is known, so no assumption may make it dearer or cheaper."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sim.estimate.alternatives import RATE
from sim.estimate.estimate import estimate
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

    def hour_kr(self, under: Study) -> float:
        """Return the driving hour at which the year ``under`` other assumptions costs what it did."""
        hour = under.assumptions.number(RATE)
        low, high = _cost(under), _cost(under.at({RATE: STEP * hour}))
        return max(LEAST_KR, hour + (self.cost_oere - low) / (high - low) * (STEP - 1.0) * hour)

    def draws(self, draws: Iterable[ParameterDraw]) -> tuple[ParameterDraw, ...]:
        """Return parameter draws, each with its own driving hour."""
        return tuple(replace(d, values={**d.values, RATE: self.hour_kr(self.study.under(d))}) for d in draws)


def _cost(study: Study) -> float:
    return estimate(study, study.draw).options[0].year.net_cost_oere
