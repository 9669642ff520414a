"""Stops and duties: what the vehicles did, from the event log and, for garantivogne, their hours."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.road.dispatch.plan import GARANTIVOGN, V_CONTRACT, V_FROM, V_UNTIL
from sim.road.kernel.log import EventLog, Kind

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
    """One row per duty in which somebody was driven for; int64 (duties,).

    A variable vehicle's duty lasts from leaving its base to the end of the last stop, a garantivogn's its fixed hours, and
    longer when its last stop is late. ``contract`` is VARIABEL or GARANTIVOGN.
    ``start_s`` and ``end_s`` count from the start of the service day; driving, service and waiting fill the time between.
    """

    service_day: NDArray[np.int64]
    vehicle: NDArray[np.int64]
    contract: NDArray[np.int64]
    start_s: NDArray[np.int64]
    end_s: NDArray[np.int64]
    drive_s: NDArray[np.int64]
    service_s: NDArray[np.int64]
    wait_s: NDArray[np.int64]


def stops_and_duties(
    log: EventLog, service_day: NDArray[np.int64], passengers: NDArray[np.int64], vehicles: NDArray[np.int64]
) -> tuple[Stops, Duties]:
    """Derive stops and duties from the log.

    Parameters
    ----------
    service_day, passengers : by row of the requests
    vehicles : int64 (vehicles, VEHICLE_FIELDS)
    """
    events = log.columns()
    rows = np.flatnonzero((events[:, 1] >= Kind.DUTY_START) & (events[:, 1] < Kind.MOVED))
    rows = rows[_by_duty(service_day[events[rows, 2]], events[rows, 3])]
    time, kind, request, vehicle, seconds = (column[rows] for column in events.T)
    day = service_day[request]
    clock = time - day * DAY_S

    starts = kind == Kind.DUTY_START
    duty = np.cumsum(starts) - 1
    begins = np.flatnonzero(starts)
    ends = np.r_[begins[1:], len(kind)][: len(begins)] - 1
    arrivals = np.flatnonzero((kind == Kind.AT_PICKUP) | (kind == Kind.AT_DROPOFF))
    done = arrivals + 1  # a vehicle's next event after an arrival is the end of that stop
    count = len(begins)

    became, who = kind[done], request[done]
    aboard = passengers[who]
    change = np.where(became == Kind.PICKED_UP, aboard, np.where(became == Kind.DROPPED_OFF, -aboard, 0))
    load = np.cumsum(change)  # every duty ends empty, so the running sum starts each at 0
    stop_duty = duty[arrivals]
    stops_of = np.bincount(stop_duty, minlength=count)
    stops = Stops(
        duty=stop_duty,
        sequence=np.arange(len(arrivals)) - np.repeat(np.cumsum(stops_of) - stops_of, stops_of),
        request=who,
        kind=became,
        arrive_s=clock[arrivals],
        done_s=clock[done],
        drive_s=seconds[arrivals],
        service_s=seconds[done],
        load_before=load - change,
        load=load,
    )
    driven = np.bincount(stop_duty, weights=stops.drive_s, minlength=count).astype(np.int64)
    served = np.bincount(stop_duty, weights=stops.service_s, minlength=count).astype(np.int64)
    fields = vehicles[vehicle[begins]]
    guaranteed = fields[:, V_CONTRACT] == GARANTIVOGN
    start_s = np.where(guaranteed, fields[:, V_FROM], clock[begins])
    end_s = np.where(guaranteed, np.maximum(fields[:, V_UNTIL], clock[ends]), clock[ends])
    duties = Duties(
        service_day=day[begins],
        vehicle=vehicle[begins],
        contract=fields[:, V_CONTRACT],
        start_s=start_s,
        end_s=end_s,
        drive_s=driven,
        service_s=served,
        wait_s=end_s - start_s - driven - served,
    )
    return stops, duties


def _by_duty(day: NDArray[np.int64], vehicle: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the order by service day and vehicle, rows of one vehicle's day as they were.

    The row is the last part of what is sorted, so that a plain sort, the quickest there is, keeps it too.
    """
    rows = len(day)
    bits = rows.bit_length()
    key = (((day * (vehicle.max(initial=0) + 1)) + vehicle) << bits) + np.arange(rows)
    key.sort()
    order: NDArray[np.int64] = key & ((1 << bits) - 1)
    return order


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


def coordinated_trips(stops: Stops, requests: int) -> NDArray[np.bool_]:
    """Return which trips were shared, or chained: their vehicle came from, or went on to, another booking; bool (requests,).

    Nothing but other bookings lies between two stops of a duty, so all trips of a duty with two bookings or more are. A
    booking in vain counts as another booking: the vehicle went there and drove on.
    """
    pickup = stops.kind != Kind.DROPPED_OFF
    bookings = np.bincount(stops.duty[pickup], minlength=int(stops.duty.max(initial=-1)) + 1)
    made = stops.kind == Kind.PICKED_UP
    coordinated = np.zeros(requests, dtype=bool)
    coordinated[stops.request[made]] = bookings[stops.duty[made]] > 1
    return coordinated


def standing_s(stops: Stops, requests: int) -> NDArray[np.int64]:
    """Return how long each rider sat in a standing vehicle, seconds, int64 (requests,); 0 without a trip.

    The vehicle stood when it neither drove nor let anybody in or out, nor waited for one who did not come: it waited for its next
    stop to begin.
    """
    begins = stops.done_s - stops.service_s
    # What lies between the end of the stop before and this one's beginning, less the drive; before a duty's first stop nobody rides.
    stood = np.where(stops.sequence > 0, begins - np.r_[0, stops.done_s[:-1]][: len(begins)] - stops.drive_s, 0)
    until_here = np.cumsum(stood)
    standing = np.zeros(requests, dtype=np.int64)
    for kind, sign in ((Kind.PICKED_UP, -1), (Kind.DROPPED_OFF, 1)):
        rows = stops.kind == kind
        standing[stops.request[rows]] += sign * until_here[rows]
    return standing


def duties_of(mine: NDArray[np.int64], stops: Stops, duties: Duties) -> tuple[Stops, Duties, NDArray[np.bool_]]:
    """Return the duties that carried any of the caller's bookings and all their stops, numbered anew, and which stops these are.

    ``mine`` is the caller's row of each request, -1 for those of others, whose stops keep that as their request.
    """
    row = mine[stops.request]
    kept = np.zeros(len(duties.vehicle), dtype=bool)
    kept[stops.duty[row >= 0]] = True
    at = kept[stops.duty]
    stop_columns = {name: column[at] for name, column in vars(stops).items()}
    stop_columns |= {"duty": (np.cumsum(kept) - 1)[stops.duty[at]], "request": row[at]}
    return Stops(**stop_columns), Duties(**{name: column[kept] for name, column in vars(duties).items()}), at
