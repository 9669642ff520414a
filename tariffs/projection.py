"""The fare years that no price list is known for: the last known one carried forward a year at a time, and said to be."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache

from tariffs.edition import Edition
from tariffs.indexing import draft_edition, drafted_names, drafted_source, indexed
from tariffs.money import format_kroner
from tariffs.parameter import Parameter, Value
from tariffs.price_book import PriceBook
from tariffs.source import Source

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


@lru_cache(maxsize=256)
def with_rises(book: PriceBook, percent: Fraction, ceiling_times: Fraction) -> PriceBook:
    """Return a book as loaded with its projected editions at other rises: `Rises`; itself where they are the same.

    An amount that rests on the price ceiling is indexed from what is printed, a later one from its base as in `projections`. What is
    known or typed stays as it is.
    """
    if (percent, ceiling_times) == (book.rises.percent, book.rises.ceiling_times):
        return book
    editions: list[Edition] = []
    parameters = dict(book.parameters)
    base, years, ceiling = book.editions[0], 0, Fraction(1)
    for edition in book.editions:
        if not edition.source.projected:
            base, years, ceiling = edition, 0, Fraction(1)
        elif edition.id in book.rises.ceilings:
            rise = book.rises.ceilings[edition.id]
            ceiling *= (1 + ceiling_times * rise / 100) / (1 + rise / 100)
            base, years = edition, 0
            _index_printed(parameters, edition, ceiling, ceiling_times)
        else:
            years += 1
            since = grown(percent, years)
            name_da, name_en = drafted_names(edition.start, since)
            source = drafted_source(base.id, since)
            _index_base(parameters, edition, base, years, percent, source)
            editions.append(replace(edition, name_da=name_da, name_en=name_en, source=source))
            continue
        editions.append(edition)
    rises = replace(book.rises, percent=percent, ceiling_times=ceiling_times)
    return replace(book, editions=tuple(editions), parameters=parameters, rises=rises)


def _index_printed(
    parameters: dict[str, Parameter], edition: Edition, times: Fraction, ceiling_times: Fraction
) -> None:
    """Index the projected amounts of an edition that rests on the price ceiling, in place."""
    if times == 1:
        return
    told = f"; her {_decimal(ceiling_times)} gange loftet"
    for parameter in list(parameters.values()):
        for value in _projected_in(parameter, edition):
            source = replace(value.source, note=value.source.note + told)
            _put(parameters, parameter.key, value, indexed(value.amount or 0, (times - 1) * 100), source)


def _index_base(
    parameters: dict[str, Parameter], edition: Edition, base: Edition, years: int, percent: Fraction, source: Source
) -> None:
    """Index the projected amounts of an edition that follows another's, in place; from what is known of a year between, where it is."""
    for parameter in list(parameters.values()):
        between = [v for v in parameter.values if base.start < v.start < edition.start and not v.source.projected]
        before = between[-1] if between else parameter.on(base.end or base.start)
        since = edition.start.year - between[-1].start.year if between else years
        for value in _projected_in(parameter, edition):
            if before is not None and before.amount is not None:
                oere = indexed(before.amount, grown(percent, since))
                _put(parameters, parameter.key, value, oere, value.source if between else source)


def _projected_in(parameter: Parameter, edition: Edition) -> list[Value]:
    return [v for v in parameter.values if v.source.projected and v.amount is not None and edition.covers(v.start)]


def _put(parameters: dict[str, Parameter], key: str, value: Value, oere: int, source: Source) -> None:
    changed = replace(value, amount=oere, text=format_kroner(oere, "en"), source=source)
    values = tuple(changed if v is value else v for v in parameters[key].values)
    parameters[key] = replace(parameters[key], values=values)


def _decimal(number: Fraction) -> str:
    return f"{round(float(number), 3):g}".replace(".", ",")
