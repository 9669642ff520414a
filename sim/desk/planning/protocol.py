"""What stands between the files and the planner: requests and vehicles in columns, and what became of them.

All times are whole seconds from midnight of the first day (negative before it), so a shift or a ride may pass midnight.
Places are numbered as the `Travel` beside them numbers them.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from sim.road.dispatch.travel import Travel

Ints = NDArray[np.int64]
Planner = Literal["insertion", "improve"]
Progress = Callable[[int, int], None]
"""To be called with what is done and what there is to do."""
Bar = Callable[[str], AbstractContextManager[Progress]]
"""Shows the progress of what it is called with."""

NO_LIMIT = 1 << 60
"""A latest drop-off or a longest ride that is not given."""


def silent(done: int, expected: int) -> None:
    """Show no progress."""


def no_bar(text: str) -> AbstractContextManager[Progress]:
    """Show no progress of anything."""
    return nullcontext(silent)


@dataclass(frozen=True)
class Requests:
    """Bookings to be served or refused, in the order in which they become known (ties: as in the file).

    Attributes
    ----------
    booked_s : when the request becomes known; it is answered at once
    earliest_s, latest_s : between these, ends included, boarding begins
    dropoff_latest_s : the vehicle is at the destination then at the latest, NO_LIMIT when only the ride is limited
    ride_limit_s : longest time from the beginning of boarding to the arrival, NO_LIMIT when the latest drop-off is given
    passengers : at least 1
    origin, destination : numbers of places
    """

    booked_s: Ints
    earliest_s: Ints
    latest_s: Ints
    dropoff_latest_s: Ints
    ride_limit_s: Ints
    passengers: Ints
    origin: Ints
    destination: Ints

    def __len__(self) -> int:
        return len(self.booked_s)

    def at(self, rows: Ints, midnight_s: int = 0) -> "Requests":
        """Return some of them, their times counted from ``midnight_s``."""
        columns = {name: column[rows] for name, column in vars(self).items()}
        for name in ("booked_s", "earliest_s", "latest_s", "dropoff_latest_s"):
            columns[name] = columns[name] - midnight_s
        return Requests(**columns)


@dataclass(frozen=True)
class Vehicles:
    """Vehicles with a shift each, in the order of the file; ties between them go to the first.

    Attributes
    ----------
    place : where it stands from ``start_s`` on; it waits where it last was, and may end anywhere
    start_s, end_s : it leaves no sooner, and has done its last stop at the latest then
    """

    place: Ints
    seats: Ints
    start_s: Ints
    end_s: Ints

    def __len__(self) -> int:
        return len(self.place)

    def at(self, rows: Ints, midnight_s: int = 0) -> "Vehicles":
        """Return some of them, their times counted from ``midnight_s``."""
        return Vehicles(
            self.place[rows], self.seats[rows], self.start_s[rows] - midnight_s, self.end_s[rows] - midnight_s
        )


@dataclass(frozen=True)
class Outcome:
    """What became of the requests, and the stops that were made, vehicle by vehicle in the order in which they were made.

    Attributes
    ----------
    vehicle : for each request the vehicle that took it, -1 when it was refused
    stop_vehicle, stop_request : of each stop
    stop_pickup : whether passengers board there; else they alight
    arrive_s : when the vehicle comes to the stop
    begin_s : when boarding or alighting begins, in the window
    depart_s : when the vehicle leaves; at its last stop, when boarding or alighting has ended
    """

    vehicle: Ints
    stop_vehicle: Ints
    stop_request: Ints
    stop_pickup: NDArray[np.bool_]
    arrive_s: Ints
    begin_s: Ints
    depart_s: Ints


class PlanAndDrive(Protocol):
    """Answers every request when it becomes known, and drives the plan as it then stands.

    `insertion`: of all vehicles and all pairs of positions among the stops that nobody is on the way to yet, the pair that adds
    the fewest driving seconds; ties go to the first vehicle, then to the earliest pickup, then to the earliest drop-off. Every
    stop is timed as early as its window allows; vehicles wait where they are and leave so as to arrive when the stop begins.
    `improve` may also move bookings that are taken but not picked up, ``relocations`` of them after each request.
    A request that fits nowhere is refused; one that was taken keeps its promise (window, drop-off, seats), always.

    Boarding takes ``boarding_s`` at every pickup; alighting takes no time. The same arguments give the same outcome.
    """

    def __call__(
        self,
        requests: Requests,
        vehicles: Vehicles,
        travel: Travel,
        *,
        planner: Planner,
        boarding_s: int,
        relocations: int,
        seed: int,
        progress: Progress = silent,
    ) -> Outcome:
        """Return what became of the requests; ``progress`` hears of those that have been answered."""
        ...
