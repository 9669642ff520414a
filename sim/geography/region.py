"""A municipality's geography as the demand model and the dispatch see it: places, distances, driving times."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from sim.geography.municipalities import Municipality
from sim.geography.places import nearest
from sim.geography.projection import FloatArray


@dataclass(frozen=True, eq=False)
class Region:
    """K places, those inside the municipality first. Arrays are read-only and run over places unless said otherwise.

    Attributes
    ----------
    cell_id : int32, number of the 500-m land cell the place stands in (several small parishes may share one)
    lat, lon : float64, WGS84 degrees
    name : town, hospital or station, else the parish
    parish_code, municipality_code : codes as text
    inside : bool, in the municipality itself
    area_type : int8, 1 in a town or village, 0 in the country
    town : int16, number of the municipality's town that fills it (the largest is 0), or -1
    population, older : float64, persons in 2020, and those of 70 or more; inside they sum to the municipality's
    ages : float64 (K, 6), persons by age band (`records.BANDS`)
    visit_weight : float64, attraction by destinations and stations
    station : bool, with ``station_name`` ('' where none)
    area_m2 : float64, the area that the place stands for
    fare_distance_m : int32 (K, K), road distance in metres; on the diagonal the mean trip within the place
    drive_s : int32 (K, K), direct driving time in seconds, likewise
    unit_place, unit_cell, unit_share : int32, int32, float64 (units,), the places' land by cell, places in order: the place,
        the municipality's own cell (in the order of the land), and that cell's share of the place's people
    notes : tuple of Danish remarks on what was assumed for this municipality
    """

    municipality: Municipality
    year: int
    cell_id: npt.NDArray[np.int32]
    lat: FloatArray
    lon: FloatArray
    name: tuple[str, ...]
    parish_code: tuple[str, ...]
    municipality_code: tuple[str, ...]
    inside: npt.NDArray[np.bool_]
    area_type: npt.NDArray[np.int8]
    town: npt.NDArray[np.int16]
    population: FloatArray
    older: FloatArray
    ages: FloatArray
    visit_weight: FloatArray
    station: npt.NDArray[np.bool_]
    station_name: tuple[str, ...]
    area_m2: FloatArray
    fare_distance_m: npt.NDArray[np.int32]
    drive_s: npt.NDArray[np.int32]
    unit_place: npt.NDArray[np.int32]
    unit_cell: npt.NDArray[np.int32]
    unit_share: FloatArray
    notes: tuple[str, ...]

    def __len__(self) -> int:
        """Return the number of places."""
        return len(self.cell_id)

    @cached_property
    def unit_reach(self) -> FloatArray:
        """Where each unit ends on a line on which place number k fills k to k + 1: what `points_at` looks up."""
        cumulative = np.cumsum(self.unit_share)
        before = np.r_[0.0, cumulative][np.searchsorted(self.unit_place, self.unit_place)]
        reach: FloatArray = self.unit_place + np.minimum(1.0, cumulative - before)
        return reach

    def points_at(self, place: npt.NDArray[np.int32], uniform: FloatArray, points: int) -> npt.NDArray[np.int32]:
        """Return a point for each end by its place and a number in [0, 1): own cell times ``points`` plus the point in it.

        People are spread over a place as over its cells, evenly in each; -1 for an end outside the municipality.
        """
        wanted = place + uniform
        unit = np.minimum(np.searchsorted(self.unit_reach, wanted, side="right"), len(self.unit_place) - 1)
        reach = self.unit_reach[unit]
        width = np.maximum(self.unit_share[unit], 1e-300)
        within = np.clip((wanted - (reach - width)) / width, 0.0, 1.0)
        point = np.minimum((within * points).astype(np.int64), points - 1)
        found = self.unit_cell[unit].astype(np.int64) * points + point
        return np.where(self.inside[place], found, -1).astype(np.int32)

    def nearest_place(self, lat: float, lon: float, *, inside_only: bool = False) -> int:
        """Return the place nearest to a point as the crow flies."""
        count = int(self.inside.sum()) if inside_only else len(self)
        return nearest(lat, lon, self.lat[:count], self.lon[:count])[0]
