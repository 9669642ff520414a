"""Trip ends as zones: the places of the model's own map, coarse enough not to be an address.

A town is cut into cells of 500 m, the country into blocks of a kilometre or more, and other municipalities into their towns.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.geography.land import land
from sim.geography.names import fold
from sim.geography.projection import to_metres
from sim.geography.records import hamlets, parishes, stations, towns
from sim.geography.region import Region, build_region

MAP_YEAR = 2020
"""The year whose map the zones are drawn on, whatever year the trips are from, so that zones keep their names."""

IN_THE_WATER_M = 1_500.0
TOO_FAR_M = 15_000.0
"""A point in another municipality farther than this from any place of the map is refused."""

Places = NDArray[np.int64]
Floats = NDArray[np.float64]
UNKNOWN, AMBIGUOUS, TOO_FAR, IN_THE_WATER = -1, -2, -3, -4
WHY = {
    UNKNOWN: "navnet på en by, et sogn, en station eller en lokalitet",
    AMBIGUOUS: "et navn, som kun ét sted i området har (skriv '… Sogn' eller brug bredde- og længdegrad)",
    TOO_FAR: "et sted i kommunen eller inden for ca. 40 km af den",
    IN_THE_WATER: "et punkt på land i Movias område (breddegrad omkring 55, længdegrad omkring 12)",
}
"""What was expected, by the number that stands in place of a zone."""


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

        A town or parish of the municipality is all its zones. Of an address, only the town after the postcode is read.
        """
        name = _without_address(text)
        code = self.region.municipality.code
        key, wants = _key(name)
        own = {self.region.name[n] for n in np.flatnonzero(self.region.inside)}
        kinds = (
            ("by", [(t.name, t.municipality_code, t.lat, t.lon) for t in towns()]),
            ("sogn", [(p.name, p.municipality_code, p.lat, p.lon) for p in parishes()]),
            ("station", [(s.name, s.municipality_code, s.lat, s.lon) for s in stations()]),
            ("lokalitet", [(h.name, h.municipality_code, h.lat, h.lon) for h in hamlets()]),
        )
        for mine in (True, False):
            for kind, records in kinds:
                if wants and kind != wants:
                    continue
                hits = [r for r in records if (r[1] == code) == mine and _key(r[0])[0] == key]
                if not hits:
                    continue
                if mine and kind == "by" and hits[0][0] in own:
                    return self._inside(np.array([n == hits[0][0] for n in self.region.name]))
                if mine and kind == "sogn":
                    parish = {p.code for p in parishes() if p.municipality_code == code and _key(p.name)[0] == key}
                    members = self._inside(np.array([c in parish for c in self.region.parish_code]))
                    if len(parish) == 1 and len(members):
                        return members
                lat, lon = (np.array([hit[n] for hit in hits], dtype=np.float64) for n in (2, 3))
                found = np.unique(self.by_point(lat, lon))
                near = found[found >= 0]
                if mine or len(near):
                    return near if len(near) == 1 else np.array([AMBIGUOUS if len(near) else found[0]])
                return np.array([TOO_FAR])
        return np.array([UNKNOWN])

    def _inside(self, members: NDArray[np.bool_]) -> Places:
        return np.flatnonzero(members & self.region.inside).astype(np.int64)

    def spread(self, zones: Places, uniform: Floats) -> Places:
        """Return one of a name's zones for each number in [0, 1), where many people live more often."""
        people = self.region.population[zones] + 1e-9
        return zones[np.searchsorted(np.cumsum(people)[:-1] / people.sum(), uniform, side="right")]


def zone_map(code: str) -> ZoneMap:
    """Return the zones of a municipality."""
    return ZoneMap(build_region(code, year=MAP_YEAR))


def _without_address(text: str) -> str:
    """Return the town of 'Street 12, 4300 Town'; any other text as it is."""
    found = re.search(r"(?:^|[ ,])[0-9]{4} +([^0-9,]+)$", text)
    return found[1] if found else text


def _key(name: str) -> tuple[str, str]:
    """Return a name as it is compared, and the kind of place that its last word asks for ('' for any)."""
    words = fold(name).split()
    for suffix, kind in (("sogn", "sogn"), ("station", "station"), ("st", "station"), ("by", "by")):
        if len(words) > 1 and words[-1] == suffix:
            return " ".join(words[:-1]), kind
    return " ".join(words), ""
