"""The road's calendar against Python's own sorting."""

import numpy as np

from sim.road.kernel.calendar import NEVER, SECOND, WHO, first, new_calendar, put, take_first


def test_entries_come_off_by_time_and_those_of_one_second_in_the_order_they_were_put() -> None:
    draw = np.random.Generator(np.random.Philox(7))
    calendar, expected = new_calendar(40, 0), dict[int, tuple[int, int]]()
    for order in range(2_000):
        if expected and draw.random() < 0.3:
            (second, _), vehicle = min((entry, who) for who, entry in expected.items())
            assert (first(calendar) // SECOND, calendar[WHO, 1]) == (second, vehicle)
            take_first(calendar)
            del expected[vehicle]
        else:
            # Few seconds, so that many are the same, some of them before the year; a vehicle that stands there already is moved.
            vehicle, second = int(draw.integers(40)), int(draw.integers(-3, 12))
            put(calendar, vehicle, second)
            expected[vehicle] = (second, order)
    assert len(expected) > 5


def test_an_empty_calendar_has_no_next_stop() -> None:
    calendar = new_calendar(2, 0)
    assert first(calendar) == NEVER
    put(calendar, 1, 30)
    take_first(calendar)
    assert first(calendar) == NEVER
