"""What of a trip pattern lies inside a town line: by pair of places, and of a municipality's trips as a whole."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sim.geography.region import Region
from sim.geography.town_line import TownLine, place_shares
from sim.inputs.assumptions import Assumptions
from sim.riders.demand.trip_pattern import LOCAL, PairWeights, Tilt, TripPattern, chance_inside, trip_pattern
from sim.words.names import told_apart
from tariffs.errors import About, InputError


def line_shares(region: Region, line: TownLine) -> NDArray[np.float64]:
    """Return how much of each place's people live in each town area of a line, float64 (places, areas)."""
    return place_shares(region, line.zone_of_point, len(line.names))


def inside_line(pairs: PairWeights, region: Region, line: TownLine, *, any_town: bool) -> NDArray[np.float64]:
    """Return the chance that a trip between each pair of places is in town under a line, float64 (pairs,)."""
    shares = line_shares(region, line)
    return chance_inside(shares[pairs.origin], shares[pairs.destination], any_town)


def town_share(pattern: TripPattern, region: Region, line: TownLine, *, any_town: bool) -> float:
    """Return the share of the local trips that are in town under a line."""
    share = 0.0
    for kind, part in zip(LOCAL, (pattern.town_share, 1.0 - pattern.town_share), strict=True):
        pairs = pattern.pairs[kind]
        if pairs is not None:
            share += part * float(pairs.steps @ inside_line(pairs, region, line, any_town=any_town))
    return share


def municipal_pattern(
    region: Region,
    assumptions: Assumptions,
    line: TownLine,
    *,
    served: NDArray[np.bool_],
    any_town: bool,
    home_pays: bool,
) -> TripPattern:
    """Return a municipality's trip pattern; made without any line, unless the municipality states its share in town.

    That share (``town_share``) is of all trips, those across the border included, and counts inside ``line``.
    """
    pattern = trip_pattern(region, assumptions, served=served, home_pays=home_pays)
    entry = assumptions["town_share"]
    if not (entry.overridden or entry.low == entry.high):
        return pattern
    share = assumptions.number("town_share") / (1.0 - across_share(pattern, assumptions))
    tilt = tilt_to(pattern, region, line, share, any_town=any_town)
    return trip_pattern(region, assumptions, served=served, home_pays=home_pays, tilt=tilt)


class Crossing(Protocol):
    """What knows whether tours cross the border: a trip pattern, or its sums."""

    @property
    def crosses(self) -> bool: ...  # noqa: D102


def across_share(pattern: Crossing, assumptions: Assumptions) -> float:
    """Return the share of the trips that cross the border: none where there is no place to go to or come from."""
    return assumptions.number("cross_border_share") if pattern.crosses else 0.0


def tilt_to(pattern: TripPattern, region: Region, line: TownLine, share: float, *, any_town: bool) -> Tilt | None:
    """Return the factor on the pairs inside a line at which ``share`` of the local trips are in town; None for no change.

    A pair that lies partly inside is moved in part. Raises InputError for a share that no factor gives.
    """
    inside = square = 0.0
    for kind, part in zip(LOCAL, (pattern.town_share, 1.0 - pattern.town_share), strict=True):
        pairs = pattern.pairs[kind]
        if pairs is not None:
            both = inside_line(pairs, region, line, any_town=any_town)
            inside += part * float(pairs.steps @ both)
            square += part * float(pairs.steps @ both**2)
    if share == inside:
        return None
    below = share * inside - square
    factor = 1.0 + (inside - share) / below if below else -1.0
    if factor < 0.0:
        names = ", ".join(told_apart(line.names)) or "intet"
        raise InputError(
            f"Andelen af ture i byområdet kan ikke være {share:.0%} af de lokale ture".replace("%", " %"),
            where=f"town_share, byområde: {names}",
            why=f"af modellens lokale ture ligger {100 * inside:.1f} % dér".replace(".", ","),
            next_step="vælg en anden andel eller et andet byområde",
            about=About("assumptions", ("town_share",)),
        )
    return Tilt(factor, line_shares(region, line), any_town)
