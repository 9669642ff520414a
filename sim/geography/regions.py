"""Regions made: from the cache where they are kept, computed where not."""

from sim.geography import cache
from sim.geography.attraction import VisitWeights
from sim.geography.build import Request, compute
from sim.geography.municipalities import find_municipality
from sim.geography.network import Ferries, RoadFactor, Speeds
from sim.geography.region import Region
from sim.geography.town_areas import TownDensity


def build_region(
    code: str,
    *,
    year: int,
    speeds: Speeds | None = None,
    weights: VisitWeights | None = None,
    road: RoadFactor | None = None,
    density: TownDensity | None = None,
    ferries: Ferries = "road_first",
    use_cache: bool = True,
) -> Region:
    """Return the geography of one municipality in a scenario year.

    It knows nothing of town lines: those are laid over it (`sim.geography.town_line`). Raises InputError for an unknown
    municipality. With the cache the answer is the same to the bit, only sooner.
    """
    request = Request(
        municipality=find_municipality(code),
        year=year,
        speeds=speeds or Speeds(),
        weights=weights or VisitWeights(),
        road=road or RoadFactor(),
        density=density or TownDensity(),
        ferries=ferries,
    )
    if use_cache:
        return cache.through(request, compute)
    return compute(request)
