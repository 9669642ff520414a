"""Driving one option's bookings together with the pool's: what becomes of them, and what each one's driving is paid."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.riders.demand.requests import Requests
from sim.riders.demand.times import LAST_START_S, OPENS_S
from sim.road.dispatch.plan import R_DESTINATION, R_ORIGIN, R_PASSENGERS
from sim.road.dispatch.planner import Planner
from sim.road.dispatch.travel import Travel
from sim.road.kernel import Kind, Workload, simulate
from sim.road.pool import Background, Pool
from sim.road.stops import Duties, Stops, coordinated_trips, duties_of, shared_trips, standing_s, stops_and_duties
from sim.study.accounts.operator import (
    duty_payments,
    operator_rates,
    planner_rates,
    start_payments,
    trip_payments,
    unused_payment,
)
from sim.study.reused_days import KnownDays, simulate_the_rest
from sim.study.study import Study

ENDS = np.array([kind < Kind.BOOKED or kind in (Kind.IN_VAIN, Kind.DROPPED_OFF) for kind in Kind])
"""By kind of event: whether it is the last word on its request."""


@dataclass(frozen=True)
class Driven:
    """What the vehicles did for one replication's requests under one option; arrays have one value per request.

    Attributes
    ----------
    outcome : a ``Kind``: DECLINED, REFUSED, DROPPED, NO_VEHICLE, IN_VAIN, or DROPPED_OFF for a trip made
    operator_parts : its part of the operator payment in 1/3600 oere
    start_parts : the start fees in ``operator_parts``, all together; no rate per hour moves them
    shared, coordinated, standing_s : see `sim.road.stops`
    stops, duties : the duties that carried any of the requests, and all their stops; a referred rider's stop has
        request -1. ``stop_place`` is the place of each stop
    pool_parts : what all duties of the days are paid, in 1/3600 oere: the referred traffic's and unused garantivogne's too
    referred, referred_refused : referred bookings, and those of them that no vehicle could take
    days : the days as they went, for the options after it
    """

    outcome: NDArray[np.int8]
    vehicle: NDArray[np.int64]
    operator_parts: NDArray[np.int64]
    start_parts: int
    shared: NDArray[np.bool_]
    coordinated: NDArray[np.bool_]
    standing_s: NDArray[np.int64]
    stops: Stops
    stop_place: NDArray[np.int64]
    duties: Duties
    pool_parts: int
    referred: int
    referred_refused: int
    events: int
    days: KnownDays


def drive(
    study: Study, requests: Requests, decision: NDArray[np.int8], pool: Pool, before: Sequence[Driven] = ()
) -> Driven:
    """Let the planner and the clock serve the requests (in the order in which they are asked for) and the pool's.

    ``before`` are other options' on the same people and pool, whose days are taken over where nothing is different.
    """
    work, mine = workload(study, requests, decision), np.arange(len(requests))
    if len(pool.background):
        work, mine = work.joined(background_work(study, pool.background))
    rates, weekend = operator_rates(study.rates, study.assumptions, study.prices.operator), study.year.weekend
    planner = Planner(int(study.assumptions.number("relocations_per_booking")), study.scenario.seed)
    days = simulate_the_rest(
        work,
        # A planner that relocates looks at bookings by their number in the year, so that no day is like another.
        [] if planner.relocations else [run.days for run in before],
        lambda asked: simulate(
            asked,
            vehicles=pool.fleet,
            travel=Travel.by_table(study.region.drive_s),
            rates=planner_rates(rates, study.year),
            weekend=weekend,
            planner=planner,
        ),
    )
    log = days.log
    asked, everybody, own = work.planner, len(mine), mine >= 0
    stops, duties = stops_and_duties(log, work.service_day, asked[:, R_PASSENGERS], pool.fleet)
    outcome, vehicle = _outcomes(log.columns(), everybody)
    direct_s = study.region.drive_s[asked[:, R_ORIGIN], asked[:, R_DESTINATION]].astype(np.int64)
    direct_s[own] = requests.direct_s
    starts = start_payments(stops, duties, rates, direct_s, everybody)
    my_stops, my_duties, kept = duties_of(mine, stops, duties)
    row, dropoff = stops.request[kept], stops.kind[kept] == Kind.DROPPED_OFF
    return Driven(
        outcome=outcome[own],
        vehicle=vehicle[own],
        operator_parts=trip_payments(stops, duties, rates, weekend, direct_s, everybody)[own],
        start_parts=round(float(starts[own].sum())),
        shared=shared_trips(stops, everybody)[own],
        coordinated=coordinated_trips(stops, everybody)[own],
        standing_s=standing_s(stops, everybody)[own],
        stops=my_stops,
        stop_place=np.where(dropoff, asked[row, R_DESTINATION], asked[row, R_ORIGIN]),
        duties=my_duties,
        pool_parts=int(duty_payments(duties, rates, weekend).sum())
        + unused_payment(pool.fleet, duties, rates, weekend),
        referred=int(np.count_nonzero(~own)),
        referred_refused=int(np.count_nonzero(outcome[~own] == Kind.NO_VEHICLE)),
        events=len(log),
        days=days,
    )


def workload(study: Study, requests: Requests, decision: NDArray[np.int8]) -> Workload:
    """Turn requests and their decisions into what the kernel works on.

    The pickup window lies around the wished time and inside the hours of service.
    """
    return _work(study, requests, decision, requests.outbound_row)


def background_work(study: Study, background: Background) -> Workload:
    """Turn the pool's referred bookings into what the kernel works on; they decide nothing and have flextur's limits."""
    return _work(study, background, np.full(len(background), Kind.BOOKED, dtype=np.int8), background.outbound_row)


def _work(
    study: Study, requests: Requests | Background, decision: NDArray[np.int8], outbound: NDArray[np.int64]
) -> Workload:
    assumptions = study.assumptions
    window = int(60 * assumptions.number("pickup_window_min"))
    longest = requests.direct_s + np.maximum(
        (requests.direct_s * assumptions.number("detour_share")).astype(np.int64),
        int(60 * assumptions.number("detour_min")),
    )
    # The columns as `sim.road.dispatch.plan` numbers a request's fields.
    fields = (
        requests.origin,
        requests.destination,
        np.maximum(requests.wished_s - window, OPENS_S),
        np.minimum(requests.wished_s + window, LAST_START_S),
        requests.boarding_s,
        requests.alighting_s,
        longest,
        requests.passengers,
        requests.wheelchair,
    )
    planner = np.empty((len(requests), len(fields)), dtype=np.int64)
    for number, field in enumerate(fields):
        planner[:, number] = field
    return Workload(
        asked_at_s=requests.asked_at_s,
        service_day=requests.service_day,
        decision=decision,
        outbound=outbound,
        planner=planner,
        pickup_drive_permille=requests.pickup_permille,
        dropoff_drive_permille=requests.dropoff_permille,
        boarding_s=requests.boarding_s,
        alighting_s=requests.alighting_s,
        in_vain=requests.in_vain,
        in_vain_wait_s=int(assumptions.number("in_vain_wait_s")),
    )


def _outcomes(events: NDArray[np.int64], requests: int) -> tuple[NDArray[np.int8], NDArray[np.int64]]:
    """Return what became of each request, and its vehicle (-1 for none), from the event log."""
    kind = events[:, 1].astype(np.int8)
    final = np.flatnonzero(ENDS[kind])
    outcome = np.full(requests, -1, dtype=np.int8)
    outcome[events[final, 2]] = kind[final]
    vehicle = np.full(requests, -1, dtype=np.int64)
    booked = np.flatnonzero((kind == Kind.BOOKED) | (kind == Kind.MOVED))
    vehicle[events[booked, 2]] = events[booked, 3]
    if (outcome < 0).any():
        raise AssertionError(f"{int((outcome < 0).sum())} requests have no outcome in the event log")
    return outcome, vehicle
