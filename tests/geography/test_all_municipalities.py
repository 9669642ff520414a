"""Every one of the 45 gives a whole region."""

import pytest

from sim.geography import build_region, movia_municipalities
from sim.geography.town_line import town_line


@pytest.mark.slow
@pytest.mark.parametrize("code", [m.code for m in movia_municipalities()])
def test_every_municipality_has_a_region(code: str) -> None:
    region = build_region(code, year=2020, use_cache=False)
    inside = region.inside
    assert 20 <= inside.sum() <= 600
    assert region.population[inside].sum() == pytest.approx(region.municipality.population_2020)
    assert (town_line(code).zone_of_point >= 0).any()
    assert region.fare_distance_m.min() > 0
    assert region.fare_distance_m.max() < 200_000
    assert region.drive_s.min() > 0
    assert region.visit_weight[inside].sum() > 0
