"""What is counted of a run, and over which trips: whole totals, so that sums never depend on their order."""

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from sim.riders.demand.requests import FIRST_OLDER_BAND, PlaceClass, Requests
from sim.road.kernel import Kind
from sim.study.accounts.account import TripAccount, account
from sim.study.run import OptionRun
from sim.study.study import Study


class Measure(IntEnum):
    """A total over a set of requests."""

    REQUESTS = 0
    BOOKINGS = 1
    TRIPS = 2
    PASSENGERS = 3
    FARES = 4
    OPERATOR_PAYMENT = 5
    MOVIA_FEE = 6
    NET_COST = 7


MEASURE_KEYS = (
    "requests",
    "bookings",
    "trips",
    "passengers",
    "fares_oere",
    "operator_payment_oere",
    "movia_fee_oere",
    "net_cost_oere",
)


def totals(
    outcome: NDArray[np.int8], carried: NDArray[np.int64], amounts: TripAccount, rows: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Return the totals over ``rows``, int64 (measures,), in the order of `Measure`.

    A booking is a request that got a vehicle, in vain or not; a trip is one that was made.
    """
    return np.array([column[rows].sum() for column in counted(outcome, carried, amounts)], dtype=np.int64)


def counted(
    outcome: NDArray[np.int8], carried: NDArray[np.int64], amounts: TripAccount
) -> tuple[NDArray[np.bool_] | NDArray[np.int64], ...]:
    """Return what each request adds to the totals, in the order of `Measure`."""
    made = outcome == Kind.DROPPED_OFF
    return (
        np.ones(len(outcome), dtype=bool),
        made | (outcome == Kind.IN_VAIN),
        made,
        carried,
        amounts.fares,
        amounts.operator_payment,
        amounts.movia_fee,
        amounts.net_cost,
    )


def run_totals(run: OptionRun, rows: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the totals of a full-year run over ``rows``."""
    return totals(run.outcome, run.carried, run.account, rows)


def by_month(run: OptionRun, month: NDArray[np.int8], rows: NDArray[np.bool_] | None = None) -> NDArray[np.int64]:
    """Return the totals of each calendar month, int64 (12, measures); of some rows, or of all."""
    months = month[run.requests.service_day]
    weight = 1 if rows is None else rows
    # In floating point, but of whole numbers whose sums stay far below 2**53: exact.
    sums = [
        np.bincount(months, weights=column * weight, minlength=12)
        for column in counted(run.outcome, run.carried, run.account)
    ]
    return np.stack(sums, axis=1).astype(np.int64)


def part_year_totals(study: Study, full: OptionRun, transition: OptionRun | None) -> NDArray[np.int64]:
    """Return the totals from the start date to 31 December, int64 (measures,).

    The first fortnight, when trips booked before still pay the old way, comes from ``transition``; every later day
    is the full year's, as service days do not touch each other.
    """
    parts = part_year_runs(study, full, transition)
    outcome = np.concatenate([run.outcome[rows] for run, rows in parts])
    carried = np.concatenate([run.carried[rows] for run, rows in parts])
    amounts = account(
        np.concatenate([run.operator_parts[rows] for run, rows in parts]),
        np.concatenate([run.fare_oere[rows] for run, rows in parts]),
        carried,
        full.fee_oere,
    )
    return totals(outcome, carried, amounts, np.ones(len(outcome), dtype=bool))


def part_year_runs(
    study: Study, full: OptionRun, transition: OptionRun | None
) -> list[tuple[OptionRun, NDArray[np.bool_]]]:
    """Return the runs that the days from the start date to 31 December come from, each with its rows."""
    start = study.start_day
    assert start is not None
    if transition is None:
        return [(full, full.requests.service_day >= start)]
    kept = full.requests.service_day >= start + study.standing_delay_days
    return [(transition, np.ones(len(transition.requests), dtype=bool)), (full, kept)]


def transition_days(study: Study) -> NDArray[np.bool_]:
    """Return which days of the year belong to the first fortnight after the start date."""
    start, day = study.start_day, np.arange(study.year.days)
    assert start is not None
    days: NDArray[np.bool_] = (day >= start) & (day < start + study.standing_delay_days)
    return days


def transition_rows(study: Study, requests: Requests) -> NDArray[np.int64]:
    """Return the requests for the first fortnight after the start date."""
    return np.flatnonzero(transition_days(study)[requests.service_day])


RIDER_KEYS = ("trips", "older", "aids", "by_phone")


def rider_counts(run: OptionRun, rows: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return trips made among ``rows``: all, by riders of 70 or more, with aids or wheelchair, booked by phone."""
    made = rows & (run.outcome == Kind.DROPPED_OFF)
    requests = run.requests
    return np.array(
        [
            np.count_nonzero(made),
            np.count_nonzero(made & (requests.age_band >= FIRST_OLDER_BAND)),
            np.count_nonzero(made & (requests.aids | requests.wheelchair)),
            np.count_nonzero(made & ~requests.online),
        ],
        dtype=np.int64,
    )


def across(run: OptionRun) -> NDArray[np.bool_]:
    """Return the trips across the border, which no option touches."""
    rows: NDArray[np.bool_] = run.requests.place_class == PlaceClass.ACROSS
    return rows


def in_town(run: OptionRun) -> NDArray[np.bool_]:
    """Return the trips with both ends in the same town area."""
    rows: NDArray[np.bool_] = run.requests.place_class == PlaceClass.IN_TOWN
    return rows


def plustur(run: OptionRun) -> NDArray[np.bool_]:
    """Return the plustur trips."""
    return run.requests.plustur
