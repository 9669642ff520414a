"""One simulated period: every request an event at its booking time, every stop of a vehicle an event on the day.

Simultaneous events happen in the order in which they were put on the calendar; requests made in the same
second come in row order; a vehicle that was to leave at a second has left when a request is made in it. Only the next event of
each process is on SimPy's calendar: the next request, the next midnight, and the road's next stop, whichever vehicle makes it. A
process goes on with its following events as long as none of another's comes between, and gives the word back to SimPy then.
"""

from collections.abc import Callable, Generator

import numpy as np
import simpy
from numpy.typing import NDArray

from sim.road.dispatch.gaps import empty_gaps, open_gaps
from sim.road.dispatch.plan import MAX_STOPS, R_LATEST, SLOTS, Plan, day_before_it_begins
from sim.road.dispatch.planner import INSERTION, Planner
from sim.road.dispatch.regrouping import ROOM
from sim.road.dispatch.travel import Travel
from sim.road.kernel.calendar import NEVER, SECOND, new_calendar
from sim.road.kernel.log import EventLog, empty_buffer, finished_log
from sim.road.kernel.road import begin_day, drive_on, make_requests
from sim.road.kernel.workload import Workload

DAY_S = 86_400
BOOKING_HORIZON_DAYS = 14
TELL_EVERY = 256
"""Requests between two calls that tell how far a simulation has come."""

LATER = NEVER // SECOND
"""A second that never comes."""

Events = Generator[simpy.Event, None, None]


def simulate(
    work: Workload,
    *,
    vehicles: NDArray[np.int64],
    travel: Travel,
    rates: NDArray[np.int64],
    weekend: NDArray[np.bool_] | None = None,
    planner: Planner = INSERTION,
    max_stops: int = MAX_STOPS,
    answered: Callable[[int], None] | None = None,
    every_vehicle: bool = False,
) -> EventLog:
    """Run the requests through the planner and the vehicles through their days; return the event log.

    Parameters
    ----------
    vehicles : int64 (vehicles, VEHICLE_FIELDS), alike ones next to each other
    travel : planned driving times
    rates : int64 (days, CONTRACTS, 3), cost rates by service day and contract: start (in parts of an oere), driving and
        waiting (oere per hour)
    answered : called now and then with the number of requests made so far
    planner : insertion alone, or with continuing improvement
    every_vehicle : look at every vehicle for every booking, also where bounds show that a few suffice: the same plans, slower
    weekend : bool (days,), days on which only the vehicles that work on weekends are there; None for none
    """
    log = empty_buffer(len(work.asked_at_s), planner.relocations)
    if len(work.asked_at_s):
        _Period(work, vehicles, travel, rates, weekend, planner, max_stops, log, answered, every_vehicle).run()
    return finished_log(log)


class _Period:
    """The running state of one simulation: SimPy's calendar, the road's, and the plan."""

    def __init__(
        self,
        work: Workload,
        vehicles: NDArray[np.int64],
        travel: Travel,
        rates: NDArray[np.int64],
        weekend: NDArray[np.bool_] | None,
        planner: Planner,
        max_stops: int,
        log: NDArray[np.int64],
        answered: Callable[[int], None] | None,
        every_vehicle: bool,
    ) -> None:
        self.work, self.vehicles, self.rates, self.log = work, vehicles, rates, log
        self.where, self.rows, self.planner = travel.where, work.rows(), planner
        self.first_day, self.last_day = int(work.service_day.min()), int(work.service_day.max())
        self.slots = min(SLOTS, self.last_day - self.first_day + 1)
        room = ROOM if planner.relocations else 0
        self.plan = Plan.empty(vehicles, slots=self.slots, max_stops=max_stops, room=room)
        self.gaps = empty_gaps(
            vehicles, self.where, rates, latest_s=int(self.rows[:, R_LATEST].max()), slots=self.slots,
            every_vehicle=every_vehicle,
        )  # fmt: skip
        self.weekend = frozenset(np.flatnonzero(weekend).tolist()) if weekend is not None else frozenset[int]()
        self.state = (self.plan.stops, self.plan.status, self.rows, log, self.where, *self.gaps)
        self.start_s = min(int(work.asked_at_s[0]) // DAY_S, self.first_day) * DAY_S
        self.answered = answered
        self.beginnings: dict[tuple[bool, bytes], NDArray[np.int64]] = {}
        self.env = simpy.Environment(initial_time=self.start_s)
        self.road = new_calendar(self.plan.status[..., 0].size, int(work.asked_at_s[0]))
        self.midnight, self.wakes_at = LATER, LATER

    def run(self) -> None:
        self.env.process(self.days())
        self.env.process(self.requests())
        self.env.run()

    def days(self) -> Events:
        """Open each service day when it comes into view, and send the vehicles with a plan off at its midnight."""
        env, opened = self.env, self.first_day
        for day in range(self.start_s // DAY_S, self.last_day + 1):
            if env.now < day * DAY_S:
                self.midnight = day * DAY_S
                yield env.timeout(self.midnight - env.now)
            while opened <= min(self.last_day, day + BOOKING_HORIZON_DAYS + 1):
                self.open(opened)
                opened += 1
            if day >= self.first_day:
                stop_ends = begin_day(*self.state, self.road, day % self.slots)
                if stop_ends < self.wakes_at:
                    self.wake(day * DAY_S, stop_ends)
        self.midnight = LATER

    def open(self, day: int) -> None:
        """Open a service day; days with the same rates and vehicles begin alike, which is worked out once."""
        kind = (day in self.weekend, self.rates[day].tobytes())
        if kind not in self.beginnings:
            self.beginnings[kind] = day_before_it_begins(self.vehicles, self.rates[day], weekend=kind[0])
        self.plan.open_day(day, self.beginnings[kind])
        open_gaps(self.gaps, day % self.slots, self.beginnings[kind], self.where)

    def requests(self) -> Events:
        """Make every request at its time, one after the other, also when several fall in the same second."""
        env, asked, row = self.env, self.work.asked_at_s.tolist(), 0
        relocations, seed = self.planner.relocations, self.planner.seed
        now = self.start_s
        for told in range(0, len(asked), TELL_EVERY):
            if self.answered:
                self.answered(told)
            end = min(told + TELL_EVERY, len(asked))
            while row < end:
                now, before = asked[row], now
                yield env.timeout(now - before)
                row, stop_ends = make_requests(
                    *self.state, self.road, row, end, max(self.midnight, now + 1), relocations, seed
                )
                if stop_ends < self.wakes_at:
                    self.wake(now, stop_ends)

    def wake(self, now: int, second: int) -> None:
        """See to it that the vehicles drive on at this second, when the road's next stop ends."""
        self.wakes_at = second
        self.env.timeout(second - now).callbacks.append(self.drive)

    def drive(self, _: simpy.Event) -> None:
        """Let the vehicles drive on, unless a call that came sooner has seen to it."""
        now = int(self.env.now)
        if now == self.wakes_at:
            until = max(self.midnight, now + 1)
            self.wakes_at = LATER
            stop_ends = drive_on(*self.state, self.road, until)
            if stop_ends < LATER:
                self.wake(now, stop_ends)
