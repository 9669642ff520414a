"""One option, one replication: decide, drive, derive the tables, draw up the account."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from sim.accounts.account import TripAccount, account
from sim.accounts.operator import planner_rates, trip_payments
from sim.choice import CLOSED, MOVED, decide, effective_days, level_amounts, levels, periods
from sim.demand.requests import Requests
from sim.demand.times import LAST_START_S, OPENS_S
from sim.kernel import Kind, Workload, simulate
from sim.response.response import Curve
from sim.study.study import Study
from sim.tables.stops import Duties, Stops, stops_and_duties
from tariffs import FareTable, Level, ServicePackage, fare_columns


@dataclass(frozen=True)
class OptionRun:
    """What one option did to one replication's requests; every array has one value per request.

    Attributes
    ----------
    outcome : a ``Kind``: DECLINED, REFUSED, DROPPED, NO_VEHICLE, IN_VAIN, or DROPPED_OFF for a trip made
    period, level : where its price stands in the fare table; level -1 where a rule refuses
    amount_oere : the adult level told to the rider
    operator_parts : its part of the operator payment in 1/3600 oere
    fare_oere : what the party paid; ``carried`` the passengers carried (0 unless the trip was made)
    fee_oere : the fee to Movia per passenger, exact
    """

    requests: Requests
    outcome: NDArray[np.int8]
    period: NDArray[np.int64]
    level: NDArray[np.int8]
    amount_oere: NDArray[np.int64]
    vehicle: NDArray[np.int64]
    operator_parts: NDArray[np.int64]
    fare_oere: NDArray[np.int64]
    carried: NDArray[np.int64]
    account: TripAccount
    fee_oere: Fraction
    stops: Stops
    duties: Duties
    events: int


def run_option(
    study: Study,
    requests: Requests,
    package: ServicePackage,
    curves: Mapping[int, Curve],
    fleet: NDArray[np.int64],
    table: FareTable,
    *,
    until_start: ServicePackage | None = None,
) -> OptionRun:
    """Run one year's requests under one package.

    ``until_start`` is the package of requests whose effective day lies before the scenario's start date (None: the
    option holds the whole year).
    """
    first_day = study.year.first
    effective = effective_days(requests, study.standing_delay_days)
    period = periods(table, first_day, effective)
    level = levels(requests, package, study.free_names)
    if until_start is not None and study.start_day is not None:
        level = np.where(effective < study.start_day, levels(requests, until_start, study.free_names), level)
    # Who rides only because it is free, or only with plustur, does not ask where there is neither; nor who takes plustur.
    asks = ~(requests.free_only & (level != Level.GRATIS)) & ~(requests.plustur & (level == CLOSED)) & (level != MOVED)
    if not asks.all():
        rows = np.flatnonzero(asks)
        requests, period, level = requests.take(rows), period[rows], level[rows]
    amount = level_amounts(table, period, level)
    decision = decide(requests, amount, curves)

    log = simulate(
        workload(study, requests, decision),
        vehicles=fleet,
        drive_s=study.region.drive_s,
        rates=planner_rates(study.rates, study.year),
        ready_s=int(3600 * study.assumptions.number("vehicles_ready_hour")),
    )
    stops, duties = stops_and_duties(log, requests.service_day, requests.passengers)
    outcome, vehicle = _outcomes(log.columns(), len(requests))
    parts = trip_payments(stops, duties, study.rates, study.year.weekend, requests.direct_s, len(requests))
    made = np.flatnonzero(outcome == Kind.DROPPED_OFF)
    fares = np.zeros(len(requests), dtype=np.int64)
    if len(made):
        fares[made] = fare_columns(
            table, period[made], level[made], requests.online[made], requests.fare_distance_m[made],
            requests.adults[made], requests.children[made],
        )  # fmt: skip
    carried = np.where(outcome == Kind.DROPPED_OFF, requests.passengers, 0)
    fee_oere = study.fee_under(package)
    return OptionRun(
        requests=requests,
        outcome=outcome,
        period=period,
        level=level,
        amount_oere=np.where(level == CLOSED, CLOSED, amount),
        vehicle=vehicle,
        operator_parts=parts,
        fare_oere=fares,
        carried=carried,
        account=account(parts, fares, carried, fee_oere),
        fee_oere=fee_oere,
        stops=stops,
        duties=duties,
        events=len(log),
    )


def workload(study: Study, requests: Requests, decision: NDArray[np.int8]) -> Workload:
    """Turn requests and their decisions into what the kernel works on.

    The pickup window lies around the wished time and inside the hours of service.
    """
    assumptions = study.assumptions
    window = int(60 * assumptions.number("pickup_window_min"))
    longest = requests.direct_s + np.maximum(
        (requests.direct_s * assumptions.number("detour_share")).astype(np.int64),
        int(60 * assumptions.number("detour_min")),
    )
    # The columns as `sim.dispatch.plan` numbers a request's fields.
    planner = np.stack(
        [
            requests.origin,
            requests.destination,
            np.maximum(requests.wished_s - window, OPENS_S),
            np.minimum(requests.wished_s + window, LAST_START_S),
            requests.boarding_s,
            requests.alighting_s,
            longest,
            requests.passengers,
            requests.wheelchair,
        ],
        axis=1,
    ).astype(np.int64)
    return Workload(
        asked_at_s=requests.asked_at_s,
        service_day=requests.service_day,
        decision=decision,
        outbound=requests.outbound_row,
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
    kind, request = events[:, 1], events[:, 2]
    final = (kind < Kind.BOOKED) | (kind == Kind.IN_VAIN) | (kind == Kind.DROPPED_OFF)
    outcome = np.full(requests, -1, dtype=np.int8)
    outcome[request[final]] = kind[final]
    vehicle = np.full(requests, -1, dtype=np.int64)
    booked = kind == Kind.BOOKED
    vehicle[request[booked]] = events[booked, 3]
    if (outcome < 0).any():
        raise AssertionError(f"{int((outcome < 0).sum())} requests have no outcome in the event log")
    return outcome, vehicle
