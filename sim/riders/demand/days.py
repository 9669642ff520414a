"""The service days of a year and how busy each is."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sim.inputs.assumptions import Assumptions

SUNDAY = 6
FLEXTUR_PROFILE = "weekday_profile"


@dataclass(frozen=True)
class ServiceYear:
    """The days of one calendar year, numbered from 0 on 1 January.

    Attributes
    ----------
    weekday : int8 (days,), Monday 0; a public holiday keeps its own weekday here
    month : int8 (days,), January 0
    holiday : bool (days,), public holidays in Denmark
    closed : bool (days,), days without flextur
    """

    year: int
    weekday: NDArray[np.int8]
    month: NDArray[np.int8]
    holiday: NDArray[np.bool_]
    closed: NDArray[np.bool_]

    @property
    def days(self) -> int:
        """Number of days in the year, 365 or 366."""
        return len(self.weekday)

    @property
    def first(self) -> date:
        """1 January."""
        return date(self.year, 1, 1)

    @property
    def last(self) -> date:
        """31 December."""
        return self.first + timedelta(days=self.days - 1)

    @property
    def driven_days(self) -> int:
        """Number of days with flextur."""
        return self.days - int(self.closed.sum())

    def without(self, closed: Iterable[date]) -> "ServiceYear":
        """Return the year with no flextur on these days."""
        days = [(day - self.first).days for day in closed]
        return replace(self, closed=np.isin(np.arange(self.days), days))

    def all_open(self) -> "ServiceYear":
        """Return the year as it would be without a closed day."""
        return self.without(())

    @property
    def weekend(self) -> NDArray[np.bool_]:
        """Days with weekend rates: Saturdays, Sundays and public holidays."""
        weekend: NDArray[np.bool_] = (self.weekday >= SUNDAY - 1) | self.holiday
        return weekend

    def weights(self, assumptions: Assumptions, profile: str = FLEXTUR_PROFILE) -> NDArray[np.float64]:
        """Return each day's share of the year's trips; the shares sum to 1. ``profile`` is the id of their weekdays.

        Flextur's own have none on a closed day.
        """
        by_weekday = np.array(assumptions.profile(profile))
        by_month = np.array(assumptions.profile("month_profile"))
        day = np.where(
            self.holiday, by_weekday[SUNDAY] * assumptions.number("holiday_factor"), by_weekday[self.weekday]
        )
        weight = day * by_month[self.month]
        if profile == FLEXTUR_PROFILE:
            weight = np.where(self.closed, 0.0, weight)
        return weight / weight.sum()

    def open_share(self, assumptions: Assumptions) -> float:
        """Return the share of a year's trips that falls on days that are not closed, were none closed."""
        return float(self.all_open().weights(assumptions)[~self.closed].sum())


@lru_cache(maxsize=8)
def service_year(year: int) -> ServiceYear:
    """Return the calendar of ``year`` with Denmark's public holidays (store bededag until 2023)."""
    import holidays

    danish = holidays.country_holidays("DK", years=year)
    first = date(year, 1, 1)
    dates = [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]
    return ServiceYear(
        year=year,
        weekday=np.array([d.weekday() for d in dates], dtype=np.int8),
        month=np.array([d.month - 1 for d in dates], dtype=np.int8),
        holiday=np.array([d in danish for d in dates]),
        closed=np.zeros(len(dates), dtype=np.bool_),
    )
