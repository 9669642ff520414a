"""One simulated period: every request an event at its booking time, every stop of a vehicle an event on the day.

Simultaneous events happen in the order in which they were put on the calendar; requests made in the same
second come in row order. Only the next event of each process is on the calendar.
"""

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np
import simpy
from numpy.typing import NDArray

from sim.dispatch.plan import AT_BASE, COUNT, FREE_AT, INFEASIBLE, MAX_STOPS, R_EARLIEST, SLOTS, STATE, Plan
from sim.kernel.driving import BOOKED, NO_VEHICLE, ROAD_FIELDS, SLEEPS_UNTIL, TURN, UNDER_WAY, advance, book
from sim.kernel.log import EventLog, Kind, empty_buffer, finished_log

DAY_S = 86_400
BOOKING_HORIZON_DAYS = 14

Events = Generator[simpy.Event, None, None]


@dataclass(frozen=True)
class Workload:
    """What the kernel needs of the requests, one row each, ordered by ``asked_at_s`` (ties: as given).

    Attributes
    ----------
    asked_at_s : int64, seconds from the start of the year; never more than 14 days before the service day
    service_day : int64, days from the start of the year
    decision : int8, what becomes of the request before a vehicle is looked for: a ``Kind`` (DECLINED, REFUSED or BOOKED,
        the last meaning "ask the planner")
    outbound : int64, row of the tour's way out, -1 for a way out itself
    planner : int64 (rows, REQUEST_FIELDS), see ``sim.dispatch.plan``
    pickup_drive_permille, dropoff_drive_permille : int64, actual driving time over planned, of the leg to the stop
    boarding_s, alighting_s : int64, actual service times
    in_vain : bool, nobody will be there
    in_vain_wait_s : how long the vehicle waits then
    """

    asked_at_s: NDArray[np.int64]
    service_day: NDArray[np.int64]
    decision: NDArray[np.int8]
    outbound: NDArray[np.int64]
    planner: NDArray[np.int64]
    pickup_drive_permille: NDArray[np.int64]
    dropoff_drive_permille: NDArray[np.int64]
    boarding_s: NDArray[np.int64]
    alighting_s: NDArray[np.int64]
    in_vain: NDArray[np.bool_]
    in_vain_wait_s: int

    def luck(self) -> NDArray[np.int64]:
        """Return what really happens to each request, as `sim.kernel.driving` numbers the fields."""
        columns = (
            self.pickup_drive_permille,
            self.dropoff_drive_permille,
            np.where(self.in_vain, self.in_vain_wait_s, self.boarding_s),
            self.alighting_s,
            self.in_vain,
        )
        return np.stack(columns, axis=1).astype(np.int64)


def simulate(
    work: Workload,
    *,
    vehicles: NDArray[np.int64],
    drive_s: NDArray[np.int32],
    rates: NDArray[np.int64],
    ready_s: int = 4 * 3600,
    max_stops: int = MAX_STOPS,
) -> EventLog:
    """Run the requests through the planner and the vehicles through their days; return the event log.

    Parameters
    ----------
    vehicles : int64 (vehicles, VEHICLE_FIELDS), alike ones next to each other
    drive_s : int32 (places, places), planned driving time
    ready_s : from when vehicles can leave their base, seconds of the service day
    rates : int64 (days, 3), cost rates by service day: start (in parts of an oere), driving and waiting (oere per hour)
    """
    log = empty_buffer(len(work.asked_at_s))
    if len(work.asked_at_s):
        _Period(work, vehicles, drive_s, rates, ready_s, max_stops, log).run()
    return finished_log(log)


class _Period:
    """The running state of one simulation: calendar, plan, and which vehicles are under way."""

    def __init__(
        self,
        work: Workload,
        vehicles: NDArray[np.int64],
        drive_s: NDArray[np.int32],
        rates: NDArray[np.int64],
        ready_s: int,
        max_stops: int,
        log: NDArray[np.int64],
    ) -> None:
        self.work = work
        self.vehicles, self.drive_s, self.rates = vehicles, drive_s, rates
        self.plan = Plan.empty(len(vehicles), available_from_s=ready_s, max_stops=max_stops)
        self.road = np.zeros((SLOTS, len(vehicles), ROAD_FIELDS), dtype=np.int64)
        self.luck = work.luck()
        self.ready_s = ready_s
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
        for day in range(self.start_s // DAY_S, self.last_day + 1):
            if env.now < day * DAY_S:
                yield env.timeout(day * DAY_S - env.now)
            fresh = (day + BOOKING_HORIZON_DAYS + 1) % SLOTS
            status[fresh] = 0
            status[fresh, :, STATE] = AT_BASE
            status[fresh, :, FREE_AT] = self.ready_s
            self.road[fresh, :, UNDER_WAY] = 0
            for vehicle in np.flatnonzero(status[day % SLOTS, :, COUNT]).tolist():
                self.start(day, vehicle)

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
