"""Roads between points: the straight line by hand, land beside the costing's own table, and where it ends."""

import numpy as np
import pytest

from sim.desk.planning import land
from sim.desk.planning.between import roads_between
from sim.desk.planning.protocol import no_bar
from sim.desk.planning.roads import Land, Roads, read_travel
from sim.geography import build_region
from tariffs.errors import InputError


def over_land(lat: np.ndarray, lon: np.ndarray) -> Roads:
    return roads_between(Land(), lat, lon, year=2019, bar=no_bar)


def test_the_straight_line_is_the_haversine_times_the_factor_rounded_up_to_the_second() -> None:
    """A degree of latitude is 6371.0088 x pi / 180 = 111.195 km; at 60 km/h that is 6671.7 s, times 1.3 8673.2 s."""
    roads = roads_between(
        read_travel("straight:factor=1.3,kmh=60"), np.array([55.0, 56.0]), np.array([11.0, 11.0]), year=2019, bar=no_bar
    )
    ends = np.array([0, 1, 0]), np.array([1, 0, 0])
    assert roads.travel.seconds(*ends).tolist() == [8674, 8674, 0]
    assert roads.km(*ends) == pytest.approx([144.5536, 144.5536, 0], abs=1e-3)


def test_over_land_is_what_the_costing_has_between_its_places() -> None:
    """Towns are roughly discs here and grown cell by cell there, so times differ a little; road distances do not."""
    region = build_region("0316", year=2019)
    some = np.flatnonzero(region.inside)[:: max(1, int(region.inside.sum()) // 12)]
    roads = over_land(region.lat[some], region.lon[some])
    a, b = (grid.ravel() for grid in np.meshgrid(np.arange(len(some)), np.arange(len(some)), indexing="ij"))
    apart = a != b
    a, b = a[apart], b[apart]
    metres = region.fare_distance_m[some][:, some][a, b]
    assert 1000 * roads.km(roads.place[a], roads.place[b]) == pytest.approx(metres, abs=0.5)
    seconds = region.drive_s[some][:, some][a, b]
    ratio = roads.travel.seconds(roads.place[a], roads.place[b]) / seconds
    assert abs(ratio.mean() - 1) < 0.05
    assert ratio.min() > 0.7
    assert ratio.max() < 1.4


def test_two_addresses_in_one_cell_are_half_a_kilometre_apart_by_road() -> None:
    """261 m, the mean distance of two points in a 500-m square, times 1.16 + 0.18 exp(-0.261 / 12) is 348 m."""
    roads = over_land(np.array([55.7168, 55.7169]), np.array([11.7121, 11.7122]))
    assert roads.place.tolist() == [0, 0]
    same = np.array([0])
    assert roads.km(same, same) == pytest.approx([0.348], abs=0.001)
    assert 20 < roads.travel.seconds(same, same)[0] < 45


def test_points_in_more_cells_than_a_table_can_hold_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(land, "MOST_CELLS", 1)
    with pytest.raises(InputError, match="punkterne ligger i 2 celler; --travel land kan højst have 1"):
        over_land(np.array([55.717, 55.80]), np.array([11.712, 11.60]))
