"""Minutes that riders sit in a standing vehicle: as driven, and the least that the same stops in the same order allow.

The least is a linear programme over all times at once, with everything known beforehand; it shares nothing with the planner.
"""

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array

from benchmarks.planned import Problem, check, priced_trips, problem
from benchmarks.workloads import SIZES, instance
from sim.road.dispatch.plan import R_PASSENGERS
from sim.road.dispatch.planner import INSERTION, Planner, improve
from sim.road.kernel import Kind
from sim.road.stops import Stops, standing_s, stops_and_duties

SEEDS = tuple(range(21, 28))


def least_standing_s(p: Problem, stops: Stops) -> float:
    """Return the fewest seconds in a standing vehicle, over all riders, with which the stops can be made within all promises."""
    asked, row = p.instance, stops.request
    pickup = stops.kind == Kind.PICKED_UP
    earliest = np.where(pickup, asked.pickup_earliest_s[row], 0)
    latest = np.where(pickup, asked.pickup_latest_s[row], asked.dropoff_latest_s[row])
    on = np.flatnonzero(stops.duty[1:] == stops.duty[:-1])
    legs, aboard, takes = np.arange(len(on)), stops.load[on], stops.drive_s[on + 1]
    cost = np.zeros(len(row))
    np.add.at(cost, on + 1, aboard)
    np.add.at(cost, on, -aboard)
    order = coo_array(
        (np.repeat([1.0, -1.0], len(on)), (np.r_[legs, legs], np.r_[on, on + 1])), shape=(len(on), len(row))
    )
    found = linprog(cost, A_ub=order.tocsr(), b_ub=-takes, bounds=np.stack([earliest, latest], axis=1))
    assert found.success, found.message
    return float(found.fun) - float((aboard * takes).sum())


def measured(requests: int, vehicles: int, planner: Planner) -> tuple[float, ...]:
    """Return, as means of the seeds, minutes standing per trip, the least of them, the longest in minutes, and minutes of ride."""
    found = []
    for seed in SEEDS:
        p = problem(instance(requests, vehicles, seed=seed))
        log, trips = priced_trips(p, planner)
        served = check(p, trips)
        stops, _ = stops_and_duties(log, p.work.service_day, p.work.planner[:, R_PASSENGERS], p.vehicles)
        standing = standing_s(stops, requests)
        ride = trips["ride_s"][trips["vehicle"] >= 0]
        least = least_standing_s(p, stops)
        assert least <= standing.sum() + 1e-6 * requests
        found.append((standing.sum() / served, least / served, standing.max(), ride.mean()))
    return tuple((np.mean(found, axis=0) / 60).tolist())


def run() -> None:
    """Print them for both planners on the two smaller days."""
    for requests, vehicles in SIZES[:2]:
        for name, planner in (("insertion", INSERTION), ("improve, 20 relocations", improve(20))):
            standing, least, longest, ride = measured(requests, vehicles, planner)
            print(
                f"{name}, {requests}/{vehicles}: {standing:.2f} minutes a trip in a standing vehicle, the same stops allow {least:.2f} at "
                f"the least; the longest of a day {longest:.0f}; a ride lasts {ride:.1f}"
            )


if __name__ == "__main__":
    run()
