"""The trips that a published trial can be held against: those that paid the town fare, and those to a free destination."""

import numpy as np
from numpy.typing import NDArray

from sim.riders.demand.requests import PlaceClass, Requests
from sim.study.replicated.measures import Measure, run_totals
from sim.study.run import OptionRun, option_levels
from sim.study.study import Study
from tariffs import choose_level


def town_levels(study: Study, place: int) -> tuple[int, int] | None:
    """Return the level of a trip in town under the first option and under another, None when it is the same or closed."""
    base, option = study.packages[0], study.packages[place]
    if base.closed_by("in_town") or option.closed_by("in_town"):
        return None
    pair = choose_level(base, "in_town"), choose_level(option, "in_town")
    return None if pair[0] == pair[1] else pair


def freed(study: Study, place: int) -> tuple[str, ...]:
    """Return the destinations that are free under one of the first option and another, but not both, in order."""
    base, option = study.packages[0], study.packages[place]
    return tuple(
        name for name in study.free_names if (name in base.free_destinations) != (name in option.free_destinations)
    )


def town_totals(study: Study, runs: tuple[OptionRun, OptionRun], place: int) -> NDArray[np.int64]:
    """Return the totals of the trips in town that pay the town level both times, int64 (2, measures): before, after.

    Those to a free destination and those who move to plustur are left out: another change moves them.
    """
    pair = town_levels(study, place)
    if pair is None:
        return np.zeros((2, len(Measure)), dtype=np.int64)
    return np.stack([run_totals(run, _paying(study, run.requests, place, pair)) for run in runs])


def _paying(study: Study, requests: Requests, place: int, pair: tuple[int, int]) -> NDArray[np.bool_]:
    before, after = (option_levels(study, requests, n) for n in (0, place))
    town = requests.under(study.lines[place], any_town=study.any_town).place_class == PlaceClass.IN_TOWN
    rows: NDArray[np.bool_] = town & (before == pair[0]) & (after == pair[1])
    return rows


def free_totals(study: Study, runs: tuple[OptionRun, OptionRun], place: int) -> NDArray[np.int64]:
    """Return the totals of the trips to and from each destination of `Study.free_names` that the option frees, or no longer
    frees, int64 (destinations, 2, measures); 0 for the others.
    """
    totals = np.zeros((len(study.free_names), 2, len(Measure)), dtype=np.int64)
    for name in freed(study, place):
        number = study.free_names.index(name)
        for n, run in enumerate(runs):
            totals[number, n] = run_totals(run, run.requests.free_destination == number)
    return totals
