"""The event log: what happened, in the order it happened; every table is derived from it afterwards."""

from array import array
from collections.abc import Callable, Iterable
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray


class Kind(IntEnum):
    """What an event is."""

    DECLINED = 0
    """The rider was told the price and declined."""
    REFUSED = 1
    """A rule of the chosen service elements refuses the trip (closed town, stop-based town)."""
    DROPPED = 2
    """The way home of a tour whose way out did not become a booking."""
    NO_VEHICLE = 3
    """No vehicle could take the request within its windows."""
    BOOKED = 4
    """The request became a booking; ``vehicle`` took it."""
    DUTY_START = 5
    """The vehicle leaves its base, paid from here; ``request`` is the first booking."""
    AT_PICKUP = 6
    """Arrived at a pickup after ``seconds`` of driving."""
    PICKED_UP = 7
    """Boarding ended after ``seconds``."""
    IN_VAIN = 8
    """Nobody came; the vehicle gave up after ``seconds``."""
    AT_DROPOFF = 9
    """Arrived at a drop-off after ``seconds`` of driving."""
    DROPPED_OFF = 10
    """Alighting ended after ``seconds``."""
    DUTY_END = 11
    """The vehicle has nothing more to do and goes home unpaid; ``request`` is the last booking."""


FIELDS = ("time_s", "kind", "request", "vehicle", "seconds")


class EventLog:
    """An append-only list of events, five whole numbers each: time_s, kind, request, vehicle, seconds.

    ``time_s`` counts seconds from the start of the simulated year, ``request`` is the row of the request, ``vehicle``
    is -1 where there is none.
    """

    def __init__(self) -> None:
        self._values = array("q")
        self.append: Callable[[Iterable[int]], None] = self._values.extend

    def __len__(self) -> int:
        return len(self._values) // len(FIELDS)

    def columns(self) -> NDArray[np.int64]:
        """Return a copy of the events as an int64 array of shape (events, 5), columns as in FIELDS."""
        return np.array(self._values, dtype=np.int64).reshape(-1, len(FIELDS))
