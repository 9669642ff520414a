"""The clock and the planner set to work on real requests: all days are one long service day, every vehicle works its shift."""

import numpy as np

from sim.dispatch.fleet import grouped
from sim.dispatch.plan import (
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
from sim.dispatch.travel import Travel
from sim.kernel import EventLog, Kind, Workload, simulate
from sim.planning.protocol import Ints, Outcome, Planner, Requests, Vehicles
from tariffs.errors import InputError

MOST_STOPS = 1024
"""Stops that one vehicle can have in a shift; a vehicle that is full takes no more bookings."""


def plan_and_drive(
    requests: Requests,
    vehicles: Vehicles,
    travel: Travel,
    *,
    planner: Planner,
    boarding_s: int,
    relocations: int,
    seed: int,
) -> Outcome:
    """Answer every request when it becomes known and drive the plan, as `PlanAndDrive` says."""
    if planner == "improve":
        raise InputError("planlæggeren improve findes ikke endnu", next_step="brug --planner insertion")
    # A plan costs its driving and nothing else.
    rates = np.zeros((1, CONTRACTS, 3), dtype=np.int64)
    rates[:, :, C_DRIVE] = 1
    log = simulate(
        _work(requests, boarding_s),
        vehicles=_fleet(vehicles),
        travel=travel,
        rates=rates,
        max_stops=min(MOST_STOPS, 2 * len(requests)),
    )
    return outcome_of(log, len(requests))


def _work(requests: Requests, boarding_s: int) -> Workload:
    count = len(requests)
    zeros = np.zeros(count, dtype=np.int64)
    as_planned = np.full(count, 1000, dtype=np.int64)
    boarding = np.full(count, boarding_s, dtype=np.int64)
    # The columns as `sim.dispatch.plan` numbers a request's fields; the planner's ride begins when boarding has ended.
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


def outcome_of(log: EventLog, requests: int) -> Outcome:
    """Return what an event log says of the requests and of the vehicles' stops."""
    events = log.columns()
    kind = events[:, 1]
    booked = events[kind == Kind.BOOKED]
    vehicle = np.full(requests, -1, dtype=np.int64)
    vehicle[booked[:, 2]] = booked[:, 3]
    arrivals = _by_vehicle(events[(kind == Kind.AT_PICKUP) | (kind == Kind.AT_DROPOFF)])
    ends = _by_vehicle(events[(kind == Kind.PICKED_UP) | (kind == Kind.DROPPED_OFF)])
    arrive, driven, end = arrivals[:, 0], arrivals[:, 4], ends[:, 0]
    goes_on = np.r_[arrivals[1:, 3] == arrivals[:-1, 3], False][: len(arrivals)]
    return Outcome(
        vehicle=vehicle,
        stop_vehicle=arrivals[:, 3],
        stop_request=arrivals[:, 2],
        stop_pickup=arrivals[:, 1] == Kind.AT_PICKUP,
        arrive_s=arrive,
        begin_s=end - ends[:, 4],
        depart_s=np.where(goes_on, np.roll(arrive - driven, -1), end),
    )


def _by_vehicle(events: Ints) -> Ints:
    return events[np.argsort(events[:, 3], kind="stable")]
