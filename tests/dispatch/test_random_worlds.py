"""Thousands of random worlds, each judged by the independent checker."""

import numpy as np
import pytest
from checker import complaints, plan_complaints
from instances import OneDay, World, random_drives, random_rates, random_requests, random_vehicles, random_world

from sim.road.dispatch.plan import GARANTIVOGN, INFEASIBLE, R_PASSENGERS, V_CONTRACT
from sim.road.dispatch.planner import INSERTION, Planner, improve
from sim.road.kernel import EventLog, Kind
from sim.road.stops import shared_trips, stops_and_duties


def judge(world: World, seed: int, *, as_planned: bool, planner: Planner = INSERTION) -> np.ndarray:
    events = world.run(planner).columns()
    wrong = complaints(world.work, world.vehicles, world.drive_s, events, as_planned=as_planned, weekend=world.weekend)
    assert not wrong, f"seed {seed}: " + "; ".join(wrong[:5])
    return events


def small(seed: int, **kind: float) -> World:
    rng = np.random.default_rng([seed, 1])
    return random_world(
        seed,
        requests=int(rng.integers(2, 9)),
        vehicles=int(rng.integers(1, 4)),
        places=int(rng.integers(4, 9)),
        days=int(rng.integers(1, 3)),
        **kind,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("block", range(4))
def test_small_worlds_without_surprises_keep_every_promise(block: int) -> None:
    seen = np.zeros(12, dtype=np.int64)
    for seed in range(500 * block, 500 * block + 500):
        events = judge(small(seed), seed, as_planned=True)
        seen += np.bincount(events[:, 1], minlength=12)
    # The worlds are worth judging: everything but a trip in vain happened, and often.
    assert (np.delete(seen, Kind.IN_VAIN) > 20).all(), seen


@pytest.mark.parametrize("block", range(4))
def test_small_worlds_with_late_drives_and_nobody_there_stay_consistent(block: int) -> None:
    seen = np.zeros(12, dtype=np.int64)
    for seed in range(10_000 + 500 * block, 10_500 + 500 * block):
        events = judge(small(seed, noise=True, in_vain_share=0.2), seed, as_planned=False)
        seen += np.bincount(events[:, 1], minlength=12)
    assert (seen > 20).all(), seen


def test_small_worlds_with_garantivogne_keep_every_promise() -> None:
    guaranteed = 0
    for seed in range(30_000, 30_800):
        world = small(seed, guaranteed=0.6)
        events = judge(world, seed, as_planned=True)
        takers = events[events[:, 1] == Kind.BOOKED, 3]
        guaranteed += int((world.vehicles[takers, V_CONTRACT] == GARANTIVOGN).sum())
    assert guaranteed > 300


@pytest.mark.parametrize("guaranteed", [0.0, 0.4], ids=["variable", "with garantivogne"])
@pytest.mark.parametrize("noise", [False, True], ids=["as planned", "with surprises"])
@pytest.mark.parametrize("block", range(4))
def test_busy_worlds_of_three_days_and_five_vehicles(block: int, noise: bool, guaranteed: float) -> None:
    shared = chained = 0
    for seed in range(20_000 + 40 * block, 20_040 + 40 * block):
        size = int(np.random.default_rng(seed).integers(100, 301))
        world = random_world(
            seed,
            requests=size,
            vehicles=5,
            places=25,
            days=3,
            noise=noise,
            in_vain_share=0.05 if noise else 0.0,
            guaranteed=guaranteed,
        )
        events = judge(world, seed, as_planned=not noise)
        work = world.work
        stops, duties = stops_and_duties(
            EventLog(events), work.service_day, work.planner[:, R_PASSENGERS], world.vehicles
        )
        shared += int(shared_trips(stops, size).sum())
        chained += int((stops.kind != Kind.DROPPED_OFF).sum()) - len(duties.start_s)
    assert shared > 1000
    assert chained > 1000


def test_plans_of_random_insertions_keep_windows_seats_and_ride_limits() -> None:
    refused = 0
    for seed in range(600):
        rng = np.random.default_rng([seed, 2])
        drive = random_drives(rng, int(rng.integers(4, 9)))
        requests = random_requests(rng, int(rng.integers(5, 25)), drive)
        vehicles = random_vehicles(rng, int(rng.integers(1, 4)), len(drive), guaranteed=0.5 * (seed % 2))
        rates = random_rates(rng)
        planner = OneDay.of(requests, vehicles, drive, rates, max_stops=int(rng.choice([4, 128])))
        booked = {}
        for row in range(len(requests)):
            vehicle = planner.insert(row)
            if vehicle == INFEASIBLE:
                refused += 1
            else:
                booked[row] = vehicle
        wrong = plan_complaints(planner.plan, 0, requests, vehicles, drive, rates, booked)
        assert not wrong, f"seed {seed}: " + "; ".join(wrong[:5])
    assert refused > 100


@pytest.mark.parametrize("noise", [False, True], ids=["as planned", "with surprises"])
@pytest.mark.parametrize("block", range(3))
def test_what_is_booked_may_move_but_every_promise_is_kept(block: int, noise: bool) -> None:
    moved = 0
    for seed in range(40_000 + 150 * block, 40_150 + 150 * block):
        world = random_world(
            seed,
            requests=10 + seed % 10,
            vehicles=2 + seed % 3,
            places=8,
            noise=noise,
            in_vain_share=0.1 if noise else 0.0,
            guaranteed=0.4 * (seed % 2),
        )
        events = judge(world, seed, as_planned=not noise, planner=improve(6, seed))
        moved += not np.array_equal(events, world.run().columns())
    assert moved > 50, moved


@pytest.mark.parametrize("noise", [False, True], ids=["as planned", "with surprises"])
def test_busy_worlds_improved_go_on_keeping_every_promise(noise: bool) -> None:
    # On one crowded day many a booking is moved while its vehicle is on the way to somebody else.
    for seed in range(50_000, 50_040):
        world = random_world(
            seed,
            requests=250,
            vehicles=8,
            places=15,
            noise=noise,
            in_vain_share=0.3 if noise else 0.0,
            guaranteed=0.3 * (seed % 2),
        )
        judge(world, seed, as_planned=not noise, planner=improve(20, seed))


def test_the_more_relocations_the_shorter_the_way() -> None:
    """Of the driving of 30 busy worlds; all bookings are made on the day before, and nothing goes otherwise than planned."""
    driven = [0, 0, 0]
    for seed in range(60_000, 60_030):
        world = random_world(seed, requests=150, vehicles=5, places=25)
        for number, planner in enumerate((INSERTION, improve(2), improve(20))):
            events = judge(world, seed, as_planned=True, planner=planner)
            arrivals = np.isin(events[:, 1], (Kind.AT_PICKUP, Kind.AT_DROPOFF))
            driven[number] += int(events[arrivals, 4].sum())
    assert driven[0] > driven[1] > driven[2], driven
