"""One simulated period: every request an event at its booking time, every vehicle's stops events on the day.

Simultaneous events happen in the order in which they were put on the calendar; requests made in the same
second come in row order. Only the next event of each process is on the calendar.
"""

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np
import simpy
from numpy.typing import NDArray

from sim.dispatch.insertion import cancel_dropoff, insert, push_back
from sim.dispatch.plan import (
    ARRIVE,
    AT_BASE,
    COMMITTED,
    COUNT,
    DRIVING,
    FREE_AT,
    FROM_BASE,
    HELD,
    INFEASIBLE,
    KIND,
    MAX_STOPS,
    PICKUP,
    PLACE,
    REQUEST,
    SLOTS,
    STATE,
    V_BASE,
    Plan,
)
from sim.kernel.log import EventLog, Kind

DAY_S = 86_400
BOOKING_HORIZON_DAYS = 14
SERVICE_BEGINS_S = 4 * 3600
"""Vehicles can leave their base from 04:00, so that the first trips at 06:00 can be met anywhere."""

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


def simulate(
    work: Workload,
    *,
    vehicles: NDArray[np.int64],
    drive_s: NDArray[np.int32],
    rates: NDArray[np.int64],
    max_stops: int = MAX_STOPS,
) -> EventLog:
    """Run the requests through the planner and the vehicles through their days; return the event log.

    Parameters
    ----------
    vehicles : int64 (vehicles, VEHICLE_FIELDS), alike ones next to each other
    drive_s : int32 (places, places), planned driving time
    rates : int64 (days, 3), cost rates by service day: start (oere x 3600), driving and waiting (oere per hour)
    """
    if len(work.asked_at_s) == 0:
        return EventLog()
    return _Day(work, vehicles, drive_s, rates, max_stops).run()


