"""The trips inside a line that is being drawn are those that closing the area would lose."""

import json
from pathlib import Path

import pytest

from sim.estimate.estimate import estimate
from sim.geography.town_line import town_line
from sim.study.line_trips import local_trips
from tests.study.conftest import HOLBAEK, study_of

EAST_OF_HOLBAEK = [[11.70, 55.67], [11.80, 55.67], [11.80, 55.73], [11.70, 55.73], [11.70, 55.67]]


def test_a_line_holds_the_trips_that_are_lost_when_its_area_is_closed(tmp_path: Path) -> None:
    """Under today's bytakst in the whole town, of which the line holds a part and some land beside."""
    feature = {
        "type": "Feature",
        "properties": {"name": "Øst"},
        "geometry": {"type": "Polygon", "coordinates": [EAST_OF_HOLBAEK]},
    }
    path = tmp_path / "linje.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    today = {"name": "I dag", "elements": ["kommunetakst", "bytakst=low"]}
    bare = {"name": "Uden bytakst", "elements": ["kommunetakst"]}
    closed = {"name": "Lukket", "elements": ["kommunetakst", "lukket_by"], "town_areas": str(path)}
    line = town_line(HOLBAEK, town_areas_file=path)

    study = study_of(options=[bare, closed], passengers=2000.0)
    before, after = estimate(study).options
    (share,) = local_trips(study).inside(line)
    assert 0.02 < share < 0.3
    assert share == pytest.approx(-after.change.trips / before.year.trips, rel=1e-6)

    under_bytakst = study_of(options=[today, bare], passengers=2000.0)
    (fewer,) = local_trips(under_bytakst).inside(line)
    assert fewer < share, "where the town fare keeps trips away there are fewer to lose"


def test_the_whole_municipality_holds_all_but_the_trips_across_the_border(holbaek) -> None:
    trips = local_trips(holbaek)
    everywhere = town_line(HOLBAEK, town_zones=["Holbæk"])
    everywhere.zone_of_point[:] = 0
    (share,) = trips.inside(everywhere)
    assert share == pytest.approx(trips.share.sum())
    assert 0.7 < share < 1.0
