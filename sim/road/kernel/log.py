"""The event log: what happened and when; every table is derived from it afterwards."""

from dataclasses import dataclass
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
    """The vehicle leaves its base (a variable one is paid from here); ``request`` is the first booking."""
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
    """A variable vehicle has nothing more to do and goes home unpaid; ``request`` is the last booking. A garantivogn's duty
    ends with its hours, which is not an event."""
    MOVED = 12
    """A booking was given to another ``vehicle``, before anything was driven for it."""


FIELDS = ("time_s", "kind", "request", "vehicle", "seconds")
EVENTS_A_REQUEST = 7
"""At most: booked, duty start, arrival and end of two stops, duty end."""


@dataclass(frozen=True)
class EventLog:
    """The events in the order of time, five whole numbers each; simultaneous ones in the order they were written.

    ``events`` is int64 (events, 5): time_s in seconds from the start of the simulated year, kind, the row of the request,
    the vehicle (-1 where there is none), and seconds, whose meaning the kind tells.
    """

    events: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.events)

    def columns(self) -> NDArray[np.int64]:
        """Return the events, int64 (events, 5), columns as in FIELDS."""
        return self.events


def empty_buffer(requests: int, relocations: int = 0) -> NDArray[np.int64]:
    """Return a buffer that an event log is written into; its first row counts the events.

    After each request so many bookings at most are given to another vehicle together with others, and as many alone.
    """
    return np.zeros((1 + (EVENTS_A_REQUEST + 2 * relocations) * requests, len(FIELDS)), dtype=np.int64)


def finished_log(buffer: NDArray[np.int64]) -> EventLog:
    """Return the log written into a buffer.

    An arrival is written down when the stop ends, so the events are put in the order of their times; those of
    one vehicle keep their order.
    """
    events = buffer[1 : 1 + int(buffer[0, 0])]
    return EventLog(events[np.argsort(events[:, 0], kind="stable")])
