"""What the clock promises about order, sleep and midnight, on worlds small enough to see through."""

from dataclasses import replace

import numpy as np
import pytest
from checker import complaints
from instances import World, random_world, variable, with_work

from sim.road.dispatch.plan import R_DESTINATION, R_ORIGIN, R_PASSENGERS
from sim.road.dispatch.travel import Travel
from sim.road.kernel import EventLog, Kind, Workload, simulate
from sim.road.stops import stops_and_duties

HOUR, DAY_S = 3600, 86_400
BEFORE_A_VEHICLE = [Kind.DECLINED, Kind.REFUSED, Kind.DROPPED, Kind.NO_VEHICLE]
# A line of places ten minutes apart; the base is place 0.
LINE = np.array([[600 * abs(a - b) for b in range(20)] for a in range(20)], dtype=np.int32)
ONE_VEHICLE = variable((0, 4, 1, 0))


def work(*trips: tuple[float, int, int, int, float], day: int = 1, **changes: object) -> Workload:
    """Return requests (hour asked, day asked, origin, destination, hour wished) without boarding times and luck."""
    n = len(trips)
    planner = np.zeros((n, 9), dtype=np.int64)
    for row, (_, _, origin, destination, wished) in enumerate(trips):
        wish, direct = round(wished * HOUR), int(LINE[origin, destination])
        planner[row] = origin, destination, wish - 900, wish + 900, 0, 0, direct + max(direct, 1800), 1, 0
    columns = {
        "asked_at_s": np.array([asked_day * DAY_S + round(hour * HOUR) for hour, asked_day, _, _, _ in trips]),
        "service_day": np.full(n, day),
        "decision": np.full(n, Kind.BOOKED, dtype=np.int8),
        "outbound": np.full(n, -1),
        "planner": planner,
        "pickup_drive_permille": np.full(n, 1000),
        "dropoff_drive_permille": np.full(n, 1000),
        "boarding_s": np.zeros(n, dtype=np.int64),
        "alighting_s": np.zeros(n, dtype=np.int64),
        "in_vain": np.zeros(n, dtype=bool),
        "in_vain_wait_s": 0,
    }
    return Workload(**columns | changes)  # type: ignore[arg-type]


def run(requests: Workload, rates: tuple[int, int, int] = (960, 2, 1), max_stops: int = 128) -> EventLog:
    by_day = np.array([[rates]] * (int(requests.service_day.max()) + 1), dtype=np.int64)
    return simulate(requests, vehicles=ONE_VEHICLE, travel=Travel.by_table(LINE), rates=by_day, max_stops=max_stops)


def story(log: EventLog, day: int = 1) -> list[tuple[float, Kind, int]]:
    """Return (hour of the service day, kind, request) of every event but the bookings."""
    return [
        ((time - day * DAY_S) / HOUR, Kind(kind), row)
        for time, kind, row, _, _ in log.columns().tolist()
        if kind != Kind.BOOKED
    ]


@pytest.fixture(scope="module")
def busy() -> World:
    return random_world(7, requests=300, vehicles=5, places=25, days=3, noise=True, in_vain_share=0.05)


def test_no_requests_leave_an_empty_log() -> None:
    empty = work((8, 0, 1, 2, 9))
    columns = {name: value[:0] if isinstance(value, np.ndarray) else value for name, value in vars(empty).items()}
    log = simulate(
        Workload(**columns), vehicles=ONE_VEHICLE, travel=Travel.by_table(LINE), rates=np.array([[[1, 1, 1]]])
    )
    assert len(log) == 0
    assert log.columns().shape == (0, 5)


def test_time_never_goes_back_and_requests_are_answered_in_row_order(busy: World) -> None:
    events = busy.run().columns()
    assert (np.diff(events[:, 0]) >= 0).all()
    answers = events[events[:, 1] <= Kind.BOOKED]
    assert answers[:, 2].tolist() == list(range(300))
    assert (answers[:, 0] == busy.work.asked_at_s).all()


def test_every_request_has_one_outcome(busy: World) -> None:
    events = busy.run().columns()
    final = events[np.isin(events[:, 1], [*BEFORE_A_VEHICLE, Kind.IN_VAIN, Kind.DROPPED_OFF])]
    assert np.bincount(final[:, 2], minlength=300).tolist() == [1] * 300


