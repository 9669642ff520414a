"""The roads between the points of a plan, as `--travel` asks for them."""

import numpy as np
from numpy.typing import NDArray

from sim.desk.planning.land import land_roads
from sim.desk.planning.protocol import Bar, Ints
from sim.desk.planning.roads import Degrees, Land, Roads, Straight, great_circle_km
from sim.road.dispatch.travel import Travel


def roads_between(asked: Straight | Land, lat: Degrees, lon: Degrees, *, year: int, bar: Bar) -> Roads:
    """Return the roads between points given in degrees; ``year`` says which bridges and ferries there are.

    Raises InputError for points that the way of reckoning does not reach.
    """
    if isinstance(asked, Land):
        with bar("Køretider") as progress:
            return land_roads(lat, lon, year=year, progress=progress)
    factor = asked.factor

    def km(origin: Ints, destination: Ints) -> NDArray[np.float64]:
        return factor * great_circle_km(lat[origin], lon[origin], lat[destination], lon[destination])

    points = np.arange(len(lat), dtype=np.int64)
    return Roads(points, Travel.straight(lat, lon, factor=factor, kmh=asked.kmh), km)
