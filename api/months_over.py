"""Whether observed months that are written in a scenario are over: one that is not has only a part of its trips."""

from datetime import date
from typing import Any

from tariffs.errors import About, InputError
from tariffs.typed import MONTHS


def check_months_are_over(values: dict[str, Any], today: date) -> None:
    """Raise InputError where the months of a scenario's values are not over; values that are none are left for others to judge."""
    own = values.get("observed_months")
    if not isinstance(own, dict) or not isinstance(own.get("year"), int):
        return
    told = [month for month in own.get("months") or () if isinstance(month, int) and 1 <= month <= 12]
    coming = [MONTHS[month - 1] for month in told if (own["year"], month) >= (today.year, today.month)]
    if coming:
        raise InputError(
            f"{', '.join(coming).capitalize()} {own['year']} er ikke omme endnu",
            where="observed_months",
            why="en måned kan først være observeret, når alle dens ture er kørt",
            next_step="udelad de måneder med deres tal",
            about=About("observed_months", ("months",)),
        )
