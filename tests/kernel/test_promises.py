"""Promises of planner and clock in odd corners; one is not kept yet and turns the build red once it is.

That one is out of reach of trips wished before 23:00: service days do not touch each other in the model.
"""

import numpy as np
import pytest
from checker import complaints
from test_clock import HOUR, LINE, ONE_VEHICLE, run, work

from sim.road.kernel import Kind


def test_a_booking_that_can_no_longer_be_reached_is_refused() -> None:
    """Asked at 10:00 for 11:00, two hours away: nobody can be there."""
    requests = work((10, 1, 12, 13, 11))
    log = run(requests)
    assert not complaints(requests, ONE_VEHICLE, LINE, log.columns(), as_planned=True)


@pytest.mark.xfail(
    strict=True, reason="each service day has the vehicle at its base from 4:00, whatever the day before"
)
def test_a_vehicle_out_until_the_morning_is_not_sent_out_before_it_is_home() -> None:
    """Day 1's trip ends at place 19 at 29:25 (05:25), three hours from home; day 2's begins at 6:00."""
    requests = work((8, 0, 1, 19, 26.5), (8, 0, 1, 2, 6.25), service_day=np.array([1, 2]))
    log = run(requests)
    assert not complaints(requests, ONE_VEHICLE, LINE, log.columns(), as_planned=True)


def test_a_trip_in_vain_stretches_nobody_elses_ride() -> None:
    """Rider 0 does not come. Rider 1 is fetched sooner for it, and then waits in the vehicle for rider 2.

    Planned: 0 in at place 2 at 9:00, out at 8 at 10:00; 1 in at 5 at 10:30; 2 in at 6 at 11:00 sharp; both out at 0 at
    12:00. Rider 1 rides 90 minutes of 100. In vain: from place 2 it is half an hour to place 5, so rider 1 gets in at
    9:30 and rides 150 minutes.
    """
    hour = HOUR
    requests = work((8, 0, 2, 8, 9), (8, 0, 5, 0, 10), (8, 0, 6, 0, 11), in_vain=np.array([True, False, False]))
    requests.planner[:, 2] = 9 * hour, 9 * hour, 11 * hour  # earliest
    requests.planner[:, 3] = 9 * hour, 10 * hour + 2400, 11 * hour  # latest
    requests.planner[:, 6] = 3600, 6000, 6000  # longest ride
    events = run(requests, rates=(10_000_000, 2, 0)).columns()
    time = {(kind, row): at for at, kind, row, _, _ in events.tolist()}
    assert time[Kind.DROPPED_OFF, 1] - time[Kind.PICKED_UP, 1] <= 6000
