"""Who lives beside a town line, on a land of a few 500-m cells that can be counted by hand."""

import numpy as np
import pytest

from sim.desk.fairness.line import CellPeople, sides
from sim.geography.polygons import Area, Grid

GRID = Grid(690_000.0, 6_170_000.0, 8, 8, 500.0)


def row_of_cells(persons: list[float], zone: list[int]) -> CellPeople:
    """Cells in one row of the grid, from the left; a tenth of the persons is 70 or older."""
    count = len(persons)
    everyone = np.array(persons)
    return CellPeople(
        np.full(count, 4, np.int32), np.arange(count, dtype=np.int32), everyone, everyone / 10, np.array(zone, np.int8)
    )


def square(left: float, right: float) -> Area:
    """The user's own area over the whole height of row 4, between two distances from the grid's left edge."""
    west, east = GRID.east + left, GRID.east + right
    low, high = GRID.north + 2000.0, GRID.north + 2500.0
    ring = np.array([[west, low], [east, low], [east, high], [west, high], [west, low]])
    return Area({"name": "Byen"}, (ring,))


def test_within_300_m_lives_three_fifths_of_the_cell_beside_the_line() -> None:
    # town | 200 persons | 100 persons; 300 m of 500 m is 0.6, and the next cell begins 500 m away.
    found = sides(row_of_cells([1000.0, 200.0, 100.0], [0, -1, -1]), 1, 300, GRID)
    near = found.near[0].everyone
    assert near.estimate == pytest.approx(0.6 * 200)
    assert (near.lowest, near.highest) == (0.0, 200.0)
    assert found.near[0].older.estimate == pytest.approx(0.6 * 20)
    inside = found.inside[0].everyone
    assert (inside.lowest, inside.estimate, inside.highest) == (1000.0, 1000.0, 1000.0)


def test_a_cell_that_lies_wholly_near_counts_in_full_also_at_the_least() -> None:
    # 700 m: all of the first cell and 200 m (two fifths) of the next.
    near = sides(row_of_cells([1000.0, 200.0, 100.0], [0, -1, -1]), 1, 700, GRID).near[0].everyone
    assert near.estimate == pytest.approx(200 + 0.4 * 100)
    assert (near.lowest, near.highest) == (200.0, 300.0)


def test_who_lives_between_two_towns_is_counted_once_and_with_the_nearer() -> None:
    # town A | 200 persons | town B at 400 m: 250 m of the cell are nearer to A, 250 m to B.
    found = sides(row_of_cells([1000.0, 200.0, 500.0], [0, -1, 1]), 2, 400, GRID)
    assert [side.everyone.estimate for side in found.near] == pytest.approx([100.0, 100.0])
    assert found.near_total.everyone.estimate == pytest.approx(200.0)
    assert found.near_total.everyone.highest == 200.0
    assert found.near_total.everyone.lowest == 200.0  # near one or the other, wherever they live


def test_a_neighbour_inside_another_town_area_is_not_outside() -> None:
    found = sides(row_of_cells([1000.0, 500.0], [0, 1]), 2, 300, GRID)
    assert found.near_total.everyone == found.near[0].everyone
    assert found.near_total.everyone.highest == 0.0


def test_the_users_own_line_through_a_cell_shares_it_by_area() -> None:
    # The line runs 300 m into the second cell: 3/5 of its 200 persons inside, 2/5 outside and within 300 m of the line;
    # 300 m reach 100 m into the third cell, a fifth of its 100.
    people = row_of_cells([1000.0, 200.0, 100.0], [0, 0, -1])
    found = sides(people, 1, 300, GRID, (square(0.0, 800.0),))
    inside, near = found.inside[0].everyone, found.near[0].everyone
    assert inside.estimate == pytest.approx(1000 + 120)
    assert (inside.lowest, inside.highest) == (1000.0, 1200.0)
    assert near.estimate == pytest.approx(80 + 20)
    assert (near.lowest, near.highest) == (0.0, 300.0)


def test_moving_the_line_outwards_moves_people_in() -> None:
    people = row_of_cells([1000.0, 200.0, 100.0], [0, -1, -1])
    inside = [sides(people, 1, 300, GRID, (square(0.0, to),)).inside[0].everyone.estimate for to in (500, 600, 1250)]
    assert inside == pytest.approx([1000, 1000 + 40, 1000 + 200 + 50])


def test_bounds_always_hold_the_estimate() -> None:
    rng = np.random.default_rng(5)
    row, column = (a.ravel().astype(np.int32) for a in np.mgrid[0:8, 0:8])
    persons = rng.uniform(0, 300, 64)
    zone = np.where((row > 2) & (row < 6) & (column > 1) & (column < 5), 0, -1).astype(np.int8)
    people = CellPeople(row, column, persons, persons / 7, zone)
    seen = 0.0
    for distance in (100, 300, 550, 1000):
        count = sides(people, 1, distance, GRID).near[0].everyone
        assert count.lowest <= count.estimate <= count.highest
        assert count.estimate >= seen  # a wider strip never holds fewer
        seen = count.estimate
