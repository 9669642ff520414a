"""How many visits a place draws: weights by what lies there."""

import math
from dataclasses import asdict, dataclass

import numpy as np

from sim.geography.projection import FloatArray, to_metres
from sim.geography.records import destinations, stations
from tariffs.errors import InputError


@dataclass(frozen=True)
class VisitWeights:
    """Relative visits of one destination of each category (our judgement; only their proportions matter).

    ``region_hospital`` are the public hospitals' own table; ``hospital`` are the map's points for wards and clinics.
    """

    care: float = 3.0
    health: float = 4.0
    hospital: float = 4.0
    pharmacy: float = 2.0
    library: float = 2.0
    culture: float = 1.5
    townhall: float = 3.0
    education: float = 1.0
    sport: float = 1.0
    supermarket: float = 2.0
    mall: float = 5.0
    region_hospital: float = 40.0
    station: float = 3.0

    def __post_init__(self) -> None:
        for name, value in asdict(self).items():
            if not math.isfinite(value) or value < 0:
                raise InputError(
                    f"Vægten {name} = {value} kan ikke bruges",
                    where="VisitWeights",
                    next_step="brug et tal fra 0 og op",
                )


FAR_M = 3_000.0


def visit_weights(
    code: str, weights: VisitWeights, lat: FloatArray, lon: FloatArray, codes: tuple[str, ...]
) -> tuple[FloatArray, tuple[str, ...]]:
    """Return each place's attraction, and its station's name ('' where there is none).

    A destination in municipality ``code`` goes to the nearest place there; one elsewhere to the nearest place within
    3 km in its own municipality, or nowhere. The same holds for stations, inside within 1.5 km.
    """
    per_category = asdict(weights)
    drawn = np.zeros(len(lat))
    names = [""] * len(lat)
    east, north = to_metres(lat, lon)
    of_code = np.array(codes)

    def place(where: str, at_lat: float, at_lon: float, limit: float) -> int | None:
        candidates = np.nonzero(of_code == where)[0]
        if len(candidates) == 0:
            return None
        x, y = to_metres(at_lat, at_lon)
        away = np.hypot(east[candidates] - float(x), north[candidates] - float(y))
        best = int(np.argmin(away))
        return int(candidates[best]) if away[best] <= limit else None

    for target in destinations():
        limit = math.inf if target.municipality_code == code else FAR_M
        at = place(target.municipality_code, target.lat, target.lon, limit)
        if at is not None:
            drawn[at] += per_category[target.category]
    rail_first = sorted(stations(), key=lambda s: (s.kind == "bus_station", "intercity" not in s.kind))
    for stop in rail_first:
        at = place(stop.municipality_code, stop.lat, stop.lon, FAR_M / 2)
        if at is not None:
            if not names[at]:
                drawn[at] += per_category["station"]
            names[at] = names[at] or stop.name
    return drawn, tuple(names)
