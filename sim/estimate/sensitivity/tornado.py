"""One assumption at a time: what its low and its high value do to the answer."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from sim.estimate.alternatives import RATE, has_range
from sim.estimate.estimate import Estimate
from sim.estimate.paid import Paid
from sim.estimate.reads import in_closed_form
from sim.estimate.sensitivity.estimator import Estimator, Point
from sim.inputs.assumptions import Assumption
from sim.inputs.chance.quantiles import HIGH, LOW, quantiles
from sim.riders.demand.volume import EIGHTY_PER_CENT
from sim.study.study import Study

RESPONSE, VOLUME = "price_response", "volume"
"""Entries that are not in the register: the fitted price response, and the doubt about an allocated volume."""
CHOICES = ("price_level", "pool_scale")
"""Ranges of what one may choose, not of what is unknown."""
MOST_DRAWS = 64
AT_ONCE = 8
"""Assumptions whose ends are estimated together, between two reports of progress."""


@dataclass(frozen=True)
class Swing:
    """What one assumption does: results in oere at its low and its high value, one for each target of the tornado.

    ``low_value`` and ``high_value`` are None for the price response, whose results are the draws' 10 and 90 % quantiles.
    ``drawn`` says whether the comparison's intervals contain it; ``note`` why not.
    """

    id: str
    statement: str
    unit: str
    low_value: float | None
    high_value: float | None
    low: tuple[float, ...]
    high: tuple[float, ...]
    drawn: bool = True
    note: str = ""

    def width(self, target: int) -> float:
        """Return how far apart the two results lie."""
        return abs(self.high[target] - self.low[target])


@dataclass(frozen=True)
class Tornado:
    """All swings of a study.

    ``targets`` are the net cost of the first option, then the change of each other option; ``central`` their estimates.
    ``outside`` are assumptions with a range that the closed form does not contain; ``stated`` those the user has settled;
    ``replaced`` those in whose place the user gave something known. ``paid`` says that the driving hour follows a year whose
    cost is known, not 2017.
    """

    targets: tuple[str, ...]
    central: tuple[float, ...]
    swings: tuple[Swing, ...]
    outside: tuple[str, ...]
    stated: tuple[str, ...]
    replaced: tuple[str, ...]
    paid: bool = False

    def ordered(self, target: int) -> list[Swing]:
        """Return the swings of one target, the widest first; those without any effect on it left out."""
        moving = [s for s in self.swings if s.width(target) > 0]
        return sorted(moving, key=lambda s: (-s.width(target), s.id))


def results(estimate: Estimate) -> tuple[float, ...]:
    """Return what is looked at: the first option's net cost, and each other option's change."""
    first, *others = estimate.options
    return (first.year.net_cost_oere, *(o.change.net_cost_oere for o in others))


def tornado(
    study: Study, progress: Callable[[int, int], None] = lambda done, expected: None, paid: Paid | None = None
) -> Tornado:
    """Run every assumption with a range at both its ends, on the instant estimate; ``paid`` is the year known to have cost what it did."""
    estimator = Estimator(study, paid=paid)
    central = estimator.at({})
    known = in_closed_form(study)
    ranged = [a for a in study.assumptions.values() if has_range(a) and a.id not in CHOICES]
    open_ones = [a for a in ranged if not a.overridden and not a.replaced_by]
    inside = [a for a in open_ones if a.id in known]
    swings = [_volume(study, estimator), response_swing(study, estimator)]
    for start in range(0, len(inside), AT_ONCE):
        swings += swings_of(inside[start : start + AT_ONCE], estimator)
        progress(min(start + AT_ONCE, len(inside)), len(inside))
    names = [option.name for option in study.scenario.options]
    return Tornado(
        targets=(f"nettoudgift: {names[0]}", *(f"mer-/mindreudgift: {name}" for name in names[1:])),
        central=results(central),
        swings=tuple(s for s in swings if s is not None),
        outside=tuple(a.id for a in open_ones if a.id not in known),
        stated=tuple(a.id for a in ranged if a.overridden and not a.replaced_by),
        replaced=tuple(a.id for a in ranged if a.replaced_by),
        paid=paid is not None,
    )


def swings_of(entries: Sequence[Assumption], estimator: Estimator) -> list[Swing]:
    """Return what each of some assumptions of the register does."""
    ends = [Point({entry.id: float(end)}) for entry in entries for end in (entry.low or 0.0, entry.high or 0.0)]
    found = [results(estimate) for estimate in estimator.each(ends)]
    return [_swing(entry, low, high) for entry, low, high in zip(entries, found[::2], found[1::2], strict=True)]


def _swing(entry: Assumption, low: tuple[float, ...], high: tuple[float, ...]) -> Swing:
    note = entry.not_drawn if entry.id != RATE else f"{entry.not_drawn}; her for sig"
    return Swing(entry.id, entry.statement_da, entry.unit, entry.low, entry.high, low, high, entry.drawn, note)


def response_swing(study: Study, estimator: Estimator) -> Swing:
    """Return what the price response does: the 10 and 90 % quantiles over its draws, for each target by itself."""
    count = study.scenario.draws or MOST_DRAWS
    drawn = np.array([results(found) for found in estimator.each([Point(response=number) for number in range(count)])])
    low, high = quantiles(drawn, (LOW, HIGH), "stratified")
    return Swing(
        RESPONSE,
        f"Hvor mange færre der rejser, når prisen stiger (10-90 % af {count} tilpassede kurver)",
        "kurve",
        None,
        None,
        tuple(low.tolist()),
        tuple(high.tolist()),
    )


def _volume(study: Study, estimator: Estimator) -> Swing | None:
    sigma = study.volume.log_sigma
    if not sigma:
        return None
    ends = [math.exp(sign * sigma * EIGHTY_PER_CENT) for sign in (-1, 1)]
    low, high = (results(found) for found in estimator.each([Point(volume_factor=factor) for factor in ends]))
    passengers = [study.volume.passengers * factor for factor in ends]
    return Swing(
        VOLUME, "Kommunens passagerer pr. år, når tallet ikke er dens eget (80 %-interval)", "passagerer pr. år",
        passengers[0], passengers[1], low, high,
    )  # fmt: skip


def widest(swings: Sequence[Swing], target: int, count: int) -> list[Swing]:
    """Return the swings that move one target most, among those that the answer is unsure of."""
    unsure = [s for s in swings if s.drawn and s.width(target) > 0]
    return sorted(unsure, key=lambda s: (-s.width(target), s.id))[:count]
