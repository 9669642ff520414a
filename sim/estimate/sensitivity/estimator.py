"""Estimates of one study at many values of its assumptions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sim.estimate.alternatives import RATE, with_assumptions
from sim.estimate.estimate import Estimate, estimates
from sim.estimate.operator_time import load_metamodel
from sim.estimate.paid import Paid
from sim.study.draws import ParameterDraw
from sim.study.study import Study


@dataclass(frozen=True)
class Point:
    """Where a study is estimated: values of some assumptions, times the volume, and the number of the price response's draw, None
    for the mean."""

    values: Mapping[str, float] = field(default_factory=dict)
    volume_factor: float = 1.0
    response: int | None = None


class Estimator:
    """Estimates a study at many values of its assumptions.

    Unless the user has stated it, the price of a driving hour follows the assumptions it was fitted under, so that 2017 still
    costs what it did (``following``). Where the municipality has told what a year cost (``paid``), the hour follows that.
    """

    def __init__(self, study: Study, *, following: bool = True, paid: Paid | None = None) -> None:
        self.study, self._paid = study, paid
        self.follows = following and not study.assumptions[RATE].overridden
        self._model = load_metamodel()

    def at(self, values: Mapping[str, float], volume_factor: float = 1.0, response: int | None = None) -> Estimate:
        """Return the estimate at one point."""
        return self.each([Point(values, volume_factor, response)])[0]

    def each(self, points: Sequence[Point]) -> list[Estimate]:
        """Return the estimate at each point, worked out together."""
        return estimates([self._study(point) for point in self._with_hours([self._followed(p) for p in points])])

    def _followed(self, point: Point) -> Point:
        if not self.follows or RATE in point.values:
            return point
        ratio = self._model.rate_ratio(point.values, self.study.assumptions)
        if ratio == 1.0:
            return point
        return replace(point, values={**point.values, RATE: self.study.assumptions.number(RATE) * ratio})

    def _with_hours(self, points: list[Point]) -> list[Point]:
        """Return the points, each with the hour at which the year that was paid for costs what it did."""
        if self._paid is None:
            return points
        asked = [n for n, p in enumerate(points) if RATE not in p.values and (p.values or p.response is not None)]
        unders = [_answering(with_assumptions(self._paid.study, points[n].values), points[n].response) for n in asked]
        found = list(points)
        for number, hour in zip(asked, self._paid.hours_kr(unders), strict=True):
            found[number] = replace(points[number], values={**points[number].values, RATE: hour})
        return found

    def _study(self, point: Point) -> Study:
        study = self.study
        if point.values or point.volume_factor != 1.0:
            study = with_assumptions(study, point.values, point.volume_factor)
        return _answering(study, point.response)


def _answering(study: Study, response: int | None) -> Study:
    return study if response is None else replace(study, draw=ParameterDraw(response, {}))
