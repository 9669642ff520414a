"""What is written of a plan: every request's fate, every vehicle's stops, and the figures of the whole."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from sim.desk.planning.files import RequestFile, VehicleFile
from sim.desk.planning.protocol import Ints, Outcome
from sim.desk.planning.task import Task

UNITS = {
    "served": "requests that were driven",
    "refused": "requests that no vehicle could take",
    "vehicle_km": "km by road, from each vehicle's position to its last stop",
    "driving_h": "hours of driving, all vehicles together",
    "waiting_h": "hours between leaving for the first stop and the end of the last that were neither driven nor boarding",
    "standing_min": "minutes that a served booking sat in a standing vehicle while nobody boarded, in the mean; null when none was served",
    "planning_s": "seconds of wall time that planning and driving took; the only figure that is not the same every time",
}
"""What the figures of the summary are."""


@dataclass(frozen=True)
class Results:
    """The two tables and the figures."""

    trips: pa.Table
    stops: pa.Table
    figures: dict[str, Any]


def results_of(
    task: Task, outcome: Outcome, requests: RequestFile, vehicles: VehicleFile, *, boarding_s: int
) -> Results:
    """Return a plan's tables; trips in the order of the file of requests, stops vehicle by vehicle."""
    picked, dropped = _times(task, outcome)
    served = outcome.vehicle >= 0
    where = np.empty(len(task.row), dtype=np.int64)
    where[task.row] = np.arange(len(task.row))
    vehicle_ids = pa.array(list(vehicles.vehicle_id), pa.string())
    vehicle = _optional(outcome.vehicle, served)
    trips = pa.table(
        {
            "request_id": pa.array(list(requests.request_id), pa.string()),
            "status": pa.array(np.where(served, "served", "refused")[where], pa.string()),
            "vehicle_id": vehicle_ids.take(vehicle.take(pa.array(where))),
            "pickup_at": _moments(task, picked, served).take(pa.array(where)),
            "dropoff_at": _moments(task, dropped, served).take(pa.array(where)),
            "direct_s": pa.array(task.direct_s[where], pa.int32()),
            "ride_s": _optional(dropped - picked, served).take(pa.array(where)).cast(pa.int32()),
        }
    )
    drive_s, km = _legs(task, outcome)
    origin, pickup = task.row[outcome.stop_request], outcome.stop_pickup
    passengers = np.where(pickup, 1, -1) * task.requests.passengers[outcome.stop_request]
    first = _first_stops(outcome)
    stops = pa.table(
        {
            "vehicle_id": vehicle_ids.take(pa.array(outcome.stop_vehicle)),
            "sequence": pa.array(_counted(first), pa.int32()),
            "request_id": trips["request_id"].combine_chunks().take(pa.array(origin)),
            "kind": pa.array(np.where(pickup, "pickup", "dropoff"), pa.string()),
            "lat": np.where(pickup, requests.origin_lat[origin], requests.destination_lat[origin]),
            "lon": np.where(pickup, requests.origin_lon[origin], requests.destination_lon[origin]),
            "arrive_at": _moments(task, outcome.arrive_s),
            "depart_at": _moments(task, outcome.depart_s),
            # Every vehicle ends empty, so that the next one begins from nought.
            "load": pa.array(np.cumsum(passengers), pa.int16()),
        }
    )
    driving = int(drive_s.sum())
    last = np.roll(first, -1)
    on_duty = int((outcome.depart_s[last] - (outcome.arrive_s - drive_s)[first]).sum())
    standing = int(_standing_s(outcome, boarding_s).sum())
    figures = {
        "requests": len(requests),
        "vehicles": len(vehicles),
        "served": int(served.sum()),
        "refused": int((~served).sum()),
        "vehicle_km": round(math.fsum(km.tolist()), 6),
        "driving_h": round(driving / 3600, 6),
        "waiting_h": round((on_duty - driving - boarding_s * int(pickup.sum())) / 3600, 6),
        "standing_min": round(standing / 60 / int(served.sum()), 6) if served.any() else None,
    }
    return Results(trips, stops, figures)


def _times(task: Task, outcome: Outcome) -> tuple[Ints, Ints]:
    """Return when boarding began and when the vehicle came to the destination, by request in the order of booking."""
    picked, dropped = (np.full(len(task.row), -1, dtype=np.int64) for _ in range(2))
    pickup = outcome.stop_pickup
    picked[outcome.stop_request[pickup]] = outcome.begin_s[pickup]
    dropped[outcome.stop_request[~pickup]] = outcome.begin_s[~pickup]
    return picked, dropped


def _standing_s(outcome: Outcome, boarding_s: int) -> Ints:
    """Return how long each request's riders sat in a standing vehicle, by request; 0 when it was refused."""
    pickup = outcome.stop_pickup
    stood = outcome.begin_s - outcome.arrive_s
    stood[1:] += (outcome.depart_s - outcome.begin_s - boarding_s * pickup)[:-1]
    # A request's stops are one vehicle's, so what was stood between two vehicles' stops is never counted.
    until_here = np.cumsum(stood)
    standing = np.zeros(len(outcome.vehicle), dtype=np.int64)
    standing[outcome.stop_request[~pickup]] += until_here[~pickup]
    standing[outcome.stop_request[pickup]] -= until_here[pickup]
    return standing


def _first_stops(outcome: Outcome) -> np.ndarray:
    first: np.ndarray = np.r_[True, outcome.stop_vehicle[1:] != outcome.stop_vehicle[:-1]][: len(outcome.stop_vehicle)]
    return first


def _legs(task: Task, outcome: Outcome) -> tuple[Ints, np.ndarray]:
    """Return seconds and kilometres of the way to each stop from the stop before, or from the vehicle's position."""
    requests, first = task.requests, _first_stops(outcome)
    place = np.where(
        outcome.stop_pickup, requests.origin[outcome.stop_request], requests.destination[outcome.stop_request]
    )
    before = np.where(first, task.vehicles.place[outcome.stop_vehicle], np.roll(place, 1))
    return task.roads.travel.seconds(before, place), task.roads.km(before, place)


def _counted(first: np.ndarray) -> Ints:
    """Return each stop's number in its vehicle's day, from 0."""
    number = np.arange(len(first), dtype=np.int64)
    counted: Ints = number - np.maximum.accumulate(np.where(first, number, 0))
    return counted


def _optional(values: Ints, given: np.ndarray) -> pa.Array:
    return pa.array(values, pa.int64(), mask=~given)


def _moments(task: Task, seconds: Ints, given: np.ndarray | None = None) -> pa.Array:
    """Return local times without a zone, missing where they are not given."""
    moments = pa.array((seconds + task.midnight_s) * 1000, pa.int64(), mask=None if given is None else ~given)
    return moments.cast(pa.timestamp("ms"))
