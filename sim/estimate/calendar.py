"""When trips are made and booked, on average: shares of the year by tariff period, day type and side of the start date."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.study.booked import booked_weights
from sim.study.study import Study
from tariffs import FareTable
from tariffs.fare_table import day_number


@dataclass(frozen=True, eq=False)
class Span:
    """Trips of a part of the year: their share of the year's by tariff period and by day, and the share of them on weekend rates."""

    by_period: dict[int, float]
    weekend: float
    by_day: NDArray[np.float64]


def spans(study: Study, table: FareTable) -> tuple[Span, Span | None, Span | None]:
    """Return the whole year; and, with a start date, the rest of it under the new ways and what of it still pays the old.

    A standing trip meets a change so many days late; other trips by the day of booking.
    """
    weight = booked_weights(study)
    day = np.arange(study.year.days)[:, None]
    effective = day - np.arange(weight.shape[1])[None, :]
    first = day_number(study.year.first)
    weekend = study.year.weekend

    def span(where: NDArray[np.bool_], paid: NDArray[np.int64] = effective) -> Span:
        chosen = np.where(where, weight, 0.0)
        shares = np.bincount(table.period_of(paid + first).ravel(), weights=chosen.ravel())
        whole = float(chosen.sum())
        on_weekends = float(chosen[weekend].sum()) / whole if whole else 0.0
        return Span({int(p): float(shares[p]) for p in np.flatnonzero(shares)}, on_weekends, chosen.sum(axis=1))

    whole_year = span(np.ones_like(weight, dtype=bool), study.full_year_days(effective))
    start = study.start_day
    if start is None:
        return whole_year, None, None
    return whole_year, span((day >= start) & (effective >= start)), span((day >= start) & (effective < start))
