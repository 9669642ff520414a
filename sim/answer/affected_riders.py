"""Who makes the trips that an option touches: by age, by where they start and by how far they go, before and after."""

from sim.riders.demand.requests import AGE_BANDS
from sim.study.replicated.figures import Json, Spread, figure
from sim.study.replicated.measures import RIDER_KEYS
from sim.study.replicated.reader import Reader
from sim.study.replicated.rider_bands import DISTANCE_BANDS, most_zones
from sim.study.study import Study

OTHER_TOWNS, COUNTRY = "other_towns", "country"


def affected_riders(study: Study, read: Reader, place: int) -> Json:
    """Return the riders of the trips that an option touches, as published."""
    own = study.lines[place].names
    names = [*own, *[None] * (most_zones(study) - len(own)), OTHER_TOWNS, COUNTRY]
    groups = (
        ("by_age", "riders_by_age", list(AGE_BANDS)),
        ("by_place", "riders_by_place", names),
        ("by_distance", "riders_by_distance", list(DISTANCE_BANDS)),
    )
    shown: Json = {key: figure(read("riders", place, n), at_least=0.0).json() for n, key in enumerate(RIDER_KEYS)}
    for key, name, bands in groups:
        shown[key] = [
            _band(band, read(name, place, 0, n), read(name, place, 1, n))
            for n, band in enumerate(bands)
            if band is not None
        ]
    return shown


def _band(band: str, before: Spread, after: Spread) -> Json:
    return {
        "id": band,
        "trips": figure(before, at_least=0.0).json(),
        "trips_after": figure(after, at_least=0.0).json(),
        "trips_change": figure(after - before).json(),
    }
