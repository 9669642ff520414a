"""The budget year as it runs: net cost from 1 January to the end of each month."""

from collections.abc import Callable
from functools import reduce
from itertools import pairwise
from operator import sub

from sim.study.replicated.figures import Spread, figure
from sim.study.replicated.measures import Measure
from sim.study.study import Study
from sim.words.figure import Figure

Read = Callable[..., Spread]


def accumulated(study: Study, read: Read, place: int) -> list[Figure]:
    """Return what the budget year comes to by the end of each month, twelve figures (`_until`)."""
    return [figure(reached).shown for reached in _until(study, read, place)]


def budget_months(study: Study, read: Read, place: int) -> list[Figure]:
    """Return what each month of the budget year costs, twelve figures that add up to the year's (`_until`)."""
    reached = _until(study, read, place)
    return [figure(reached[0]).shown, *(figure(now - before).shown for before, now in pairwise(reached))]


def _until(study: Study, read: Read, place: int) -> list[Spread]:
    """Return twelve amounts from 1 January: today's option until the start date, option ``place`` from there; without a start
    the option's own year.

    The months are those of the budget year: without what an introduced service lacks of its settled volume (`Replication.not_yet`).
    The last is the budget year's net cost to the oere, trips booked before the start included. Where the start is late in a
    month, the fortnight's prebooked trips of the month after are counted with that month.
    """
    start = 0 if study.start_day is None else int(study.year.month[study.start_day])

    def months(option: int, first: int) -> list[Spread]:
        return [
            read("months", option, month, Measure.NET_COST) - read("not_yet", option, month, Measure.NET_COST)
            for month in range(first, 12)
        ]

    def whole_year(option: int) -> Spread:
        lacking = (read("not_yet", option, month, Measure.NET_COST) for month in range(12))
        return reduce(sub, lacking, read("year", option, Measure.NET_COST))

    today = whole_year(0)
    total = whole_year(place)
    if study.start_day is not None:
        total = today - (read("part_year", 0, Measure.NET_COST) - read("part_year", place, Measure.NET_COST))

    def until(month: int) -> Spread:
        """Return the net cost to the end of a month: the year's without the months that are left."""
        which, whole = (place, total) if month >= start else (0, today)
        return reduce(sub, months(which, month + 1), whole)

    return [until(month) for month in range(12)]
