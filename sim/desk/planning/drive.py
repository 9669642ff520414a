"""The clock and the planner set to work on real requests: a part of the period is one long service day, vehicles work shifts."""

import numpy as np

from sim.desk.planning.parts import parts_of
from sim.desk.planning.protocol import Ints, Outcome, Planner, Progress, Requests, Vehicles, silent
from sim.road.dispatch.fleet import grouped
from sim.road.dispatch.plan import (
    C_DRIVE,
    CONTRACTS,
    GARANTIVOGN,
    REQUEST_FIELDS,
    V_BASE,
    V_CONTRACT,
    V_FROM,
    V_SEATS,
    V_UNTIL,
    V_WEEKEND,
    VEHICLE_FIELDS,
)
from sim.road.dispatch.planner import INSERTION, improve
from sim.road.dispatch.travel import Travel
from sim.road.kernel import EventLog, Kind, Workload, simulate

DAY_S = 86_400
MOST_STOPS = 1024
"""Stops that one vehicle can have in a shift; a vehicle that is full takes no more bookings."""

RATES = np.zeros((1, CONTRACTS, 3), dtype=np.int64)
"""What a plan costs: its driving, and nothing else."""
RATES[:, :, C_DRIVE] = 1

STOP_VEHICLE, STOP_REQUEST, STOP_PICKUP, ARRIVE, BEGIN, DEPART = range(6)
STOP_COLUMNS = 6


def plan_and_drive(
    requests: Requests,
    vehicles: Vehicles,
    travel: Travel,
    *,
    planner: Planner,
    boarding_s: int,
    relocations: int,
    seed: int,
    progress: Progress = silent,
) -> Outcome:
    """Answer every request when it becomes known and drive the plan, as `PlanAndDrive` says."""
    how = INSERTION if planner == "insertion" else improve(relocations, seed)
    vehicle = np.full(len(requests), -1, dtype=np.int64)
    stops: list[Ints] = []
    answered = 0

    def tell(here: int) -> None:
        progress(answered + here, len(requests))

    for part in parts_of(requests, vehicles):
        # A part begins at the midnight before its first shift.
        midnight = part.begins_s // DAY_S * DAY_S
        asked = requests.at(part.request_rows, midnight)
        log = simulate(
            _work(asked, boarding_s),
            vehicles=_fleet(vehicles.at(part.vehicle_rows, midnight)),
            travel=travel,
            rates=RATES,
            planner=how,
            max_stops=min(MOST_STOPS, 2 * len(asked)),
            answered=tell,
        )
        took, its_stops = _outcome(log, len(asked))
        vehicle[part.request_rows] = np.where(took >= 0, part.vehicle_rows[took], -1)
        its_stops[:, STOP_VEHICLE] = part.vehicle_rows[its_stops[:, STOP_VEHICLE]]
        its_stops[:, STOP_REQUEST] = part.request_rows[its_stops[:, STOP_REQUEST]]
        its_stops[:, ARRIVE:] += midnight
        stops.append(its_stops)
        answered += len(asked)
        progress(answered, len(requests))
    made = np.concatenate(stops) if stops else np.zeros((0, STOP_COLUMNS), dtype=np.int64)
    made = made[np.argsort(made[:, STOP_VEHICLE], kind="stable")]
    of_vehicle, request, pickup, arrive, begin, depart = (made[:, column] for column in range(STOP_COLUMNS))
    return Outcome(vehicle, of_vehicle, request, pickup.astype(np.bool_), arrive, begin, depart)


def _work(requests: Requests, boarding_s: int) -> Workload:
    count = len(requests)
    zeros = np.zeros(count, dtype=np.int64)
    as_planned = np.full(count, 1000, dtype=np.int64)
    boarding = np.full(count, boarding_s, dtype=np.int64)
    # The columns as `sim.road.dispatch.plan` numbers a request's fields; the planner's ride begins when boarding has ended.
    columns = (
        requests.origin,
        requests.destination,
        requests.earliest_s,
        requests.latest_s,
        boarding,
        zeros,
        requests.ride_limit_s - boarding_s,
        requests.passengers,
        zeros,
    )
    assert len(columns) == REQUEST_FIELDS
    return Workload(
        # Before the first day nothing moves, so that only the order of booking counts.
        asked_at_s=np.maximum(requests.booked_s, -1),
        service_day=zeros,
        decision=np.full(count, Kind.BOOKED, dtype=np.int8),
        outbound=zeros - 1,
        planner=np.stack(columns, axis=1),
        pickup_drive_permille=as_planned,
        dropoff_drive_permille=as_planned,
        boarding_s=boarding,
        alighting_s=zeros,
        in_vain=np.zeros(count, dtype=bool),
        in_vain_wait_s=0,
        dropoff_by_s=requests.dropoff_latest_s,
    )


def _fleet(vehicles: Vehicles) -> Ints:
    """Return vehicles that stand where they are between trips and have hours: garantivogne, to the planner."""
    fleet = np.zeros((len(vehicles), VEHICLE_FIELDS), dtype=np.int64)
    fleet[:, V_BASE], fleet[:, V_SEATS] = vehicles.place, vehicles.seats
    fleet[:, V_FROM], fleet[:, V_UNTIL] = vehicles.start_s, vehicles.end_s
    fleet[:, V_CONTRACT], fleet[:, V_WEEKEND] = GARANTIVOGN, 1
    return grouped(fleet)


def _outcome(log: EventLog, requests: int) -> tuple[Ints, Ints]:
    """Return the vehicle of each request, -1 for none, and the stops that an event log tells of, vehicle by vehicle."""
    events = log.columns()
    kind = events[:, 1]
    booked = events[kind == Kind.BOOKED]
    vehicle = np.full(requests, -1, dtype=np.int64)
    vehicle[booked[:, 2]] = booked[:, 3]
    arrivals = _by_vehicle(events[(kind == Kind.AT_PICKUP) | (kind == Kind.AT_DROPOFF)])
    ends = _by_vehicle(events[(kind == Kind.PICKED_UP) | (kind == Kind.DROPPED_OFF)])
    if not np.array_equal(arrivals[:, 2:4], ends[:, 2:4]):
        raise AssertionError("stops do not come as arrival and end")
    # Who took a booking need not be who drove it: it may have been moved.
    vehicle[arrivals[:, 2]] = arrivals[:, 3]
    arrive, driven, end = arrivals[:, 0], arrivals[:, 4], ends[:, 0]
    goes_on = np.r_[arrivals[1:, 3] == arrivals[:-1, 3], False][: len(arrivals)]
    depart = np.where(goes_on, np.roll(arrive - driven, -1), end)
    pickup = arrivals[:, 1] == Kind.AT_PICKUP
    return vehicle, np.stack([arrivals[:, 3], arrivals[:, 2], pickup, arrive, end - ends[:, 4], depart], axis=1)


def _by_vehicle(events: Ints) -> Ints:
    return events[np.argsort(events[:, 3], kind="stable")]
