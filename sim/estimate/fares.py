"""What the mean booking of a strand pays, under some draws at once."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.estimate.party import PAYING, Parties
from sim.estimate.ways import Floats, Ways
from tariffs import FareTable, fare_columns


class Fares:
    """The fares at the distances that are paid for, each period's and level's worked out once.

    ``tables`` are those of the draws: one and the same unless projected fares are drawn. ``metres`` are in rising order.
    """

    def __init__(self, tables: Sequence[FareTable], metres: NDArray[np.int64]) -> None:
        self._distinct = list({id(table): table for table in tables}.values())
        number = {id(table): n for n, table in enumerate(self._distinct)}
        self._table_of_draw = np.array([number[id(table)] for table in tables])
        self._metres = metres
        self._known: dict[tuple[int, int], Floats] = {}

    def mean(self, period: int, level: int, ways: Ways, who: Parties) -> Floats:
        """Return the expected fare of a booking over its distances, in oere, float64 (draws,).

        A party pays the sum of what each passenger pays, each rounded by the tariff; so the mean number of adults and children
        by channel is all that has to be known.
        """
        fares = self._at(period, level)[:, :, np.searchsorted(self._metres, ways.metres)]
        by_draw = fares if len(fares) == 1 else fares[self._table_of_draw]
        each = np.matmul(by_draw, ways.weight[:, :, None])[:, :, 0]
        return np.asarray((each * who.paying).sum(axis=1))

    def _at(self, period: int, level: int) -> Floats:
        """Return what a passenger pays, float64 (tables, `PAYING`, distances)."""
        if (period, level) not in self._known:
            self._known[period, level] = np.array([self._row(table, period, level) for table in self._distinct])
        return self._known[period, level]

    def _row(self, table: FareTable, period: int, level: int) -> Floats:
        n = len(self._metres)
        online, grown, young = (np.repeat(column, n) for column in np.array(PAYING).T)
        fares = fare_columns(
            table,
            np.full(4 * n, period),
            np.full(4 * n, level),
            online.astype(bool),
            np.tile(self._metres, 4),
            grown,
            young,
        )
        return fares.reshape(4, n).astype(np.float64)
