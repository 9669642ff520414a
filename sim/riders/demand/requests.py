"""Trip requests in columns: one row per trip somebody would like to make."""

from dataclasses import dataclass, fields, replace
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.geography.town_line import TownLine

AGE_BANDS = ("0-15", "16-39", "40-59", "60-69", "70-79", "80+")
FIRST_OLDER_BAND = 4
"""The first band of riders of 70 or more."""


class PlaceClass(IntEnum):
    """What the fare rule sees of a trip's two ends."""

    IN_TOWN = 0
    INSIDE = 1
    ACROSS = 2


@dataclass(frozen=True)
class Requests:
    """Trip requests in the order in which they reach the planner; every field is an array with one value per row.

    Attributes
    ----------
    request_id : stable identity of the request within its replication; ``tour`` that of its tour
    leg : 0 way out, 1 way home; ``outbound_row`` the row of the way out, -1 for a way out
    service_day : days from 1 January; ``wished_s`` wished pickup, seconds from the start of the service day
    asked_at_s : when it reaches the planner, seconds from 1 January 00:00 (standing trips when their day comes into view)
    booked_day : day of the booking, for a standing trip the day it was agreed; may be negative
    origin, destination : places of the region; ``fare_distance_m``, ``direct_s`` between them
    origin_point, destination_point : int32, where in its place each end lies, -1 outside the municipality (`Region.points_at`)
    place_class : see PlaceClass, under one town line (`under`); ``zone`` the town area of an IN_TOWN trip, else -1;
        ``both_in_towns`` whether both ends lie in town areas, be it different ones
    reference_class : the place class under the reference's town line
    free_destination : index of the free destination at one end, else -1; ``free_only`` rides only because it is free
    moves_to_plustur : takes plustur instead where the municipality has it, so the flextur trip falls away
    willingness : the tour's percentile of willingness to pay, in [0, 1); it rides when the share that
        accepts the price lies above
    pickup_permille, dropoff_permille : actual over planned driving time of the legs to the two stops
    """

    request_id: NDArray[np.int64]
    tour: NDArray[np.int64]
    leg: NDArray[np.int8]
    outbound_row: NDArray[np.int64]
    service_day: NDArray[np.int64]
    wished_s: NDArray[np.int64]
    asked_at_s: NDArray[np.int64]
    booked_day: NDArray[np.int64]
    standing: NDArray[np.bool_]
    plustur: NDArray[np.bool_]
    online: NDArray[np.bool_]
    origin: NDArray[np.int32]
    destination: NDArray[np.int32]
    origin_point: NDArray[np.int32]
    destination_point: NDArray[np.int32]
    fare_distance_m: NDArray[np.int64]
    direct_s: NDArray[np.int64]
    reference_class: NDArray[np.int8]
    place_class: NDArray[np.int8]
    zone: NDArray[np.int8]
    both_in_towns: NDArray[np.bool_]
    free_destination: NDArray[np.int8]
    free_only: NDArray[np.bool_]
    moves_to_plustur: NDArray[np.bool_]
    willingness: NDArray[np.float64]
    adults: NDArray[np.int64]
    children: NDArray[np.int64]
    age_band: NDArray[np.int8]
    aids: NDArray[np.bool_]
    wheelchair: NDArray[np.bool_]
    in_vain: NDArray[np.bool_]
    boarding_s: NDArray[np.int64]
    alighting_s: NDArray[np.int64]
    pickup_permille: NDArray[np.int64]
    dropoff_permille: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.request_id)

    @property
    def passengers(self) -> NDArray[np.int64]:
        """Passengers of the booking."""
        return self.adults + self.children

    def under(self, line: TownLine, *, any_town: bool) -> "Requests":
        """Return the same requests as another town line places them."""
        across = self.place_class == PlaceClass.ACROSS
        return replace(self, **placed(line, self.origin_point, self.destination_point, across, any_town=any_town))

    def take(self, rows: NDArray[np.int64]) -> "Requests":
        """Return the given rows in the given order, ``outbound_row`` pointing into the new rows.

        A way home whose way out is not among the rows keeps -1.
        """
        where = np.full(len(self), -1, dtype=np.int64)
        where[rows] = np.arange(len(rows))
        columns = {f.name: getattr(self, f.name)[rows] for f in fields(self)}
        outbound = columns["outbound_row"]
        columns["outbound_row"] = np.where(outbound >= 0, where[outbound], -1)
        return Requests(**columns)


def placed(
    line: TownLine,
    origin_point: NDArray[np.int32],
    destination_point: NDArray[np.int32],
    across: NDArray[np.bool_],
    *,
    any_town: bool,
) -> dict[str, NDArray[Any]]:
    """Return the columns that a town line decides: place_class, zone, both_in_towns.

    A trip is in town when both ends lie in the same town area; with ``any_town`` (the switch ``town_scope``) in any two.
    """
    start, end = line.zone_of(origin_point), line.zone_of(destination_point)
    both = (start >= 0) & (end >= 0)
    town = both & (any_town | (start == end)) & ~across
    return {
        "place_class": np.where(
            across, PlaceClass.ACROSS, np.where(town, PlaceClass.IN_TOWN, PlaceClass.INSIDE)
        ).astype(np.int8),
        "zone": np.where(town, start, -1).astype(np.int8),
        "both_in_towns": both,
    }
