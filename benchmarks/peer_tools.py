"""ridepy and VROOM on the common workload. Runs in a Python of their own, not ours: needs numpy and the tool that is named.

``python -m benchmarks.peer_tools TOOL REQUESTS VEHICLES DAYS`` prints one line of JSON: seconds of work, bookings served, km driven, and
promised windows broken.
"""

import json
import sys
import time
from importlib import import_module as load
from typing import Any

import numpy as np

from benchmarks.workloads import DAY_S, FACTOR, KM_PER_LAT, KM_PER_LON, KMH, LAT, LON, SEATS, Instance, instance

SHIFT_S = 14 * DAY_S
"""ridepy's clock begins at 0, bookings up to 14 days before."""


def kilometres(places: Any) -> Any:
    """Return degrees as km north-east of the south-west corner."""
    return np.stack([(places[:, 1] - LON) * KM_PER_LON, (places[:, 0] - LAT) * KM_PER_LAT], axis=1)


def road_km(a: Any, b: Any) -> float:
    """Return the km driven between two places."""
    return FACTOR * float(np.hypot(*(np.asarray(a) - np.asarray(b))))


def ridepy(work: Instance, compiled: bool) -> dict[str, float]:
    """Serve the requests by ridepy's cheapest insertion, its C++ back end or its Python one."""
    part = "_cython" if compiled else ""
    request_of = load(f"ridepy.data_structures{part}").TransportationRequest
    dispatcher = load(f"ridepy.util.dispatchers{part}").BruteForceTotalTravelTimeMinimizingDispatcher
    space = load(f"ridepy.util.spaces{part}").Euclidean2D(velocity=KMH / 3600 / FACTOR)
    origin, destination, home = (kilometres(p).tolist() for p in (work.origin, work.destination, work.vehicle))
    fleet = load("ridepy.fleet_state").SlowSimpleFleetState(
        initial_locations={number: tuple(place) for number, place in enumerate(home)},
        vehicle_state_class=load(f"ridepy.vehicle_state{part}").VehicleState,
        space=space,
        dispatcher=dispatcher(loc_type=space.loc_type) if compiled else dispatcher(),
        seat_capacities=SEATS,
    )
    booked, earliest, latest, dropoff = (
        (column + SHIFT_S).tolist()
        for column in (work.booked_s, work.pickup_earliest_s, work.pickup_latest_s, work.dropoff_latest_s)
    )
    requests = [
        request_of(
            request_id=row,
            creation_timestamp=booked[row],
            origin=tuple(origin[row]),
            destination=tuple(destination[row]),
            pickup_timewindow_min=earliest[row],
            pickup_timewindow_max=latest[row],
            delivery_timewindow_min=0,
            delivery_timewindow_max=dropoff[row],
        )
        for row in range(len(work))
    ]
    start = time.perf_counter()
    events = list(fleet.simulate(iter(requests)))
    seconds = time.perf_counter() - start
    at = dict(enumerate(home))
    km, served, broken = 0.0, 0, 0
    for event in events:
        kind, row = event["event_type"], event["request_id"]
        if kind not in ("PickupEvent", "DeliveryEvent"):
            continue
        place = origin[row] if kind == "PickupEvent" else destination[row]
        limit = latest[row] if kind == "PickupEvent" else dropoff[row]
        km += road_km(at[event["vehicle_id"]], place)
        at[event["vehicle_id"]] = place
        served += kind == "DeliveryEvent"
        broken += event["timestamp"] > limit + 1
    return {"seconds": seconds, "served": served, "km": km, "broken": broken}


def vroom(work: Instance) -> dict[str, float]:
    """Solve the day with all of it known beforehand, by VROOM's heuristics on one thread."""
    tool = load("vroom")

    assert work.days == 1
    n = len(work)
    places = np.concatenate([kilometres(work.vehicle), kilometres(work.origin), kilometres(work.destination)])
    apart = np.linalg.norm(places[:, None] - places[None], axis=2)
    drive = np.ceil(apart * FACTOR / KMH * 3600).astype(np.uint32)
    first = len(work.vehicle)
    problem = tool.Input()
    problem.set_durations_matrix("car", drive)
    problem.add_vehicle([
        tool.Vehicle(number + 1, start=number, capacity=[SEATS], time_window=[0, 2 * DAY_S]) for number in range(first)
    ])  # fmt: skip
    for row in range(n):
        pickup = [int(work.pickup_earliest_s[row]), int(work.pickup_latest_s[row])]
        problem.add_shipment(
            tool.ShipmentStep(row + 1, location=first + row, time_windows=[pickup]),
            tool.ShipmentStep(row + 1, location=first + n + row, time_windows=[[0, int(work.dropoff_latest_s[row])]]),
            amount=tool.Amount([1]),
        )
    start = time.perf_counter()
    solution = problem.solve(exploration_level=5, nb_threads=1)
    seconds = time.perf_counter() - start
    routes = solution.routes
    km = 0.0
    for _, steps in routes.groupby("vehicle_id"):
        at = steps["location_index"].to_numpy()
        km += FACTOR * float(apart[at[:-1], at[1:]].sum())
    return {"seconds": seconds, "served": int((routes["type"] == "delivery").sum()), "km": km, "broken": 0}


def main() -> None:
    """Run the tool on the workload that the arguments name."""
    name, requests, vehicles, days = sys.argv[1], *map(int, sys.argv[2:5])
    work = instance(requests, vehicles, days)
    result = vroom(work) if name == "vroom" else ridepy(work, name == "ridepy_cpp")
    print(json.dumps(result))


if __name__ == "__main__":
    main()
