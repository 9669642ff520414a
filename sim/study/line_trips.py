"""How many of a study's trips have both ends inside a line that is being drawn: by the trip pattern, under today's scheme."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.geography.region import Region
from sim.geography.town_line import TownLine
from sim.riders.demand.requests import PlaceClass
from sim.riders.demand.town_trips import inside_line, line_shares
from sim.riders.demand.trip_pattern import LOCAL, TourKind
from sim.study.choice import CLOSED, PLACE_CLASS_NAMES
from sim.study.demand import curves, kind_shares, package_levels
from sim.study.study import Study


@dataclass(frozen=True, eq=False)
class LocalTrips:
    """The trips inside a municipality by pair of places; ``share`` are shares of all its trips, those across the border too."""

    region: Region
    origin: NDArray[np.int32]
    destination: NDArray[np.int32]
    share: NDArray[np.float64]

    def inside(self, line: TownLine) -> tuple[float, ...]:
        """Return the share of all trips that have both ends in each of a line's areas."""
        shares = line_shares(self.region, line)
        both = shares[self.origin] * shares[self.destination]
        return tuple(float(part) for part in self.share @ both)


def local_trips(study: Study) -> LocalTrips:
    """Return where a study's flextur trips go under its first option and the middle price response.

    Visits made because a destination is free, and plustur, are not among them.
    """
    by_class, pattern = curves(study, None), study.pattern
    riding = {
        place: 0.0 if level is None or level == CLOSED else by_class[place].acceptance(level)
        for place, level in package_levels(study, study.packages[0]).items()
    }
    assert riding.keys() == PLACE_CLASS_NAMES.keys()
    local, total = [], 0.0
    for kind, share in zip(TourKind, kind_shares(pattern, study.assumptions), strict=True):
        pairs = pattern.pairs[kind]
        if pairs is None:
            continue
        if kind not in LOCAL:
            total += share * riding[PlaceClass.ACROSS]
            continue
        town = inside_line(pairs, study.region, study.lines[0], any_town=study.any_town)
        rides = town * riding[PlaceClass.IN_TOWN] + (1.0 - town) * riding[PlaceClass.INSIDE]
        local.append((pairs.origin, pairs.destination, share * pairs.steps * rides))
    origin, destination, weight = (np.concatenate(column) for column in zip(*local, strict=True))
    total += float(weight.sum())
    kept = weight > 0.0
    return LocalTrips(study.region, origin[kept], destination[kept], weight[kept] / (total or 1.0))
