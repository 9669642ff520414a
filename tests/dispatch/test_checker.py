"""The judge is judged: every kind of forgery in a good log is found."""

from collections.abc import Callable

import numpy as np
import pytest
from checker import complaints, half_up
from instances import World, random_world, with_work

from sim.road.dispatch.plan import R_EARLIEST, R_LATEST, R_LIMIT, R_PASSENGERS, R_WHEELCHAIR, V_LIFT, V_SEATS
from sim.road.dispatch.planner import improve
from sim.road.kernel import Kind

Events = list[list[int]]


@pytest.fixture(scope="module")
def world() -> World:
    return random_world(4, requests=60, vehicles=4, places=10, days=2, in_vain_share=0.0)


@pytest.fixture(scope="module")
def log(world: World) -> Events:
    events: Events = world.run(improve(6)).columns().tolist()
    assert not complaints(world.work, world.vehicles, world.drive_s, events, as_planned=True)
    assert {e[1] for e in events} >= {k.value for k in Kind} - {Kind.IN_VAIN}
    return events


def first(log: Events, kind: Kind, skip: int = 3) -> int:
    return [number for number, event in enumerate(log) if event[1] == kind][skip]


def later(field: int, by: int, kind: Kind) -> Callable[[Events], None]:
    def forge(log: Events) -> None:
        log[first(log, kind)][field] += by

    return forge


def without(kind: Kind) -> Callable[[Events], None]:
    def forge(log: Events) -> None:
        del log[first(log, kind, 0)]

    return forge


def twice(kind: Kind) -> Callable[[Events], None]:
    def forge(log: Events) -> None:
        at = first(log, kind)
        log.insert(at, list(log[at]))

    return forge


ON_THE_ROAD = [Kind.DUTY_START, Kind.AT_PICKUP, Kind.PICKED_UP, Kind.AT_DROPOFF, Kind.DROPPED_OFF, Kind.DUTY_END]
ALL = [Kind.DECLINED, Kind.REFUSED, Kind.DROPPED, Kind.NO_VEHICLE, Kind.BOOKED, *ON_THE_ROAD]
FORGERIES = (
    {f"{kind.name} missing": without(kind) for kind in ALL}
    | {f"{kind.name} twice": twice(kind) for kind in ON_THE_ROAD}
    | {f"{kind.name} by another vehicle": later(3, 1, kind) for kind in ON_THE_ROAD}
    | {f"{kind.name} of another request": later(2, 1, kind) for kind in ON_THE_ROAD}
    | {f"{kind.name} a second earlier": later(0, -1, kind) for kind in ON_THE_ROAD}
    | {f"{kind.name} after a day": later(0, 86_400, kind) for kind in ON_THE_ROAD}
    | {f"{kind.name} with another duration": later(4, 1, kind) for kind in ON_THE_ROAD[1:-1]}
)


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forged_log_is_found_out(world: World, log: Events, forgery: str) -> None:
    forged = [list(event) for event in log]
    FORGERIES[forgery](forged)
    assert complaints(world.work, world.vehicles, world.drive_s, forged)


@pytest.mark.parametrize(
    ("field", "value"),
    [(R_EARLIEST, 23 * 3600), (R_LATEST, 6 * 3600), (R_LIMIT, 1), (R_PASSENGERS, 9), (R_WHEELCHAIR, 1)],
)
def test_a_request_that_was_not_kept_is_found_out(world: World, log: Events, field: int, value: int) -> None:
    planner = world.work.planner.copy()
    planner[:, field] = value
    other = with_work(world, planner=planner)
    assert complaints(other.work, world.vehicles, world.drive_s, log, as_planned=True)


@pytest.mark.parametrize(("field", "value"), [(V_SEATS, 1), (V_LIFT, 0)])
def test_a_vehicle_that_could_not_is_found_out(world: World, log: Events, field: int, value: int) -> None:
    vehicles = world.vehicles.copy()
    vehicles[:, field] = value
    assert complaints(world.work, vehicles, world.drive_s, log)


def test_a_drive_of_half_a_second_is_rounded_up() -> None:
    assert [half_up(900, 1005), half_up(900, 1004), half_up(1, 1499), half_up(0, 2000)] == [905, 904, 1, 0]


def test_a_longer_drive_home_is_missed_by_the_next_duty(world: World, log: Events) -> None:
    assert complaints(world.work, world.vehicles, np.full_like(world.drive_s, 9000), log)
