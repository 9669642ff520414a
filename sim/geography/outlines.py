"""Outlines that cross themselves or cover ground twice, made valid, and what that did to their ground."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from sim.geography.projection import to_metres
from sim.geography.zone_files.reading import valid_polygons

Rings = Sequence[Sequence[Sequence[float]]]
LEAST_TOLD_M2 = 1.0


def mended(name: str, polygons: Sequence[Rings]) -> tuple[list[Any], str | None]:
    """Return an area's polygons in degrees made valid, and in Danish what that did to its ground; None where nothing changed.

    The rule is that of `sim.geography.zone_files.outlines.made_valid`.
    """
    import shapely

    shapes = [shapely.Polygon(rings[0], rings[1:]) for rings in polygons]
    if shapely.MultiPolygon(shapes).is_valid:
        return list(polygons), None
    made = valid_polygons(polygons, name)
    if not made:
        return list(polygons), None  # a line without ground: told as too small where it is used
    before, after = (sum(_square_metres(rings) for rings in some) for some in (polygons, made))
    if abs(before - after) < LEAST_TOLD_M2:
        return made, None
    return made, (
        f"Omridset af '{name}' krydser sig selv eller dækker noget to gange og er rettet: {_km2(before)} km² før,"
        f" {_km2(after)} km² efter."
    )


def _square_metres(rings: Rings) -> float:
    """Return a polygon's ground: its outer ring's less those of its holes."""
    outer, *holes = (_ring_m2(ring) for ring in rings)
    return outer - sum(holes)


def _ring_m2(ring: Sequence[Sequence[float]]) -> float:
    points = np.asarray(ring, np.float64)
    east, north = to_metres(points[:, 1], points[:, 0])
    east, north = east - east[0], north - north[0]
    return abs(float(east[:-1] @ north[1:] - east[1:] @ north[:-1])) / 2


def _km2(square_metres: float) -> str:
    return f"{square_metres / 1e6:.3f}".replace(".", ",")
