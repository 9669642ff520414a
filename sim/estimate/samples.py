"""Simulated years to fit the instant estimate on, and to measure it against.

Some replications are driven; many more are only asked for and priced. What a year is worth in the latter, at a price per booking that
looks like what dispatch will say, takes most of the chance out of the former (a control variate): whatever that price is,
the mean is that of driven years.
"""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from sim.estimate.approach import near_s
from sim.estimate.cases import Case, passengers_of, study_of
from sim.riders.demand.requests import PlaceClass, Requests
from sim.riders.demand.tours import draw_requests
from sim.road.dispatch.plan import GARANTIVOGN
from sim.road.kernel import Kind
from sim.road.pool.background import bookings_a_year
from sim.study.accounts.operator import duty_payments, operator_rates
from sim.study.demand import curves, demand_model
from sim.study.plustur import fee_under
from sim.study.prices import fare_table
from sim.study.replicated.measures import Measure, run_totals
from sim.study.run import Met, OptionRun, meet_prices, pool_of, run_option
from sim.study.study import Study
from tariffs import FareTable, ServicePackage, fare_columns
from tariffs.operator_payment import PARTS_PER_OERE

FIRST_UNDRIVEN = 1_000
"""Replications from this number on are asked for and priced, not driven."""
DRIVEN_PER_DIRECT, APPROACH_S = 1.3, 350.0
"""What a booking is taken to cost in the control: so many seconds of driving for each of direct drive and approach."""
SECONDS_PER_HOUR = 3600


@dataclass(frozen=True)
class Group:
    """Bookings of one kind of place: how many, how near a vehicle is, and the empty drive they got, in seconds."""

    bookings: float
    near_s: float
    approach_s: float


@dataclass(frozen=True)
class Borne:
    """What one option's bookings bore a year, in all: burden, driving equivalents and waiting in seconds, and starts.

    ``driving_s`` is what is neither start fee, waiting nor own boarding, at the driving rate. ``made_s`` is the direct drive
    of the trips that were made, ``near_s`` the sum over bookings of how near a vehicle is.
    """

    flextur_a_day: float
    referred_a_day: float
    wanted_a_day: float
    bookings: float
    made_s: float
    near_s: float
    driving_s: float
    waiting_s: float
    starts: float
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Sample:
    """One option of one municipality at one volume: net cost and change, with their standard errors, in oere.

    ``volume`` is None for the municipality's share of Movia's total; ``kind`` is '' for the first option.
    """

    municipality: str
    volume: int | None
    case: Case
    kind: str
    net_cost_oere: float
    net_cost_error_oere: float
    change_oere: float
    change_error_oere: float
    borne: Borne


def simulate(code: str, volume: int | None, case: Case, driven: int, priced: int) -> list[Sample]:
    """Simulate every option of one case of one municipality under central parameters.

    ``driven`` replications are simulated, ``priced`` others only asked for; with less than two of either no errors are known.
    """
    study = study_of(code, passengers_of(code, volume), case)
    model, by_class = demand_model(study, None), curves(study, None)
    table = fare_table(study.book, study.switches)

    def worth(requests: Requests) -> list[float]:
        return [_worth(study, p, meet_prices(study, requests, p, by_class, table), table) for p in study.packages]

    net = np.zeros((driven, len(study.packages)))
    control, expected = np.zeros_like(net), np.zeros((priced, len(study.packages)))
    borne: list[list[Borne]] = [[] for _ in study.packages]
    for number in range(driven):
        requests = draw_requests(model, study.scenario.seed, number)
        pool, runs = pool_of(study, model, number), list[OptionRun]()
        for place, package in enumerate(study.packages):
            run = run_option(study, requests, package, by_class, pool, table, before=runs)
            runs.append(run)
            net[number, place] = run_totals(run, np.ones(len(run.requests), dtype=bool))[Measure.NET_COST]
            borne[place].append(_borne(study, run, 2 * model.rates.total / study.year.driven_days))
        control[number] = worth(requests)
    for number in range(priced):
        expected[number] = worth(draw_requests(model, study.scenario.seed, FIRST_UNDRIVEN + number))
    means, errors = _controlled(net, control, expected)
    changes, change_errors = _controlled(*(values - values[:, :1] for values in (net, control, expected)))
    return [
        Sample(
            code,
            volume,
            case,
            kind,
            net_cost_oere=means[place],
            net_cost_error_oere=errors[place],
            change_oere=changes[place],
            change_error_oere=change_errors[place],
            borne=together(borne[place]),
        )
        for place, kind in enumerate(case.kinds)
    ]


