"""When the trips of a year are booked, on average: by which day's prices they pay."""

import math
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.inputs.assumptions import Assumptions
from sim.riders.demand.times import DAY_S, HORIZON_DAYS, NOTICE_S, OPENS_S

if TYPE_CHECKING:
    from datetime import date

    from sim.study.study import Study


def lags(assumptions: Assumptions) -> NDArray[np.float64]:
    """Return the shares of trips booked 0, 1, ... 14 days before travel, standing trips apart.

    The rule that late evenings book for tomorrow is left out; it moves a booking by a day at most.
    """
    number = assumptions.number
    return _lags(assumptions.profile("hour_profile"), number("lead_median_h"), number("lead_spread"))


@lru_cache(maxsize=512)
def _lags(hour_profile: tuple[float, ...], median_h: float, spread: float) -> NDArray[np.float64]:
    profile = np.array(hour_profile)
    hours = OPENS_S + 3600 * (np.arange(len(profile)) + 0.5)
    # Booked j days before at the latest when the lead reaches midnight j times.
    reach = np.maximum(hours[:, None] + DAY_S * np.arange(HORIZON_DAYS)[None, :] - NOTICE_S, 1.0) / 3600
    standard = np.log(reach / median_h) / spread
    within = np.array([0.5 * math.erfc(-z / math.sqrt(2)) for z in standard.ravel().tolist()]).reshape(standard.shape)
    below = np.c_[np.zeros(len(hours)), within, np.ones(len(hours))]
    shares: NDArray[np.float64] = (profile / profile.sum()) @ np.diff(below, axis=1)
    shares.setflags(write=False)
    return shares


def booked_weights(study: "Study") -> NDArray[np.float64]:
    """Return the year's trips by day of travel (rows) and days from the day whose prices hold (columns from 0), summing to 1.

    That is the day of booking; a standing trip meets a change so many days late.
    """
    return np.outer(study.year.weights(study.assumptions), price_lags(study))


def price_lags(study: "Study") -> NDArray[np.float64]:
    """Return the shares of the trips of any day that pay by the prices of 0, 1, ... days before it."""
    delay, standing = study.standing_delay_days, study.assumptions.number("standing_share")
    shares = np.zeros(max(HORIZON_DAYS, delay) + 1)
    shares[: HORIZON_DAYS + 1] = (1 - standing) * lags(study.assumptions)
    shares[delay] += standing
    return shares


def shares_by_edition(study: "Study") -> "dict[date, float]":
    """Return the share of the year's trips that pay by each fare edition, by a day on which the edition holds.

    The reference day stands for its own edition, and for days of which no edition is known.
    """
    book, first = study.book, study.year.first
    longest = max(HORIZON_DAYS, study.standing_delay_days)
    if book.edition_on(first - timedelta(days=longest)) == book.edition_on(first + timedelta(days=study.year.days - 1)):
        return {study.reference_day: 1.0}
    weight = booked_weights(study)
    paid = np.arange(study.year.days)[:, None] - np.arange(weight.shape[1])[None, :]
    by_day = np.bincount((paid + weight.shape[1]).ravel(), weights=weight.ravel())
    here = book.edition_on(study.reference_day)
    shares: dict[date, float] = {}
    days_of = {here: study.reference_day, None: study.reference_day}
    for number in np.flatnonzero(by_day).tolist():
        day = first + timedelta(days=number - weight.shape[1])
        stands = days_of.setdefault(book.edition_on(day), day)
        shares[stands] = shares.get(stands, 0.0) + float(by_day[number])
    return shares
