"""The service days of a year and how busy each is."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sim.assumptions import Assumptions

SUNDAY = 6


@dataclass(frozen=True)
class ServiceYear:
    """The days of one calendar year, numbered from 0 on 1 January.

    Attributes
    ----------
    weekday : int8 (days,), Monday 0; a public holiday keeps its own weekday here
    month : int8 (days,), January 0
    holiday : bool (days,), public holidays in Denmark
    """

    year: int
    weekday: NDArray[np.int8]
    month: NDArray[np.int8]
    holiday: NDArray[np.bool_]

    @property
    def days(self) -> int:
        """Number of days in the year, 365 or 366."""
        return len(self.weekday)

    @property
    def first(self) -> date:
        """1 January."""
        return date(self.year, 1, 1)

    @property
    def weekend(self) -> NDArray[np.bool_]:
        """Days with weekend rates: Saturdays, Sundays and public holidays."""
        weekend: NDArray[np.bool_] = (self.weekday >= SUNDAY - 1) | self.holiday
        return weekend

    def weights(self, assumptions: Assumptions, profile: str = "weekday_profile") -> NDArray[np.float64]:
        """Return each day's share of the year's trips; the shares sum to 1. ``profile`` is the id of their weekdays."""
        by_weekday = np.array(assumptions.profile(profile))
        by_month = np.array(assumptions.profile("month_profile"))
        day = np.where(
            self.holiday, by_weekday[SUNDAY] * assumptions.number("holiday_factor"), by_weekday[self.weekday]
        )
        weight = day * by_month[self.month]
        return weight / weight.sum()


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
    )
