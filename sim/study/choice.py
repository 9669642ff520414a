"""What each request meets under a set of service elements: its price level, and whether it accepts.

The adult level of the first ten kilometres decides, as the price response is stated for it.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sim.riders.demand.requests import PlaceClass, Requests
from sim.riders.response.response import Curve
from sim.road.kernel.log import Kind
from tariffs import FareTable, Level, ServicePackage, choose_level
from tariffs import PlaceClass as PlaceClassName
from tariffs.elements import Trips
from tariffs.fare_table import day_number

PLACE_CLASS_NAMES: dict[PlaceClass, PlaceClassName] = {
    PlaceClass.IN_TOWN: "in_town",
    PlaceClass.INSIDE: "inside",
    PlaceClass.ACROSS: "across",
}
CLOSED = -1
"""Level of a trip that a rule of the package refuses."""
MOVED = -2
"""Level of a flextur trip whose rider takes plustur instead."""


class Placed(Protocol):
    """Columns that say where trips go: one row a request, or a whole kind of trip; see `Requests`."""

    @property
    def place_class(self) -> NDArray[np.int8]: ...  # noqa: D102

    @property
    def both_in_towns(self) -> NDArray[np.bool_]: ...  # noqa: D102

    @property
    def free_destination(self) -> NDArray[np.int8]: ...  # noqa: D102

    @property
    def plustur(self) -> NDArray[np.bool_]: ...  # noqa: D102

    @property
    def moves_to_plustur(self) -> NDArray[np.bool_]: ...  # noqa: D102

    def __len__(self) -> int: ...


def effective_days(requests: Requests, standing_delay_days: int) -> NDArray[np.int64]:
    """Return the day whose prices and elements each request pays by, days from 1 January.

    The day of booking; for a standing trip the later of that and so many days before travel.
    """
    return np.where(
        requests.standing,
        np.maximum(requests.booked_day, requests.service_day - standing_delay_days),
        requests.booked_day,
    )


def closed(package: ServicePackage, requests: Placed) -> NDArray[np.bool_]:
    """Return which trips the package's schemes close."""
    rows = np.zeros(len(requests), dtype=bool)
    for element in package.closing:
        rows |= _concerned(element.trips, requests)
    return rows


def _concerned(trips: Trips, requests: Placed) -> NDArray[np.bool_]:
    """Return which requests a scheme for these trips is about."""
    if trips == "in_town":
        return requests.place_class == PlaceClass.IN_TOWN
    inside: NDArray[np.bool_] = requests.place_class != PlaceClass.ACROSS
    return inside & requests.both_in_towns if trips == "in_towns" else inside


def levels(requests: Placed, package: ServicePackage, free_names: Sequence[str]) -> NDArray[np.int8]:
    """Return each request's ``Level`` under the package: CLOSED where a rule refuses it, MOVED where plustur takes it.

    ``free_names`` are the destinations that ``requests.free_destination`` points into; the package's own are free.
    """
    level = np.full(len(requests), CLOSED, dtype=np.int8)
    for place_class, name in PLACE_CLASS_NAMES.items():
        level[requests.place_class == place_class] = choose_level(package, name)
    chosen = np.array([name in package.free_destinations for name in free_names] + [False])
    level[chosen[requests.free_destination]] = Level.GRATIS
    level[closed(package, requests)] = CLOSED
    if package.plustur:
        level[requests.moves_to_plustur & (level != Level.GRATIS)] = MOVED
    level[requests.plustur] = Level.PLUSTUR if package.plustur else CLOSED
    return level


def periods(table: FareTable, first_day: date, effective: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the period of the fare table that each request's effective day falls in."""
    return table.period_of(effective + day_number(first_day)).astype(np.int64)


def level_amounts(table: FareTable, period: NDArray[np.int64], level: NDArray[np.int8]) -> NDArray[np.int64]:
    """Return the adult amount in oere of each request's level, CLOSED where a rule refuses it."""
    amounts = table.amounts[period, level].astype(np.int64)
    return np.where(level == CLOSED, CLOSED, amounts)


def decide(requests: Requests, amounts_oere: NDArray[np.int64], curves: Mapping[int, Curve]) -> NDArray[np.int8]:
    """Let every request meet its price; return a ``Kind`` each: DECLINED, REFUSED or BOOKED ("ask the planner").

    Parameters
    ----------
    amounts_oere : adult level of each request, CLOSED where a rule refuses
    curves : price response by place class under the reference

    Plustur requests accept their price: their number was observed at about that price.
    """
    kind = np.full(len(requests), Kind.DECLINED, dtype=np.int8)
    for place_class, curve in curves.items():
        in_class = (requests.reference_class == place_class) & ~requests.plustur
        for amount in np.unique(amounts_oere[in_class]):
            if amount != CLOSED:
                rows = in_class & (amounts_oere == amount)
                kind[rows & (requests.willingness < curve.acceptance(int(amount)))] = Kind.BOOKED
    kind[requests.free_only & (amounts_oere != 0)] = Kind.DECLINED
    kind[requests.plustur] = Kind.BOOKED
    kind[amounts_oere == CLOSED] = Kind.REFUSED
    return kind
