"""Days that an option leaves as they were are not driven again, but taken over from the run of an option before.

Service days do not touch each other: a vehicle begins each at its base, and a booking is looked at with those of its own day alone.
So a day on which exactly the same is asked, in the same order, goes the same way. That most days do so is usual for an option that
few riders notice, and for small municipalities.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.road.dispatch.plan import R_FATE, R_OUTBOUND
from sim.road.kernel import EventLog, Workload


@dataclass(frozen=True)
class AskedByDay:
    """A workload in the order of its service days; within a day as it is asked for."""

    work: Workload

    @cached_property
    def order(self) -> NDArray[np.int64]:
        """The rows of the workload by service day."""
        return np.argsort(self.work.service_day, kind="stable")

    @cached_property
    def begins(self) -> NDArray[np.int64]:
        """Where in ``order`` each day begins, and at the last place its end; int64 (days + 1,)."""
        counts = np.bincount(self.work.service_day)
        return np.concatenate([[0], np.cumsum(counts)])

    @cached_property
    def asked(self) -> NDArray[np.int64]:
        """Everything the kernel is told, by ``order``; the way out of a way home by its place in the day."""
        rows, outbound = self.work.rows()[self.order], self.work.outbound
        place = np.empty_like(self.order)
        place[self.order] = np.arange(len(place)) - self.begins[self.work.service_day[self.order]]
        rows[:, R_OUTBOUND] = np.where(outbound >= 0, place[outbound], -1)[self.order]
        return rows

    @property
    def tours_are_whole(self) -> bool:
        """Whether every way home is on the day of its way out."""
        home = self.work.outbound >= 0
        day = self.work.service_day
        return bool((day[home] == day[self.work.outbound[home]]).all())

    def places_of(self, days: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Return where in ``order`` the days stand that are true in ``days``, which may have other days behind."""
        wanted = np.append(days, False)[np.minimum(self.work.service_day[self.order], len(days))]
        return np.flatnonzero(wanted)

    def same_days(self, other: "AskedByDay") -> NDArray[np.bool_]:
        """Return the days of this workload on which exactly the same is asked in the other, bool (days,)."""
        days = len(self.begins) - 1
        counts = np.diff(self.begins)
        same: NDArray[np.bool_] = counts == np.bincount(other.work.service_day, minlength=days)[:days]
        # Most days that differ do so by what was decided, which is quick to see.
        for look_at in (slice(R_FATE, R_FATE + 1), slice(None)):
            different = self.asked[self.places_of(same), look_at] != other.asked[other.places_of(same), look_at]
            day = np.repeat(np.flatnonzero(same), counts[same])
            same &= np.bincount(day[different.any(axis=1)], minlength=days) == 0
        return same


@dataclass(frozen=True)
class KnownDays:
    """What was asked of the vehicles, and what came of it."""

    asked: AskedByDay
    log: EventLog


def simulate_the_rest(
    work: Workload, before: Sequence[KnownDays], simulate: Callable[[Workload], EventLog]
) -> KnownDays:
    """Return what comes of a workload: days known from ``before`` are taken over, only the rest is simulated.

    The same vehicles and rates must have served what was before. The log is the one that simulating everything gives, but for the
    order of what different days' or vehicles' events do in the same second.
    """
    asked = AskedByDay(work)
    if not len(work.asked_at_s) or not before or not asked.tours_are_whole:
        return KnownDays(asked, simulate(work))
    new = np.ones(len(asked.begins) - 1, dtype=bool)
    events = []
    for known in before:
        same = asked.same_days(known.asked) & new
        if same.any():
            row = np.full(len(known.asked.order), -1)
            row[known.asked.order[known.asked.places_of(same)]] = asked.order[asked.places_of(same)]
            theirs = known.log.columns()
            taken = theirs[row[theirs[:, 2]] >= 0]
            taken[:, 2] = row[taken[:, 2]]
            events.append(taken)
            new &= ~same
    rows = np.flatnonzero(new[work.service_day])
    if len(rows):
        driven = simulate(work.take(rows)).columns().copy()
        driven[:, 2] = rows[driven[:, 2]]
        events.append(driven)
    every = np.concatenate(events)
    return KnownDays(asked, EventLog(every[np.argsort(every[:, 0], kind="stable")]))
