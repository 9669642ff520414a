"""A municipality's geography as the demand model and the dispatch see it: places, distances, driving times."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sim.geography.attraction import VisitWeights
from sim.geography.municipalities import Municipality, find_municipality
from sim.geography.network import Ferries, RoadFactor, Speeds
from sim.geography.places import nearest
from sim.geography.projection import FloatArray
from sim.geography.town_areas import TownDensity


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
    zone : int8, number in ``zone_names`` of the town zone it lies in, or -1
    population, older : float64, persons in 2020, and those of 70 or more; inside they sum to the municipality's
    ages : float64 (K, 6), persons by age band (`records.BANDS`)
    visit_weight : float64, attraction by destinations and stations
    station : bool, with ``station_name`` ('' where none)
    area_m2 : float64, the area that the place stands for
    fare_distance_m : int32 (K, K), road distance in metres; on the diagonal the mean trip within the place
    drive_s : int32 (K, K), direct driving time in seconds, likewise
    zone_names, zone_source : the town zones, and in Danish where their extent comes from
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
    zone: npt.NDArray[np.int8]
    population: FloatArray
    older: FloatArray
    ages: FloatArray
    visit_weight: FloatArray
    station: npt.NDArray[np.bool_]
    station_name: tuple[str, ...]
    area_m2: FloatArray
    fare_distance_m: npt.NDArray[np.int32]
    drive_s: npt.NDArray[np.int32]
    zone_names: tuple[str, ...]
    zone_source: str
    notes: tuple[str, ...]

    def __len__(self) -> int:
        """Return the number of places."""
        return len(self.cell_id)

    def nearest_place(self, lat: float, lon: float, *, inside_only: bool = False) -> int:
        """Return the place nearest to a point as the crow flies."""
        count = int(self.inside.sum()) if inside_only else len(self)
        return nearest(lat, lon, self.lat[:count], self.lon[:count])[0]


def build_region(
    code: str,
    *,
    year: int,
    town_zones: Sequence[str] | None = None,
    town_areas_file: Path | None = None,
    speeds: Speeds | None = None,
    weights: VisitWeights | None = None,
    road: RoadFactor | None = None,
    density: TownDensity | None = None,
    ferries: Ferries = "road_first",
    use_cache: bool = True,
) -> Region:
    """Return the geography of one municipality in a scenario year.

    ``town_zones`` are names of bytakst zones ('Holbæk', 'Ubby-Jerslev'); None means the largest town, an
    empty list no zone at all. Zones of
    ``town_areas_file`` (GeoJSON) take the place of both. Raises InputError for an unknown municipality or zone, and
    DataError for a file that cannot be used. With the cache the answer is the same to the bit, only sooner.
    """
    from sim.geography import cache
    from sim.geography.build import Request, compute
    from sim.geography.user_areas import read_user_areas

    request = Request(
        municipality=find_municipality(code),
        year=year,
        town_zones=None if town_zones is None else tuple(town_zones),
        user_areas=None if town_areas_file is None else read_user_areas(town_areas_file),
        speeds=speeds or Speeds(),
        weights=weights or VisitWeights(),
        road=road or RoadFactor(),
        density=density or TownDensity(),
        ferries=ferries,
    )
    if use_cache:
        return cache.through(request, compute)
    return compute(request)
