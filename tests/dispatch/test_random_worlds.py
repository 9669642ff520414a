"""Thousands of random worlds, each judged by the independent checker."""

import numpy as np
import pytest
from checker import complaints, plan_complaints
from instances import Planner, World, random_drives, random_rates, random_requests, random_vehicles, random_world

from sim.dispatch.plan import GARANTIVOGN, INFEASIBLE, R_PASSENGERS, V_CONTRACT
from sim.kernel import EventLog, Kind
from sim.tables.stops import shared_trips, stops_and_duties


def judge(world: World, seed: int, *, as_planned: bool) -> np.ndarray:
    events = world.run().columns()
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
        planner = Planner.of(requests, vehicles, drive, rates, max_stops=int(rng.choice([4, 128])))
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
