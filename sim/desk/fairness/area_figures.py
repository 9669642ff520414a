"""What is to be known of drawn town areas when they are handed on: who lives there, and a list's trips from and to them."""

from typing import Any

import numpy as np

from sim.geography.land import land
from sim.geography.municipalities import Municipality
from sim.geography.polygons import contains
from sim.geography.projection import to_metres
from sim.geography.town_areas import TownDensity
from sim.geography.town_line import map_towns
from sim.geography.user_areas import UserAreas, points_inside


def persons(user: UserAreas, municipality: Municipality) -> list[int]:
    """Return how many live in each area: persons of 500-m cells by the share of the cell's 16 points that the area holds."""
    homes = map_towns(municipality, TownDensity(), (), None).homes
    everyone = np.bincount(homes.cell, weights=homes.persons, minlength=len(homes.own))
    return [round(float(points_inside(area, land())[homes.own].mean(axis=1) @ everyone)) for area in user.areas]


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
