"""When trips are made and booked, on average: shares of the year by tariff period, day type and side of the start date."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.assumptions import Assumptions
from sim.demand.times import DAY_S, HORIZON_DAYS, NOTICE_S, OPENS_S
from sim.study.study import Study
from tariffs import FareTable
from tariffs.fare_table import day_number


@dataclass(frozen=True, eq=False)
class Span:
    """Trips of a part of the year: their share of the year's by tariff period, and the share of them on weekend rates."""

    by_period: dict[int, float]
    weekend: float


def lags(assumptions: Assumptions) -> NDArray[np.float64]:
    """Return the shares of trips booked 0, 1, ... 14 days before travel, standing trips apart.

    The rule that late evenings book for tomorrow is left out; it moves a booking by a day at most.
    """
    from scipy.special import ndtr

    profile = np.array(assumptions.profile("hour_profile"))
    hours = OPENS_S + 3600 * (np.arange(len(profile)) + 0.5)
    # Booked j days before at the latest when the lead reaches midnight j times.
    reach = np.maximum(hours[:, None] + DAY_S * np.arange(HORIZON_DAYS)[None, :] - NOTICE_S, 1.0) / 3600
    within = ndtr(np.log(reach / assumptions.number("lead_median_h")) / assumptions.number("lead_spread"))
    below = np.c_[np.zeros(len(hours)), within, np.ones(len(hours))]
    shares: NDArray[np.float64] = (profile / profile.sum()) @ np.diff(below, axis=1)
    return shares


def spans(study: Study, table: FareTable) -> tuple[Span, Span | None, Span | None]:
    """Return the whole year; and, with a start date, the rest of it under the new ways and what of it still pays the old.

    A standing trip meets a change so many days late; other trips by the day of booking.
    """
    assumptions, delay = study.assumptions, study.standing_delay_days
    day_weight = study.year.weights(assumptions)
    standing = assumptions.number("standing_share")
    weight = np.zeros((study.year.days, max(HORIZON_DAYS, delay) + 1))
    weight[:, : HORIZON_DAYS + 1] = np.outer(day_weight, (1 - standing) * lags(assumptions))
    weight[:, delay] += day_weight * standing
    day = np.arange(study.year.days)[:, None]
    effective = day - np.arange(weight.shape[1])[None, :]
    first = day_number(study.year.first)
    weekend = study.year.weekend

    def span(where: NDArray[np.bool_], paid: NDArray[np.int64] = effective) -> Span:
        chosen = np.where(where, weight, 0.0)
        shares = np.bincount(table.period_of(paid + first).ravel(), weights=chosen.ravel())
        whole = float(chosen.sum())
        on_weekends = float(chosen[weekend].sum()) / whole if whole else 0.0
        return Span({int(p): float(shares[p]) for p in np.flatnonzero(shares)}, on_weekends)

    whole_year = span(np.ones_like(weight, dtype=bool), study.full_year_days(effective))
    start = study.start_day
    if start is None:
        return whole_year, None, None
    return whole_year, span((day >= start) & (effective >= start)), span((day >= start) & (effective < start))
