"""Borders made simple enough to draw: neighbours share every border they had, with fewer points along it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np

from sim.geography.polygons import Area, reference_areas
from sim.geography.projection import FloatArray

Point = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Shape:
    """A named area: its rings in UTM metres, each closed."""

    code: str
    name: str
    rings: tuple[FloatArray, ...]


@cache
def municipality_shapes(tolerance_m: float) -> tuple[Shape, ...]:
    """Return Movia's 45 municipalities, by code."""
    return tuple(
        sorted(simplified(reference_areas("municipalities.geojson"), tolerance_m), key=lambda shape: shape.code)
    )


@cache
def parish_shapes(municipality: str, tolerance_m: float) -> tuple[Shape, ...]:
    """Return the parishes of a municipality."""
    areas = reference_areas("parishes.geojson")
    own = [area for area in areas if area.properties["municipality_code"] == municipality]
    return simplified(own, tolerance_m)


def simplified(areas: Sequence[Area], tolerance_m: float) -> tuple[Shape, ...]:
    """Return the areas with borders that lie within ``tolerance_m`` of the old ones.

    Rings are cut where three borders or a border and a coast meet; the stretch between two such points is made simple once,
    whichever side it is seen from. Islands smaller than the tolerance squared are left out.
    """
    beside: dict[Point, set[Point]] = defaultdict(set)
    outlines = [[_points(ring) for ring in area.rings] for area in areas]
    for outline in outlines:
        for ring in outline:
            for here, there in pairwise(ring):
                beside[here].add(there)
                beside[there].add(here)
    corners = {point for point, near in beside.items() if len(near) > 2}
    shapes = []
    for area, outline in zip(areas, outlines, strict=True):
        rings = [np.array(_simple_ring(ring, corners, tolerance_m)) for ring in outline]
        kept = [ring for ring in rings if len(ring) >= 4 and abs(surface_m2(ring)) > tolerance_m**2]
        kept = kept or [np.array(max(outline, key=len))]
        shapes.append(Shape(area.properties["code"], area.properties["name"], tuple(kept)))
    return tuple(shapes)


def surface_m2(ring: FloatArray) -> float:
    """Return the area of a closed ring, below zero when it runs clockwise."""
    x, y = ring.T
    return float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum() / 2)


def _points(ring: FloatArray) -> list[Point]:
    return [(float(x), float(y)) for x, y in ring]


def _simple_ring(ring: list[Point], corners: set[Point], tolerance_m: float) -> list[Point]:
    """Return a closed ring made of its simple stretches."""
    around = ring[:-1]
    cuts = [n for n, point in enumerate(around) if point in corners]
    if not cuts:  # an island: cut at its two ends
        first = around.index(min(around))
        cuts = sorted({first, around.index(max(around))})
    simple: list[Point] = []
    for here, there in zip(cuts, [*cuts[1:], cuts[0] + len(around)], strict=True):
        stretch = tuple((around + around + around[:1])[here : there + 1])
        backwards = stretch[::-1] < stretch
        kept = _simple(np.array(stretch[::-1] if backwards else stretch), tolerance_m)
        simple += (kept[::-1] if backwards else kept)[:-1]
    return [*simple, simple[0]]


def _simple(stretch: FloatArray, tolerance_m: float) -> list[Point]:
    """Return the points of a stretch that are needed to stay within the tolerance (Douglas and Peucker), both ends among them."""
    needed = {0, len(stretch) - 1}
    open_ones = [(0, len(stretch) - 1)]
    while open_ones:
        first, last = open_ones.pop()
        if last - first < 2:
            continue
        way, between = stretch[last] - stretch[first], stretch[first + 1 : last] - stretch[first]
        length = float(np.hypot(*way))
        if length:
            along = np.clip(between @ way / length**2, 0.0, 1.0)
            between = between - along[:, None] * way
        away = np.hypot(between[:, 0], between[:, 1])
        farthest = int(away.argmax())
        if away[farthest] > tolerance_m:
            middle = first + 1 + farthest
            needed.add(middle)
            open_ones += [(first, middle), (middle, last)]
    return _points(stretch[sorted(needed)])
