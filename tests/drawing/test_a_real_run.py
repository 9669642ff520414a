"""The drawings of a simulated comparison, small enough for seconds: what they count is what the comparison counts."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sim.answer.compare import compare
from sim.estimate.sensitivity.most_important import Weighty
from sim.inputs.scenario.scenario import build_scenario, parse_option
from sim.study.prepare import prepare
from sim.study.tables.columns import join_parts
from sim.telling.drawing.drawings import drawings
from sim.telling.drawing.trip_ends import trip_ends
from tests.answer.building import answer_of
from tests.drawing.reading_svg import checked

OPTIONS = (
    "I dag: kommunetakst, bytakst=low",
    "Bytakst 60: kommunetakst, bytakst=high",
    "Lukket, gratis & plustur: kommunetakst, lukket_by, plustur, gratis=Holbæk Sygehus",
    "I dag igen: kommunetakst, bytakst=low",
)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Path]:
    folder = tmp_path_factory.mktemp("run")
    values = {
        "municipality": "0316", "passengers": 700.0, "draws": 0, "min_replications": 2, "max_replications": 2,
        "start": date(2020, 7, 1), "options": [parse_option(option) for option in OPTIONS],
    }  # fmt: skip
    parts = folder / "parts"
    parts.mkdir()
    with pytest.MonkeyPatch.context() as patch:  # the tornado is not drawn here, and is slow with a free destination
        patch.setattr("sim.answer.compare.what_matters_most", lambda study, paid: Weighty([], []))
        found = compare(prepare(build_scenario(values, "test"), "0316"), workers=1, tables_to=parts)
    join_parts(parts, folder, 2)
    return found.json, folder


def test_the_affected_trips_on_the_map_are_those_of_the_comparison(run: tuple[dict[str, Any], Path]) -> None:
    comparison, folder = run
    options = comparison["options"]
    found = trip_ends(folder / "trips.parquet", tuple(option["name"] for option in options), "0316")
    for option, ends in zip(options[1:], found, strict=True):
        assert ends.trips_today.mean() == pytest.approx(option["affected_riders"]["trips"]["mean"]), option["name"]
        assert ends.trips_after.mean() == pytest.approx(option["affected"]["trips"]["mean"]), option["name"]


def test_the_months_of_the_budget_year_end_in_the_years_account(run: tuple[dict[str, Any], Path]) -> None:
    comparison, _ = run
    today = comparison["options"][0]
    for option in comparison["options"]:
        year = today["net_cost_oere"]["mean"] + option["part_year"]["change"]["net_cost_oere"]["mean"]
        assert option["months"][-1]["accumulated_net_cost_oere"]["mean"] == pytest.approx(year, abs=0.01)


def test_every_drawing_is_clean_and_an_option_like_today_has_the_fewer(run: tuple[dict[str, Any], Path]) -> None:
    comparison, folder = run
    found = drawings(answer_of(comparison), folder)
    for drawing in found.values():
        checked(drawing)
    assert {f"affected-map-{place}" for place in (2, 3)} <= set(found)
    assert "affected-map-4" not in found
    assert "riders-4" not in found
    assert "I dag igen: ingen ændring" in found["intervals"].alt
