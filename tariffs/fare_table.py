"""Every fare of a price book worked out once, and the party fares of columns of trips looked up in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tariffs.errors import InputError, TariffError
from tariffs.fare import METRES, counted_kilometres, party_fare, reduced_price
from tariffs.price_book import Level, PriceBook
from tariffs.switches import Switches
from tariffs.terms import Terms, terms_on
from tariffs.trip import MAX_DISTANCE_M

Ints = NDArray[np.signedinteger[Any]]
BLOCK = 32_768
"""Rows per block: small enough that a block's columns stay in the processor's cache."""

UNKNOWN, LACKING = -2, -3
"""Level amounts of a price that is not published, and of a level the edition does not have."""

_NO_PRICE = -1
_NOWHERE = np.iinfo(np.int16).max
EPOCH = date(1970, 1, 1)
_KM_STRIDE = MAX_DISTANCE_M // METRES + 1
_DEFAULT = Switches()


def day_number(day: date) -> int:
    """Return days since 1970-01-01, as numpy's datetime64[D] counts them."""
    return (day - EPOCH).days


@dataclass(frozen=True)
class FareTable:
    """Every fare of a price book under a set of switches, worked out once per period, level and channel.

    A period is a run of days without any change in the parameters. ``adult`` and ``child`` are indexed by
    ``((period * levels + level) * 2 + online) * stride + started kilometres``, own prices behind the tariff's levels; exact
    kilometres, which have no such table, are worked out row by row with the same functions.
    """

    book: PriceBook
    switches: Switches
    starts: Ints
    """First day number of each period; before the first no edition is known."""
    editions: tuple[str, ...]
    """Edition label of each period, empty where none is known."""
    amounts: Ints
    """Level amounts in oere by period and level; negative where unknown or lacking."""
    terms: tuple[Terms | None, ...]
    adult: NDArray[np.int32]
    child: NDArray[np.int32]

    @classmethod
    def build(cls, book: PriceBook, switches: Switches = _DEFAULT) -> "FareTable":
        """Work out the table; a few milliseconds."""
        days = _change_days(book)
        starts = np.array([day_number(day) for day in days], dtype=np.int32)
        labels, terms, amounts = [], [], np.full((len(days), 1 + max(_levels(book))), LACKING, dtype=np.int64)
        for period, day in enumerate(days):
            edition = book.edition_on(day)
            labels.append(book.edition_label(edition) if edition else "")
            terms.append(terms_on(book, day, switches) if edition else None)
            for level in _levels(book) if edition else ():
                value = book.level(level, day)
                if value is not None and value.amount is not None:
                    amounts[period, level] = value.amount
                elif value is not None and value.state == "unknown":
                    amounts[period, level] = UNKNOWN
        adult, child = _price_tables(amounts, terms, _levels(book))
        return cls(book, switches, starts, tuple(labels), amounts, tuple(terms), adult, child)

    @cached_property
    def levels(self) -> tuple[int, ...]:
        """The levels that are priced, in the order in which ``adult`` and ``child`` have them."""
        return _levels(self.book)

    def places(self, level: Ints) -> Ints:
        """Return where in ``levels`` each level stands; an own price that the book has not raises IndexError when it is looked up."""
        return self._place_of_level[level] if self.book.own_levels else level

    @cached_property
    def _place_of_level(self) -> NDArray[np.int32]:
        place = np.full(1 + max(self.levels), _NOWHERE, dtype=np.int32)
        place[list(self.levels)] = np.arange(len(self.levels))
        return place

    @cached_property
    def rules(self) -> Mapping[str, Ints]:
        """Whole-number rules by period: companions at most, days ahead at most."""
        days = [EPOCH + timedelta(days=int(start)) for start in self.starts]

        def column(key: str) -> Ints:
            return np.array(
                [self.book.amount(key, day) if label else 0 for day, label in zip(days, self.editions, strict=True)],
                dtype=np.int32,
            )

        return {"companions": column("rules/medrejsende_max"), "ahead": column("rules/bestilling_dage_frem")}

    def period_of(self, day_numbers: Ints) -> NDArray[np.intp]:
        """Return each day's period, -1 before the first."""
        return np.searchsorted(self.starts, day_numbers, side="right") - 1


