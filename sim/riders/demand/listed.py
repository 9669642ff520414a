"""Trips of a municipality's own list, as the generator takes them: what the list states, and what is left to draw."""

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.riders.demand.times import DAY_S, NOTICE_S

UNKNOWN = np.iinfo(np.int64).min
"""Stands where the list says nothing."""

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class ListedTrips:
    """One row a trip; int64 unless said otherwise. UNKNOWN may stand in the columns marked by a star.

    Attributes
    ----------
    kind : `TourKind`; origin, destination : int32, places of the region
    day : of the year from 0; half_hour : of the day from 0
    booked_day* : of the booking, from 1 January, may be negative; booked_half_hour* : of that day
    party : passengers; children* : of these; online*, standing* : 0 or 1
    in_vain, plustur : bool
    may_move : whether riders may take plustur instead, when an option has it and the list is from before
    """

    kind: Ints
    origin: NDArray[np.int32]
    destination: NDArray[np.int32]
    day: Ints
    half_hour: Ints
    booked_day: Ints
    booked_half_hour: Ints
    party: Ints
    children: Ints
    online: Ints
    standing: Ints
    in_vain: NDArray[np.bool_]
    plustur: NDArray[np.bool_]
    may_move: bool = True

    def __len__(self) -> int:
        return len(self.day)

    def known(self, name: str, drawn: NDArray[Any]) -> NDArray[Any]:
        """Return what the list states, and what was drawn where it states nothing."""
        stated = getattr(self, name)
        return np.where(stated == UNKNOWN, drawn, stated).astype(drawn.dtype)

    def lead_s(self, wished: Ints, drawn: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return how long before its last chance each trip was asked for; at noon where the list has only the day."""
        half = np.where(self.booked_half_hour == UNKNOWN, 24, self.booked_half_hour)
        known = self.booked_day != UNKNOWN
        booked_s = np.where(known, self.booked_day, 0) * DAY_S + half * 1800
        return np.where(known, np.maximum(0, self.day * DAY_S + wished - NOTICE_S - booked_s), drawn)

    def take(self, rows: Ints) -> "ListedTrips":
        """Return the given rows in the given order."""
        columns = {f.name: getattr(self, f.name)[rows] for f in fields(self) if f.name != "may_move"}
        return replace(self, **columns)

    def at_times_of(self, other: "ListedTrips") -> "ListedTrips":
        """Return the trips on the days, at the times and with the bookings of others, row by row."""
        return self.replacing(
            day=other.day,
            half_hour=other.half_hour,
            booked_day=other.booked_day,
            booked_half_hour=other.booked_half_hour,
            standing=other.standing,
        )

    def replacing(self, **columns: NDArray[Any]) -> "ListedTrips":
        """Return the trips with other values in some columns."""
        return replace(self, **columns)  # type: ignore[arg-type]