def test_the_same_input_gives_the_same_log_and_is_left_as_it_was(busy: World) -> None:
    before = {name: np.copy(value) for name, value in vars(busy.work).items()}
    drive, vehicles, rates = busy.drive_s.copy(), busy.vehicles.copy(), busy.rates.copy()
    first, second = busy.run().columns(), busy.run().columns()
    assert first.tobytes() == second.tobytes()
    assert all(np.array_equal(before[name], value) for name, value in vars(busy.work).items())
    assert np.array_equal(drive, busy.drive_s)
    assert np.array_equal(vehicles, busy.vehicles)
    assert np.array_equal(rates, busy.rates)


def test_what_comes_later_changes_nothing_that_was(busy: World) -> None:
    """A list that ends earlier gives the same answers as far as it goes: nobody knows the future."""
    n = 200
    columns = {name: value[:n] if isinstance(value, np.ndarray) else value for name, value in vars(busy.work).items()}
    short = World(Workload(**columns), busy.vehicles, busy.drive_s, busy.rates)
    long_events, short_events = busy.run().columns(), short.run().columns()
    until = busy.work.asked_at_s[n]
    long_events, short_events = (e[e[:, 0] < until] for e in (long_events, short_events))
    assert np.array_equal(long_events, short_events)
    assert (short_events[:, 1] >= Kind.DUTY_START).any()


def test_requests_of_one_second_are_served_in_row_order() -> None:
    """Two want the only vehicle at the same time: the first row gets it, whichever that is."""
    trips = [(8, 0, 1, 19, 9), (8, 0, 19, 1, 9)]
    for order in ([0, 1], [1, 0]):
        log = run(work(*[trips[i] for i in order])).columns()
        assert log[:2, 1:3].tolist() == [[Kind.BOOKED, 0], [Kind.NO_VEHICLE, 1]]


def test_a_sleeping_vehicle_is_woken_for_an_earlier_trip() -> None:
    """It sleeps at its base for a trip at 15:00; at 8:00 on the day somebody books for 11:00."""
    log = run(work((8, 0, 1, 2, 15), (8, 1, 3, 4, 11)))
    assert story(log) == [
        # Pickup at the earliest, 10:45, half an hour from the base.
        (10.25, Kind.DUTY_START, 1),
        (10.75, Kind.AT_PICKUP, 1),
        (10.75, Kind.PICKED_UP, 1),
        (10.75 + 1 / 6, Kind.AT_DROPOFF, 1),
        (10.75 + 1 / 6, Kind.DROPPED_OFF, 1),
        (10.75 + 1 / 6, Kind.DUTY_END, 1),
        (14.75 - 1 / 6, Kind.DUTY_START, 0),
        (14.75, Kind.AT_PICKUP, 0),
        (14.75, Kind.PICKED_UP, 0),
        (14.75 + 1 / 6, Kind.AT_DROPOFF, 0),
        (14.75 + 1 / 6, Kind.DROPPED_OFF, 0),
        (14.75 + 1 / 6, Kind.DUTY_END, 0),
    ]


def test_a_vehicle_waiting_at_a_stop_takes_a_trip_in_between_on_the_same_duty() -> None:
    """Waiting costs nothing here, so after the first trip it waits at place 5 for the one at 15:00, and is called at 9:00."""
    log = run(work((8, 0, 4, 5, 8), (9, 0, 5, 6, 15), (9, 1, 5, 4, 12)), rates=(960, 2, 0))
    assert [(kind, row) for _, kind, row in story(log)] == [
        (Kind.DUTY_START, 0),
        *[
            (kind, row)
            for row in (0, 2, 1)
            for kind in (Kind.AT_PICKUP, Kind.PICKED_UP, Kind.AT_DROPOFF, Kind.DROPPED_OFF)
        ],
        (Kind.DUTY_END, 1),
    ]
    assert [hour for hour, kind, _ in story(log) if kind == Kind.PICKED_UP] == [7.75, 11.75, 14.75]


def test_a_later_booking_keeps_a_vehicle_asleep_until_its_next_stop() -> None:
    log = run(work((8, 0, 1, 2, 11), (8, 1, 3, 4, 15)))
    assert [hour for hour, kind, _ in story(log) if kind == Kind.PICKED_UP] == [10.75, 14.75]


