"""Estimates of one study at many values of its assumptions."""

from collections.abc import Mapping
from dataclasses import replace

from sim.estimate.alternatives import RATE, with_assumptions
from sim.estimate.estimate import Estimate, estimate
from sim.estimate.operator_time import load_metamodel
from sim.estimate.paid import Paid
from sim.estimate.strands import Ground
from sim.study.draws import ParameterDraw
from sim.study.study import Study


class Estimator:
    """Estimates a study at many values of its assumptions, keeping what does not change between them.

    Unless the user has stated it, the price of a driving hour follows the assumptions it was fitted under, so that 2017 still
    costs what it did (``following``). Where the municipality has told what a year cost (``paid``), the hour follows that.
    """

    def __init__(self, study: Study, *, following: bool = True, paid: Paid | None = None) -> None:
        self.study, self._paid = study, paid
        self.follows = following and not study.assumptions[RATE].overridden
        self._model = load_metamodel()
        self._ground: Ground | None = None

    def at(self, values: Mapping[str, float], volume_factor: float = 1.0, response: int | None = None) -> Estimate:
        """Return the estimate at some values; ``response`` is the number of the price response's draw, None for the mean."""
        if self.follows and RATE not in values:
            ratio = self._model.rate_ratio(values, self.study.assumptions)
            if ratio != 1.0:
                values = {**values, RATE: self.study.assumptions.number(RATE) * ratio}
        if self._paid is not None and RATE not in values and (values or response is not None):
            under = with_assumptions(self._paid.study, values)
            if response is not None:
                under = replace(under, draw=ParameterDraw(response, {}))
            values = {**values, RATE: self._paid.hour_kr(under)}
        study = with_assumptions(self.study, values, volume_factor) if values or volume_factor != 1.0 else self.study
        if response is not None:
            study = replace(study, draw=ParameterDraw(response, {}))
        found = estimate(study, study.draw, earlier=self._ground)
        self._ground = self._ground or found.ground
        return found
