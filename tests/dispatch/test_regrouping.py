"""Open bookings that are taken out together and put back: what one move alone cannot do, and what must stay as it was."""

import numpy as np
import pytest
from checker import plan_complaints
from instances import OneDay, random_drives, random_rates, random_requests, random_vehicles, random_world

from sim.road.dispatch import plan as p
from sim.road.dispatch.planner import improve
from sim.road.dispatch.regrouping import ALLOWED_S
from sim.road.kernel import Kind

EIGHT = 8 * 3600


def two_trips_in_each_others_way() -> OneDay:
    """Return a day of two vehicles with one seat, at 0 and 1,000 s on a road, and two trips at eight, from 400 to 500 and 100 to 200.

    The first is booked first and gets the nearer vehicle, 400 + 100 s of driving; the other one comes from afar: 900 + 100 s. The other
    way round it is 100 + 100 and 600 + 100 s. No trip alone can change its vehicle: the other vehicle is at the other trip then.
    """
    at = np.array([0, 1000, 400, 500, 100, 200])
    requests = np.zeros((2, p.REQUEST_FIELDS), dtype=np.int64)
    requests[:, p.R_ORIGIN], requests[:, p.R_DESTINATION] = (2, 4), (3, 5)
    requests[:, p.R_EARLIEST], requests[:, p.R_LATEST] = EIGHT, EIGHT + 60
    requests[:, p.R_LIMIT], requests[:, p.R_PASSENGERS] = 100, 1
    vehicles = np.zeros((2, p.VEHICLE_FIELDS), dtype=np.int64)
    vehicles[:, p.V_BASE], vehicles[:, p.V_GROUP], vehicles[:, p.V_SEATS] = (0, 1), (0, 1), 1
    vehicles[:, p.V_CONTRACT], vehicles[:, p.V_UNTIL] = p.GARANTIVOGN, p.NO_END
    rates = np.zeros((p.CONTRACTS, 3), dtype=np.int64)
    rates[:, p.C_DRIVE] = 1
    day = OneDay.of(requests, vehicles, np.abs(at[:, None] - at).astype(np.int32), rates)
    assert [day.insert(0), day.insert(1)] == [0, 1]
    assert day.cost() == 500 + 1000
    return day


def test_two_trips_in_each_others_way_change_vehicles() -> None:
    day = two_trips_in_each_others_way()
    given = [day.regroup(1, 1, turn, 1, 20) for turn in range(12)]
    assert {0: 1, 1: 0} in given
    assert day.cost() == 200 + 700
    assert [[stop[p.REQUEST] for stop in day.stops(vehicle)] for vehicle in (0, 1)] == [[1, 1], [0, 0]]


def test_one_trip_alone_cannot_change_its_vehicle() -> None:
    day = two_trips_in_each_others_way()
    assert [day.regroup(1, 1, turn, 1, 1) for turn in range(50)] == 50 * [None]
    assert day.cost() == 500 + 1000


@pytest.mark.parametrize("block", range(4))
def test_a_regrouping_keeps_every_promise_or_leaves_everything_as_it_was(block: int) -> None:
    cheaper, dearer, stayed = 0, 0, 0
    for seed in range(250 * block, 250 * block + 250):
        rng = np.random.default_rng([seed, 16])
        drive = random_drives(rng, int(rng.integers(4, 9)))
        requests = random_requests(rng, int(rng.integers(5, 25)), drive)
        vehicles = random_vehicles(rng, int(rng.integers(1, 6)), len(drive), guaranteed=0.5 * (seed % 2))
        rates = random_rates(rng)
        day = OneDay.of(requests, vehicles, drive, rates, max_stops=int(rng.choice([4, 8, 128])))
        booked = {row: vehicle for row in range(len(requests)) if (vehicle := day.insert(row)) != p.INFEASIBLE}
        for turn in range(20 if booked else 0):
            row = max(booked)
            before, cost = [day.stops(vehicle) for vehicle in range(len(vehicles))], day.cost()
            given = day.regroup(seed, row, turn, booked[row], int(rng.integers(1, 9)))
            if given is None:
                stayed += 1
                assert [day.stops(vehicle) for vehicle in range(len(vehicles))] == before, seed
                continue
            booked |= given
            wrong = plan_complaints(day.plan, 0, requests, vehicles, drive, rates, booked)
            assert not wrong, f"seed {seed}, turn {turn}: " + "; ".join(wrong[:5])
            assert day.cost() - cost <= ALLOWED_S * int(rates[:, p.C_DRIVE].max())
            cheaper, dearer = cheaper + (day.cost() < cost), dearer + (day.cost() > cost)
    # Most plans of so few bookings cannot be made cheaper.
    assert cheaper > 50, cheaper
    assert dearer > 0, dearer
    assert stayed > 1000, stayed


def test_no_more_bookings_change_vehicles_than_may_be_looked_at() -> None:
    """The event log has room for so many."""
    for seed in range(40):
        world = random_world(seed, requests=60, vehicles=4, places=10)
        kind = world.run(improve(3, seed)).columns()[:, 1]
        assert 0 < (kind == Kind.MOVED).sum() <= 2 * 3 * (kind == Kind.BOOKED).sum()