def test_a_booking_at_the_very_second_a_vehicle_leaves_does_not_send_it_twice() -> None:
    """To be at place 3 at 10:45 it leaves at 10:15:00, when the other booking is made."""
    requests = work((8, 0, 3, 4, 11), (10.25, 1, 4, 5, 12.5))
    log = run(requests)
    assert not complaints(requests, ONE_VEHICLE, LINE, log.columns(), as_planned=True)
    assert next((hour, row) for hour, kind, row in story(log) if kind == Kind.DUTY_START) == (10.25, 0)


def test_a_booking_at_midnight_of_its_own_day_starts_the_vehicle_once() -> None:
    requests = work((0, 1, 3, 4, 11), (0, 1, 3, 4, 11))
    log = run(requests)
    assert not complaints(requests, ONE_VEHICLE, LINE, log.columns(), as_planned=True)


def test_a_vehicle_that_has_finished_its_day_goes_out_again() -> None:
    log = run(work((8, 0, 1, 2, 9), (12, 1, 1, 2, 15)))
    assert [(kind, row) for _, kind, row in story(log) if kind in (Kind.DUTY_START, Kind.DUTY_END)] == [
        (Kind.DUTY_START, 0),
        (Kind.DUTY_END, 0),
        (Kind.DUTY_START, 1),
        (Kind.DUTY_END, 1),
    ]


def test_a_trip_after_midnight_belongs_to_the_day_before() -> None:
    """Picked up at 23:35 of day 1 (day 1 23:45 less 10 min), out at place 13 two hours later, still day 1's duty."""
    late = work((8, 0, 1, 13, 23 + 50 / 60))
    log = run(late)
    stops, duties = stops_and_duties(log, late.service_day, late.planner[:, R_PASSENGERS], ONE_VEHICLE)
    assert (duties.service_day[0], duties.start_s[0], duties.end_s[0]) == (1, 23 * HOUR + 1500, 25 * HOUR + 2100)
    assert stops.done_s.tolist() == [23 * HOUR + 2100, 25 * HOUR + 2100]


def test_a_night_trip_and_the_next_morning_keep_apart() -> None:
    requests = work((8, 0, 1, 13, 23.5), (8, 0, 2, 3, 6), **{"service_day": np.array([1, 2])})
    log = run(requests)
    assert not complaints(requests, ONE_VEHICLE, LINE, log.columns(), as_planned=True)
    assert [row for _, kind, row in story(log) if kind == Kind.DUTY_START] == [0, 1]


def test_a_slot_is_clean_when_its_next_day_comes_round() -> None:
    """Days 1 and 33 share a slot of the plan; each finds the vehicle at its base, with room for its two stops."""
    trips = [(8, day - 1, 1, 2, 9) for day in range(1, 70)]
    requests = work(*trips, service_day=np.arange(1, 70))
    log = run(requests, max_stops=2)
    assert not complaints(requests, ONE_VEHICLE, LINE, log.columns(), as_planned=True)
    assert (log.columns()[:, 1] == Kind.DROPPED_OFF).sum() == 69


def test_a_booking_fourteen_days_ahead_is_kept() -> None:
    requests = work((0, 0, 1, 2, 9), (23.9, 0, 2, 3, 9.5), day=14)
    log = run(requests)
    assert not complaints(requests, ONE_VEHICLE, LINE, log.columns(), as_planned=True)
    assert (log.columns()[:, 1] == Kind.DROPPED_OFF).sum() == 2


def test_the_way_home_of_a_tour_without_vehicle_is_dropped_but_one_in_vain_is_not() -> None:
    trips = ((8, 0, 1, 19, 9), (8, 0, 19, 1, 9), (8, 0, 1, 2, 20), (9, 0, 1, 2, 9.25), (9, 0, 2, 1, 18))
    requests = work(*trips, outbound=np.array([-1, -1, 1, -1, 0]), in_vain=np.array([True, False, False, False, False]))
    log = run(requests).columns()
    assert log[:3, 1].tolist() == [Kind.BOOKED, Kind.NO_VEHICLE, Kind.DROPPED]
    assert log[4, 1:3].tolist() == [Kind.BOOKED, 4]


