"""Who makes the trips that an option touches: by age, by where they start and by how far they go, before and after."""

from collections.abc import Sequence

from sim.answer.records.option import AffectedRiders, Band
from sim.riders.demand.requests import AGE_BANDS
from sim.study.replicated.figures import Spread, figure
from sim.study.replicated.measures import RIDER_KEYS
from sim.study.replicated.reader import Reader
from sim.study.replicated.rider_bands import DISTANCE_BANDS, most_zones
from sim.study.study import Study

OTHER_TOWNS, COUNTRY = "other_towns", "country"


def affected_riders(study: Study, read: Reader, place: int) -> AffectedRiders:
    """Return the riders of the trips that an option touches, as published."""
    own = study.lines[place].names
    towns = [*own, *[None] * (most_zones(study) - len(own)), OTHER_TOWNS, COUNTRY]

    def bands(name: str, ids: Sequence[str | None]) -> tuple[Band, ...]:
        return tuple(
            _band(band, read(name, place, 0, n), read(name, place, 1, n))
            for n, band in enumerate(ids)
            if band is not None
        )

    return AffectedRiders(
        **{key: figure(read("riders", place, n), at_least=0.0).shown for n, key in enumerate(RIDER_KEYS)},
        by_age=bands("riders_by_age", AGE_BANDS),
        by_place=bands("riders_by_place", towns),
        by_distance=bands("riders_by_distance", DISTANCE_BANDS),
    )


def _band(band: str, before: Spread, after: Spread) -> Band:
    return Band(
        band,
        figure(before, at_least=0.0).shown,
        figure(after, at_least=0.0).shown,
        figure(after - before).shown,
    )
