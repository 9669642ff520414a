"""How surely the price of each row is known: the weakest of the amounts that it rests on, as `Offer.price_certainty` says it of one."""

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from tariffs import Certainty, FareTable, Level, PriceBook, certainty_of
from tariffs.columns import NO_FARE, QuoteColumns, TripColumns
from tariffs.fare import counted_metres
from tariffs.fare_table import EPOCH
from tariffs.price_book import RATE_FROM_KM_11, RATE_FROM_KM_21

CERTAINTIES = tuple(Certainty)


def certainty_places(trips: TripColumns, quoted: QuoteColumns, table: FareTable) -> NDArray[np.int8]:
    """Return each row's place in ``CERTAINTIES``, -1 where it has no price."""
    book, priced = table.book, np.flatnonzero(quoted.fare_oere != NO_FARE)
    found = np.full(len(trips), -1, dtype=np.int8)
    metres = counted_metres(trips.distance_m[priced].astype(np.int64), table.switches.kilometre_counting)
    period, level = quoted.period[priced], quoted.level[priced]
    weakest = np.zeros(len(priced), dtype=np.int8)
    for number in np.unique(period).tolist():
        terms = table.terms[number]
        assert terms is not None
        day, rows = EPOCH + timedelta(days=int(table.starts[number])), period == number
        for of in np.unique(level[rows]).tolist():
            value = book.level(of, day)
            assert value is not None
            weakest[rows & (level == of)] = CERTAINTIES.index(certainty_of([value.source]))
        paid = rows & (metres > terms.covered_m) & (level != Level.GRATIS) & (level != Level.PLUSTUR)
        _weaken(weakest, paid & (level != Level.GRUNDTAKST_ACROSS), book, (RATE_FROM_KM_11,), day)
        across = paid & (level == Level.GRUNDTAKST_ACROSS)
        _weaken(weakest, across & (metres <= terms.step_m), book, (RATE_FROM_KM_11,), day)
        _weaken(weakest, across & (metres > terms.step_m), book, (RATE_FROM_KM_11, RATE_FROM_KM_21), day)
    found[priced] = weakest
    return found


def _weaken(
    weakest: NDArray[np.int8], rows: NDArray[np.bool_], book: PriceBook, keys: tuple[str, ...], day: date
) -> None:
    values = [book.value(key, day) for key in keys]
    least = certainty_of(value.source for value in values if value is not None)
    weakest[rows] = np.maximum(weakest[rows], CERTAINTIES.index(least))
