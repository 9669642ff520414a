"""Stops and duties from small logs written by hand."""

import numpy as np
from instances import variable

from sim.road.kernel import EventLog, Kind
from sim.road.stops import Duties, Stops, coordinated_trips, duties_of, shared_trips, standing_s, stops_and_duties

DAY_S = 86_400
Rows = list[tuple[int, Kind, int, int, int]]


def tables(events: Rows, service_day: list[int], passengers: list[int]) -> tuple[Stops, Duties]:
    log = EventLog(np.array(sorted(events, key=lambda e: e[0]), dtype=np.int64).reshape(-1, 5))
    return stops_and_duties(log, np.array(service_day), np.array(passengers), variable((0, 4, 0, 0), (0, 4, 0, 0)))


def trip(start: int, row: int, vehicle: int, *, ride: int = 600) -> Rows:
    """Return a lone trip: ten minutes' approach, a minute to board, the ride, half a minute to alight."""
    return [
        (start, Kind.DUTY_START, row, vehicle, 0),
        (start + 600, Kind.AT_PICKUP, row, vehicle, 600),
        (start + 660, Kind.PICKED_UP, row, vehicle, 60),
        (start + 660 + ride, Kind.AT_DROPOFF, row, vehicle, ride),
        (start + 690 + ride, Kind.DROPPED_OFF, row, vehicle, 30),
        (start + 690 + ride, Kind.DUTY_END, row, vehicle, 0),
    ]


def test_a_log_without_vehicles_gives_empty_tables() -> None:
    stops, duties = tables([(5, Kind.DECLINED, 0, -1, 0), (6, Kind.NO_VEHICLE, 1, -1, 0)], [0, 0], [1, 1])
    assert all(len(column) == 0 for column in [*vars(stops).values(), *vars(duties).values()])
    assert shared_trips(stops, 2).tolist() == [False, False]


def test_two_vehicles_at_the_same_time_are_kept_apart() -> None:
    stops, duties = tables(trip(1000, 0, 1) + trip(1100, 1, 0, ride=300), [0, 0], [2, 3])
    # Ordered by service day, vehicle, time.
    assert duties.vehicle.tolist() == [0, 1]
    assert duties.start_s.tolist() == [1100, 1000]
    assert duties.end_s.tolist() == [1100 + 690 + 300, 1000 + 690 + 600]
    assert duties.drive_s.tolist() == [900, 1200]
    assert duties.service_s.tolist() == [90, 90]
    assert duties.wait_s.tolist() == [0, 0]
    assert stops.duty.tolist() == [0, 0, 1, 1]
    assert stops.sequence.tolist() == [0, 1, 0, 1]
    assert stops.request.tolist() == [1, 1, 0, 0]
    assert stops.kind.tolist() == [Kind.PICKED_UP, Kind.DROPPED_OFF] * 2
    assert stops.load_before.tolist() == [0, 3, 0, 2]
    assert stops.load.tolist() == [3, 0, 2, 0]
    assert stops.arrive_s.tolist() == [1700, 1700 + 360, 1600, 1600 + 660]
    assert stops.done_s.tolist() == [1760, 1760 + 330, 1660, 1660 + 630]
    assert stops.drive_s.tolist() == [600, 300, 600, 600]
    assert stops.service_s.tolist() == [60, 30, 60, 30]


def test_a_duty_past_midnight_belongs_to_its_service_day_and_its_clock_runs_on() -> None:
    """The night trip of day 0 ends after the next day has begun; vehicle 0's morning trip is another duty of day 1."""
    stops, duties = tables(trip(DAY_S - 900, 0, 0) + trip(DAY_S + 8 * 3600, 1, 0), [0, 1], [1, 1])
    assert duties.service_day.tolist() == [0, 1]
    assert duties.start_s.tolist() == [DAY_S - 900, 8 * 3600]
    assert duties.end_s.tolist() == [DAY_S + 390, 8 * 3600 + 1290]
    assert stops.sequence.tolist() == [0, 1, 0, 1]


def test_waiting_is_what_neither_driving_nor_service_fills() -> None:
    """Early at the pickup by 100 s, and 200 s before leaving for the drop-off."""
    events = [
        (0, Kind.DUTY_START, 0, 0, 0),
        (600, Kind.AT_PICKUP, 0, 0, 600),
        (760, Kind.PICKED_UP, 0, 0, 60),
        (1260, Kind.AT_DROPOFF, 0, 0, 300),
        (1290, Kind.DROPPED_OFF, 0, 0, 30),
        (1290, Kind.DUTY_END, 0, 0, 0),
    ]
    _, duties = tables(events, [0], [1])
    assert duties.wait_s.tolist() == [300]


def test_standing_is_what_a_rider_sits_in_the_vehicle_while_it_waits() -> None:
    """0 gets in; 40 s before leaving for 1, who is early by 100 s; 5 s before leaving for 0's drop-off; none before 1's.

    The 700 s before 0 got in nobody sat in the vehicle, nor does boarding count.
    """
    events = [
        (0, Kind.DUTY_START, 0, 0, 0),
        (600, Kind.AT_PICKUP, 0, 0, 600),
        (1360, Kind.PICKED_UP, 0, 0, 60),
        (1700, Kind.AT_PICKUP, 1, 0, 300),
        (1890, Kind.PICKED_UP, 1, 0, 90),
        (2095, Kind.AT_DROPOFF, 0, 0, 200),
        (2125, Kind.DROPPED_OFF, 0, 0, 30),
        (2225, Kind.AT_DROPOFF, 1, 0, 100),
        (2255, Kind.DROPPED_OFF, 1, 0, 30),
        (2255, Kind.DUTY_END, 1, 0, 0),
    ]
    stops, _ = tables(events, [0, 0, 0], [1, 1, 1])
    assert standing_s(stops, 3).tolist() == [145, 5, 0]


