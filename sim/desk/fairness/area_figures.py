"""What is to be known of drawn town areas when they are handed on: who lives there, and a list's trips from and to them."""

from typing import Any

import numpy as np

from sim.desk.fairness.line import cell_people, sides
from sim.geography.land import land
from sim.geography.municipalities import Municipality
from sim.geography.polygons import contains
from sim.geography.projection import to_metres
from sim.geography.town_areas import TownDensity
from sim.geography.town_line import homes_of
from sim.geography.user_areas import UserAreas


def with_figures(user: UserAreas, municipality: Municipality, listed: Any | None) -> list[dict[str, Any]]:
    """Return the areas' features with ``persons`` and, with a list, its trips among their properties."""
    counted = [{}] * len(user.areas) if listed is None else trips(user, listed)
    known = zip(user.features, persons(user, municipality), counted, strict=True)
    return [{**one, "properties": {**one["properties"], "persons": people, **own}} for one, people, own in known]


def persons(user: UserAreas, municipality: Municipality) -> list[int]:
    """Return how many live in each area, as the page on the town line counts them; ground of two areas is the first's."""
    homes = homes_of(municipality, TownDensity())
    people = cell_people(homes, np.full(len(homes.own), -1, np.int8))
    inside = sides(people, len(user.areas), 0, land().grid, user.areas).inside
    return [round(one.everyone.estimate) for one in inside]


def trips(user: UserAreas, listed: Any) -> list[dict[str, int]]:
    """Return each area's trips in an imported list: from it, to it and inside it, by the points of the list's zones."""
    ends = {}
    for end in ("from", "to"):
        lat, lon = (listed[f"{end}_{name}"].to_numpy() for name in ("lat", "lon"))
        points, place = np.unique(np.stack([lat, lon], axis=1), axis=0, return_inverse=True)
        east, north = to_metres(points[:, 0], points[:, 1])
        ends[end] = [
            np.array([contains(area.rings, *point) for point in zip(east, north, strict=True)], bool)[place.reshape(-1)]
            for area in user.areas
        ]
    return [
        {
            "trips_from": int(begins.sum()),
            "trips_to": int(finishes.sum()),
            "trips_within": int((begins & finishes).sum()),
        }
        for begins, finishes in zip(ends["from"], ends["to"], strict=True)
    ]
