"""A garantivogn's day by hand: hours that are paid anyway, a vehicle that stays where it is, and when it is not there."""

import numpy as np
import pytest
from checker import complaints
from instances import variable
from test_clock import HOUR, LINE, story, work

from sim.road.dispatch.plan import GARANTIVOGN, R_PASSENGERS, V_CONTRACT, V_FROM, V_UNTIL, V_WEEKEND
from sim.road.dispatch.travel import Travel
from sim.road.kernel import EventLog, Kind, Workload, simulate
from sim.road.stops import stops_and_duties

# Both at place 0 of a line of places ten minutes apart; the garantivogn, number 1, works 8-12 on weekdays.
FLEET = variable((0, 4, 1, 0), (0, 4, 1, 1))
FLEET[1, [V_CONTRACT, V_FROM, V_UNTIL, V_WEEKEND]] = GARANTIVOGN, 8 * HOUR, 12 * HOUR, 0
# Called: start 960, driving 2 a second, waiting 1. Guaranteed: the planner counts driving at 1 a second, no more.
RATES = np.array([[[960, 2, 1], [0, 1, 0]]] * 3, dtype=np.int64)


def run(requests: Workload, *, weekend: bool = False) -> EventLog:
    log = simulate(
        requests, vehicles=FLEET, travel=Travel.by_table(LINE), rates=RATES, weekend=np.array([False, weekend, False])
    )
    wrong = complaints(requests, FLEET, LINE, log.columns(), as_planned=True, weekend=np.array([False, weekend, False]))
    assert not wrong
    return log


def takers(log: EventLog) -> list[int]:
    return [vehicle for _, kind, _, vehicle, _ in log.columns().tolist() if kind == Kind.BOOKED]


TWO_TRIPS = work((8, 0, 2, 4, 9), (9.5, 1, 4, 2, 11.75))


def test_it_waits_where_it_is_and_its_duty_lasts_its_hours() -> None:
    """Row 0: guaranteed 1200 + 1200 = 2400, called 960 + 2400 + 2400. Row 1, asked while it stands idle at place 4.

    Row 1 (window 11:30-12:00): guaranteed from where it stands 1200; it gets out at 11:50, inside the hours.
    """
    log = run(TWO_TRIPS)
    assert takers(log) == [1, 1]
    assert story(log) == [
        (8 + 25 / 60, Kind.DUTY_START, 0),
        (8.75, Kind.AT_PICKUP, 0),
        (8.75, Kind.PICKED_UP, 0),
        (9 + 5 / 60, Kind.AT_DROPOFF, 0),
        (9 + 5 / 60, Kind.DROPPED_OFF, 0),
        (11.5, Kind.AT_PICKUP, 1),
        (11.5, Kind.PICKED_UP, 1),
        (11 + 50 / 60, Kind.AT_DROPOFF, 1),
        (11 + 50 / 60, Kind.DROPPED_OFF, 1),
    ]
    _, duties = stops_and_duties(log, TWO_TRIPS.service_day, TWO_TRIPS.planner[:, R_PASSENGERS], FLEET)
    assert duties.contract.tolist() == [GARANTIVOGN]
    assert (duties.start_s.tolist(), duties.end_s.tolist()) == ([8 * HOUR], [12 * HOUR])
    assert duties.drive_s.tolist() == [1200 + 1200 + 0 + 1200]
    assert duties.wait_s.tolist() == [4 * HOUR - 3600]


@pytest.mark.parametrize(
    ("wished", "taker"),
    [
        (8 + 4 / 60, 0),  # place 2 by 8:19 at the latest, 20 minutes from the base: leaving at 8:00 it is 8:20
        (8 + 5 / 60, 1),
        (11 + 55 / 60, 1),  # in at 11:40 at the earliest, out at 12:00
        (11 + 56 / 60, 0),
    ],
)
def test_it_takes_nobody_whom_its_hours_do_not_allow(wished: float, taker: int) -> None:
    assert takers(run(work((8, 0, 2, 4, wished)))) == [taker]


def test_on_a_weekend_it_is_not_there() -> None:
    assert takers(run(TWO_TRIPS, weekend=True)) == [0, 0]


def test_the_planning_weight_keeps_it_from_driving_across_the_land_for_a_short_trip() -> None:
    """From place 19, where row 0 left it, to place 1 and back to 2: 10,800 + 600; called: 960 + 1200 + 1200."""
    far = work((8, 0, 10, 19, 8.5), (8.1, 0, 1, 2, 11.5), (8.2, 0, 19, 18, 11.5))
    far.planner[0, 3] = 12 * HOUR
    log = run(far)
    assert takers(log) == [1, 0, 1]


def test_a_late_last_stop_is_paid_beyond_the_hours() -> None:
    """Row 1's last leg takes 2.5 times as long: out at 11:30 + 50 min = 12:20."""
    late = work((8, 0, 2, 4, 9), (9.5, 1, 4, 2, 11.75), dropoff_drive_permille=np.array([1000, 2500]))
    log = simulate(late, vehicles=FLEET, travel=Travel.by_table(LINE), rates=RATES)
    _, duties = stops_and_duties(log, late.service_day, late.planner[:, R_PASSENGERS], FLEET)
    assert duties.end_s.tolist() == [12 * HOUR + 1200]
