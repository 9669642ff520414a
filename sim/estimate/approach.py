"""How far away the next vehicle is: the empty drive that a pickup at a place needs, before it is fitted."""

from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from sim.geography.region import Region

VEHICLES = 8
"""The vehicles that the nearest is taken of; so many fitted the simulated approaches best (4, 6, 12 and 16 were tried)."""
POWER, UNCHANGED_S = 0.7, 300.0
"""A vehicle twice as far is not driven for twice as long: it comes that way with somebody else. Five minutes stay five minutes."""


_kept: WeakKeyDictionary[Region, NDArray[np.float64]] = WeakKeyDictionary()
"""By region, for as long as that is held: some kB each."""


def near_s(region: Region) -> NDArray[np.float64]:
    """Return for each place how far away the nearest of eight vehicles is, in seconds, long ways shortened.

    The vehicles stand independently where people of the municipality live: a place in the middle of a town has one near,
    a far parish has not. Shortened: 300 s × (expected drive / 300 s) to the power 0.7.
    """
    found = _kept.get(region)
    if found is None:
        found = _kept[region] = _near_s(region)
    return found


def _near_s(region: Region) -> NDArray[np.float64]:
    living = np.flatnonzero(region.population * region.inside > 0)
    people = region.population[living] / region.population[living].sum()
    drive = region.drive_s[living].astype(np.float64)
    order = np.argsort(drive, axis=0)
    sorted_s = np.take_along_axis(drive, order, axis=0)
    farther = np.maximum(0.0, 1.0 - np.cumsum(people[order], axis=0))
    expected: NDArray[np.float64] = sorted_s[0] + (farther[:-1] ** VEHICLES * np.diff(sorted_s, axis=0)).sum(axis=0)
    return UNCHANGED_S * (expected / UNCHANGED_S) ** POWER
