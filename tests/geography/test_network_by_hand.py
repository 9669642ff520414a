"""Paths, distances and times on grids small enough to work by hand."""

import math

import numpy as np
import pytest

from sim.geography.distances import between, drive_s, fare_distance_m
from sim.geography.land import Land
from sim.geography.network import Network, RoadFactor, Speeds, build_network, usable_crossings
from sim.geography.polygons import Grid
from sim.geography.projection import to_degrees
from sim.geography.records import Crossing, crossings
from tariffs.errors import InputError

GRID = Grid(690_000.0, 6_170_000.0, 3, 3, 500.0)


def make_land(*rows: str) -> Land:
    """Return land from rows drawn north to south, # for land."""
    drawn = np.array([[c == "#" for c in row] for row in reversed(rows)])
    row, column = (a.astype(np.int32) for a in np.nonzero(drawn))
    index = np.full(drawn.shape, -1, np.int32)
    index[row, column] = np.arange(len(row))
    grid = Grid(GRID.east, GRID.north, *drawn.shape, 500.0)
    zeros = np.zeros(len(row), np.int32)
    return Land(grid, index, row, column, zeros, zeros, ("0000",), ("1",))


def make_network(land: Land, *over: Crossing, reach: bool = False) -> Network:
    everything = np.ones(len(land.row), bool)
    return build_network(land, everything, over, everything if reach else None)


def path(land: Land, network: Network, a: tuple[int, int], b: tuple[int, int], **options: bool) -> float:
    nodes = np.array([land.index[a], land.index[b]])
    return float(between(network, network.length_m, nodes, **options)[0, 1])


def joining(land: Land, a: int, b: int, kind: str, length_m: float, time_s: float) -> Crossing:
    lat, lon = (v[[a, b]] for v in land.centres_degrees())
    ends = ((float(lat[0]), float(lon[0])), (float(lat[1]), float(lon[1])))
    return Crossing("x", "x", kind, ends, length_m, time_s, "", True)  # type: ignore[arg-type]


def test_straight_diagonal_and_knight_steps_on_a_full_three_by_three() -> None:
    land = make_land("###", "###", "###")
    network = make_network(land)
    assert path(land, network, (0, 0), (0, 2)) == 1000
    assert path(land, network, (0, 0), (2, 2)) == pytest.approx(1000 * math.sqrt(2))
    assert path(land, network, (0, 0), (1, 2)) == pytest.approx(500 * math.sqrt(5))


def test_water_in_the_middle_is_walked_round() -> None:
    # From one corner to the opposite one: 500 up, then the diagonal step past the water's corner,
    # (1,0)->(2,1) beside the land cell (2,0), then 500 along: 500 + 707.1 + 500.
    land = make_land("###", "#.#", "###")
    network = make_network(land)
    assert path(land, network, (0, 0), (2, 2)) == pytest.approx(1000 + 500 * math.sqrt(2))


def test_a_step_never_jumps_over_water() -> None:
    land = make_land("#.#", "#.#", "#.#")
    assert math.isinf(path(land, make_network(land), (0, 0), (0, 2)))


def test_a_bridge_joins_two_shores_by_its_own_length_and_time() -> None:
    land = make_land("#.#", "#.#", "#.#")
    network = make_network(land, joining(land, int(land.index[0, 0]), int(land.index[0, 2]), "bridge", 1200.0, 90.0))
    assert path(land, network, (1, 0), (1, 2)) == 500 + 1200 + 500
    seconds = network.time_s(np.zeros(len(land.row), bool), Speeds(town_kmh=36, country_kmh=72), RoadFactor())
    nodes = np.array([land.index[1, 0], land.index[1, 2]])
    # 1,000 m of land at 72 km/h (20 m/s) with the road factor 1.16: 58 s; the bridge 90 s.
    assert between(network, seconds, nodes)[0, 1] == pytest.approx(58 + 90)