def fare_columns(
    table: FareTable,
    period: Ints,
    level: Ints,
    online: NDArray[np.bool_],
    distance_m: Ints,
    adults: Ints,
    children: Ints,
) -> NDArray[np.int32]:
    """Return the party fares in oere of rows by period (`FareTable.period_of`), level and channel.

    Raises InputError when a distance is out of range, TariffError when a row's level has no price in its period.
    """
    fares = np.empty(len(distance_m), dtype=np.int32)
    half_companions = table.switches.companion_price == "half"
    for start in range(0, len(fares), BLOCK):
        part = slice(start, start + BLOCK)
        metres, grown, young = distance_m[part], adults[part], children[part]
        if metres.min() < 0 or metres.max() > MAX_DISTANCE_M:
            raise InputError(f"distance_m ligger uden for 0 til {MAX_DISTANCE_M}")
        if half_companions:
            full = np.minimum(grown, 1)
            young, grown = young + (grown - full), full
        key = (period[part].astype(np.int32) * len(table.levels) + table.places(level[part])) * 2 + online[part]
        if table.switches.kilometre_counting == "exact":
            fares[part] = _exact_fares(table, key, metres, grown, young)
        else:
            cell = key * _KM_STRIDE + counted_kilometres(metres, table.switches.kilometre_counting)
            fares[part] = party_fare(table.adult.take(cell), table.child.take(cell), grown, young)
        if fares[part].min() < 0:
            raise TariffError(
                "en tur har et niveau uden pris i sin periode",
                where="fare_columns",
                next_step="brug quote_columns, som afviser turen med sin grund",
            )
    return fares


def _change_days(book: PriceBook) -> list[date]:
    """Return every day on which an edition begins or has ended, or a priced parameter changes, in order."""
    days: set[date] = set()
    for edition in book.editions:
        days.add(edition.start)
        if edition.end is not None:
            days.add(edition.end + timedelta(days=1))
    for key, parameter in book.parameters.items():
        if key.partition("/")[0] in ("flextur", "plustur", "rules"):
            for value in parameter.values:
                days.add(value.start)
                if value.end is not None:
                    days.add(value.end + timedelta(days=1))
    return sorted(days)


def _levels(book: PriceBook) -> tuple[int, ...]:
    return (*Level, *book.own_levels)


def _price_tables(
    amounts: Ints, terms: list[Terms | None], levels: tuple[int, ...]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    shape = (len(terms), len(levels), 2, _KM_STRIDE)
    adult, child = np.full(shape, _NO_PRICE, dtype=np.int64), np.full(shape, _NO_PRICE, dtype=np.int64)
    kilometres = np.arange(_KM_STRIDE, dtype=np.int64) * METRES
    for period, term in enumerate(terms):
        if term is None:
            continue
        for place, level in enumerate(levels):
            if amounts[period, level] < 0:
                continue
            price = amounts[period, level] + term.charge(level, kilometres)
            for online in (0, 1):
                adult[period, place, online] = reduced_price(price, term.paid_part(level, False, bool(online)))
                child[period, place, online] = reduced_price(price, term.paid_part(level, True, bool(online)))
    return _narrow(adult), _narrow(child)


def _narrow(prices: NDArray[np.int64]) -> NDArray[np.int32]:
    if prices.size and prices.max() > np.iinfo(np.int32).max // 8:
        raise InputError("en pris i taksten er for høj", why="en tur ville koste over 2,6 mio. kr.")
    return prices.ravel().astype(np.int32)


def _exact_fares(table: FareTable, key: Ints, metres: Ints, grown: Ints, young: Ints) -> Ints:
    """Price rows by exact metres: group by key, and use the scalar rule's functions on each group's rows."""
    fares = np.zeros(len(key), dtype=np.int64)
    for group in np.unique(key):
        rows = np.flatnonzero(key == group)
        cell, online = divmod(int(group), 2)
        period, place = divmod(cell, len(table.levels))
        number = table.levels[place]
        term = table.terms[period]
        if term is None or table.amounts[period, number] < 0:
            fares[rows] = _NO_PRICE
            continue
        price = table.amounts[period, number] + term.charge(number, metres[rows].astype(np.int64))
        adult = reduced_price(price, term.paid_part(number, False, bool(online)))
        child = reduced_price(price, term.paid_part(number, True, bool(online)))
        fares[rows] = party_fare(adult, child, grown[rows], young[rows])
    return fares
