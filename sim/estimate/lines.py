"""How the town lines of a study place its trips: in town or not, under every line at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.geography.region import Region
from sim.geography.town_line import NOWHERE, TownLine, place_shares


@dataclass(frozen=True)
class Where:
    """How each town line of a study places a trip, in the order of `Lines.lines`: in town, and both ends in town areas."""

    in_town: tuple[bool, ...]
    both_in_towns: tuple[bool, ...]


@dataclass(frozen=True, eq=False)
class Lines:
    """The distinct town lines of a study, the reference's first, and how the points of its places fall among them.

    ``shares`` float64 (places, signatures): a signature is one combination of the town areas of all lines. ``pairs`` are
    the ways in which the lines can place a trip, each with the signatures of the two ends that give it, bool (g, g).
    """

    lines: tuple[TownLine, ...]
    shares: NDArray[np.float64]
    pairs: tuple[tuple[Where, NDArray[np.bool_]], ...]

    def number(self, line: TownLine) -> int:
        """Return which of the lines runs as this one does."""
        return next(n for n, other in enumerate(self.lines) if other.mark == line.mark)

    def split(
        self, origin: NDArray[np.int64], destination: NDArray[np.int64]
    ) -> Iterator[tuple[Where, NDArray[np.float64]]]:
        """Yield every way to be placed with the chance that a trip between each pair of places is placed so."""
        start, end = self.shares[origin], self.shares[destination]
        for where, ends in self.pairs:
            chance = ((start @ ends.astype(np.float64)) * end).sum(axis=1)
            if chance.any():
                yield where, chance

    def between(
        self, origin: NDArray[np.int64], destination: NDArray[np.int64]
    ) -> Iterator[tuple[Where, NDArray[np.float64]]]:
        """Yield the same for every origin with every destination, float64 (origins, destinations)."""
        start, end = self.shares[origin], self.shares[destination]
        for where, ends in self.pairs:
            chance = start @ ends.astype(np.float64) @ end.T
            if chance.any():
                yield where, chance


def lines_of(region: Region, reference: TownLine, options: Sequence[TownLine], *, any_town: bool) -> Lines:
    """Return the lines of a study as strands are split by them."""
    distinct = {line.mark: line for line in (reference, *options)}
    signatures, number = _signatures([line.zone_of_point.reshape(-1) for line in distinct.values()])
    outside, of_point = int(number[0]), number[1:].reshape(reference.zone_of_point.shape)
    start, end = signatures[:, None, :], signatures[None, :, :]
    both = (start >= 0) & (end >= 0)
    town = both & (any_town | (start == end))
    ways: dict[Where, NDArray[np.bool_]] = {}
    for g in range(len(signatures)):
        for h in range(len(signatures)):
            where = Where(tuple(town[g, h].tolist()), tuple(both[g, h].tolist()))
            ways.setdefault(where, np.zeros((len(signatures), len(signatures)), bool))[g, h] = True
    shares = place_shares(region, of_point, len(signatures))
    shares[~region.inside, outside] = 1.0
    return Lines(tuple(distinct.values()), shares, tuple(ways.items()))


def _signatures(zones: Sequence[NDArray[np.int8]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the combinations of town areas (signatures, lines), in order, and which of them each point has.

    ``zones`` are each line's town areas of the points; a point before the first one lies in none of any line.
    """
    signatures = np.zeros((1, 0), dtype=np.int64)
    number = np.zeros(len(zones[0]) + 1, dtype=np.int64)
    for line in zones:
        areas = int(line.max(initial=NOWHERE)) - NOWHERE + 1
        code = number * areas + np.r_[NOWHERE, line.astype(np.int64)] - NOWHERE
        met = np.flatnonzero(np.bincount(code))
        signatures = np.column_stack([signatures[met // areas], met % areas + NOWHERE])
        place = np.zeros(int(met[-1]) + 1, dtype=np.int64)
        place[met] = np.arange(len(met))
        number = place[code]
    return signatures, number