class _Day:
    """The running state of one simulation: calendar, plan, and which vehicles are under way today."""

    def __init__(
        self,
        work: Workload,
        vehicles: NDArray[np.int64],
        drive_s: NDArray[np.int32],
        rates: NDArray[np.int64],
        max_stops: int,
    ) -> None:
        self.work = work
        self.vehicles = vehicles
        self.drive_s = drive_s
        self.rates = rates
        self.plan = Plan.empty(len(vehicles), available_from_s=SERVICE_BEGINS_S, max_stops=max_stops)
        self.scratch = np.zeros(max_stops + 2, dtype=np.int64)
        self.log = EventLog()
        first_day = min(int(work.asked_at_s[0]) // DAY_S, int(work.service_day.min()))
        self.last_day = int(work.service_day.max())
        self.start_s = first_day * DAY_S
        self.env = simpy.Environment(initial_time=self.start_s)
        # Plain lists and memory views: reading one number from them is far cheaper than from an array.
        self.stops = memoryview(self.plan.stops)
        self.status = memoryview(self.plan.status)
        self.drive = memoryview(self.drive_s)
        self.base = [int(b) for b in vehicles[:, V_BASE]]
        self.pickup_permille = work.pickup_drive_permille.tolist()
        self.dropoff_permille = work.dropoff_drive_permille.tolist()
        self.boarding = work.boarding_s.tolist()
        self.alighting = work.alighting_s.tolist()
        self.in_vain = work.in_vain.tolist()
        # (slot, vehicle) -> [generation of the running process, time it sleeps until or None]; absent: not under way
        self.under_way: dict[tuple[int, int], list[int | None]] = {}
        self.generation = 0

    def run(self) -> EventLog:
        self.env.process(self.days())
        self.env.process(self.requests())
        self.env.run()
        return self.log

    def days(self) -> Events:
        """Open each service day at midnight: clear the slot that comes into view, start vehicles with a plan."""
        env, status = self.env, self.status
        for day in range(self.start_s // DAY_S, self.last_day + 1):
            if env.now < day * DAY_S:
                yield env.timeout(day * DAY_S - env.now)
            fresh = (day + BOOKING_HORIZON_DAYS + 1) % SLOTS
            self.plan.status[fresh] = 0
            self.plan.status[fresh, :, STATE] = AT_BASE
            self.plan.status[fresh, :, FREE_AT] = SERVICE_BEGINS_S
            slot = day % SLOTS
            for vehicle in range(len(self.base)):
                if status[slot, vehicle, COUNT]:
                    self.start(day, vehicle)

    def start(self, day: int, vehicle: int) -> None:
        """Put the vehicle's work of the day on the calendar, replacing a process that sleeps too long."""
        self.generation += 1
        self.under_way[day % SLOTS, vehicle] = [self.generation, None]
        self.env.process(self.work_day(day, vehicle, self.generation))

    def requests(self) -> Events:
        """Make every request at its time: declined, refused, dropped, or handed to the planner."""
        env, work, append = self.env, self.work, self.log.append
        planner, vehicles, drive, rates, scratch = work.planner, self.vehicles, self.drive_s, self.rates, self.scratch
        stops, status = self.plan.stops, self.plan.status
        booked, dropped, no_vehicle = int(Kind.BOOKED), int(Kind.DROPPED), int(Kind.NO_VEHICLE)
        became = work.decision.tolist()
        asked, days, outbound = work.asked_at_s.tolist(), work.service_day.tolist(), work.outbound.tolist()
        timeout, now = env.timeout, self.start_s
        for row, at in enumerate(asked):
            # One event for each request, also when several fall in the same second.
            yield timeout(at - now)
            now = at
            if became[row] != booked:
                append((at, became[row], row, -1, 0))
                continue
            way_out = outbound[row]
            if way_out >= 0 and became[way_out] != booked:
                became[row] = dropped
                append((at, dropped, row, -1, 0))
                continue
            day = days[row]
            slot = day % SLOTS
            vehicle = insert(stops, status, slot, planner, row, vehicles, drive, rates[day], scratch)
            if vehicle == INFEASIBLE:
                became[row] = no_vehicle
                append((at, no_vehicle, row, -1, 0))
                continue
            append((at, booked, row, vehicle, 0))
            if at >= day * DAY_S:
                self.call(day, vehicle)

    def call(self, day: int, vehicle: int) -> None:
        """Tell a vehicle, on the day itself, that its plan has changed."""
        state = self.under_way.get((day % SLOTS, vehicle))
        if state is None:
            self.start(day, vehicle)
        elif state[1] is not None and self.leaves_at(day, vehicle) < state[1]:
            self.start(day, vehicle)

    def leaves_at(self, day: int, vehicle: int) -> int:
        """Return when the vehicle must leave for its next stop to be there as planned, year seconds."""
        slot = day % SLOTS
        stops = self.stops
        position = self.status[slot, vehicle, COMMITTED]
        place = stops[slot, vehicle, position, PLACE]
        if stops[slot, vehicle, position, FROM_BASE]:
            before = self.base[vehicle]
        else:
            before = stops[slot, vehicle, position - 1, PLACE]
        leaves: int = stops[slot, vehicle, position, ARRIVE] - self.drive[before, place] + day * DAY_S
        return leaves

    def work_day(self, day: int, vehicle: int, generation: int) -> Events:
        """Drive one vehicle's plan of one service day, stop by stop, as it stands when each leg begins."""
        env, stops, status, drive, append = self.env, self.stops, self.status, self.drive, self.log.append
        timeout = env.timeout
        slot, midnight, base = day % SLOTS, day * DAY_S, self.base[vehicle]
        me = self.under_way[slot, vehicle]
        while True:
            position = status[slot, vehicle, COMMITTED]
            if position == status[slot, vehicle, COUNT]:
                del self.under_way[slot, vehicle]
                return
            place = stops[slot, vehicle, position, PLACE]
            row = stops[slot, vehicle, position, REQUEST]
            from_base = stops[slot, vehicle, position, FROM_BASE]
            before = base if from_base else stops[slot, vehicle, position - 1, PLACE]
            planned_drive = drive[before, place]
            wait = stops[slot, vehicle, position, ARRIVE] + midnight - planned_drive - env.now
            if wait > 0:
                me[1] = int(env.now) + wait
                yield timeout(wait)
                if me[0] != generation or self.under_way.get((slot, vehicle)) is not me:
                    return
                me[1] = None
                continue

            # Leave for the stop: from here on it is no longer the planner's to change.
            status[slot, vehicle, COMMITTED] = position + 1
            status[slot, vehicle, STATE] = DRIVING
            if from_base:
                append((env.now, Kind.DUTY_START, row, vehicle, 0))
            pickup = stops[slot, vehicle, position, KIND] == PICKUP
            permille = self.pickup_permille[row] if pickup else self.dropoff_permille[row]
            driven = (planned_drive * permille + 500) // 1000
            yield timeout(driven)
            append((env.now, Kind.AT_PICKUP if pickup else Kind.AT_DROPOFF, row, vehicle, driven))
            early = 0
            if pickup:
                early = max(0, stops[slot, vehicle, position, ARRIVE] + midnight - env.now)
                if self.in_vain[row]:
                    service, ended = self.work.in_vain_wait_s, Kind.IN_VAIN
                else:
                    service, ended = self.boarding[row], Kind.PICKED_UP
            else:
                service, ended = self.alighting[row], Kind.DROPPED_OFF
            yield timeout(early + service)
            now = int(env.now)
            append((now, ended, row, vehicle, service))
            if ended is Kind.IN_VAIN:
                cancel_dropoff(
                    self.plan.stops, self.plan.status, slot, vehicle, position, self.vehicles, self.drive_s,
                    self.rates[day],
                )  # fmt: skip
            if now - midnight > stops[slot, vehicle, position, ARRIVE] + stops[slot, vehicle, position, 5]:
                push_back(
                    self.plan.stops, self.plan.status, slot, vehicle, position, now - midnight, self.vehicles,
                    self.drive_s, self.rates[day],
                )  # fmt: skip
            following = position + 1
            ended_duty = following == status[slot, vehicle, COUNT] or stops[slot, vehicle, following, FROM_BASE]
            if ended_duty:
                append((now, Kind.DUTY_END, row, vehicle, 0))
                status[slot, vehicle, STATE] = AT_BASE
                status[slot, vehicle, FREE_AT] = now - midnight + drive[place, base]
            else:
                status[slot, vehicle, STATE] = HELD
