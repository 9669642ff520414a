"""The town nearest to a stop, as the crow flies: what a list calls the place."""

from functools import cache

import numpy as np

from sim.geography.projection import FloatArray, to_metres
from sim.geography.records import towns


def nearest_town(lat: float, lon: float) -> str:
    """Return the name of the town nearest to a point.

    >>> nearest_town(55.7174, 11.7130)
    'Holbæk'
    """
    x, y = to_metres(lat, lon)
    names, east, north = _towns()
    return names[int(np.argmin(np.hypot(east - x, north - y)))]


@cache
def _towns() -> tuple[tuple[str, ...], FloatArray, FloatArray]:
    known = towns()
    east, north = to_metres([town.lat for town in known], [town.lon for town in known])
    return tuple(town.name for town in known), east, north
