"""An independent judge of what the planner and the vehicles did: plain Python, nothing taken from the code it judges.

It knows the numbering of fields and events, and the rules as a planner at Movia would state them. `complaints` reads an
event log, `plan_complaints` a plan; both return sentences, none when all is well.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from sim.road.dispatch import plan as p
from sim.road.kernel import Kind, Workload

DAY_S = 86_400
BEFORE_A_VEHICLE = (Kind.DECLINED, Kind.REFUSED, Kind.DROPPED, Kind.NO_VEHICLE)
FINAL = (*BEFORE_A_VEHICLE, Kind.IN_VAIN, Kind.DROPPED_OFF)
Event = tuple[int, int, int, int, int]


def half_up(seconds: int, permille: int) -> int:
    """Return the actual driving time: planned times permille, to the nearest second, halves upwards."""
    return (Fraction(seconds * permille, 1000) + Fraction(1, 2)).__floor__()


def complaints(
    work: Workload,
    vehicles: NDArray[np.int64],
    drive_s: NDArray[np.int32],
    events: Iterable[Sequence[int]],
    *,
    as_planned: bool = False,
    weekend: NDArray[np.bool_] | None = None,
) -> list[str]:
    """Return everything wrong with an event log.

    ``as_planned`` says that nothing went otherwise than planned, so every window and ride limit must hold too.
    """
    log: list[Event] = [tuple(int(v) for v in event) for event in events]  # type: ignore[misc]
    wrong = [f"time goes back from {a} to {b}" for a, b in pairwise(log) if b[0] < a[0]]
    wrong += _outcomes(work, log)
    took: dict[int, tuple[int, int]] = {e[2]: (e[3], e[0]) for e in log if e[1] in (Kind.BOOKED, Kind.MOVED)}
    by_vehicle_day: dict[tuple[int, int], list[Event]] = defaultdict(list)
    for event in log:
        if event[1] < Kind.DUTY_START or event[1] == Kind.MOVED:
            continue
        _, _, row, vehicle, _ = event
        if row not in took or took[row][0] != vehicle:
            wrong.append(f"{event}: vehicle {vehicle} did not take request {row}")
            continue
        if event[0] < took[row][1]:
            wrong.append(f"{event}: before it was booked")
        by_vehicle_day[vehicle, int(work.service_day[row])].append(event)
    for (vehicle, day), its in by_vehicle_day.items():
        off = weekend is not None and bool(weekend[day])
        wrong += _vehicle_day(work, vehicles[vehicle], drive_s, day, off, its, as_planned)
    for (vehicle, day), its in by_vehicle_day.items():
        for its_next in (by_vehicle_day[key] for key in by_vehicle_day.keys() & {(vehicle, day + 1)}):
            last, way_home = its[-1], int(drive_s[_place(work, its[-2]), vehicles[vehicle, p.V_BASE]])
            if last[0] + way_home > its_next[0][0]:
                wrong.append(f"{its_next[0]}: starts before the vehicle is home from {last}")
    return wrong


def _place(work: Workload, event: Event) -> int:
    return int(work.planner[event[2], p.R_DESTINATION if event[1] == Kind.DROPPED_OFF else p.R_ORIGIN])


def _outcomes(work: Workload, log: list[Event]) -> list[str]:
    wrong = []
    mine: dict[int, list[Event]] = defaultdict(list)
    for event in log:
        mine[event[2]].append(event)
    served = [Kind.BOOKED, Kind.AT_PICKUP, Kind.PICKED_UP, Kind.AT_DROPOFF, Kind.DROPPED_OFF]
    nobody = [Kind.BOOKED, Kind.AT_PICKUP, Kind.IN_VAIN]
    for row in range(len(work.asked_at_s)):
        story = [e for e in mine[row] if e[1] not in (Kind.DUTY_START, Kind.DUTY_END, Kind.MOVED)]
        kinds = [Kind(e[1]) for e in story]
        if sum(k in FINAL for k in kinds) != 1:
            wrong.append(f"request {row} has not one outcome: {kinds}")
            continue
        if story[0][0] != work.asked_at_s[row]:
            wrong.append(f"request {row} was answered at {story[0][0]}, not when asked")
        decided = Kind(int(work.decision[row]))
        way_out = int(work.outbound[row])
        if decided != Kind.BOOKED:
            allowed = [[decided]]
        elif way_out >= 0 and not any(e[1] == Kind.BOOKED for e in mine[way_out]):
            allowed = [[Kind.DROPPED]]
        else:
            allowed = [[Kind.NO_VEHICLE], nobody if work.in_vain[row] else served]
        if kinds not in allowed:
            wrong.append(f"request {row}: {kinds} is not one of {allowed}")
        moved = [e[0] for e in mine[row] if e[1] == Kind.MOVED]
        if moved and (kinds[0] != Kind.BOOKED or min(moved) < story[0][0] or max(moved) > story[1][0] - story[1][4]):
            wrong.append(f"request {row} was moved at {moved}, not between its booking and the way to it")
    answers = [e[2] for e in log if e[1] <= Kind.BOOKED]
    if answers != sorted(answers):
        wrong.append("requests were not answered in row order")
    return wrong


def _vehicle_day(
    work: Workload,
    vehicle: NDArray[np.int64],
    drive_s: NDArray[np.int32],
    day: int,
    weekend: bool,
    events: list[Event],
    as_planned: bool,
) -> list[str]:
    """Follow one vehicle through one service day in space and time."""
    wrong = []
    base, seats = int(vehicle[p.V_BASE]), int(vehicle[p.V_SEATS])
    guaranteed = vehicle[p.V_CONTRACT] == p.GARANTIVOGN
    at_base_from = day * DAY_S + int(vehicle[p.V_FROM])
    if weekend and not vehicle[p.V_WEEKEND]:
        wrong.append(f"day {day}: works on a weekend")
    on_duty, fresh, place, ready, aboard, first_row, last_row = False, False, base, 0, 0, -1, -1
    picked_at: dict[int, int] = {}
    arrived: Event | None = None
    for event in events:
        time, kind, row, _, seconds = event
        request = work.planner[row]
        passengers = int(request[p.R_PASSENGERS])
        if (kind in (Kind.PICKED_UP, Kind.IN_VAIN, Kind.DROPPED_OFF)) != (arrived is not None):
            wrong.append(f"{event}: stops do not come as arrival and end")
        if kind == Kind.DUTY_START:
            if on_duty:
                wrong.append(f"{event}: a duty starts inside a duty")
            if time < at_base_from:
                wrong.append(f"{event}: leaves the base {at_base_from - time} s before it can be there")
            on_duty, fresh, place, ready, first_row = True, True, base, time, row
        elif kind == Kind.DUTY_END:
            if guaranteed:
                wrong.append(f"{event}: the duty of a garantivogn ends with its hours")
            if not on_duty or aboard or row != last_row or time != ready:
                wrong.append(f"{event}: ends a duty with {aboard} on board, last stop {last_row} at {ready}")
            on_duty, at_base_from = False, time + int(drive_s[place, base])
        elif kind in (Kind.AT_PICKUP, Kind.AT_DROPOFF):
            to = int(request[p.R_ORIGIN if kind == Kind.AT_PICKUP else p.R_DESTINATION])
            permille = (work.pickup_drive_permille if kind == Kind.AT_PICKUP else work.dropoff_drive_permille)[row]
            if not on_duty:
                wrong.append(f"{event}: drives outside a duty")
            if seconds != half_up(int(drive_s[place, to]), int(permille)):
                wrong.append(f"{event}: {seconds} s is not the drive from {place} to {to} at {permille} permille")
            if time - seconds < ready or (fresh and (time - seconds != ready or row != first_row)):
                wrong.append(f"{event}: left before it was ready at {ready}, or a duty began with waiting")
            place, fresh, arrived = to, False, event
        else:
            if arrived is None:
                continue
            if arrived[2] != row or (arrived[1] == Kind.AT_DROPOFF) != (kind == Kind.DROPPED_OFF):
                wrong.append(f"{event}: ends another stop than {arrived}")
            start = time - seconds
            if start < arrived[0] or (kind == Kind.DROPPED_OFF and start != arrived[0]):
                wrong.append(f"{event}: service cannot have begun at {start}")
            if kind == Kind.DROPPED_OFF:
                due = int(work.alighting_s[row])
                aboard -= passengers
                if row not in picked_at:
                    wrong.append(f"{event}: dropped off without having been picked up")
                elif as_planned and start - picked_at[row] > request[p.R_LIMIT]:
                    wrong.append(f"{event}: rode {start - picked_at[row]} s, longest {request[p.R_LIMIT]}")
            else:
                if start < day * DAY_S + request[p.R_EARLIEST]:
                    wrong.append(f"{event}: service begins before the window")
                if as_planned and start > day * DAY_S + request[p.R_LATEST]:
                    wrong.append(f"{event}: service begins {start - day * DAY_S - request[p.R_LATEST]} s too late")
                due = work.in_vain_wait_s if kind == Kind.IN_VAIN else int(work.boarding_s[row])
                if request[p.R_WHEELCHAIR] and not vehicle[p.V_LIFT]:
                    wrong.append(f"{event}: a wheelchair in a vehicle without lift")
                if kind == Kind.PICKED_UP:
                    picked_at[row] = time
                    aboard += passengers
                    if aboard > seats:
                        wrong.append(f"{event}: {aboard} passengers on {seats} seats")
            if seconds != due:
                wrong.append(f"{event}: took {seconds} s instead of {due}")
            ready, arrived, last_row = time, None, row
    if as_planned and ready > day * DAY_S + vehicle[p.V_UNTIL]:
        wrong.append(f"day {day}: still at work after its hours")
    if on_duty != guaranteed or aboard or arrived:
        wrong.append(f"day {day}: the last duty does not end, {aboard} on board")
    return wrong


def plan_complaints(
    plan: p.Plan,
    slot: int,
    requests: NDArray[np.int64],
    vehicles: NDArray[np.int64],
    drive_s: NDArray[np.int32],
    rates: NDArray[np.int64],
    booked: dict[int, int],
) -> list[str]:
    """Return everything wrong with one slot of a plan none of whose stops has been driven to yet.

    ``booked`` holds the vehicle of each request that was taken.
    """
    wrong, seen = [], []
    for number, vehicle in enumerate(vehicles):
        count = int(plan.status[slot, number, p.COUNT])
        stops = [[int(v) for v in stop] for stop in plan.stops[slot, number, :count]]
        base, place, ready, load = int(vehicle[p.V_BASE]), int(vehicle[p.V_BASE]), int(vehicle[p.V_FROM]), 0
        guaranteed = vehicle[p.V_CONTRACT] == p.GARANTIVOGN
        own = rates[1 if guaranteed else 0]
        for k, stop in enumerate(stops):
            row, pickup = stop[p.REQUEST], stop[p.KIND] == p.PICKUP
            request = [int(v) for v in requests[row]]
            seen.append((row, pickup))
            tag = f"vehicle {number} stop {k} (request {row})"
            if booked.get(row) != number:
                wrong.append(f"{tag}: was not booked here")
            other = stops[stop[p.PARTNER]]
            if other[p.REQUEST] != row or other[p.KIND] == stop[p.KIND] or (stop[p.PARTNER] > k) != pickup:
                wrong.append(f"{tag}: its partner is {stop[p.PARTNER]}")
            fixed = (
                (request[p.R_ORIGIN], request[p.R_EARLIEST], request[p.R_LATEST], request[p.R_BOARDING])
                if pickup
                else (request[p.R_DESTINATION], 0, stop[p.LATEST], request[p.R_ALIGHTING])
            )
            if tuple(stop[f] for f in (p.PLACE, p.EARLIEST, p.LATEST, p.SERVICE)) != fixed:
                wrong.append(f"{tag}: does not say what the request says")
            load += request[p.R_PASSENGERS] if pickup else -request[p.R_PASSENGERS]
            if stop[p.LOAD] != load or load > vehicle[p.V_SEATS]:
                wrong.append(f"{tag}: load {stop[p.LOAD]}, counted {load}, seats {vehicle[p.V_SEATS]}")
            if pickup and request[p.R_WHEELCHAIR] and not vehicle[p.V_LIFT]:
                wrong.append(f"{tag}: a wheelchair in a vehicle without lift")
            # When it can be here, and what that costs.
            to, earliest = stop[p.PLACE], stop[p.EARLIEST]
            approach, ride = int(drive_s[base, to]), int(drive_s[place, to])
            fresh_cost = int(own[p.C_START] + own[p.C_DRIVE] * approach)
            if k == 0:
                start, cost, fresh = max(earliest, ready + approach), fresh_cost, 1
            else:
                start = max(earliest, ready + ride)
                cost, fresh = int(own[p.C_DRIVE] * ride + own[p.C_WAIT] * (start - ready - ride)), 0
                empty = load - request[p.R_PASSENGERS] == 0 and pickup
                if (
                    empty
                    and not guaranteed
                    and ready + int(drive_s[place, base]) + approach <= start
                    and fresh_cost < cost
                ):
                    cost, fresh = fresh_cost, 1
            if (stop[p.ARRIVE], stop[p.COST], stop[p.FROM_BASE]) != (start, cost, fresh):
                wrong.append(f"{tag}: {stop[p.ARRIVE], stop[p.COST], stop[p.FROM_BASE]} for {start, cost, fresh}")
            if pickup and not request[p.R_EARLIEST] <= start <= request[p.R_LATEST]:
                wrong.append(f"{tag}: starts at {start}, outside its window")
            if not pickup and start - other[p.ARRIVE] - other[p.SERVICE] > request[p.R_LIMIT]:
                wrong.append(f"{tag}: the ride is too long")
            place, ready = to, start + stop[p.SERVICE]
        if ready > vehicle[p.V_UNTIL]:
            wrong.append(f"vehicle {number} is at work after its hours")
        if load:
            wrong.append(f"vehicle {number} ends its day with {load} on board")
    if sorted(seen) != sorted((row, pickup) for row in booked for pickup in (False, True)):
        wrong.append("not every booked request stands in the plan with one pickup and one drop-off")
    return wrong
