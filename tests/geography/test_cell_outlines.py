"""The rings around cells hold exactly those cells, and never touch themselves."""

import random

import shapely

from sim.geography.cell_outlines import outlines


def test_a_hole_follows_its_outer_ring() -> None:
    ring = {(row, column) for row in range(3) for column in range(3)} - {(1, 1)}
    assert outlines(ring) == [
        [[(0, 0), (3, 0), (3, 3), (0, 3), (0, 0)], [(1, 1), (1, 2), (2, 2), (2, 1), (1, 1)]],
    ]


def test_cells_that_touch_in_a_corner_alone_are_two_polygons() -> None:
    assert len(outlines({(0, 0), (1, 1)})) == 2


def test_a_ring_that_closes_on_its_own_corner_has_a_hole_there() -> None:
    bent = {(0, 0), (0, 1), (0, 2), (1, 0), (2, 0), (2, 1), (1, 2)}
    (polygon,) = outlines(bent)
    assert len(polygon) == 2
    assert shapely.Polygon(polygon[0], polygon[1:]).is_valid


def test_the_polygons_of_any_cells_cover_them_and_nothing_else() -> None:
    chance = random.Random(1)
    for _ in range(60):
        cells = {(chance.randrange(8), chance.randrange(8)) for _ in range(chance.randrange(1, 50))}
        polygons = [shapely.Polygon(rings[0], rings[1:]) for rings in outlines(cells)]
        squares = shapely.union_all([shapely.box(column, row, column + 1, row + 1) for row, column in cells])
        assert all(polygon.is_valid for polygon in polygons)
        assert sum(polygon.area for polygon in polygons) == len(cells)
        assert squares.symmetric_difference(shapely.union_all(polygons)).area < 1e-9
