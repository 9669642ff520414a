"""Today's date, asked for at the doors alone: the command line and the HTTP application pass it on.

``TAKSTLAB_TODAY`` in the environment (the setting ``today``) takes the machine's place, so that a page can be tried as it
will be on another day.
"""

import os
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from tariffs.projection import LAST_YEAR
from tariffs.typed import read_day

Clock = Callable[[], date]
VARIABLE = "TAKSTLAB_TODAY"
BUDGETING_FROM_MONTH = 8
"""From August on the budget being worked on is next year's."""


def clock_of(stated: str) -> Clock:
    """Return a clock that always says the stated day (2026-11-28); for an empty text the environment's, else Denmark's.

    Raises InputError when the text is no day.
    """
    stated = stated or os.environ.get(VARIABLE, "")
    if not stated:
        return lambda: datetime.now(ZoneInfo("Europe/Copenhagen")).date()
    day = read_day(stated, VARIABLE, example="2026-11-28")
    return lambda: day


def today() -> date:
    """Return the day it is for the command line."""
    return clock_of("")()


def usual_year(day: date) -> int:
    """Return the year a budget is made for on a day: the next from August on, else this one, so far as there are fares.

    >>> usual_year(date(2026, 7, 31)), usual_year(date(2026, 8, 1)), usual_year(date(2031, 1, 1)) == LAST_YEAR
    (2026, 2027, True)
    """
    return min(day.year + (day.month >= BUDGETING_FROM_MONTH), LAST_YEAR)


def year_meant(values: Mapping[str, Any], day: date) -> int:
    """Return the year of a scenario that states none: that of the days it names, else the one being budgeted.

    >>> year_meant({"start": date(2020, 7, 1)}, date(2026, 11, 28)), year_meant({}, date(2026, 11, 28))
    (2020, 2027)
    """
    named = values.get("start") or values.get("spent_to")
    return usual_year(day) if named is None else int(str(named)[:4])
