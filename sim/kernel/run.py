"""One simulated period: every request an event at its booking time, every stop of a vehicle an event on the day.

Simultaneous events happen in the order in which they were put on the calendar; requests made in the same
second come in row order; a vehicle that was to leave at a second has left when a request is made in it. Only the next event of
each process is on the calendar.
"""

from collections.abc import Callable, Generator

import numpy as np
import simpy
from numpy.typing import NDArray

from sim.dispatch.plan import COUNT, MAX_STOPS, SLOTS, TOLD, TURN, Plan, day_before_it_begins
from sim.dispatch.planner import INSERTION, Planner
from sim.dispatch.travel import Travel
from sim.kernel.driving import SEVERAL, advance, ask, set_off
from sim.kernel.log import EventLog, empty_buffer, finished_log
from sim.kernel.workload import Workload

DAY_S = 86_400
BOOKING_HORIZON_DAYS = 14
TELL_EVERY = 256
"""Requests between two calls that tell how far a simulation has come."""

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
    weekend : bool (days,), days on which only the vehicles that work on weekends are there; None for none
    """
    log = empty_buffer(len(work.asked_at_s), planner.relocations)
    if len(work.asked_at_s):
        _Period(work, vehicles, travel, rates, weekend, planner, max_stops, log, answered).run()
    return finished_log(log)


class _Period:
    """The running state of one simulation: calendar, plan, and which vehicles are under way."""

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
    ) -> None:
        self.work, self.vehicles, self.rates, self.log = work, vehicles, rates, log
        self.where, self.rows, self.planner = travel.where, work.rows(), planner
        self.first_day, self.last_day = int(work.service_day.min()), int(work.service_day.max())
        self.slots = min(SLOTS, self.last_day - self.first_day + 1)
        self.plan = Plan.empty(vehicles, slots=self.slots, max_stops=max_stops)
        self.weekend = frozenset(np.flatnonzero(weekend).tolist()) if weekend is not None else frozenset[int]()
        self.start_s = min(int(work.asked_at_s[0]) // DAY_S, self.first_day) * DAY_S
        self.answered = answered
        self.beginnings: dict[tuple[bool, bytes], NDArray[np.int64]] = {}
        self.env = simpy.Environment(initial_time=self.start_s)

    def run(self) -> None:
        self.env.process(self.days())
        self.env.process(self.requests())
        self.env.run()

    def days(self) -> Events:
        """Open each service day when it comes into view, and send the vehicles with a plan off at its midnight."""
        env, status, opened = self.env, self.plan.status, self.first_day
        for day in range(self.start_s // DAY_S, self.last_day + 1):
            if env.now < day * DAY_S:
                yield env.timeout(day * DAY_S - env.now)
            while opened <= min(self.last_day, day + BOOKING_HORIZON_DAYS + 1):
                self.open(opened)
                opened += 1
            if day >= self.first_day:
                for vehicle in np.flatnonzero(status[day % self.slots, :, COUNT]).tolist():
                    self.start(day % self.slots, vehicle, 0, 0)

    def open(self, day: int) -> None:
        """Open a service day; days with the same rates and vehicles begin alike, which is worked out once."""
        kind = (day in self.weekend, self.rates[day].tobytes())
        if kind not in self.beginnings:
            self.beginnings[kind] = day_before_it_begins(self.vehicles, self.rates[day], weekend=kind[0])
        self.plan.open_day(day, self.beginnings[kind])

    def requests(self) -> Events:
        """Make every request at its time; one event for each, also when several fall in the same second."""
        stops, status, rows, log, where = self.plan.stops, self.plan.status, self.rows, self.log, self.where
        asked = self.work.asked_at_s
        timeout, slots = self.env.timeout, self.slots
        answered, relocations, seed = self.answered, self.planner.relocations, self.planner.seed
        for row, wait in enumerate(np.diff(asked, prepend=self.start_s).tolist()):
            yield timeout(wait)
            if answered and not row % TELL_EVERY:
                answered(row)
            told = ask(stops, status, rows, log, where, row, relocations, seed)
            if told >= 0:
                day = int(self.work.service_day[row])
                self.start(day % slots, told, int(self.env.now) - day * DAY_S, 1)
            elif told == SEVERAL:
                day = int(self.work.service_day[row])
                for vehicle in np.flatnonzero(status[day % slots, :, TOLD]).tolist():
                    self.start(day % slots, vehicle, int(self.env.now) - day * DAY_S, 1)

    def start(self, slot: int, vehicle: int, clock: int, told: int) -> None:
        """Put a vehicle's work on the calendar from ``clock`` on; a process that waits for another stop is replaced."""
        plan = self.plan
        wait = set_off(plan.stops, plan.status, self.rows, self.where, slot, vehicle, clock, told)
        if wait >= 0:
            self.env.process(self.work_day(slot, vehicle, int(plan.status[slot, vehicle, TURN]), wait))

    def work_day(self, slot: int, vehicle: int, turn: int, wait: int) -> Events:
        """Drive one vehicle's plan of one service day: an event at the end of each stop."""
        stops, status, rows, log, where = self.plan.stops, self.plan.status, self.rows, self.log, self.where
        timeout = self.env.timeout
        while wait >= 0:
            yield timeout(wait)
            wait = advance(stops, status, rows, log, where, slot, vehicle, turn)
