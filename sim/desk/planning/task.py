"""The task that two files set: requests in the order of booking, vehicles, and the roads between their points."""

from dataclasses import dataclass

import numpy as np

from sim.desk.planning.between import roads_between
from sim.desk.planning.files import RequestFile, VehicleFile, first_midnight
from sim.desk.planning.protocol import NO_LIMIT, Bar, Ints, Requests, Vehicles
from sim.desk.planning.roads import Land, Roads, Straight
from sim.inputs.assumptions import Assumptions


@dataclass(frozen=True)
class Task:
    """What is handed to the planner.

    Attributes
    ----------
    row : for each request, in the order of booking, its row in the file
    direct_s : how long each request takes without a detour
    midnight_s : what the times are counted from, in seconds from 1970
    notes : what the user should know of the files, in Danish
    """

    requests: Requests
    vehicles: Vehicles
    roads: Roads
    row: Ints
    direct_s: Ints
    midnight_s: int
    notes: tuple[str, ...]


def task_of(
    requests: RequestFile, vehicles: VehicleFile, travel: Straight | Land, assumptions: Assumptions, bar: Bar
) -> Task:
    """Return the task; a request without a latest drop-off gets the detour rule of the register."""
    midnight = first_midnight(requests, vehicles)
    row = np.argsort(requests.booked_s, kind="stable")
    lat = np.concatenate([requests.origin_lat, requests.destination_lat, vehicles.lat])
    lon = np.concatenate([requests.origin_lon, requests.destination_lon, vehicles.lon])
    year = int(np.datetime64(midnight, "s").astype("datetime64[Y]").astype(int)) + 1970
    roads = roads_between(travel, lat, lon, year=year, bar=bar)
    count = len(requests)
    origin, destination = roads.place[:count][row], roads.place[count : 2 * count][row]
    direct = roads.travel.seconds(origin, destination)
    given = requests.dropoff_given[row]
    by_rule = ride_limit_s(direct, assumptions)
    asked = Requests(
        booked_s=requests.booked_s[row] - midnight,
        earliest_s=requests.earliest_s[row] - midnight,
        latest_s=requests.latest_s[row] - midnight,
        dropoff_latest_s=np.where(given, requests.dropoff_latest_s[row] - midnight, NO_LIMIT),
        ride_limit_s=np.where(given, NO_LIMIT, by_rule),
        passengers=requests.passengers[row],
        origin=origin,
        destination=destination,
    )
    fleet = Vehicles(roads.place[2 * count :], vehicles.seats, vehicles.start_s - midnight, vehicles.end_s - midnight)
    return Task(asked, fleet, roads, row, direct, midnight, _notes(requests, vehicles, asked, fleet, direct))


def ride_limit_s(direct_s: Ints, assumptions: Assumptions) -> Ints:
    """Return the longest ride: the direct drive and the larger of a share of it and a number of minutes."""
    share, minutes = assumptions.number("detour_share"), assumptions.number("detour_min")
    return direct_s + np.maximum((direct_s * share).astype(np.int64), int(60 * minutes))


def _notes(
    requests: RequestFile, vehicles: VehicleFile, asked: Requests, fleet: Vehicles, direct: Ints
) -> tuple[str, ...]:
    notes = [
        f"kolonner i {what}, der ikke bruges: {', '.join(ignored)}"
        for what, ignored in (("bestillingerne", requests.ignored), ("vognene", vehicles.ignored))
        if ignored
    ]
    told = {
        "har flere passagerer, end nogen vogn har plads til": asked.passengers > fleet.seats.max(),
        "kan ikke nå frem til dropoff_latest, selv uden omvej": asked.earliest_s + direct > asked.dropoff_latest_s,
        "har ingen vogn på vagt i sit tidsvindue": ~_covered(asked, fleet),
    }
    for why, rows in told.items():
        count = int(rows.sum())
        if count:
            verb = "1 bestilling" if count == 1 else f"{count} bestillinger"
            notes.append(f"{verb} {why}, fx {requests.request_id[_first(requests, rows)]}: afvises")
    return tuple(notes)


def _first(requests: RequestFile, rows: np.ndarray) -> int:
    """Return the file's row of the first booking among those marked in the order of booking."""
    return int(np.argsort(requests.booked_s, kind="stable")[int(np.argmax(rows))])


def _covered(asked: Requests, fleet: Vehicles) -> np.ndarray:
    """Return which requests' windows touch a shift: some shift has begun by the window's end and not ended at its start."""
    begun = np.searchsorted(np.sort(fleet.start_s), asked.latest_s, side="right")
    ended = np.searchsorted(np.sort(fleet.end_s), asked.earliest_s, side="left")
    covered: np.ndarray = begun > ended
    return covered
