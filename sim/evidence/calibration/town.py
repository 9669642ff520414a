"""How much fewer the trips within one's own town are: solved so that Ringsted has the share in town that was counted there."""

from collections.abc import Mapping

import numpy as np

from sim.evidence.calibration.mix import YEAR
from sim.geography.regions import build_region
from sim.geography.town_line import town_line
from sim.inputs.assumptions import load_assumptions
from sim.riders.demand.town_trips import line_shares
from sim.riders.demand.trip_pattern import OLDER_BANDS, homes, local_weights, pull_of, same_town

TOWN_FACTOR, TOWN_SHARE = "town_trip_factor", "town_share"
RINGSTED, ZONE = "0329", ("Ringsted",)
"""Benløse has grown together with Ringsted and is part of its town area (Ringsted 2016)."""
DECIMALS = 4


def town_trip_factor(values: Mapping[str, float]) -> float:
    """Return the factor at which Ringsted has its share (``town_share``) of all trips in its zone, at equal fares.

    ``values`` stand in place of the register's defaults: the share itself, trip lengths, walking, private visits. Raises
    ValueError where no factor gives the share.
    """
    register = load_assumptions().at({**values, TOWN_FACTOR: 1.0})
    region, line = build_region(RINGSTED, year=YEAR), town_line(RINGSTED, town_zones=ZONE)
    rider = homes(region, sum(register.profile("age_shares")[OLDER_BANDS]))
    pull = pull_of(region, region.inside, register.number("private_destination_share"))
    pairs = local_weights(region, rider, pull, register)
    zone = line_shares(region, line)
    inside = zone[pairs.origin] @ zone[pairs.destination].T
    stays = same_town(region, pairs)
    share = register.number(TOWN_SHARE) / (1.0 - register.number("cross_border_share"))
    within, beside = (float((pairs.weight * inside)[where].sum()) for where in (stays, ~stays))
    in_towns, elsewhere = (float(pairs.weight[where].sum()) for where in (stays, ~stays))
    # share * (factor * in_towns + elsewhere) = factor * within + beside
    factor = (share * elsewhere - beside) / (within - share * in_towns)
    if not np.isfinite(factor) or factor <= 0:
        raise ValueError(f"no factor gives Ringsted {share:.2f} of its local trips in town")
    return round(factor, DECIMALS)