def _controlled(
    driven: NDArray[np.float64], control: NDArray[np.float64], expected: NDArray[np.float64]
) -> tuple[list[float], list[float]]:
    """Return means by option and their standard errors: what was driven less what chance gave it, as the control shows."""
    rest = driven - control
    if min(len(rest), len(expected)) < 2:
        return driven.mean(axis=0).tolist(), [np.nan] * driven.shape[1]
    mean = rest.mean(axis=0) + expected.mean(axis=0)
    variance = rest.var(axis=0, ddof=1) / len(rest) + expected.var(axis=0, ddof=1) / len(expected)
    return mean.tolist(), np.sqrt(variance).tolist()


def _worth(study: Study, package: ServicePackage, met: Met, table: FareTable) -> float:
    """Return what the bookings of a year would cost net, dispatch replaced by a price per booking, in oere."""
    requests, period, level, _, decision = met
    booked = np.flatnonzero(decision == Kind.BOOKED)
    made = booked[~requests.in_vain[booked]]
    fares = fare_columns(
        table, period[made], level[made], requests.online[made], requests.fare_distance_m[made],
        requests.adults[made], requests.children[made],
    ).sum()  # fmt: skip
    fee = float(fee_under(study, package)) * float(requests.passengers[made].sum())
    hour = np.where(
        study.year.weekend[requests.service_day], study.rates.driving("weekend"), study.rates.driving("weekday")
    )
    service = float((hour[made] * (requests.boarding_s[made] + requests.alighting_s[made])).sum())
    burden = float((hour[made] * requests.direct_s[made]).sum()) + APPROACH_S * float(hour[booked].sum())
    return (service + DRIVEN_PER_DIRECT * burden) / SECONDS_PER_HOUR + fee - float(fares)


def _borne(study: Study, run: OptionRun, wanted_a_day: float) -> Borne:
    """Return what the bookings of one run bore of the operator's time."""
    booked = (run.outcome == Kind.DROPPED_OFF) | (run.outcome == Kind.IN_VAIN)
    requests, duties, stops = run.requests, run.duties, run.stops
    rates, weekend = operator_rates(study.rates, study.assumptions, study.prices.operator), study.year.weekend
    own = stops.request >= 0

    # A duty's waiting is borne like its payment, by what each of its bookings bears of that.
    duty_of = np.full(len(requests), -1, dtype=np.int64)
    duty_of[stops.request[own]] = stops.duty[own]
    mine = np.bincount(duty_of[duty_of >= 0], weights=run.operator_parts[duty_of >= 0], minlength=len(duties.vehicle))
    share = mine / np.maximum(duty_payments(duties, rates, weekend), 1)
    waited = np.where(duties.contract == GARANTIVOGN, 0.0, share * duties.wait_s)
    off = weekend[duties.service_day]
    waiting_rate = np.where(off, study.rates.waiting("weekend"), study.rates.waiting("weekday"))
    paid_waiting = float(waited @ waiting_rate)

    off_bookings = weekend[requests.service_day[booked]].mean()
    hour = study.rates.driving("weekday") * (1 - off_bookings) + study.rates.driving("weekend") * off_bookings
    rest = int(run.operator_parts.sum()) - run.start_parts - paid_waiting
    approach = np.zeros(len(requests))
    picked_up = own & (stops.kind != Kind.DROPPED_OFF)
    approach[stops.request[picked_up]] = np.where(stops.load_before[picked_up] == 0, stops.drive_s[picked_up], 0)
    near = near_s(study.region)[requests.origin]
    groups = []
    for place_class in PlaceClass:
        for plustur in (False, True):
            rows = booked & (requests.place_class == place_class) & (requests.plustur == plustur)
            if rows.any():
                groups.append(Group(float(rows.sum()), float(near[rows].mean()), float(approach[rows].mean())))
    return Borne(
        flextur_a_day=float(booked.sum()) / study.year.driven_days,
        referred_a_day=bookings_a_year(study.region, study.assumptions) / study.year.days,
        wanted_a_day=wanted_a_day,
        bookings=float(booked.sum()),
        made_s=float(requests.direct_s[run.outcome == Kind.DROPPED_OFF].sum()),
        near_s=float(near[booked].sum()),
        driving_s=rest / hour - float(stops.service_s[own].sum()),
        waiting_s=float(waited.sum()),
        starts=run.start_parts / PARTS_PER_OERE / study.rates.start_oere,
        groups=tuple(groups),
    )


def together(borne: list[Borne]) -> Borne:
    """Return the mean of some years; their groups stay apart."""
    numbers = [f.name for f in fields(Borne) if f.name != "groups"]
    means = {name: float(np.mean([getattr(b, name) for b in borne])) for name in numbers}
    return Borne(**means, groups=tuple(group for b in borne for group in b.groups))
