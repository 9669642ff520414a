"""Looking at the vehicles that bounds leave over makes the very plans that looking at all of them makes.

The full scan is the oracle: the same simulation with ``every_vehicle``. The event logs must be the same to the last number.
"""

import numpy as np
import pytest
from instances import World, random_world, with_work

from sim.road.dispatch import plan as p
from sim.road.dispatch.gaps import DEEPEST, empty_gaps
from sim.road.dispatch.planner import INSERTION, Planner, improve
from sim.road.dispatch.travel import Travel
from sim.road.kernel import Kind


def straight_world(seed: int) -> tuple[World, Travel]:
    """Draw a world on the straight line: its vehicles stay where they are between trips, and only driving costs.

    In half of them the places lie on a grid of few points, so that many insertions cost the same.
    """
    rng = np.random.default_rng([seed, 7])
    places = int(rng.integers(4, 30))
    lat, lon = 55.0 + 0.2 * rng.random(places), 11.0 + 0.35 * rng.random(places)
    if rng.random() < 0.5:
        lat, lon = 55.0 + np.floor(4 * rng.random(places)) / 20, 11.0 + np.floor(4 * rng.random(places)) / 12
    travel = Travel.straight(lat, lon, factor=float(rng.uniform(1.0, 1.6)), kmh=float(rng.uniform(20, 80)))
    a, b = (grid.ravel() for grid in np.meshgrid(np.arange(places), np.arange(places), indexing="ij"))
    noise = bool(rng.random() < 0.5)
    days = int(rng.choice([1, 1, 3, 20]))
    world = random_world(
        seed,
        requests=int(rng.integers(5, 120)) * (1 if days < 20 else 2),
        vehicles=int(rng.choice([1, 2, 5, 17, 40])),
        places=places,
        days=days,
        noise=noise,
        in_vain_share=0.2 if noise else 0.0,
        guaranteed=1.0,
        drive=travel.seconds(a, b).reshape(places, places).astype(np.int32),
    )
    if rng.random() < 0.3:
        direct = travel.seconds(world.work.planner[:, p.R_ORIGIN], world.work.planner[:, p.R_DESTINATION])
        by = world.work.planner[:, p.R_LATEST] + direct + rng.integers(0, 2400, len(direct))
        world = with_work(world, dropoff_by_s=by)
    if rng.random() < 0.3:
        world.vehicles[:, p.V_FROM], world.vehicles[:, p.V_UNTIL] = 0, p.NO_END
    return world, travel


def same(seed: int, planner: Planner) -> np.ndarray:
    world, travel = straight_world(seed)
    few = world.run(planner, travel=travel).columns()
    everyone = world.run(planner, travel=travel, every_vehicle=True).columns()
    assert np.array_equal(few, everyone), f"seed {seed}: event {(few != everyone).any(axis=1).argmax()}"
    return np.bincount(few[:, 1], minlength=len(Kind))


def test_random_days_are_planned_as_if_every_vehicle_were_looked_at() -> None:
    seen = np.sum([same(seed, INSERTION) for seed in range(400)], axis=0)
    assert (np.delete(seen, (Kind.DUTY_END, Kind.MOVED)) > 100).all(), seen


def test_what_is_booked_is_moved_as_if_every_vehicle_were_looked_at() -> None:
    seen = np.sum([same(100_000 + seed, improve(4, seed)) for seed in range(150)], axis=0)
    assert seen[Kind.MOVED] > 100


def test_a_vehicle_whose_pickups_could_be_sooner_than_planned_is_always_looked_at() -> None:
    """It waited for somebody who was not there, and its next pickups keep their times until a booking makes them sooner."""
    same(1_002_123, improve(5, 1_002_123))


@pytest.mark.slow
@pytest.mark.parametrize("block", range(10))
def test_thousands_of_random_days_are_planned_as_if_every_vehicle_were_looked_at(block: int) -> None:
    for seed in range(1_000_000 + 1000 * block, 1_001_000 + 1000 * block):
        same(seed, improve(5, seed) if seed % 3 == 0 else INSERTION)


def test_a_vehicle_with_more_gaps_in_an_hour_than_a_list_holds_is_still_looked_at() -> None:
    """Everybody wants the same short ride at about the same time: two vehicles get far more stops than are listed."""
    travel = Travel.straight(np.array([55.0, 55.001]), np.array([11.0, 11.001]), factor=1.3, kmh=45)
    world = random_world(5, requests=150, vehicles=3, places=2, guaranteed=1.0, drive=np.array([[0, 15], [15, 0]]))
    requests = world.work.planner
    requests[:, p.R_EARLIEST] = 9 * 3600 + np.arange(150) % 60
    requests[:, p.R_LATEST], requests[:, p.R_LIMIT] = requests[:, p.R_EARLIEST] + 3000, 3000
    requests[:, p.R_BOARDING], requests[:, p.R_ALIGHTING], requests[:, p.R_WHEELCHAIR] = 0, 0, 0
    world.vehicles[:, p.V_FROM], world.vehicles[:, p.V_UNTIL], world.vehicles[:, p.V_SEATS] = 0, p.NO_END, 4
    few = world.run(travel=travel).columns()
    assert np.array_equal(few, world.run(travel=travel, every_vehicle=True).columns())
    stops = np.bincount(few[np.isin(few[:, 1], (Kind.PICKED_UP, Kind.DROPPED_OFF)), 3])
    assert stops.max() > 2 * DEEPEST


def test_there_are_lists_only_where_the_bound_holds() -> None:
    travel = Travel.straight(np.array([55.0]), np.array([11.0]), factor=1.3, kmh=45)
    vehicles, rates = np.zeros((3, p.VEHICLE_FIELDS), dtype=np.int64), np.ones((1, p.CONTRACTS, 3), dtype=np.int64)
    vehicles[:, p.V_CONTRACT], rates[:, p.GARANTIVOGN, p.C_WAIT] = p.GARANTIVOGN, 0
    given = {"latest_s": 86_400, "slots": 1, "every_vehicle": False}
    assert len(empty_gaps(vehicles, travel.where, rates, **given).low) >= 3
    table = Travel.by_table(np.zeros((1, 1), dtype=np.int32))
    assert len(empty_gaps(vehicles, table.where, rates, **given).low) == 0
    assert len(empty_gaps(vehicles, travel.where, np.ones_like(rates), **given).low) == 0
    vehicles[1, p.V_CONTRACT] = p.VARIABEL
    assert len(empty_gaps(vehicles, travel.where, rates, **given).low) == 0
