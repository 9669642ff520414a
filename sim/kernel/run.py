"""One simulated period: every request an event at its booking time, every stop of a vehicle an event on the day.

Simultaneous events happen in the order in which they were put on the calendar; requests made in the same
second come in row order. Only the next event of each process is on the calendar.
"""

from collections.abc import Generator

import numpy as np
import simpy
from numpy.typing import NDArray

from sim.dispatch.plan import COUNT, INFEASIBLE, MAX_STOPS, R_EARLIEST, SLOTS, Plan
from sim.kernel.driving import BOOKED, NO_VEHICLE, ROAD_FIELDS, SLEEPS_UNTIL, TURN, UNDER_WAY, advance, book
from sim.kernel.log import EventLog, Kind, empty_buffer, finished_log
from sim.kernel.workload import Workload

DAY_S = 86_400
BOOKING_HORIZON_DAYS = 14

Events = Generator[simpy.Event, None, None]


def simulate(
    work: Workload,
    *,
    vehicles: NDArray[np.int64],
    drive_s: NDArray[np.int32],
    rates: NDArray[np.int64],
    weekend: NDArray[np.bool_] | None = None,
    max_stops: int = MAX_STOPS,
) -> EventLog:
    """Run the requests through the planner and the vehicles through their days; return the event log.

    Parameters
    ----------
    vehicles : int64 (vehicles, VEHICLE_FIELDS), alike ones next to each other
    drive_s : int32 (places, places), planned driving time
    rates : int64 (days, CONTRACTS, 3), cost rates by service day and contract: start (in parts of an oere), driving and
        waiting (oere per hour)
    weekend : bool (days,), days on which only the vehicles that work on weekends are there; None for none
    """
    log = empty_buffer(len(work.asked_at_s))
    if len(work.asked_at_s):
        _Period(work, vehicles, drive_s, rates, weekend, max_stops, log).run()
    return finished_log(log)


class _Period:
    """The running state of one simulation: calendar, plan, and which vehicles are under way."""

    def __init__(
        self,
        work: Workload,
        vehicles: NDArray[np.int64],
        drive_s: NDArray[np.int32],
        rates: NDArray[np.int64],
        weekend: NDArray[np.bool_] | None,
        max_stops: int,
        log: NDArray[np.int64],
    ) -> None:
        self.work = work
        self.vehicles, self.drive_s, self.rates = vehicles, drive_s, rates
        self.plan = Plan.empty(vehicles, max_stops=max_stops)
        self.road = np.zeros((SLOTS, len(vehicles), ROAD_FIELDS), dtype=np.int64)
        self.luck = work.luck()
        self.weekend = frozenset(np.flatnonzero(weekend).tolist()) if weekend is not None else frozenset[int]()
        self.log = log
        # The shortest notice any request gives: from asking to its earliest pickup.
        earliest = work.service_day * DAY_S + work.planner[:, R_EARLIEST]
        self.notice_s = max(0, int((earliest - work.asked_at_s).min()))
        self.start_s = min(int(work.asked_at_s[0]) // DAY_S, int(work.service_day.min())) * DAY_S
        self.last_day = int(work.service_day.max())
        self.env = simpy.Environment(initial_time=self.start_s)

    def run(self) -> None:
        self.env.process(self.days())
        self.env.process(self.requests())
        self.env.run()

    def days(self) -> Events:
        """Open each service day at midnight: clear the slot that comes into view, start vehicles with a plan."""
        env, status = self.env, self.plan.status
        for day in range(self.start_s // DAY_S, self.start_s // DAY_S + BOOKING_HORIZON_DAYS + 1):
            self.open(day)
        for day in range(self.start_s // DAY_S, self.last_day + 1):
            if env.now < day * DAY_S:
                yield env.timeout(day * DAY_S - env.now)
            self.open(day + BOOKING_HORIZON_DAYS + 1)
            for vehicle in np.flatnonzero(status[day % SLOTS, :, COUNT]).tolist():
                self.start(day, vehicle)

    def open(self, day: int) -> None:
        """Clear the slot of a service day that comes into view."""
        self.plan.open_day(day % SLOTS, self.vehicles, weekend=day in self.weekend)
        self.road[day % SLOTS, :, UNDER_WAY] = 0

    def requests(self) -> Events:
        """Make every request at its time: declined, refused, dropped, or handed to the planner."""
        work, log = self.work, self.log
        planner, vehicles, drive, rates = work.planner, self.vehicles, self.drive_s, self.rates
        stops, status, road = self.plan.stops, self.plan.status, self.road
        scratch = np.zeros(stops.shape[2] + 2, dtype=np.int64)
        became = work.decision.tolist()
        asked, days, outbound = work.asked_at_s.tolist(), work.service_day.tolist(), work.outbound.tolist()
        timeout, now, dropped = self.env.timeout, self.start_s, int(Kind.DROPPED)
        for row, at in enumerate(asked):
            # One event for each request, also when several fall in the same second.
            yield timeout(at - now)
            now = at
            fate = became[row]
            if fate == BOOKED and outbound[row] >= 0 and became[outbound[row]] != BOOKED:
                fate = became[row] = dropped
            if fate != BOOKED:
                written = int(log[0, 0]) + 1
                log[0, 0] = written
                log[written] = (at, fate, row, -1, 0)
                continue
            day = days[row]
            vehicle, call = book(
                stops, status, road, log, day, day % SLOTS, at, planner, row, vehicles, drive, rates, scratch
            )  # fmt: skip
            if vehicle == INFEASIBLE:
                became[row] = NO_VEHICLE
            elif call:
                self.start(day, vehicle)

    def start(self, day: int, vehicle: int) -> None:
        """Put the vehicle's work of the day on the calendar; a process that sleeps too long is replaced."""
        road = self.road[day % SLOTS, vehicle]
        road[UNDER_WAY], road[SLEEPS_UNTIL] = 1, -1
        road[TURN] += 1
        self.env.process(self.work_day(day, vehicle, int(road[TURN])))

    def work_day(self, day: int, vehicle: int, turn: int) -> Events:
        """Drive one vehicle's plan of one service day: an event at the end of each stop and of each wait."""
        stops, status, road, log = self.plan.stops, self.plan.status, self.road, self.log
        vehicles, drive, rates, luck = self.vehicles, self.drive_s, self.rates, self.luck
        timeout, slot, notice = self.env.timeout, day % SLOTS, self.notice_s
        clock = int(self.env.now) - day * DAY_S
        while True:
            seconds = advance(
                stops, status, road, log, day, slot, vehicle, turn, clock, vehicles, drive, rates, luck, notice
            )  # fmt: skip
            if seconds < 0:
                return
            yield timeout(seconds)
            clock += seconds
