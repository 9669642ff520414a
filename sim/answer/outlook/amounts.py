"""What an option comes to in one of the years: the budget year as it runs, a later one with what is introduced still growing."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from sim.inputs.assumptions import Assumptions
from sim.study.introduction import MONTHS_A_YEAR, settled_shares
from sim.study.replicated.measures import Measure
from sim.study.replicated.totals import Replication
from sim.study.study import Study

Shares = NDArray[np.float64]


def amounts(study: Study, runs: Iterable[Replication], place: int, measure: Measure) -> NDArray[np.float64]:
    """Return an option's amount in every run of a year, an introduced service at its settled volume in a later year.

    The budget year with a start date is the first option's until then and the option's from there.
    """
    if study.start_day is None:
        return np.array([float(run.year[place, measure]) for run in runs], dtype=np.float64)
    return np.array([_as_it_runs(run, place, measure) for run in runs], dtype=np.float64)


def _as_it_runs(run: Replication, place: int, measure: Measure) -> float:
    assert run.part_year is not None
    today = run.year[0, measure] - run.not_yet[0, :, measure].sum()
    return float(today - run.part_year[0, measure] + run.part_year[place, measure])


def lacking(runs: Iterable[Replication], place: int, measure: Measure, shares: Shares) -> NDArray[np.float64]:
    """Return what the settled amount of a later year has too much in every run, at the shares of its twelve months (`month_shares`)."""
    return np.array([float((1.0 - shares) @ run.begun[place, :, measure]) for run in runs], dtype=np.float64)


def month_shares(study: Study, assumptions: Assumptions) -> Shares:
    """Return the mean share of the settled volume that there is in each month of a year after the start, float64 (12,)."""
    by_day, month = settled_shares(study, assumptions), study.year.month
    return np.bincount(month, by_day, minlength=MONTHS_A_YEAR) / np.bincount(month, minlength=MONTHS_A_YEAR)
