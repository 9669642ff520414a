"""Where and when plustur is offered: only where bus and train give no good alternative."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.inputs.assumptions import Assumptions
from sim.riders.plustur.services import DAY_TYPES
from sim.riders.plustur.timetable import HOURS

if TYPE_CHECKING:
    from sim.geography.region import Region


WITHOUT_TIMETABLE = ("plustur_offered_town", "plustur_offered_country")
"""The assumptions that a timetable replaces."""


def offered_share(
    town: NDArray[np.bool_],
    to_station_m: NDArray[np.float64],
    departures: NDArray[np.int64] | None,
    assumptions: Assumptions,
) -> NDArray[np.float64]:
    """Return the share of searches from each place that are offered plustur, (day types, places, hours).

    Whoever can walk to a station or terminal is offered nothing. With a timetable the others are offered plustur in the hours
    with too few departures; without one, a share of them, by town and country.

    Parameters
    ----------
    town : places in a town or village
    to_station_m : road distance to the nearest station or terminal, infinite where there is none
    departures : per hour towards the nearest transfer point, (day types, places, hours); None without a timetable
    """
    shape = (len(DAY_TYPES), len(town), HOURS)
    if departures is None:
        by_place = np.where(
            town, assumptions.number("plustur_offered_town"), assumptions.number("plustur_offered_country")
        )
        offered = np.broadcast_to(by_place[None, :, None], shape).astype(np.float64)
    else:
        offered = (departures < assumptions.number("plustur_good_departures_per_hour")).astype(np.float64)
    walkable = to_station_m <= assumptions.number("plustur_walk_m")
    return np.where(walkable[None, :, None], 0.0, offered)


def in_town_or_village(region: "Region") -> NDArray[np.bool_]:
    """Return which places lie in a town or village."""
    town: NDArray[np.bool_] = region.area_type == 1
    return town
