"""What an introduced flextur or plustur lacks of its settled volume in the budget year, and what it is when settled in a later one.

Nobody is simulated anew: a trip counts by the share of the settled volume that there is on its day. Where plustur is introduced,
the rest of the flextur trips that it is to replace are still made, as under the first option.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sim.study.choice import CLOSED, MOVED, effective_days, levels
from sim.study.introduction import MONTHS_A_YEAR, Service, introduced, settled_shares
from sim.study.replicated.measures import MEASURE_KEYS, Measure, by_month, counted
from sim.study.run import OptionRun, option_levels
from sim.study.study import Study

Parts = Sequence[tuple[OptionRun, NDArray[np.bool_]]]


def not_yet(study: Study, place: int, base: OptionRun, parts: Parts) -> NDArray[np.int64]:
    """Return what is lacking of an option's settled totals from the start date, by calendar month, int64 (12, measures).

    ``parts`` are the runs of the rest of the year with their rows, ``base`` the first option's year. Each total is rounded once a
    month, to whole oere and whole trips; the net cost is the sum of its parts. Zeros where nothing is introduced.
    """
    service = introduced(study, place)
    if service is None:
        return np.zeros((MONTHS_A_YEAR, len(MEASURE_KEYS)), dtype=np.int64)
    lacking = sum(_by_month(study, run, rows & _new(service, run)) for run, rows in parts)
    if service == "plustur":
        lacking = lacking - _by_month(study, base, _replaced(study, place, base))
    months = np.rint(lacking).astype(np.int64)
    months[:, Measure.NET_COST] = (
        months[:, Measure.OPERATOR_PAYMENT] - months[:, Measure.FARES] + months[:, Measure.MOVIA_FEE]
    )
    return months


def settled_months(study: Study, place: int, base: OptionRun, run: OptionRun) -> NDArray[np.int64]:
    """Return what a service introduced in an earlier year adds once it has settled, less what it replaces, int64 (12, measures).

    ``run`` is the option's year, ``base`` the first option's. Zeros where nothing was introduced.
    """
    service = introduced(study, place)
    if service is None:
        return np.zeros((MONTHS_A_YEAR, len(MEASURE_KEYS)), dtype=np.int64)
    if service == "flextur":
        return by_month(run, study.year.month)
    replaced = _replaced(study, place, base)
    return by_month(run, study.year.month, run.requests.plustur) - by_month(base, study.year.month, replaced)


def before_start(study: Study, place: int, run: OptionRun) -> NDArray[np.int64]:
    """Return the option's totals before the start date where flextur itself begins there, by month, int64 (12, measures); else zeros."""
    if introduced(study, place) != "flextur":
        return np.zeros((MONTHS_A_YEAR, len(MEASURE_KEYS)), dtype=np.int64)
    start = study.start_day
    assert start is not None
    return np.rint(_by_month(study, run, run.requests.service_day < start)).astype(np.int64)


def _new(service: Service, run: OptionRun) -> NDArray[np.bool_]:
    return run.requests.plustur if service == "plustur" else np.ones(len(run.requests), dtype=bool)


def _replaced(study: Study, place: int, base: OptionRun) -> NDArray[np.bool_]:
    """Return the first option's flextur trips whose riders take the option's plustur, booked from a start date in the year on."""
    requests, start = base.requests, study.start_day
    placed = requests.under(study.lines[place], any_town=study.any_town)
    without = levels(placed, replace(study.packages[place], plustur=False), study.free_names)
    moved: NDArray[np.bool_] = (option_levels(study, requests, place) == MOVED) & (without != CLOSED)
    if start is None:
        return moved
    since = (requests.service_day >= start) & (effective_days(requests, study.standing_delay_days) >= start)
    return moved & since


def _by_month(study: Study, run: OptionRun, rows: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the totals over rows, each weighing what its day lacks of the settled volume, float64 (12, measures)."""
    day = run.requests.service_day[rows]
    weight, month = 1.0 - settled_shares(study)[day], study.year.month[day]
    columns = counted(run.outcome, run.carried, run.account)
    return np.stack(
        [np.bincount(month, weights=weight * column[rows], minlength=MONTHS_A_YEAR) for column in columns], axis=1
    )
