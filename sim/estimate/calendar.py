"""When trips are made and booked, on average: shares of the year by tariff period, day type and side of the start date."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.estimate.ways import Floats
from sim.study.booked import price_lags
from sim.study.study import Study
from tariffs import FareTable
from tariffs.fare_table import day_number

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Span:
    """Trips of a part of the year under some draws: the shares of them on weekend rates, and of the year's by tariff period and day.

    ``by_period`` and ``weekend`` are float64 (draws,), ``by_day`` float64 (draws, days).
    """

    by_period: dict[int, Floats]
    weekend: Floats
    by_day: Floats


def spans(studies: Sequence[Study], tables: Sequence[FareTable]) -> tuple[Span, Span | None, Span | None]:
    """Return the whole year; and, with a start date, the rest of it under the new ways and what of it still pays the old.

    A standing trip meets a change so many days late; other trips by the day of booking. ``studies`` are one study under some
    draws, ``tables`` the fares of each.
    """
    study = studies[0]
    days = np.array([each.year.weights(each.assumptions) for each in studies])
    lags = np.array([price_lags(each) for each in studies])
    day = np.arange(study.year.days)[:, None]
    effective = day - np.arange(lags.shape[1])[None, :]
    weekend = study.year.weekend

    def span(where: NDArray[np.bool_], paid: Callable[[Study], Ints] = lambda _: effective) -> Span:
        by_day = days * (lags @ where.T)
        whole = by_day.sum(axis=1)
        on_weekends = np.divide(by_day[:, weekend].sum(axis=1), whole, out=np.zeros_like(whole), where=whole > 0)
        shares: dict[int, Floats] = {}
        for mine, period in _periods(studies, tables, paid):
            for number in np.unique(period[where]).tolist():
                share = shares.setdefault(number, np.zeros(len(studies)))
                share[mine] = ((days[mine] @ (where & (period == number))) * lags[mine]).sum(axis=1)
        return Span({n: share for n, share in sorted(shares.items()) if share.any()}, on_weekends, by_day)

    whole_year = span(np.ones(effective.shape, dtype=bool), lambda under: under.full_year_days(effective))
    start = study.start_day
    if start is None:
        return whole_year, None, None
    return whole_year, span((day >= start) & (effective >= start)), span((day >= start) & (effective < start))


def _periods(
    studies: Sequence[Study], tables: Sequence[FareTable], paid: Callable[[Study], Ints]
) -> list[tuple[list[int], NDArray[np.intp]]]:
    """Return the tariff period of each day and lag, and the draws that have them so: projected fares may change on other days."""
    first = day_number(studies[0].year.first)
    alike: dict[tuple[object, ...], list[int]] = {}
    for number, (study, table) in enumerate(zip(studies, tables, strict=True)):
        alike.setdefault((table.starts.tobytes(), study.list_from), []).append(number)
    return [(mine, tables[mine[0]].period_of(paid(studies[mine[0]]) + first)) for mine in alike.values()]
