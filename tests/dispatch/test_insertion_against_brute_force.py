"""The compiled insertion and the slow one, side by side on thousands of random plans."""

import numpy as np
import pytest
from brute_force import Stop, cheapest, sequence, state_of, timed
from instances import OneDay, random_drives, random_rates, random_requests, random_vehicles, variable

from sim.road.dispatch import plan as p


def compare(planner: OneDay, row: int, tag: str) -> bool:
    """Insert with both; return whether anybody could take the request."""
    expected = cheapest(planner, row)
    before = [planner.stops(v) for v in range(len(planner.vehicles))]
    untouched = state_of(planner)
    got = planner.insert(row)
    if expected is None:
        assert got == p.INFEASIBLE, f"{tag}: vehicle {got} took what nobody can"
        assert np.array_equal(untouched, state_of(planner)), f"{tag}: a refusal changed the plan"
        return False
    _, vehicle, i, j = expected
    assert got == vehicle, f"{tag}: vehicle {got} instead of {expected}"
    wanted = sequence(before[vehicle])
    wanted = [*wanted[:i], (row, True), *wanted[i:j], (row, False), *wanted[j:]]
    assert sequence(planner.stops(vehicle)) == wanted, f"{tag}: other positions than {expected}"
    committed = int(planner.plan.status[0, vehicle, p.COMMITTED])
    stops = planner.stops(vehicle)[committed:]
    mine = timed(planner, vehicle, [Stop(s[p.REQUEST], s[p.KIND] == p.PICKUP) for s in stops])
    assert [(s[p.ARRIVE], s[p.COST], s[p.FROM_BASE]) for s in stops] == mine, f"{tag}: timed differently"
    for other in range(len(planner.vehicles)):
        if other != vehicle:
            assert planner.stops(other) == before[other], f"{tag}: vehicle {other} was changed as well"
    return True


def drive_on(planner: OneDay, rng: np.random.Generator, *, surprises: bool) -> None:
    """Let one vehicle do its next stop or two, as the clock would: on the way, held there, or home again."""
    vehicle = int(rng.integers(len(planner.vehicles)))
    status = planner.plan.status[0, vehicle]
    for _ in range(int(rng.integers(1, 4))):
        position = int(status[p.COMMITTED])
        if position and status[p.STATE] == p.DRIVING:  # it gets there, and on
            finish(planner, rng, vehicle, position - 1, surprises)
        elif position < status[p.COUNT]:
            status[p.COMMITTED], status[p.STATE] = position + 1, p.DRIVING


def finish(planner: OneDay, rng: np.random.Generator, vehicle: int, position: int, surprises: bool) -> None:
    """End the stop the vehicle is at, perhaps with nobody there, perhaps late, and time the rest again."""
    stops, status = planner.stops(vehicle), planner.plan.status[0, vehicle]
    stop = stops[position]
    done = stop[p.ARRIVE] + stop[p.SERVICE]
    if surprises and stop[p.KIND] == p.PICKUP and rng.random() < 0.2:
        stops = without_dropoff(stops, position)
    if surprises:
        done += int(rng.choice([-40, 0, 200, 900, 2500]))
        stops[position][p.ARRIVE] = max(stop[p.ARRIVE], done - stop[p.SERVICE])
    status[p.COUNT] = len(stops)
    planner.plan.stops[0, vehicle, : len(stops), : p.TRIED] = stops
    rest = [Stop(s[p.REQUEST], s[p.KIND] == p.PICKUP) for s in stops[position + 1 :]]
    for stop_ahead, times in zip(stops[position + 1 :], timed(planner, vehicle, rest), strict=True):
        stop_ahead[p.ARRIVE], stop_ahead[p.COST], stop_ahead[p.FROM_BASE] = times
    planner.plan.stops[0, vehicle, : len(stops), : p.TRIED] = stops
    if planner.vehicles[vehicle, p.V_CONTRACT] == p.GARANTIVOGN:
        status[p.STATE] = p.HELD
    elif position + 1 == len(stops) or stops[position + 1][p.FROM_BASE]:
        status[p.STATE] = p.AT_BASE
        status[p.FREE_AT] = done + int(planner.drive_s[stop[p.PLACE], planner.vehicles[vehicle, p.V_BASE]])
    else:
        status[p.STATE] = p.HELD
    planner.look_again(vehicle)


def without_dropoff(stops: list[list[int]], pickup: int) -> list[list[int]]:
    """Return the stops without the drop-off that belongs to a pickup, loads and partners put right."""
    gone = stops[pickup][p.PARTNER]
    passengers = stops[gone - 1][p.LOAD] - stops[gone][p.LOAD]
    for stop in stops[pickup:gone]:
        stop[p.LOAD] -= passengers
    left = stops[:gone] + stops[gone + 1 :]
    for stop in left:
        stop[p.PARTNER] -= stop[p.PARTNER] > gone
    return left


