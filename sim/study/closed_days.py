"""Days of a year on which a municipality's flextur was closed: they have no trips, and a study says so."""

from datetime import timedelta
from functools import lru_cache

from sim.riders.demand.days import ServiceYear, service_year
from sim.riders.demand.volume import Volume
from sim.words.numbers import danish
from tariffs.closures import Closure
from tariffs.municipal_choices import MunicipalChoices


@lru_cache(maxsize=512)
def year_of(choices: MunicipalChoices, code: str, year: int, *, as_if_offered: bool = False) -> ServiceYear:
    """Return the calendar of a municipality's year, with the days on which its flextur was closed.

    ``as_if_offered`` leaves every day open.
    """
    whole = service_year(year)
    if as_if_offered:
        return whole
    days = [whole.first + timedelta(days=n) for n in range(whole.days)]
    return whole.without([day for day in days if choices.closure("flextur", code, day)])


def closed_notes(
    choices: MunicipalChoices, code: str, year: ServiceYear, volume: Volume, open_share: float
) -> list[str]:
    """Say in Danish which days were closed and what that means for the passengers; nothing when none were.

    ``open_share`` is the share of a whole year's trips that the other days have.
    """
    told = [f"{_days(c)} ({c.reason_da})" for c in choices.closures["flextur"].get(code, ()) if _meets(c, year)]
    if not told:
        return []
    if not year.closed.any():
        return [
            f"Flextur var lukket {' og '.join(told)}. Det er der set bort fra, da der er regnet, som om kommunen havde flextur:"
            " hver dag er regnet som åben."
        ]
    after = (
        "Passagertallet er årets eget og falder på de øvrige dage."
        if volume.origin == "own"
        else f"Det fordelte passagertal gælder et år uden lukning og er sat ned til {danish(100 * open_share)} %."
    )
    return [f"Flextur var lukket {' og '.join(told)}: {int(year.closed.sum())} dage uden ture. {after}"]


def _meets(closure: Closure, year: ServiceYear) -> bool:
    return closure.start.year <= year.year <= closure.end.year


def _days(closure: Closure) -> str:
    return f"{closure.start:%d-%m-%Y} til {closure.end:%d-%m-%Y}"
