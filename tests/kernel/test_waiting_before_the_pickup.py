"""The vehicle waits before a pickup and not after it, as long as windows allow; places lie ten minutes apart on a line."""

from checker import complaints
from test_clock import LINE, ONE_VEHICLE, run, work

from sim.road.kernel import Kind, Workload
from sim.road.stops import standing_s, stops_and_duties

ONE_DUTY = (10_000_000, 2, 0)
"""Rates under which the vehicle starts once and is not paid for waiting."""


def driven(requests: Workload) -> tuple[dict[tuple[Kind, int], str], list[int]]:
    """Return when each stop ended, and how many minutes each rider stood."""
    log = run(requests, rates=ONE_DUTY)
    assert not complaints(requests, ONE_VEHICLE, LINE, log.columns(), as_planned=True)
    stops, _ = stops_and_duties(log, requests.service_day, requests.planner[:, 7], ONE_VEHICLE)
    ended = {
        (Kind(kind), row): f"{time % 86_400 // 3600}:{time % 3600 // 60:02d}"
        for time, kind, row, _, _ in log.columns().tolist()
    }
    return ended, (standing_s(stops, len(requests.asked_at_s)) // 60).tolist()


def test_a_rider_is_picked_up_later_when_the_vehicle_would_wait_with_the_rider_on_board() -> None:
    """Rider 0 could get in at 8:45; at place 4, where rider 1 gets in at 9:20, the vehicle would be at 9:05."""
    ended, stood = driven(work((8, 0, 2, 8, 9), (8, 0, 4, 8, 9 + 35 / 60)))
    assert ended[Kind.DUTY_START, 0] == "8:40"
    assert (ended[Kind.PICKED_UP, 0], ended[Kind.PICKED_UP, 1]) == ("9:00", "9:20")
    assert stood == [0, 0]


def test_nobody_is_picked_up_after_the_promised_window_for_it() -> None:
    """Rider 1 gets in at 9:45: rider 0 would have to get in at 9:25, but was promised 9:15 at the latest."""
    ended, stood = driven(work((8, 0, 2, 8, 9), (8, 0, 4, 8, 10)))
    assert (ended[Kind.PICKED_UP, 0], ended[Kind.PICKED_UP, 1]) == ("9:15", "9:45")
    assert stood == [10, 0]


def on_board_before(party: int, longest_s: int) -> Workload:
    """Rider 0 gets in at place 2 at 8:45 sharp and out at 4, a party in at 3 by 9:15, rider 2 in at 5 at 9:30.

    As early as can be: the party in at 8:55, rider 0 out at 9:05, at place 5 at 9:15.
    """
    requests = work((8, 0, 2, 4, 9), (8, 0, 3, 8, 9), (8, 0, 5, 8, 9.75))
    requests.planner[0, 3] = requests.planner[0, 2]
    requests.planner[0, 6], requests.planner[1, 7] = longest_s, party
    return requests


def test_nobody_rides_too_long_for_it() -> None:
    """Two who get in at 9:10 would be spared 15 minutes, for as many of rider 0; who must be there by 9:10, so they get in at 9:00."""
    ended, stood = driven(on_board_before(2, 25 * 60))
    assert [ended[Kind.PICKED_UP, row] for row in (0, 1, 2)] == ["8:45", "9:00", "9:30"]
    assert ended[Kind.DROPPED_OFF, 0] == "9:10"
    assert stood == [5, 10, 0]


def test_whoever_is_on_board_does_not_wait_so_that_as_many_need_not() -> None:
    ended, stood = driven(on_board_before(1, 50 * 60))
    assert [ended[Kind.PICKED_UP, row] for row in (0, 1, 2)] == ["8:45", "8:55", "9:30"]
    assert ended[Kind.DROPPED_OFF, 0] == "9:05"
    assert stood == [0, 15, 0]


def test_a_booking_made_while_the_vehicle_waits_uses_the_time() -> None:
    """As in the first test the vehicle stands at its base until 8:40, although its plan could begin at 8:25.

    At 8:30 rider 2 wants to go from place 1 to 3 by 8:45. Rider 2 gets in at 8:45, rider 0 at 8:55, rider 2 out at 9:05; at place 4 the
    vehicle is at 9:15 and waits five minutes for rider 1.
    """
    ended, stood = driven(work((8, 0, 2, 8, 9), (8, 0, 4, 8, 9 + 35 / 60), (8.5, 1, 1, 3, 8.5)))
    assert (Kind.NO_VEHICLE, 2) not in ended
    assert [ended[Kind.PICKED_UP, row] for row in (2, 0, 1)] == ["8:45", "8:55", "9:20"]
    assert ended[Kind.DROPPED_OFF, 2] == "9:05"
    assert stood == [5, 0, 0]


def test_a_vehicle_that_waited_is_not_promised_to_be_where_it_cannot_be_any_more() -> None:
    """At 8:39, a minute before it leaves, rider 2 wants to be fetched at place 1 by 8:45, where it cannot be before 8:49."""
    ended, stood = driven(work((8, 0, 2, 8, 9), (8, 0, 4, 8, 9 + 35 / 60), (8.65, 1, 1, 3, 8.5)))
    assert (Kind.NO_VEHICLE, 2) in ended
    assert stood == [0, 0, 0]
    assert [ended[Kind.PICKED_UP, row] for row in (0, 1)] == ["9:00", "9:20"]
