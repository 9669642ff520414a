"""Where the tours of one strand go, under every draw at once: distinct fare distances with their shares, and the mean drive."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.estimate.approach import near_s
from sim.geography.region import Region
from tariffs.fare import METRES, counted_kilometres
from tariffs.switches import KilometreCounting

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Ways:
    """Distances and drives of some tours, the first axis being the draws.

    Attributes
    ----------
    share : float64 (draws,), of the tours of their kind or family
    metres : int64 (distances,), what is paid for; ``weight`` float64 (draws, distances), their shares
    direct_s : float64 (draws,), the mean direct drive
    near_s : float64 (2, draws), how far away a vehicle is on average (`sim.estimate.approach`) at the origin and at the destination
    """

    share: Floats
    metres: NDArray[np.int64]
    weight: Floats
    direct_s: Floats
    near_s: Floats


def paid_metres(metres: NDArray[np.int64], counting: KilometreCounting) -> NDArray[np.int64]:
    """Return what a distance is paid as: whole counted kilometres, or metres where those are paid for."""
    if counting == "exact":
        return metres
    return np.asarray(counted_kilometres(metres, counting), dtype=np.int64) * METRES


def starts_of(rising: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where each distinct value of a column in rising order begins.

    >>> starts_of(np.array([3, 3, 5, 7, 7])).tolist()
    [0, 2, 3]
    """
    return np.flatnonzero(np.diff(rising, prepend=rising[:1] - 1))


def ways_of(
    region: Region,
    counting: KilometreCounting,
    pairs: tuple[NDArray[np.int64], NDArray[np.int64]],
    weight: Floats,
) -> Ways:
    """Gather pairs of places (origins, destinations) into distinct distances; ``weight`` float64 (draws, pairs)."""
    origin, destination = pairs
    paid = paid_metres(region.fare_distance_m[origin, destination].astype(np.int64), counting)
    order = np.argsort(paid, kind="stable")
    starts = starts_of(paid[order])
    near = near_s(region)
    columns = np.stack([region.drive_s[origin, destination], near[origin], near[destination]])
    by_distance = np.add.reduceat(weight[:, order], starts, axis=1)
    return means(weight.sum(axis=1), paid[order][starts], by_distance, weight @ columns.T)


def means(share: Floats, metres: NDArray[np.int64], by_distance: Floats, sums: Floats) -> Ways:
    """Return ways from sums: by distance (draws, distances), and of drive and nearness at both ends (draws, 3)."""
    over = np.where(share > 0, share, 1.0)[:, None]
    direct, *near = (sums / over).T
    return Ways(share, metres, by_distance / over, direct, np.stack(near))


def some(ways: Sequence[Ways]) -> NDArray[np.int64]:
    """Return every distance that any of some ways is paid as, in order."""
    return np.unique(np.concatenate([each.metres for each in ways]))
