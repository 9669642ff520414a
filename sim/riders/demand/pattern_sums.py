"""What the level of demand needs of a trip pattern: shares of the tours, summed over its pairs of places."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

import numpy as np
from numpy.typing import NDArray

from sim.geography.town_line import TownLine
from sim.riders.demand.requests import PlaceClass
from sim.riders.demand.town_trips import inside_line
from sim.riders.demand.trip_pattern import LOCAL, PairWeights, TripPattern


@dataclass(frozen=True)
class Part:
    """A part of the tours of one kind: its share of them, and the share that is in town under the reference's line."""

    share: float
    in_town: float

    def riding(self, accepted: Mapping[int, float]) -> float:
        """Return the share of the kind's tours that are of this part and ride, when ``accepted`` do by place class."""
        return self.in_town * accepted[PlaceClass.IN_TOWN] + (self.share - self.in_town) * accepted[PlaceClass.INSIDE]


@dataclass(frozen=True)
class PatternSums:
    """Shares of a trip pattern's tours.

    Attributes
    ----------
    town_share : of the local tours, those that stay within a town
    crosses : whether there are places across the border to go to and to come from
    local : by kind of `LOCAL`, all of its tours
    to_place : by place that was asked for and kind, the tours to it
    touching : by kind, the tours that have an end plustur serves
    """

    town_share: float
    crosses: bool
    local: tuple[Part, ...]
    to_place: Mapping[int, tuple[Part, ...]] = field(default_factory=dict)
    touching: tuple[Part, ...] = ()


def pattern_sums(
    pattern: TripPattern, line: TownLine, *, any_town: bool, places: Iterable[int], ends: NDArray[np.bool_] | None
) -> PatternSums:
    """Return the shares of a pattern, pair by pair.

    Parameters
    ----------
    line : the reference's town line; ``any_town`` whether a tour between two of its areas is in town
    places : destinations whose tours are asked for
    ends : bool (places,), those that plustur serves, None without plustur
    """
    towns = [
        None if pairs is None else inside_line(pairs, pattern.region, line, any_town=any_town)
        for pairs in (pattern.pairs[kind] for kind in LOCAL)
    ]

    def parts(which: Callable[[PairWeights], NDArray[np.bool_]]) -> tuple[Part, ...]:
        found = []
        for kind, town in zip(LOCAL, towns, strict=True):
            pairs = pattern.pairs[kind]
            if pairs is None or town is None:
                found.append(Part(0.0, 0.0))
            else:
                mine = which(pairs)
                steps = pairs.steps[mine]
                found.append(Part(float(steps.sum()), float(steps @ town[mine])))
        return tuple(found)

    return PatternSums(
        pattern.town_share,
        pattern.crosses,
        parts(lambda pairs: np.ones(len(pairs.origin), dtype=bool)),
        {place: parts(partial(_ends_at, place)) for place in places},
        () if ends is None else parts(lambda pairs: ends[pairs.origin] | ends[pairs.destination]),
    )


def _ends_at(place: int, pairs: PairWeights) -> NDArray[np.bool_]:
    there: NDArray[np.bool_] = pairs.destination == place
    return there
