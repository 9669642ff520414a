"""The fare years that no price list is known for: the last known one carried forward a year at a time, and said to be."""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

from tariffs.edition import Edition
from tariffs.indexing import draft_edition
from tariffs.price_book import PriceBook

LAST_YEAR = 2027
"""The last year that every price book covers to its end, by a known price list or a projected one."""
FURTHEST_YEAR = 2032
"""The last year that can be asked for: so far the years ahead of ``LAST_YEAR`` reach."""
SUNDAY = 6


def third_sunday_of_january(year: int) -> date:
    """Return the day on which the fares of the year begin, as they did in 2016, 2023 and 2024.

    >>> third_sunday_of_january(2024)
    datetime.date(2024, 1, 21)
    """
    first = date(year, 1, 1)
    return first + timedelta(days=(SUNDAY - first.weekday()) % 7 + 14)


def grown(percent: Fraction, years: int) -> Fraction:
    """Return the growth of several years in percent, to a thousandth.

    >>> float(grown(Fraction(10), 2))
    21.0
    """
    return round(100 * ((1 + percent / 100) ** years - 1) * 1000) / Fraction(1000)


def last_known(book: PriceBook) -> Edition:
    """Return the last edition that is a price list, from which the later ones are projected."""
    return [edition for edition in book.editions if not edition.source.projected][-1]


def projections(book: PriceBook, percent: Fraction, last: date) -> Iterator[str]:
    """Yield the TOML of an edition for each fare year that the book lacks until ``last``, that day included.

    Each is the book's last edition grown by ``percent`` a year since, so that rounding does not add up.
    """
    base = book.editions[-1]
    end, years = base.end, 0
    while end is not None and end < last:
        start, years = end + timedelta(days=1), years + 1
        end = third_sunday_of_january(start.year + 1) - timedelta(days=1)
        yield draft_edition(book, grown(percent, years), start, end, base=base.id)