def test_a_ferry_is_taken_only_where_there_is_no_road() -> None:
    land = make_land("###", "#.#", "#.#")
    ferry = joining(land, int(land.index[0, 0]), int(land.index[0, 2]), "ferry", 900.0, 600.0)
    network = make_network(land, ferry)
    # By land 500 + 707.1 + 707.1 + 500, less the shortcut: (0,0)->(1,0)->(2,1)->(1,2)->(0,2).
    assert path(land, network, (0, 0), (0, 2)) == pytest.approx(1000 + 1000 * math.sqrt(2))
    assert path(land, network, (0, 0), (0, 2), road_first=False) == 900
    island = make_land("#.#", "#.#", "#.#")
    assert path(island, make_network(island, ferry), (0, 0), (0, 2)) == pytest.approx(900)


def test_a_place_without_any_way_gets_a_straight_link_that_is_named() -> None:
    land = make_land("#.#", "#..", "#..")
    network = make_network(land, reach=True)
    assert network.links == (("1", 1000.0),)
    assert path(land, network, (2, 0), (2, 2)) == 1000


def test_town_is_slower_than_country_and_a_mixed_step_is_half_of_each() -> None:
    land = make_land("...", "...", "###")
    network = make_network(land)
    seconds = network.time_s(np.array([True, False, False]), Speeds(town_kmh=36, country_kmh=72), RoadFactor())
    # 500 m x 1.16 = 580 m: half at 10 m/s, half at 20 m/s = 29 + 14.5 s; then 29 s at 20 m/s.
    assert between(network, seconds, np.array([0, 1]))[0, 1] == pytest.approx(43.5)
    assert between(network, seconds, np.array([1, 2]))[0, 1] == pytest.approx(29)


def test_road_distance_is_path_times_the_factor_in_whole_metres() -> None:
    path_m = np.array([[0.0, 12_000.0], [12_000.0, 0.0]])
    area = np.array([250_000.0, 1_000_000.0])
    found = fare_distance_m(path_m, area, RoadFactor())
    # 12 km: 1.16 + 0.18/e = 1.226218; 14,715 m. Within a 500-m cell: 260.7 m x (1.16 + 0.18 exp(-0.0217)) = 348 m.
    assert found[0, 1] == found[1, 0] == 14_715
    assert found[0, 0] == 348
    assert found[1, 1] == round(521.405 * (1.16 + 0.18 * math.exp(-0.521405 / 12)))
    assert found.dtype == np.int32


def test_two_places_in_one_cell_are_a_short_drive_apart_never_zero() -> None:
    path_m, area = np.zeros((2, 2)), np.full(2, 250_000.0)
    assert fare_distance_m(path_m.copy(), area, RoadFactor())[0, 1] == 348
    seconds = drive_s(np.zeros((2, 2)), path_m, area, np.full(2, 0.1), RoadFactor())
    assert seconds.min() > 0
    assert seconds[0, 1] == round(348.45 * 0.1)


def test_road_factor_falls_from_134_to_116() -> None:
    assert RoadFactor().of(np.array([0.0, 1e6])) == pytest.approx([1.34, 1.16])


def test_crossings_open_later_or_only_in_summer_are_left_out() -> None:
    def ids(year: int, **options: str) -> set[str]:
        return {c.id for c in usable_crossings(crossings(), year, **options)}  # type: ignore[arg-type]

    assert "b02" not in ids(2019)  # Kronprinsesse Marys Bro opened on 28 September 2019
    assert "b02" in ids(2020)
    assert "f12" not in ids(2020)  # Stubbekøbing-Bogø sails in summer
    assert "f12" in ids(2020, ferries="with_summer")


def test_an_impossible_speed_is_refused() -> None:
    with pytest.raises(InputError, match="town_kmh"):
        Speeds(town_kmh=0)


def test_grid_and_degrees_agree() -> None:
    lat, lon = to_degrees(*GRID.centre(0, 0))
    assert make_land("#").nearest_cell(float(lat), float(lon)) == 0
