"""A study with other values of its assumptions: the one place where any of them is changed after the study is made."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from sim.geography.region import Region
from sim.inputs.assumptions import Assumption, Assumptions
from sim.riders.demand.volume import allocated_volume
from sim.study.study import Study

SPEEDS = ("speed_town_kmh", "speed_country_kmh")
RATE = "operator_driving_kr_per_hour"


def with_assumptions(study: Study, values: Mapping[str, float], volume_factor: float = 1.0) -> Study:
    """Return the study at other values of some assumptions; those the user has stated may be moved too.

    Geography is not built anew: other speeds scale the driving times between places by how far their ends lie in towns.
    """
    if study.volume.origin != "own":
        code, after = study.region.municipality.code, study.assumptions.at(values)
        volume_factor *= allocated_volume(code, after).passengers / allocated_volume(code, study.assumptions).passengers
    at = study.at(values, volume_factor)
    if any(key in values for key in SPEEDS):
        at = replace(at, region=_at_speeds(study.region, study.assumptions, at.assumptions))
    return at


def _at_speeds(region: Region, before: Assumptions, after: Assumptions) -> Region:
    """Return the region with driving times scaled: each way by the mean of its two ends, in town or in the country."""
    town, country = (before.number(key) / after.number(key) for key in SPEEDS)
    in_town = (region.area_type[:, None].astype(np.float64) + region.area_type[None, :]) / 2
    scaled = region.drive_s * (in_town * town + (1 - in_town) * country)
    return replace(region, drive_s=np.maximum(1, np.rint(scaled)).astype(np.int32))


def has_range(entry: Assumption) -> bool:
    """Return whether an assumption is one number that may lie anywhere in a range."""
    if isinstance(entry.value, tuple) or entry.low is None or entry.high is None:
        return False
    return entry.low < entry.high
