"""The closed form under the draws that are simulated and a thousand that are not, for the intervals of a comparison."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.estimate.amounts import Amounts
from sim.estimate.draws import estimated_draws
from sim.estimate.estimate import AT_ONCE, Estimate, estimates
from sim.estimate.paid import Paid
from sim.study.draws import ParameterDraw
from sim.study.many_draws import many_draws
from sim.study.replicated.low_fidelity import FEWEST, ClosedForms, Volumes
from sim.study.replicated.measures import MEASURE_KEYS
from sim.study.study import Study


def closed_forms(study: Study, draws: int, paid: Paid | None = None) -> ClosedForms | None:
    """Return the closed form of a study under its first ``draws`` and the many, None for too few draws to hold it against.

    ``paid`` is the year whose cost the municipality has told: it costs that in every draw.
    """
    if draws < FEWEST:
        return None
    few = estimated_draws(draws, study.assumptions, study.volume)
    many = many_draws(study.assumptions, study.volume)
    found = [*estimates([study]), *_under(study, [*few, *many], paid)]
    totals = {"year": _totals([[option.year for option in each.options] for each in found])}
    if study.start_day is not None:
        parts = [[option.part_year for option in each.options if option.part_year is not None] for each in found]
        totals["part_year"] = _totals(parts)
    return ClosedForms(totals, Volumes(_volumes(few), _volumes(many)))


def _under(study: Study, draws: Sequence[ParameterDraw], paid: Paid | None) -> list[Estimate]:
    """Return the estimate under each draw; a study of a draw is large, so they are made some at a time."""
    found: list[Estimate] = []
    for first in range(0, len(draws), AT_ONCE):
        some = tuple(draws[first : first + AT_ONCE])
        found += estimates([study.under(draw) for draw in (some if paid is None else paid.draws(some))])
    return found


def _totals(years: Sequence[Sequence[Amounts]]) -> NDArray[np.float64]:
    return np.array([[[getattr(year, key) for key in MEASURE_KEYS] for year in options] for options in years])


def _volumes(draws: Sequence[ParameterDraw]) -> NDArray[np.float64]:
    return np.array([draw.volume_factor for draw in draws])
