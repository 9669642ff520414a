"""The trips made by age of the rider, by where they start and by how far they go."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.riders.demand.requests import AGE_BANDS
from sim.road.kernel import Kind
from sim.study.run import OptionRun
from sim.study.study import Study

DISTANCE_BANDS = ("0-5", "5-10", "10-20", "20+")

DISTANCE_EDGES_M = (5_000, 10_000, 20_000)
"""A band includes its upper end: the fare of 10,000 m is that of the first ten kilometres."""


def by_age(run: OptionRun, rows: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the trips made among ``rows`` by age band of the rider who books, int64 (6,), see AGE_BANDS."""
    return _counted(run, rows, run.requests.age_band, len(AGE_BANDS))


def by_place(study: Study, run: OptionRun, rows: NDArray[np.bool_], place: int) -> NDArray[np.int64]:
    """Return the trips made among ``rows`` by where they start: each town area of an option, other towns, the country.

    int64 (most town areas of any option + 2,); 0 for the areas that the option does not have.
    """
    region, origin, line = study.region, run.requests.origin, study.lines[place]
    zones = most_zones(study)
    zone = line.zone_of(run.requests.origin_point).astype(np.int64)
    start = np.where(zone >= 0, zone, np.where(region.area_type[origin] == 1, zones, zones + 1))
    return _counted(run, rows, start, zones + 2)


def most_zones(study: Study) -> int:
    """Return the number of town areas of the option that has most."""
    return max(len(line.names) for line in study.lines)


def by_distance(run: OptionRun, rows: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the trips made among ``rows`` by fare distance, int64 (4,), see DISTANCE_BANDS."""
    band = np.searchsorted(DISTANCE_EDGES_M, run.requests.fare_distance_m, side="left")
    return _counted(run, rows, band, len(DISTANCE_BANDS))


def _counted(run: OptionRun, rows: NDArray[np.bool_], band: NDArray[Any], bands: int) -> NDArray[np.int64]:
    made = rows & (run.outcome == Kind.DROPPED_OFF)
    return np.bincount(band[made], minlength=bands).astype(np.int64)
