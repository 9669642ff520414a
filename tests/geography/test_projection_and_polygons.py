"""Lengths and areas on the plane agree with the sphere and with the published areas."""

import numpy as np
import pytest

from sim.geography.land import land
from sim.geography.municipalities import movia_municipalities
from sim.geography.polygons import Grid, cells_inside, contains
from sim.geography.projection import to_degrees, to_metres


def test_projection_agrees_with_a_known_point() -> None:
    # On the central meridian the easting is 500,000 and the northing the scaled meridian arc:
    # 0.9996 x 6,208,067.6 m (GRS80 arc from the equator to 56 N, by the series of Snyder 1987, eq. 3-21).
    east, north = to_metres(56.0, 9.0)
    assert float(east) == pytest.approx(500_000, abs=1e-6)
    e2 = 1 / 298.257222101 * (2 - 1 / 298.257222101)
    phi = np.radians(56.0)
    arc = 6_378_137 * (
        (1 - e2 / 4 - 3 * e2**2 / 64 - 5 * e2**3 / 256) * phi
        - (3 * e2 / 8 + 3 * e2**2 / 32 + 45 * e2**3 / 1024) * np.sin(2 * phi)
        + (15 * e2**2 / 256 + 45 * e2**3 / 1024) * np.sin(4 * phi)
        - 35 * e2**3 / 3072 * np.sin(6 * phi)
    )
    assert float(north) == pytest.approx(0.9996 * arc, abs=0.01)


def test_projection_returns_where_it_came_from() -> None:
    lat, lon = np.array([54.6, 55.7, 56.1]), np.array([11.0, 12.5, 12.6])
    back = to_degrees(*to_metres(lat, lon))
    assert np.allclose(back[0], lat, atol=1e-8)
    assert np.allclose(back[1], lon, atol=1e-8)


@pytest.mark.parametrize("lon", [10.9, 11.7, 12.6])
def test_plane_lengths_are_within_three_per_mille_of_the_ellipsoid(lon: float) -> None:
    # One hundredth of a degree along the meridian at 55.5 N: M = a(1-e2)/(1-e2 sin2)^1.5.
    e2 = 0.00669438002290
    metres = np.radians(0.01) * 6_378_137 * (1 - e2) / (1 - e2 * np.sin(np.radians(55.505)) ** 2) ** 1.5
    (x0, y0), (x1, y1) = to_metres(55.5, lon), to_metres(55.51, lon)
    assert float(np.hypot(x1 - x0, y1 - y0)) == pytest.approx(metres, rel=3e-3)


def test_a_square_with_a_hole_fills_by_the_even_odd_rule() -> None:
    grid = Grid(0.0, 0.0, 5, 5, 1.0)
    outer = np.array([[0, 0], [5, 0], [5, 5], [0, 5], [0, 0]], float)
    hole = np.array([[2, 2], [3, 2], [3, 3], [2, 3], [2, 2]], float)
    inside = cells_inside([outer, hole], grid)
    assert inside.sum() == 24
    assert not inside[2, 2]
    assert contains([outer, hole], 1.5, 1.5)
    assert not contains([outer, hole], 2.5, 2.5)
    assert not contains([outer, hole], 6.0, 2.5)


@pytest.mark.parametrize("shift", [(0.0, 0.0), (-8.0, 3.0), (14.0, -6.0), (40.0, 40.0)])
def test_a_small_area_anywhere_on_the_grid_fills_the_cells_whose_centre_it_holds(shift: tuple[float, float]) -> None:
    # A star with a hole, in the grid, over its edges and off it; each centre asked by itself.
    grid = Grid(10.0, 5.0, 20, 30, 1.0)
    turns = np.linspace(0, 2 * np.pi, 12)
    radius = np.where(np.arange(12) % 2 == 0, 6.3, 2.9)
    radius[-1] = radius[0]
    star = np.stack([20.2 + radius * np.cos(turns), 14.1 + radius * np.sin(turns)], axis=1) + shift
    star[-1] = star[0]
    hole = np.array([[19, 13], [21.6, 13], [21.6, 15.4], [19, 15.4], [19, 13]], float) + shift
    asked = [
        [
            contains([star, hole], float(x), float(y))
            for x, y in zip(*grid.centre(np.full(30, row), np.arange(30)), strict=True)
        ]
        for row in range(20)
    ]
    assert np.array_equal(cells_inside([star, hole], grid), np.array(asked))


def test_land_cells_cover_each_municipality_as_its_published_area() -> None:
    cells = np.bincount(land().municipality, minlength=45) / 4
    for m in movia_municipalities():
        found = cells[land().municipality_codes.index(m.code)]
        assert found == pytest.approx(m.area_km2, abs=2.0, rel=0.02)
