"""Which days' prices a year is calculated by: the settled day whose prices are shown, and the first day of a price list."""

from datetime import date, timedelta
from functools import lru_cache

from sim.riders.demand.times import HORIZON_DAYS
from sim.study.choice import PLACE_CLASS_NAMES
from tariffs import Level, PriceBook, Refusal, ServicePackage, choose_level
from tariffs.level_choice import level_amount


@lru_cache
def settled_day(book: PriceBook, first: date, last: date, wished: date) -> date:
    """Return a day whose edition holds for most days of a span, both ends included: ``wished`` when it is one.

    Otherwise the first day of that edition inside the span; ``wished`` too when no edition is known. The later of two
    editions wins where both hold equally long.
    """
    found = []
    for edition in book.editions:
        start, end = max(edition.start, first), min(edition.end or last, last)
        if start <= end:
            found.append(((end - start).days, start, end))
    if not found:
        return wished
    _, start, end = max(found)
    return wished if start <= wished <= end else start


def wanted_levels(package: ServicePackage) -> tuple[int, ...]:
    """Return every level that a package's trips may pay."""
    wanted: set[int] = {choose_level(package, name) for name in PLACE_CLASS_NAMES.values()}
    wanted |= {Level.GRATIS} if package.free_destinations else set()
    wanted |= {Level.PLUSTUR} if package.plustur else set()
    return tuple(sorted(wanted))


def turning_days(book: PriceBook, first: date, last: date) -> list[date]:
    """Return the first day of a span and every later one on which some price begins or ends.

    A level may begin or end within an edition, as the price of plustur's pilot did.
    """
    values = [value for parameter in book.parameters.values() for value in parameter.values]
    turns = {v.start for v in values} | {v.end + timedelta(days=1) for v in values if v.end is not None}
    return [first, *sorted(day for day in turns if first < day <= last)]


@lru_cache
def list_from(book: PriceBook, year: int, packages: tuple[ServicePackage, ...], start: date | None) -> date | None:
    """Return the day whose price list the whole year is calculated by until then, None where the year has its own.

    Options other than the first are paid only from ``start``. Where one of them has a level that did not exist on some day
    before, the figures of a full year would have no price: they are calculated, for all options, by the first price list
    with all levels.
    """
    if start is None:
        return None
    levels = {level for package in packages for level in wanted_levels(package)}
    days = turning_days(book, date(year, 1, 1) - timedelta(days=HORIZON_DAYS), start)
    lacking = [
        n for n, day in enumerate(days) if any(isinstance(level_amount(lv, book, day), Refusal) for lv in levels)
    ]
    if not lacking:
        return None
    return days[lacking[-1] + 1] if lacking[-1] + 1 < len(days) else start
