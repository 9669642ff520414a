"""Which day's prices a trip pays: the rule that decides between an old edition and a new one."""

from datetime import date, timedelta

STANDING_DELAY_DAYS = 14


def effective_date(booked_on: date, travel_on: date, standing: bool, delay_days: int = STANDING_DELAY_DAYS) -> date:
    """Return the day whose prices (and whose municipal choices) hold for a trip.

    An ordinary trip pays the prices of the day it was booked. A standing trip booked before a change pays the
    new ones from ``delay_days`` after it. The precedent is Movia's change of 16 January 2017: booked earlier
    for travel 16-30 January paid the old fares, standing trips booked earlier the new ones from 30 January.

    >>> effective_date(date(2016, 12, 1), date(2017, 1, 30), True)
    datetime.date(2017, 1, 16)
    """
    if not standing:
        return booked_on
    return max(booked_on, travel_on - timedelta(days=delay_days))
