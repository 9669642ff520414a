"""The road's calendar: when each vehicle's next stop ends, the first to come first.

A heap of whole numbers that compiled code works on. A time and the order in which it was put on the calendar are one number, a
``key``: of several at the same second the one put there first comes first, as everywhere on the clock. The next request takes its
place in the same order.
"""

import numpy as np
from numpy.typing import NDArray

from sim.road.dispatch.compiled import compiled

SECOND = 1 << 32
"""What a second weighs in a key; below it stands the order."""
NEVER = 1 << 62

# Rows of the array: the heap's keys and who each belongs to, from column 1 on; then where in it each vehicle stands, 0 for nowhere.
KEYS, WHO, PLACE = range(3)
# What stands in column 0 of the rows: how many entries, how many keys have been given, the key of the next request.
ENTRIES, GIVEN, REQUEST = range(3)


def new_calendar(vehicles: int, first_request_s: int) -> NDArray[np.int64]:
    """Return a calendar for so many vehicles, numbered from 0, on which nothing stands but when the first request comes."""
    calendar = np.zeros((3, vehicles + 1), dtype=np.int64)
    calendar[REQUEST, 0] = first_request_s * SECOND
    return calendar


@compiled
def key(calendar: NDArray[np.int64], time_s: int) -> int:
    """Return the key of a time that is put on the calendar now."""
    calendar[GIVEN, 0] += 1
    return time_s * SECOND + calendar[GIVEN, 0]


@compiled
def first(calendar: NDArray[np.int64]) -> int:
    """Return the key of the next stop, NEVER when there is none."""
    return calendar[KEYS, 1] if calendar[ENTRIES, 0] else NEVER


@compiled
def put(calendar: NDArray[np.int64], vehicle: int, time_s: int) -> None:
    """Put a vehicle on the calendar, in place of its entry if it has one."""
    place = calendar[PLACE, vehicle + 1]
    if place == 0:
        calendar[ENTRIES, 0] += 1
        place = calendar[ENTRIES, 0]
    settle(calendar, place, key(calendar, time_s), vehicle)


@compiled
def take_first(calendar: NDArray[np.int64]) -> None:
    """Take the first entry off the calendar."""
    last = calendar[ENTRIES, 0]
    calendar[PLACE, calendar[WHO, 1] + 1] = 0
    calendar[ENTRIES, 0] = last - 1
    if last > 1:
        settle(calendar, 1, calendar[KEYS, last], calendar[WHO, last])


@compiled
def settle(calendar: NDArray[np.int64], place: int, new: int, vehicle: int) -> None:
    """Write an entry into the heap, for which there is room at ``place``: later ones move down, earlier ones up."""
    while place > 1 and calendar[KEYS, place >> 1] > new:
        move(calendar, place >> 1, place)
        place >>= 1
    entries = calendar[ENTRIES, 0]
    below = 2 * place
    while below <= entries:
        if below < entries and calendar[KEYS, below + 1] < calendar[KEYS, below]:
            below += 1
        if calendar[KEYS, below] >= new:
            break
        move(calendar, below, place)
        place, below = below, 2 * below
    calendar[KEYS, place], calendar[WHO, place], calendar[PLACE, vehicle + 1] = new, vehicle, place


@compiled
def move(calendar: NDArray[np.int64], place: int, to: int) -> None:
    """Move the entry at one place of the heap to another."""
    calendar[KEYS, to], calendar[WHO, to] = calendar[KEYS, place], calendar[WHO, place]
    calendar[PLACE, calendar[WHO, place] + 1] = to
