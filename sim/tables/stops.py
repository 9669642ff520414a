"""Stops and duties: what the vehicles did, from the event log alone."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.kernel.log import EventLog, Kind

DAY_S = 86_400


@dataclass(frozen=True)
class Stops:
    """One row per stop made, ordered by duty and time; every field int64 (stops,).

    ``duty`` numbers the duties from 0, ``sequence`` the stops of a duty from 0, ``request`` is the row of the request.
    Times are seconds from the start of the service day. ``drive_s`` is the driving to get there, ``service_s`` the boarding,
    alighting or waiting in vain, ``load_before`` and ``load`` the passengers on board before and after.
    """

    duty: NDArray[np.int64]
    sequence: NDArray[np.int64]
    request: NDArray[np.int64]
    kind: NDArray[np.int64]
    arrive_s: NDArray[np.int64]
    done_s: NDArray[np.int64]
    drive_s: NDArray[np.int64]
    service_s: NDArray[np.int64]
    load_before: NDArray[np.int64]
    load: NDArray[np.int64]


@dataclass(frozen=True)
class Duties:
    """One row per duty of a variable vehicle, from leaving its base to the end of the last stop; int64 (duties,).

    ``start_s`` and ``end_s`` count from the start of the service day; driving, service and waiting fill the time between.
    """

    service_day: NDArray[np.int64]
    vehicle: NDArray[np.int64]
    start_s: NDArray[np.int64]
    end_s: NDArray[np.int64]
    drive_s: NDArray[np.int64]
    service_s: NDArray[np.int64]
    wait_s: NDArray[np.int64]


def stops_and_duties(
    log: EventLog, service_day: NDArray[np.int64], passengers: NDArray[np.int64]
) -> tuple[Stops, Duties]:
    """Derive stops and duties from the log.

    Parameters
    ----------
    service_day, passengers : by row of the requests
    """
    events = log.columns()
    events = events[events[:, 1] >= Kind.DUTY_START]
    time, kind, request, vehicle, seconds = events.T
    day = service_day[request]
    order = np.argsort(day * (vehicle.max(initial=0) + 1) + vehicle, kind="stable")
    time, kind, request, vehicle, seconds, day = (c[order] for c in (time, kind, request, vehicle, seconds, day))
    clock = time - day * DAY_S

    duty = np.cumsum(kind == Kind.DUTY_START) - 1
    begins, ends = np.flatnonzero(kind == Kind.DUTY_START), np.flatnonzero(kind == Kind.DUTY_END)
    arrivals = np.flatnonzero((kind == Kind.AT_PICKUP) | (kind == Kind.AT_DROPOFF))
    done = arrivals + 1  # a vehicle's next event after an arrival is the end of that stop
    count = len(begins)

    aboard = passengers[request[done]]
    change = np.where(kind[done] == Kind.PICKED_UP, aboard, np.where(kind[done] == Kind.DROPPED_OFF, -aboard, 0))
    load = np.cumsum(change)  # every duty ends empty, so the running sum starts each at 0
    stop_duty = duty[arrivals]
    first = np.searchsorted(stop_duty, stop_duty, side="left")
    stops = Stops(
        duty=stop_duty,
        sequence=np.arange(len(arrivals)) - first,
        request=request[arrivals],
        kind=kind[done],
        arrive_s=clock[arrivals],
        done_s=clock[done],
        drive_s=seconds[arrivals],
        service_s=seconds[done],
        load_before=load - change,
        load=load,
    )
    driven = np.bincount(stop_duty, weights=stops.drive_s, minlength=count).astype(np.int64)
    served = np.bincount(stop_duty, weights=stops.service_s, minlength=count).astype(np.int64)
    duties = Duties(
        service_day=day[begins],
        vehicle=vehicle[begins],
        start_s=clock[begins],
        end_s=clock[ends],
        drive_s=driven,
        service_s=served,
        wait_s=clock[ends] - clock[begins] - driven - served,
    )
    return stops, duties


def shared_trips(stops: Stops, requests: int) -> NDArray[np.bool_]:
    """Return which requests had another booking in the car during any of their ride; bool (requests,).

    Somebody is on board already at the pickup, or the next stop after it is not the own drop-off.
    """
    position = np.cumsum(stops.kind != Kind.IN_VAIN)
    picked, dropped = np.zeros(requests, np.int64), np.zeros(requests, np.int64)
    already = np.zeros(requests, dtype=bool)
    pickups, dropoffs = stops.kind == Kind.PICKED_UP, stops.kind == Kind.DROPPED_OFF
    picked[stops.request[pickups]] = position[pickups]
    dropped[stops.request[dropoffs]] = position[dropoffs]
    already[stops.request[pickups]] = stops.load_before[pickups] > 0
    return already | (dropped - picked > 1)