def duty(*visits: tuple[Kind, int]) -> Rows:
    """Return a duty that makes these stops, each ten minutes after the last."""
    events: Rows = [(0, Kind.DUTY_START, visits[0][1], 0, 0)]
    for number, (kind, row) in enumerate(visits, 1):
        arrival = Kind.AT_DROPOFF if kind == Kind.DROPPED_OFF else Kind.AT_PICKUP
        events += [(600 * number, arrival, row, 0, 500), (600 * number + 60, kind, row, 0, 60)]
    return [*events, (600 * len(visits) + 60, Kind.DUTY_END, visits[-1][1], 0, 0)]


IN, OUT, VAIN = Kind.PICKED_UP, Kind.DROPPED_OFF, Kind.IN_VAIN


def shared(*visits: tuple[Kind, int]) -> list[int]:
    stops, _ = tables(duty(*visits), [0] * 4, [1] * 4)
    return np.flatnonzero(shared_trips(stops, 4)).tolist()


def test_one_after_the_other_is_not_sharing() -> None:
    assert shared((IN, 0), (OUT, 0), (IN, 1), (OUT, 1)) == []


def test_overlapping_and_nested_rides_are_shared_by_both() -> None:
    assert shared((IN, 0), (IN, 1), (OUT, 0), (OUT, 1)) == [0, 1]
    assert shared((IN, 0), (IN, 1), (OUT, 1), (OUT, 0)) == [0, 1]
    assert shared((IN, 0), (IN, 1), (OUT, 0), (IN, 2), (OUT, 1), (OUT, 2), (IN, 3), (OUT, 3)) == [0, 1, 2]


def test_a_detour_for_somebody_who_never_came_is_not_sharing() -> None:
    assert shared((IN, 0), (VAIN, 1), (OUT, 0)) == []
    assert shared((VAIN, 1), (IN, 0), (OUT, 0)) == []


def coordinated(*visits: tuple[Kind, int]) -> list[int]:
    stops, _ = tables(duty(*visits), [0] * 4, [1] * 4)
    return np.flatnonzero(coordinated_trips(stops, 4)).tolist()


def test_a_lone_trip_is_not_coordinated() -> None:
    assert coordinated((IN, 0), (OUT, 0)) == []


def test_trips_one_after_the_other_and_shared_ones_are_coordinated() -> None:
    assert coordinated((IN, 0), (OUT, 0), (IN, 1), (OUT, 1)) == [0, 1]
    assert coordinated((IN, 0), (IN, 1), (OUT, 0), (OUT, 1)) == [0, 1]


def test_going_on_from_somebody_who_never_came_is_coordinated_and_not_shared() -> None:
    """Row 1 itself was no trip."""
    assert coordinated((VAIN, 1), (IN, 0), (OUT, 0)) == [0]
    assert shared((VAIN, 1), (IN, 0), (OUT, 0)) == []


def test_a_way_home_between_two_trips_ends_the_coordination() -> None:
    """Vehicle 0 makes rows 0 and 1 in two duties, vehicle 1 rows 2 and 3 in one."""
    second = [(at + 20_000, kind, 3 if row == 1 else row, v, s) for at, kind, row, v, s in trip(0, 1, 1)]
    chained = [e for e in trip(0, 2, 1) if e[1] != Kind.DUTY_END] + second[1:]
    stops, _ = tables(trip(0, 0, 0) + trip(10_000, 1, 0) + chained, [0] * 4, [1] * 4)
    assert np.flatnonzero(coordinated_trips(stops, 4)).tolist() == [2, 3]
    assert not shared_trips(stops, 4).any()


def test_only_duties_with_a_booking_of_ones_own_are_kept_and_others_stops_in_them_have_no_request() -> None:
    """Rows 0 and 2 are flextur (numbers 0 and 1 of their own), 1 and 3 referred: 3 rides alone on day 1."""
    events = duty((IN, 0), (IN, 1), (OUT, 0), (OUT, 1)) + trip(DAY_S, 3, 0) + trip(2 * DAY_S, 2, 0)
    stops, duties = tables(events, [0, 0, 2, 1], [1] * 4)
    mine, my_duties, kept = duties_of(np.array([0, -1, 1, -1]), stops, duties)
    assert my_duties.service_day.tolist() == [0, 2]
    assert mine.duty.tolist() == [0, 0, 0, 0, 1, 1]
    assert mine.request.tolist() == [0, -1, 0, -1, 1, 1]
    assert mine.load.tolist() == [1, 2, 1, 0, 1, 0]
    assert kept.tolist() == [True] * 4 + [False] * 2 + [True] * 2


def test_a_trip_in_vain_brings_nobody_on_board() -> None:
    stops, _ = tables(duty((IN, 0), (VAIN, 1), (OUT, 0)), [0, 0], [2, 3])
    assert stops.load.tolist() == [2, 2, 0]
    assert stops.load_before.tolist() == [0, 2, 2]
