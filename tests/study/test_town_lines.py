"""A town line is laid over one and the same trip pattern: what lies inside it is the sum of its pairs, in every draw."""

import json
from pathlib import Path

import numpy as np
import pytest

from data import reference_file
from sim.estimate.estimate import estimate
from sim.riders.demand.requests import PlaceClass
from sim.riders.demand.tours import draw_requests
from sim.riders.demand.town_trips import town_share
from sim.study.demand import demand_model
from sim.study.draws import parameter_draws
from sim.study.replicated.measures import Measure
from sim.study.replicated.replication import run_replication
from sim.study.study import Study
from tests.study.conftest import study_of

HIGH = ["kommunetakst", "bytakst=high"]


def areas(folder: Path, name: str, *rings: list[list[float]]) -> str:
    features = [
        {
            "type": "Feature",
            "properties": {"name": f"{name} {n}"},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        for n, ring in enumerate(rings)
    ]
    path = folder / f"{name}.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return str(path)


def box(west: float, south: float, east: float, north: float) -> list[list[float]]:
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def with_lines(*lines: dict[str, object], **values: object) -> Study:
    """Holbæk under kommunetakst, and bytakst 60 along each of some lines."""
    options = [{"name": "I dag", "elements": ["kommunetakst"]}]
    options += [{"name": f"Linje {n}", "elements": HIGH, **line} for n, line in enumerate(lines)]
    return study_of(options=options, passengers=2000.0, **values)


def lost_in_every_draw(study: Study) -> np.ndarray:
    """Trips lost by the closed form, (draws + 1, options)."""
    draws = [None, *parameter_draws(6, study.assumptions, study.volume)]
    return np.array([[-o.change.trips for o in estimate(study.under(d), d).options[1:]] for d in draws])


def test_a_town_loses_more_trips_than_a_village() -> None:
    study = with_lines({"town_zones": ["Holbæk"]}, {"town_zones": ["Jyderup"]}, {"town_zones": ["Svinninge"]})
    town, jyderup, svinninge = lost_in_every_draw(study).T
    assert (town > 10 * jyderup).all()
    assert (jyderup > svinninge).all()


def test_disjoint_areas_lose_at_least_the_sum_together_and_exactly_it_apart(tmp_path: Path) -> None:
    """Two halves of one town as two areas, and as one: trips between them are in town only in the latter."""
    west, east, whole = (
        box(11.66, 55.69, 11.71, 55.73),
        box(11.71, 55.69, 11.76, 55.73),
        box(11.66, 55.69, 11.76, 55.73),
    )
    study = with_lines(
        {"town_areas": areas(tmp_path, "vest", west)},
        {"town_areas": areas(tmp_path, "øst", east)},
        {"town_areas": areas(tmp_path, "hver for sig", west, east)},
        {"town_areas": areas(tmp_path, "samlet", whole)},
    )
    first, second, apart, together = lost_in_every_draw(study).T
    assert apart == pytest.approx(first + second, rel=1e-9)
    assert (together > apart).all()


def test_a_line_inside_another_never_touches_more_trips(tmp_path: Path) -> None:
    inner, outer = box(11.69, 55.70, 11.73, 55.72), box(11.66, 55.69, 11.76, 55.73)
    study = with_lines({"town_areas": areas(tmp_path, "indre", inner)}, {"town_areas": areas(tmp_path, "ydre", outer)})
    small, large = lost_in_every_draw(study).T
    assert (small <= large).all()
    requests = draw_requests(demand_model(study, None), 1, 0)
    inside, around = (
        requests.under(line, any_town=False).place_class == PlaceClass.IN_TOWN for line in study.lines[1:]
    )
    assert inside.any()
    assert not (inside & ~around).any()


def test_a_line_round_all_land_has_all_local_trips(tmp_path: Path) -> None:
    outline = next(
        feature["geometry"]
        for feature in json.loads(reference_file("municipalities.geojson").read_bytes())["features"]
        if feature["properties"]["code"] == "0316"
    )
    path = tmp_path / "alt.geojson"
    whole = {"type": "Feature", "properties": {"name": "Alt"}, "geometry": outline}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [whole]}), encoding="utf-8")
    study = with_lines({"town_areas": str(path)})
    # Points 125 m apart: a little of the cells along the coast lies outside the simplified outline.
    assert town_share(study.pattern, study.region, study.lines[1], any_town=False) == pytest.approx(1.0, abs=0.02)


def test_a_zone_that_no_option_uses_moves_nothing_by_an_oere() -> None:
    values = {"passengers": 800.0, "options": [{"name": "I dag", "elements": ["kommunetakst"]}, {"name": "Grundtakst"}]}
    with_town, with_village = study_of(**values), study_of(town_zones=["Svinninge"], **values)
    for draw in (None, *parameter_draws(2, with_town.assumptions, with_town.volume)):
        one, other = (run_replication(study, 0, draw) for study in (with_town, with_village))
        assert np.array_equal(one.year, other.year)
        assert np.array_equal(one.months, other.months)
        assert np.array_equal(one.pool_payment, other.pool_payment)


def test_each_option_may_have_its_own_line_on_the_same_people() -> None:
    """Today's line against a larger one: whoever lives outside both rides and pays as before."""
    options = [
        {"name": "I dag", "elements": HIGH, "town_zones": ["Holbæk"]},
        {"name": "Større", "elements": HIGH, "town_zones": ["Holbæk", "Jyderup"]},
        {"name": "Samme linje", "elements": HIGH, "town_zones": ["Holbæk"]},
    ]
    study = study_of(options=options, passengers=2000.0)
    assert study.reference_line is study.lines[0]
    assert study.alike(0, 2)
    assert not study.alike(0, 1)
    run = run_replication(study, 0)
    trips = run.year[:, Measure.TRIPS]
    assert trips[0] == trips[2]
    assert trips[1] < trips[0]
    assert run.affected_base[1, Measure.TRIPS] >= trips[0] - trips[1]
    assert run.affected[2].sum() == 0


def test_ringsted_has_one_trip_in_four_in_its_town_area() -> None:
    """1 of 4 trips had both ends in Ringsted and Benløse (2016); 15 % of all trips cross the border."""
    study = study_of("I dag: kommunetakst", municipality="0329", passengers=1000.0, town_zones=["Ringsted"])
    share = town_share(study.pattern, study.region, study.reference_line, any_town=False)
    assert 0.85 * share == pytest.approx(0.25, abs=0.003)  # the factor has four decimals
