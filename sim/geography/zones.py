"""Town zones: the names of a municipality's bytakst zones, matched to towns, or the user's own polygons."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.geography.municipalities import Municipality
from sim.geography.names import fold, unknown_name
from sim.geography.projection import to_metres
from sim.geography.records import Town, hamlets, towns
from tariffs.errors import About, InputError

APART_M = 6_000.0
"""Places named together in one zone may lie this far apart; farther ones become zones of their own."""

# Places that have grown into a town whose population holds them, and that the town tables do not name.
_PART_OF = {("0329", "benloese"): "Ringsted"}


@dataclass(frozen=True)
class Zone:
    """A bytakst zone: its name and the towns or hamlets that make it up."""

    name: str
    places: tuple[Town, ...]


def _named(municipality: Municipality, name: str) -> Town | None:
    wanted = re.sub(r"( byomraade| byzone| by)$", "", fold(name))
    wanted = fold(_PART_OF.get((municipality.code, wanted), wanted))
    own = [t for t in (*towns(), *hamlets()) if t.municipality_code == municipality.code and fold(t.name) == wanted]
    return max(own, key=lambda t: (t.counts, t.population or 0)) if own else None


def largest_town(municipality: Municipality) -> Town:
    """Return the municipality's town with the largest known population."""
    own = [t for t in towns() if t.municipality_code == municipality.code and t.population is not None]
    if not own:
        raise InputError(
            f"Ingen by med kendt folketal i {municipality.name} Kommune", next_step="nævn byområderne ved navn"
        )
    return max(own, key=lambda t: (t.counts, t.population or 0))


def _unknown(municipality: Municipality, name: str, zone: str) -> InputError:
    known = [t.name for t in (*towns(), *hamlets()) if t.municipality_code == municipality.code]
    return unknown_name(
        "Byområdet", name, known, f"{municipality.name} Kommune", "angiv byområdet som GeoJSON-fil, eller ret navnet",
        About("town_zones", (zone,)),
    )  # fmt: skip


def match_zones(municipality: Municipality, names: Sequence[str]) -> tuple[Zone, ...]:
    """Return the zones of these names; 'Ubby-Jerslev' is one zone of two places.

    Places joined by / or - that lie more than 6 km apart become a zone each. Raises InputError for a name that no
    town, village, suburb or hamlet of the municipality bears, with those that look like it.
    """
    zones: list[Zone] = []
    for name in names:
        whole = _named(municipality, name)
        if whole is not None:
            zones.append(Zone(name, (whole,)))
            continue
        parts = [part.strip() for part in re.split(r"[/\-–,+]| og ", name) if part.strip()]
        found = [_named(municipality, part) for part in parts]
        if len(parts) < 2 or None in found:
            missing = next((p for p, f in zip(parts, found, strict=True) if f is None), name)
            raise _unknown(municipality, missing, name)
        places = tuple(dict.fromkeys(f for f in found if f is not None))
        if _spread_m(places) <= APART_M:
            zones.append(Zone(name, places))
        else:
            zones.extend(Zone(place.name, (place,)) for place in places)
    taken: dict[Town, str] = {}
    for zone in zones:
        for place in zone.places:
            if place in taken:
                raise InputError(
                    f"{place.name} hører til to byområder: '{taken[place]}' og '{zone.name}'",
                    where=f"{municipality.name} Kommune",
                    why="en tur må ikke kunne ligge i to byområder",
                    next_step="nævn stedet én gang",
                    about=About("town_zones", (zone.name, taken[place])),
                )
            taken[place] = zone.name
    return tuple(zones)


def _spread_m(places: Sequence[Town]) -> float:
    x, y = to_metres([p.lat for p in places], [p.lon for p in places])
    return float(np.hypot(x[:, None] - x, y[:, None] - y).max())
