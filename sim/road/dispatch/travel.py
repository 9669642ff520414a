"""Driving times between places: looked up in a table, or worked out from the straight line.

To compiled code both are one array, ``where``: a table is int32 (places, places) in seconds; points are float64 (places, 4),
three coordinates on the unit sphere and the seconds that one radian takes. Times are whole seconds; those of the straight line
are rounded up.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.road.dispatch.compiled import compiled

EARTH_KM = 6371.0088
"""Mean radius of the earth (IUGG)."""

Where = NDArray[np.int32] | NDArray[np.float64]
STRAIGHT = 8
"""Bytes of a number in ``where`` that is points: on the straight line no way round another place is quicker. A table's have four, and
as its times are rounded, one can be."""


@dataclass(frozen=True)
class Travel:
    """How long it takes between places."""

    where: Where

    def __post_init__(self) -> None:
        """Keep the times as an array that nobody writes to: compiled code is made once for it, not once more for one that can be."""
        where = self.where.view()
        where.setflags(write=False)
        object.__setattr__(self, "where", where)

    @classmethod
    def by_table(cls, seconds: NDArray[np.int32]) -> "Travel":
        """Return the driving times of a table, int32 (places, places)."""
        return cls(np.ascontiguousarray(seconds, dtype=np.int32))

    @classmethod
    def straight(cls, lat: NDArray[np.float64], lon: NDArray[np.float64], *, factor: float, kmh: float) -> "Travel":
        """Return ``factor`` times the great circle (haversine) at ``kmh``, in degrees north and east, rounded up to seconds.

        Raises ValueError when factor or speed is not positive.
        """
        if not (factor > 0 and kmh > 0):
            raise ValueError(f"factor {factor} and speed {kmh} must be positive")
        phi, lam = np.radians(lat), np.radians(lon)
        pace = np.full(len(phi), factor * EARTH_KM / kmh * 3600.0)
        return cls(np.stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi), pace], axis=1))

    def seconds(self, origin: NDArray[np.int64], destination: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the driving times of pairs of places."""
        times = np.empty(len(origin), dtype=np.int64)
        _pairs(self.where, np.ascontiguousarray(origin), np.ascontiguousarray(destination), times)
        return times


@compiled
def seconds(where: Where, a: int, b: int) -> int:
    """Return the driving time from place ``a`` to place ``b``."""
    if where.itemsize != STRAIGHT:
        return int(where[a, b])
    x, y, z = where[a, 0] - where[b, 0], where[a, 1] - where[b, 1], where[a, 2] - where[b, 2]
    half = 0.5 * math.sqrt(x * x + y * y + z * z)
    # The arc of a short chord by its series, to the last digit and several times faster than the arc sine.
    square = half * half
    angle = (
        half * (1.0 + square * (1 / 6 + square * (3 / 40 + square * (15 / 336)))) if half < 0.005 else math.asin(half)
    )
    return math.ceil(2.0 * angle * where[a, 3])


@compiled
def _pairs(where: Where, origin: NDArray[np.int64], destination: NDArray[np.int64], times: NDArray[np.int64]) -> None:
    for n in range(len(origin)):
        times[n] = seconds(where, origin[n], destination[n])