def play(
    seed: int, *, under_way: bool, surprises: bool, metric: bool = True, guaranteed: float = 0.0
) -> tuple[int, int]:
    """Insert a handful of requests into one day's plan, comparing each; return how many were taken and refused."""
    rng = np.random.default_rng([seed, 3])
    drive = random_drives(rng, int(rng.integers(4, 9)), metric=metric)
    requests = random_requests(rng, int(rng.integers(3, 13)), drive)
    vehicles = random_vehicles(rng, int(rng.integers(1, 4)), len(drive), guaranteed=guaranteed)
    planner = OneDay.of(requests, vehicles, drive, random_rates(rng), max_stops=int(rng.choice([8, 30, 30, 30])))
    taken = 0
    for row in range(len(requests)):
        taken += compare(planner, row, f"seed {seed} request {row}")
        if under_way and rng.random() < 0.5:
            drive_on(planner, rng, surprises=surprises)
    return taken, len(requests) - taken


KINDS = {
    "before the day": {"under_way": False, "surprises": False},
    "under way": {"under_way": True, "surprises": False},
    "under way with surprises": {"under_way": True, "surprises": True},
}


@pytest.mark.parametrize("guaranteed", [0.0, 0.5], ids=["variable", "with garantivogne"])
@pytest.mark.parametrize(
    "seeds", [range(100), pytest.param(range(100, 800), marks=pytest.mark.slow)], ids=["some", "many"]
)
@pytest.mark.parametrize("kind", KINDS)
def test_insertion_is_the_cheapest_of_all(kind: str, seeds: range, guaranteed: float) -> None:
    results = [play(seed, guaranteed=guaranteed, **KINDS[kind]) for seed in seeds]
    taken, refused = np.sum(results, axis=0)
    assert taken > 2.5 * len(seeds), (taken, refused)
    assert refused > len(seeds) / 4, (taken, refused)


@pytest.mark.parametrize(
    "seeds", [range(100), pytest.param(range(100, 400), marks=pytest.mark.slow)], ids=["some", "many"]
)
def test_insertion_is_the_cheapest_of_all_where_a_way_round_is_quicker(seeds: range) -> None:
    """Driving times rounded to whole seconds need not obey the triangle inequality."""
    results = [play(seed, under_way=False, surprises=False, metric=False) for seed in seeds]
    assert (np.sum(results, axis=0) > len(seeds) / 4).all()


def test_a_quicker_way_round_stretches_no_ride_beyond_its_limit() -> None:
    """An inserted trip makes the vehicle early at the next pickup, whose rider then waits for somebody in the vehicle.

    From 8:00 at place 1 the way over 2 to 3 takes 200 s, the direct one 1000 s. Rider 1 gets in at 3, rider 2 at 4 at
    8:46:40 sharp, both out at the base at 8:56:40. Picked up at 8:16:40, rider 1 rides 2400 s of 2500 allowed; picked up at
    8:03:20 it would be 3200 s. So rider 3 (from 1 to 2) may not be brought to 2 on the way to 3 alone.
    """
    eight = 8 * 3600
    drive = np.array(
        [
            [0, 600, 600, 600, 600],
            [600, 0, 100, 1000, 600],
            [600, 100, 0, 100, 600],
            [600, 1000, 100, 0, 300],
            [600, 600, 600, 300, 0],
        ],
        dtype=np.int32,
    )
    requests = np.array(
        [
            # origin, destination, earliest, latest, boarding, alighting, longest ride, passengers, wheelchair
            [1, 1, eight, eight, 0, 0, 600, 1, 0],
            [3, 0, eight, eight + 1200, 0, 0, 2500, 1, 0],
            [4, 0, eight + 2800, eight + 3600, 0, 0, 3000, 1, 0],
            [1, 2, eight, eight + 60, 0, 0, 600, 1, 0],
        ],
        dtype=np.int64,
    )
    planner = OneDay.of(requests, variable((0, 4, 0, 0)), drive, np.array([[360_000_000, 30_000, 0]], dtype=np.int64))
    for row in range(3):
        assert compare(planner, row, f"request {row}")
    assert [s[p.ARRIVE] - eight for s in planner.stops(0)] == [0, 0, 1000, 2800, 3400, 3400]
    compare(planner, 3, "request 3")
    picked, dropped = (s[p.ARRIVE] for s in planner.stops(0) if s[p.REQUEST] == 1)
    assert dropped - picked <= 2500
