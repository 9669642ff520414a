"""Trip ends as zones: the places of the model's own map, coarse enough not to be an address.

A town is cut into cells of 500 m, the country into blocks of a kilometre or more, and other municipalities into their towns.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from sim.geography.land import land
from sim.geography.names import fold
from sim.geography.projection import to_metres
from sim.geography.records import destinations, hamlets, parishes, stations, towns
from sim.geography.region import Region
from sim.geography.regions import build_region

MAP_YEAR = 2020
"""The year whose map the zones are drawn on, whatever year the trips are from, so that zones keep their names."""

IN_THE_WATER_M = 1_500.0
TOO_FAR_M = 15_000.0
"""A point in another municipality farther than this from any place of the map is refused."""
KINDS = ("by", "sogn", "station", "lokalitet", "sygehus")
"""What a name is looked for as, in this order."""

Places = NDArray[np.int64]
Floats = NDArray[np.float64]
UNKNOWN, AMBIGUOUS, TOO_FAR, IN_THE_WATER = -1, -2, -3, -4
WHY = {
    TOO_FAR: "et sted i kommunen eller inden for ca. 40 km af den",
    IN_THE_WATER: "et punkt på land i Movias område (breddegrad omkring 55, længdegrad omkring 12)",
}
"""What was expected of a point, by the number that stands in place of a zone."""


@dataclass(frozen=True, eq=False)
class ZoneMap:
    """The zones of one municipality's region; a zone's number is its place in the region."""

    region: Region

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Each zone's name: the municipality and the land cell of its place."""
        seen: dict[str, int] = {}
        names = []
        for code, cell in zip(self.region.municipality_code, self.region.cell_id.tolist(), strict=True):
            name = f"{code}-{cell}"
            seen[name] = seen.get(name, 0) + 1
            names.append(name if seen[name] == 1 else f"{name}-{seen[name]}")
        return tuple(names)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {name: number for number, name in enumerate(self.ids)}

    def by_id(self, names: Iterable[str]) -> Places:
        """Return each zone's number, UNKNOWN for a name that is none."""
        return np.array([self._numbers.get(name, UNKNOWN) for name in names], dtype=np.int64)

    def by_point(self, lat: Floats, lon: Floats) -> Places:
        """Return the zone of each point; the municipality of the land it lies on decides on which side of the border."""
        from scipy.spatial import cKDTree

        country = land()
        points = np.stack(to_metres(lat, lon), axis=1)
        off, cell = cKDTree(np.stack(country.centres(), axis=1)).query(points)
        own = country.municipality_codes.index(self.region.municipality.code)
        inside = country.municipality[cell] == own
        zones = np.full(len(lat), IN_THE_WATER, dtype=np.int64)
        places = np.stack(to_metres(self.region.lat, self.region.lon), axis=1)
        for chosen, among in ((inside, self.region.inside), (~inside, ~self.region.inside)):
            if not chosen.any() or not among.any():
                continue
            away, nearest = cKDTree(places[among]).query(points[chosen])
            found = np.flatnonzero(among)[nearest]
            zones[chosen] = np.where((away > TOO_FAR_M) & ~self.region.inside[found], TOO_FAR, found)
        zones[off > IN_THE_WATER_M] = IN_THE_WATER
        return zones

    def by_name(self, text: str) -> Places:
        """Return the zones that a name may stand for, or one negative number saying why there are none.

        A town or parish of the municipality is all its zones.
        """
        key, wants = _key(text)
        code = self.region.municipality.code
        own = {self.region.name[n] for n in np.flatnonzero(self.region.inside)}
        named = [one for one in _by_key().get(key, ()) if not wants or one.kind == wants]
        for in_municipality in (True, False):
            for kind in KINDS:
                hits = [one for one in named if one.kind == kind and (one.municipality_code == code) == in_municipality]
                if not hits:
                    continue
                if in_municipality and kind == "by" and hits[0].name in own:
                    return self._inside(np.array([n == hits[0].name for n in self.region.name]))
                if in_municipality and kind == "sogn":
                    members = self._inside(
                        np.array([c in {hit.parish for hit in hits} for c in self.region.parish_code])
                    )
                    if len(hits) == 1 and len(members):
                        return members
                found = np.unique(
                    self.by_point(np.array([hit.lat for hit in hits]), np.array([hit.lon for hit in hits]))
                )
                near = found[found >= 0]
                if in_municipality or len(near):
                    return near if len(near) == 1 else np.array([AMBIGUOUS if len(near) else found[0]])
                return np.array([TOO_FAR])
        return np.array([UNKNOWN])

    def _inside(self, members: NDArray[np.bool_]) -> Places:
        return np.flatnonzero(members & self.region.inside).astype(np.int64)

    def metres(self, some: Places, more: Places) -> Floats:
        """Return the distance as the crow flies from each of some zones to each of others."""
        x, y = to_metres(self.region.lat, self.region.lon)
        away: Floats = np.hypot(x[some][:, None] - x[more], y[some][:, None] - y[more])
        return away

    def spread(self, zones: Places, uniform: Floats) -> Places:
        """Return one of a name's zones for each number in [0, 1), where many people live more often."""
        people = self.region.population[zones] + 1e-9
        return zones[np.searchsorted(np.cumsum(people)[:-1] / people.sum(), uniform, side="right")]


def zone_map(code: str) -> ZoneMap:
    """Return the zones of a municipality."""
    return ZoneMap(build_region(code, year=MAP_YEAR))


@dataclass(frozen=True)
class _Named:
    """A place of the reference data by name; ``parish`` is a parish's own code."""

    kind: str
    name: str
    municipality_code: str
    lat: float
    lon: float
    parish: str = ""


@cache
def _by_key() -> dict[str, tuple[_Named, ...]]:
    """Return the places of the reference data by their names as they are compared."""
    named = [
        *(_Named("by", t.name, t.municipality_code, t.lat, t.lon) for t in towns()),
        *(_Named("sogn", p.name, p.municipality_code, p.lat, p.lon, p.code) for p in parishes()),
        *(_Named("station", s.name, s.municipality_code, s.lat, s.lon) for s in stations()),
        *(_Named("lokalitet", h.name, h.municipality_code, h.lat, h.lon) for h in hamlets()),
        *(
            _Named("sygehus", d.name, d.municipality_code, d.lat, d.lon)
            for d in destinations()
            if d.category == "region_hospital"
        ),
    ]
    found: dict[str, list[_Named]] = {}
    for one in named:
        found.setdefault(_key(one.name)[0], []).append(one)
    return {key: tuple(places) for key, places in found.items()}


def place_names() -> tuple[str, ...]:
    """Return the names of towns and parishes, as a text may have been meant."""
    return tuple(dict.fromkeys([*(t.name for t in towns()), *(p.name for p in parishes())]))


def _key(name: str) -> tuple[str, str]:
    """Return a name as it is compared, and the kind of place that its last word asks for ('' for any)."""
    words = fold(name).split()
    for suffix, kind in (("sogn", "sogn"), ("station", "station"), ("st", "station"), ("by", "by")):
        if len(words) > 1 and words[-1] == suffix:
            return " ".join(words[:-1]), kind
    return " ".join(words), ""
