"""The fare editions of a budget year: known, or drafted from the last known one and said to be."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

from sim.choice import PLACE_CLASS_NAMES
from sim.comparison.figures import Json
from tariffs import Edition, Level, PriceBook, ServicePackage, choose_level, draft_edition, load_price_book
from tariffs.price_book import RATE_FROM_KM_11

DRAFTED = "drafted"
CERTAINTY = {"A": "known", "B": "known", "C": "calculated", "J": "assumed"}
"""What the weakest mark among an edition's prices means for it; a draft made here is ``drafted``."""
SUNDAY = 6


@contextmanager
def with_drafts(files: Sequence[str], variant: str, last_year: int, percent: float) -> Iterator[tuple[str, ...]]:
    """Yield ``files`` followed by a file for each edition that must be drafted to cover ``last_year``.

    An edition is drafted for each fare year after the last known one, which begins on the third Sunday of January: that
    last edition's prices, grown by ``percent`` a year, each to the nearest krone. The drafts are gone afterwards.
    """
    book = load_price_book(tuple(Path(file) for file in files), variant)
    base = book.editions[-1]
    with TemporaryDirectory() as folder:
        drafts: list[str] = []
        end = base.end
        while end is not None and end < date(last_year, 12, 31):
            start = end + timedelta(days=1)
            end = third_sunday_of_january(start.year + 1) - timedelta(days=1)
            draft = Path(folder) / f"{start}.toml"
            text = draft_edition(book, grown(percent, len(drafts) + 1), start, end, base=base.id)
            draft.write_text(text, encoding="utf-8")
            drafts.append(str(draft))
        yield (*files, *drafts)


def third_sunday_of_january(year: int) -> date:
    """Return the day on which the fares of the year begin, as they did in 2016, 2023 and 2024.

    >>> third_sunday_of_january(2024)
    datetime.date(2024, 1, 21)
    """
    first = date(year, 1, 1)
    return first + timedelta(days=(SUNDAY - first.weekday()) % 7 + 14)


def grown(percent: float, years: int) -> Fraction:
    """Return the growth of several years in percent, to a thousandth.

    >>> float(grown(10.0, 2))
    21.0
    """
    return Fraction(str(round(100 * ((1 + percent / 100) ** years - 1), 3)))


def editions_of(book: PriceBook, year: int, packages: Sequence[ServicePackage], known: frozenset[str]) -> list[Json]:
    """Return the editions in force on some day of a year, with how certain their prices are.

    ``known`` are the ids of the editions that were not drafted here. What counts is the weakest mark among the prices that
    the packages use.
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    found = [e for e in book.editions if e.start <= last and (e.end is None or e.end >= first)]
    return [
        {
            "id": edition.id,
            "name": edition.name_da,
            "from": edition.start.isoformat(),
            "to": None if edition.end is None else edition.end.isoformat(),
            "certainty": _certainty(book, edition, max(first, edition.start), packages)
            if edition.id in known
            else DRAFTED,
        }
        for edition in found
    ]


def _certainty(book: PriceBook, edition: Edition, day: date, packages: Sequence[ServicePackage]) -> str:
    marks = {edition.source.mark}
    rate = book.value(RATE_FROM_KM_11, day)
    levels = {choose_level(package, name) for package in packages for name in PLACE_CLASS_NAMES.values()}
    levels |= {Level.PLUSTUR for package in packages if package.plustur}
    for value in (rate, *(book.level(level, day) for level in levels)):
        marks |= {value.source.mark} if value is not None else set()
    return CERTAINTY[max(marks)]
