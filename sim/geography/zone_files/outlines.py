"""Outlines that cross themselves or cover ground twice, made valid by one rule; run in a process with limits."""

from collections.abc import Sequence
from typing import Any


def made_valid(polygons: Sequence[Any]) -> list[Any]:
    """Return the polygons of one area, each a list of rings, as polygons that are valid and share no ground.

    Of one polygon's lines, ground inside an odd number of them belongs to it: a loop keeps both its halves. The polygons
    are then joined, so that ground which several cover is there once.
    """
    import shapely

    shapes = [shapely.Polygon(rings[0], rings[1:]) for rings in polygons]
    whole = shapely.union_all([shapely.make_valid(shape, method="linework") for shape in shapes])
    parts = [part for piece in shapely.get_parts(whole) for part in shapely.get_parts(piece)]
    return [
        [[list(point) for point in ring.coords] for ring in (part.exterior, *part.interiors)]
        for part in parts
        if part.geom_type == "Polygon"
    ]
