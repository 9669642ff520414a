"""The outline of a group of square cells as rings: where a line that follows the cells runs."""

from collections import defaultdict
from collections.abc import Collection
from itertools import pairwise

Corner = tuple[int, int]
"""Column and row of a grid's corner; cell (row, column) has its south-west corner at (column, row)."""
LEFT, RIGHT = 1, -1


def outlines(cells: Collection[tuple[int, int]]) -> list[list[list[Corner]]]:
    """Return the polygons that cells (row, column) make up: of each the outer ring, then its holes, all closed.

    Cells that touch in a corner alone are polygons of their own. Outer rings run against the clock, holes with it.

    >>> outlines({(0, 0), (0, 1)})
    [[[(0, 0), (2, 0), (2, 1), (0, 1), (0, 0)]]]
    """
    rings = _rings(set(cells))
    outer = [[ring] for ring in rings if _twice_the_area(ring) > 0]
    for hole in (ring for ring in rings if _twice_the_area(ring) < 0):
        around = [polygon for polygon in outer if _holds(polygon[0], hole)]
        min(around, key=lambda polygon: _twice_the_area(polygon[0])).append(hole)
    return outer


def _rings(cells: set[tuple[int, int]]) -> list[list[Corner]]:
    """Follow the edges with the cells on the left."""
    following: dict[Corner, list[Corner]] = defaultdict(list)
    for row, column in sorted(cells):
        around = (
            ((row - 1, column), (column, row), (column + 1, row)),
            ((row, column + 1), (column + 1, row), (column + 1, row + 1)),
            ((row + 1, column), (column + 1, row + 1), (column, row + 1)),
            ((row, column - 1), (column, row + 1), (column, row)),
        )
        for beside, start, end in around:
            if beside not in cells:
                following[start].append(end)
    rings = []
    while following:
        start = min(following)
        ring = [start]
        here, there = start, _taken(following, start, following[start][0])
        while there != start:
            if _turn(here, there, following[there][0]) or len(following[there]) > 1:
                ring.append(there)
            # Where two cells touch in a corner the way turns to the left, so that it stays with the cell it came along.
            ways = following[there]
            left = max(ways, key=lambda way: _turn(here, there, way))
            here, there = there, _taken(following, there, left)
        rings += _simple([*ring, start])
    return rings


def _simple(ring: list[Corner]) -> list[list[Corner]]:
    """Cut a ring that touches itself into rings that do not."""
    rings, way = [], list[Corner]()
    for corner in ring:
        if corner in way:
            at = way.index(corner)
            rings.append([*way[at:], corner])
            del way[at:]
        way.append(corner)
    return rings


def _taken(following: dict[Corner, list[Corner]], start: Corner, end: Corner) -> Corner:
    following[start].remove(end)
    if not following[start]:
        del following[start]
    return end


def _turn(before: Corner, here: Corner, after: Corner) -> int:
    """Say whether the way turns left (1), right (-1) or neither (0)."""
    one, two = (here[0] - before[0], here[1] - before[1]), (after[0] - here[0], after[1] - here[1])
    cross = one[0] * two[1] - one[1] * two[0]
    return (cross > 0) * LEFT + (cross < 0) * RIGHT


def _twice_the_area(ring: list[Corner]) -> int:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))


def _holds(ring: list[Corner], hole: list[Corner]) -> bool:
    """Say whether a ring goes round a hole, looked at from the middle of the cell beside the hole's first edge."""
    (x1, y1), (x2, y2) = hole[:2]
    length = max(abs(x2 - x1), abs(y2 - y1))
    step = ((x2 - x1) / length / 2, (y2 - y1) / length / 2)
    x, y = x1 + step[0] - step[1], y1 + step[1] + step[0]
    inside = False
    for (ax, ay), (_, by) in pairwise(ring):
        if (ay > y) != (by > y) and ax > x:
            inside = not inside
    return inside
