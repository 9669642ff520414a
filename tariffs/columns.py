"""The same quote over columns: numpy arrays in, statuses, reasons and fares out, to the oere as `quote` gives them."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from tariffs.elements import Element, elements
from tariffs.errors import InputError
from tariffs.fare_table import BLOCK, LACKING, UNKNOWN, FareTable, Ints, day_number, fare_columns
from tariffs.municipal_choices import PRODUCTS
from tariffs.offer import REASONS, Reason
from tariffs.price_book import Level, PriceBook
from tariffs.trip import MAX_DISTANCE_M

OK = 0
"""Reason number of a priced row; refused rows have 1 + the place of their reason in `Reason`."""

NO_FARE = -1


@dataclass(frozen=True)
class TripColumns:
    """Trips as columns of one length (a scalar stands for a whole column).

    ``product`` is a place in `PRODUCTS` (0 flextur, 1 plustur); ``booked`` and ``travel`` are day numbers;
    ``from_municipality`` and ``to_municipality`` are places in the price book's list of municipalities;
    ``from_town`` and ``to_town`` are labels as whole numbers, 0 outside the zones; ``bytakst`` is 0 none, 1 low,
    2 high; bit n of ``schemes`` is the nth of `tariffs.elements`. The municipality's elements are taken as given, and
    ignored where they do not apply.

    Raises InputError when a column cannot be so in any trip.
    """

    product: Ints
    booked: Ints
    travel: Ints
    standing: NDArray[np.bool_]
    from_municipality: Ints
    to_municipality: Ints
    distance_m: Ints
    from_town: Ints
    to_town: Ints
    free_destination: NDArray[np.bool_]
    online: NDArray[np.bool_]
    adults: Ints
    children: Ints
    kommunetakst: NDArray[np.bool_]
    bytakst: Ints
    schemes: Ints | int = 0
    plustur: NDArray[np.bool_] | bool = False

    def __post_init__(self) -> None:
        rows = len(self.distance_m)
        for item in fields(self):
            column = np.asarray(getattr(self, item.name))
            if column.ndim and len(column) != rows:
                raise InputError(f"kolonnen {item.name} har {len(column)} rækker, ikke {rows}")
            object.__setattr__(self, item.name, np.broadcast_to(column, rows))
        if rows and not (self.distance_m.min() >= 0 and self.distance_m.max() <= MAX_DISTANCE_M):
            raise InputError(f"distance_m ligger uden for 0 til {MAX_DISTANCE_M}")
        if rows and (self.adults.min() < 0 or self.children.min() < 0 or (self.adults + self.children).min() < 1):
            raise InputError("en tur har ingen eller et negativt antal passagerer")

    def __len__(self) -> int:
        return len(self.distance_m)

    def rows(self, part: slice) -> "TripColumns":
        """Return some of the rows, without copying."""
        return TripColumns(**{item.name: getattr(self, item.name)[part] for item in fields(self)})


@dataclass(frozen=True)
class QuoteColumns:
    """Answers as columns: ``reason`` 0 = ok, else 1 + place in `Reason`; ``fare_oere`` `NO_FARE` unless ok.

    ``period`` points into the table's ``editions`` and is -1 before the first; ``level`` is the `Level` that applied.
    """

    reason: NDArray[np.uint8]
    fare_oere: NDArray[np.int32]
    period: Ints
    level: Ints


def quote_columns(trips: TripColumns, table: FareTable) -> QuoteColumns:
    """Quote every row by dates alone (clock rules are not checked), with reasons in the order `quote` gives them."""
    rows = len(trips)
    result = QuoteColumns(
        np.zeros(rows, np.uint8), np.full(rows, NO_FARE, np.int32), np.empty(rows, np.int32), np.empty(rows, np.int8)
    )
    offers = _OfferTable(table.book)
    for start in range(0, rows, BLOCK):
        part = slice(start, start + BLOCK)
        _quote_block(trips.rows(part), table, offers, result, part)
    return result


def _quote_block(
    trips: TripColumns, table: FareTable, offers: "_OfferTable", result: QuoteColumns, part: slice
) -> None:
    delays = _standing_delays(table.book, trips.booked)
    effective = np.where(trips.standing, np.maximum(trips.booked, trips.travel - delays), trips.booked)
    period = table.period_of(effective)
    known = np.array([bool(label) for label in table.editions])
    has_edition = (period >= 0) & known[period]
    safe = np.where(has_edition, period, 0)
    inside = trips.from_municipality == trips.to_municipality
    plustur = trips.product == 1
    flextur_inside = inside & ~plustur
    both_in_towns = (trips.from_town > 0) & (trips.to_town > 0)
    same_zone = both_in_towns & ((trips.from_town == trips.to_town) | (table.switches.town_scope == "any_town"))
    concerned = {"in_town": same_zone, "in_towns": both_in_towns, "inside": inside}
    level = _levels(trips, concerned, plustur)
    amount = table.amounts[safe, level]
    passengers = trips.adults + trips.children
    ahead = trips.travel - trips.booked
    checks = {
        Reason.TOO_LATE: ahead < 0,
        Reason.NOT_OFFERED: ~offers.offered(trips),
        Reason.CLOSED_DAY: offers.closed(trips),
        Reason.OWN_FARE: ~plustur
        & offers.own_fare(trips)
        & np.where(inside, ~_stated(trips), table.switches.own_fare_across),
        Reason.EDITION_UNKNOWN: ~has_edition,
        Reason.TOO_EARLY: ~trips.standing & (ahead > table.rules["ahead"][safe]),
        Reason.TOO_MANY_COMPANIONS: passengers - 1 > table.rules["companions"][safe],
        Reason.PLUSTUR_BY_PHONE: plustur & ~trips.online,
        Reason.LEVEL_NOT_IN_EDITION: amount == LACKING,
        Reason.PRICE_UNKNOWN: amount == UNKNOWN,
    }
    for element, has in _schemes(trips):
        if element.closes:
            why = Reason(element.closes)
            closed = flextur_inside & concerned[element.trips] & has
            checks[why] = checks.get(why, False) | closed
    reason = np.zeros(len(trips), np.uint8)
    for why in reversed(REASONS):
        if why in checks:
            reason[checks[why]] = REASONS.index(why) + 1
    result.reason[part] = reason
    result.period[part] = np.where(has_edition, period, -1)
    result.level[part] = level
    priced = np.flatnonzero(reason == OK)
    fares = result.fare_oere[part]
    fares[priced] = fare_columns(
        table,
        safe[priced],
        level[priced],
        trips.online[priced],
        trips.distance_m[priced],
        trips.adults[priced],
        trips.children[priced],
    )


def _schemes(trips: TripColumns) -> list[tuple[Element, NDArray[np.bool_]]]:
    """Return each scheme with the rows that have it, those for all of a municipality first."""
    found = [(element, (np.asarray(trips.schemes) >> n & 1) == 1) for n, element in enumerate(elements().values())]
    return sorted(found, key=lambda one: one[0].trips != "inside")


def _levels(
    trips: TripColumns, concerned: Mapping[str, NDArray[np.bool_]], plustur: NDArray[np.bool_]
) -> NDArray[np.int8]:
    level = np.where(trips.kommunetakst, Level.KOMMUNETAKST, Level.GRUNDTAKST).astype(np.int8)
    for element, has in _schemes(trips):
        if element.level:
            level[concerned[element.trips] & has] = Level[element.level.upper()]
    level[concerned["in_town"] & (trips.bytakst == 1)] = Level.BYTAKST_LOW
    level[concerned["in_town"] & (trips.bytakst == 2)] = Level.BYTAKST_HIGH
    level[trips.free_destination] = Level.GRATIS
    level[~concerned["inside"]] = Level.GRUNDTAKST_ACROSS
    level[plustur] = Level.PLUSTUR
    return level


def _stated(trips: TripColumns) -> NDArray[np.bool_]:
    """Say which rows have some element that is about their price, as `quote` reads it."""
    stated: NDArray[np.bool_] = trips.kommunetakst | (trips.bytakst > 0) | (np.asarray(trips.schemes) > 0)
    return stated | trips.free_destination


def _standing_delays(book: PriceBook, booked: Ints) -> Ints:
    values = book.parameters["rules/faste_ture_frist"].values
    starts = np.array([day_number(value.start) for value in values])
    delays = np.array([value.amount or 0 for value in values], dtype=np.int32)
    if (delays == delays[0]).all():
        return np.broadcast_to(delays[0], booked.shape)
    return delays[np.clip(np.searchsorted(starts, booked, side="right") - 1, 0, None)]


class _OfferTable:
    """What municipalities have on a day of travel, as arrays by (product,) period and municipality."""

    def __init__(self, book: PriceBook) -> None:
        choices = book.choices
        turns = {v.start for product in PRODUCTS for values in choices.values[product].values() for v in values}
        for by_municipality in choices.closures.values():
            for closures in by_municipality.values():
                turns |= {c.start for c in closures} | {c.end + timedelta(days=1) for c in closures}
        turns |= {fare.start for fares in choices.own_fares.values() for fare in fares}
        days = sorted(turns)
        self.starts = np.array([day_number(day) for day in days])
        shape = (len(PRODUCTS), len(days) + 1, len(choices.municipalities))
        self._has, self._closed = np.zeros(shape, dtype=np.bool_), np.zeros(shape, dtype=np.bool_)
        self._own_fare = np.zeros(shape[1:], dtype=np.bool_)
        for period, day in enumerate(days, 1):
            for place, municipality in enumerate(choices.municipalities):
                self._own_fare[period, place] = choices.own_fare(municipality.code, day) is not None
                for number, product in enumerate(PRODUCTS):
                    self._has[number, period, place] = choices.has(product, municipality.code, day) != "no"
                    self._closed[number, period, place] = choices.closure(product, municipality.code, day) is not None

    def offered(self, trips: TripColumns) -> NDArray[np.bool_]:
        """Say for each row whether both ends' municipalities have the product on the day of travel, closed or not."""
        period = self._period(trips)
        start = self._has[trips.product, period, trips.from_municipality]
        end = self._has[trips.product, period, trips.to_municipality]
        told = (trips.product == 1) & trips.plustur
        start = start | told
        end = end | (told & (trips.from_municipality == trips.to_municipality))
        both: NDArray[np.bool_] = start & end
        return both

    def closed(self, trips: TripColumns) -> NDArray[np.bool_]:
        """Say for each row whether the product was closed on the day of travel at either end."""
        period = self._period(trips)
        either: NDArray[np.bool_] = (
            self._closed[trips.product, period, trips.from_municipality]
            | self._closed[trips.product, period, trips.to_municipality]
        )
        return either

    def own_fare(self, trips: TripColumns) -> NDArray[np.bool_]:
        """Say for each row whether it starts in a municipality with a fare of its own on the day of travel."""
        own: NDArray[np.bool_] = self._own_fare[self._period(trips), trips.from_municipality]
        return own

    def _period(self, trips: TripColumns) -> NDArray[np.intp]:
        return np.searchsorted(self.starts, trips.travel, side="right")