def test_who_never_came_keeps_no_vehicle_waiting() -> None:
    """Nobody at 9:00; empty, the vehicle ends its duty there and starts anew for the trip at 15:00."""
    log = run(work((8, 0, 1, 2, 9), (8, 0, 1, 2, 15), in_vain=np.array([True, False])))
    assert [(kind, row) for _, kind, row in story(log) if kind in (Kind.DUTY_START, Kind.DUTY_END)] == [
        (Kind.DUTY_START, 0),
        (Kind.DUTY_END, 0),
        (Kind.DUTY_START, 1),
        (Kind.DUTY_END, 1),
    ]


def test_who_never_came_leaves_the_seats_to_others() -> None:
    """One gets in at place 1 at 10:30, two at 2 at 10:45, one at 5 at 11:15: all four seats to the far end, 13:25.

    The two do not come. So a booking at 11:00 from 8 to 12 finds a seat at 11:45; had they come, it would not.
    """
    requests = work(
        (8, 0, 1, 19, 10.75),
        (8, 0, 2, 18, 11),
        (8, 0, 5, 19, 11.5),
        (11, 1, 8, 12, 12),
        in_vain=np.array([False, True, False, False]),
    )
    requests.planner[1, R_PASSENGERS] = 2
    log = run(requests)
    assert not complaints(requests, ONE_VEHICLE, LINE, log.columns())
    assert [row for _, kind, row in story(log) if kind == Kind.DROPPED_OFF] == [3, 2, 0]
    came = run(replace(requests, in_vain=np.zeros(4, dtype=bool)))
    assert [row for _, kind, row in story(came) if kind == Kind.NO_VEHICLE] == [3]


def test_passenger_seconds_on_board_are_the_passengers_ride_times(busy: World) -> None:
    """Little's law, an identity on any log: the integral of who is on board is the sum of how long each was."""
    requests, log = busy.work, busy.run()
    passengers = requests.planner[:, R_PASSENGERS]
    stops, duties = stops_and_duties(log, requests.service_day, passengers, busy.vehicles)
    same_duty = np.diff(stops.duty) == 0
    on_board = int((stops.load[:-1] * np.diff(stops.done_s))[same_duty].sum())
    events = log.columns()
    ended = {kind: {e[2]: e[0] for e in events.tolist() if e[1] == kind} for kind in (Kind.PICKED_UP, Kind.DROPPED_OFF)}
    rides = sum(
        int(passengers[row]) * (time - ended[Kind.PICKED_UP][row]) for row, time in ended[Kind.DROPPED_OFF].items()
    )
    assert on_board == rides > 0
    # And of the vehicles: driving, service and waiting fill every duty.
    assert (duties.wait_s >= 0).all()
    assert int((duties.end_s - duties.start_s).sum()) == int((duties.drive_s + duties.service_s + duties.wait_s).sum())
    assert int(duties.drive_s.sum()) == int(events[np.isin(events[:, 1], [Kind.AT_PICKUP, Kind.AT_DROPOFF]), 4].sum())


def test_answers_before_the_first_vehicle_leaves_depend_on_no_luck(busy: World) -> None:
    """Until then the plan alone decides: without late drives and trips in vain the answers are the same."""
    exact = np.full(300, 1000)
    calm = with_work(busy, pickup_drive_permille=exact, dropoff_drive_permille=exact, in_vain=np.zeros(300, bool))
    ahead = busy.work.asked_at_s < 14 * DAY_S
    answers = [w.run().columns()[: int(ahead.sum())] for w in (busy, calm)]
    assert ahead.sum() > 20
    assert np.array_equal(*answers)


def test_every_drive_begins_where_the_last_one_ended(busy: World) -> None:
    """The drive to each stop is the one from the place of the stop before, or from the base on a new duty."""
    events = busy.run().columns()
    origin, destination = busy.work.planner[:, R_ORIGIN], busy.work.planner[:, R_DESTINATION]
    for vehicle in range(5):
        place = base = int(busy.vehicles[vehicle, 0])
        for _, kind, row, _, seconds in events[(events[:, 3] == vehicle) & (events[:, 1] >= Kind.DUTY_START)].tolist():
            if kind == Kind.DUTY_START:
                place = base
            elif kind in (Kind.AT_PICKUP, Kind.AT_DROPOFF):
                to = int(origin[row] if kind == Kind.AT_PICKUP else destination[row])
                luck = busy.work.pickup_drive_permille if kind == Kind.AT_PICKUP else busy.work.dropoff_drive_permille
                assert seconds == (int(busy.drive_s[place, to]) * int(luck[row]) + 500) // 1000
                place = to
