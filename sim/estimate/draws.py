"""The parameter draws as the instant estimate takes them: each with the driving hour at which its own 2017 costs what it did.

The hour that calibration solved for in a draw makes up, too, for what the planner does with parameters that the estimate does
not know (how wide the pickup window is, where the vehicles stand). In the estimate that would be made up for twice.
"""

from dataclasses import replace

from sim.estimate.alternatives import RATE
from sim.estimate.estimate import Estimate, estimates
from sim.estimate.operator_time import load_metamodel
from sim.estimate.paid import Paid
from sim.inputs.assumptions import Assumptions
from sim.riders.demand.volume import Volume
from sim.study.draws import ParameterDraw, parameter_draws
from sim.study.study import Study

DRAWS_AT_ONCE = 12
"""Sets of assumptions behind an interval that is shown at once: as many as can be reckoned before one has looked up."""


def estimates_at_once(study: Study, paid: Paid | None = None) -> list[Estimate]:
    """Return the estimate of a study under each of the sets of assumptions that are shown at once.

    ``paid`` is the year whose cost the municipality has told: it costs that in every set.
    """
    return estimates(studies_at_once(study, paid))


def studies_at_once(study: Study, paid: Paid | None = None) -> list[Study]:
    """Return a study under each of the sets of assumptions that are shown at once; ``paid`` as in `estimates_at_once`."""
    sets = estimated_draws(DRAWS_AT_ONCE, study.assumptions, study.volume)
    return [study.under(draw) for draw in (sets if paid is None else paid.draws(sets))]


def estimated_draws(count: int, assumptions: Assumptions, volume: Volume) -> tuple[ParameterDraw, ...]:
    """Return the first ``count`` draws with the estimate's own hour; one that the user has stated stays as it is."""
    draws = parameter_draws(count, assumptions, volume)
    if assumptions[RATE].overridden:
        return draws
    ratios, hour = load_metamodel().rate_in_draws, assumptions.number(RATE)
    return tuple(replace(d, values={**d.values, RATE: hour * ratios[d.number]}) for d in draws)
