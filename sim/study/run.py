"""One option, one replication: decide, drive, derive the tables, draw up the account."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from sim.riders.demand.model import DemandModel
from sim.riders.demand.requests import Requests
from sim.riders.response.response import Curve
from sim.road.kernel import Kind
from sim.road.pool import Pool, draw_pool
from sim.study.accounts.account import TripAccount, account
from sim.study.choice import CLOSED, MOVED, decide, effective_days, level_amounts, levels, periods
from sim.study.drive import Driven, drive
from sim.study.plustur import fee_under
from sim.study.study import Study
from tariffs import FareTable, Level, ServicePackage, fare_columns


@dataclass(frozen=True)
class OptionRun(Driven):
    """What one option did to one replication's requests; every array has one value per request.

    Attributes
    ----------
    period, level : where its price stands in the fare table; level -1 where a rule refuses
    amount_oere : the adult level told to the rider
    fare_oere : what the party paid; ``carried`` the passengers carried (0 unless the trip was made)
    fee_oere : the fee to Movia per passenger
    """

    requests: Requests
    period: NDArray[np.int64]
    level: NDArray[np.int8]
    amount_oere: NDArray[np.int64]
    fare_oere: NDArray[np.int64]
    carried: NDArray[np.int64]
    account: TripAccount
    fee_oere: Fraction


def pool_of(study: Study, model: DemandModel, replication: int) -> Pool:
    """Return the pool that flextur rides in, in one replication; the same for every option.

    So its vehicles are counted for the most flextur there can be: every tour wished at 21 kr, with its way home.
    """
    return draw_pool(
        study.region,
        study.year,
        study.assumptions,
        flextur_a_day=model.rates.total * 2 / study.year.driven_days,
        seed=study.scenario.seed,
        replication=replication,
    )


def option_levels(study: Study, requests: Requests, place: int) -> NDArray[np.int8]:
    """Return each request's ``Level`` under an option: its package and its town line; see `sim.study.choice.levels`."""
    placed = requests.under(study.lines[place], any_town=study.any_town)
    return levels(placed, study.packages[place], study.free_names)


Met = tuple[Requests, NDArray[np.int64], NDArray[np.int8], NDArray[np.int64], NDArray[np.int8]]


def meet_prices(
    study: Study,
    requests: Requests,
    package: ServicePackage,
    curves: Mapping[int, Curve],
    table: FareTable,
    *,
    until_start: NDArray[np.int8] | None = None,
) -> Met:
    """Return who asks under a package, with their period, level, adult amount in oere and decision; see `run_option`."""
    first_day = study.year.first
    effective = effective_days(requests, study.standing_delay_days)
    period = periods(table, first_day, study.full_year_days(effective) if until_start is None else effective)
    level = levels(requests, package, study.free_names)
    if until_start is not None and study.start_day is not None:
        level = np.where(effective < study.start_day, until_start, level)
    # Who rides only because it is free, or only with plustur, does not ask where there is neither; nor who takes plustur.
    asks = ~(requests.free_only & (level != Level.GRATIS)) & ~(requests.plustur & (level == CLOSED)) & (level != MOVED)
    if not asks.all():
        rows = np.flatnonzero(asks)
        requests, period, level = requests.take(rows), period[rows], level[rows]
    amount = level_amounts(table, period, level)
    decision = decide(requests, amount, curves)
    return requests, period, level, amount, decision


def run_option(
    study: Study,
    requests: Requests,
    package: ServicePackage,
    curves: Mapping[int, Curve],
    pool: Pool,
    table: FareTable,
    *,
    until_start: NDArray[np.int8] | None = None,
    before: Sequence[Driven] = (),
) -> OptionRun:
    """Run one year's requests, as the option's town line places them, under one package, with the pool's referred bookings.

    ``before`` are other packages' runs of the same requests and pool.

    ``until_start`` are the levels of requests whose effective day lies before the scenario's start date (None: the option
    holds the whole year).
    """
    requests, period, level, amount, decision = meet_prices(
        study, requests, package, curves, table, until_start=until_start
    )
    driven = drive(study, requests, decision, pool, before)
    outcome = driven.outcome
    made = np.flatnonzero(outcome == Kind.DROPPED_OFF)
    fares = np.zeros(len(requests), dtype=np.int64)
    if len(made):
        fares[made] = fare_columns(
            table, period[made], level[made], requests.online[made], requests.fare_distance_m[made],
            requests.adults[made], requests.children[made],
        )  # fmt: skip
    carried = np.where(outcome == Kind.DROPPED_OFF, requests.passengers, 0)
    fee_oere = fee_under(study, package)
    return OptionRun(
        **vars(driven),
        requests=requests,
        period=period,
        level=level,
        amount_oere=np.where(level == CLOSED, CLOSED, amount),
        fare_oere=fares,
        carried=carried,
        account=account(driven.operator_parts, fares, carried, fee_oere),
        fee_oere=fee_oere,
    )
