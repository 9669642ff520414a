"""Which of the drawn lines gives an amount: each line's own change, those that reach it, and the nearest."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from api.cli.main import takstlab
from api.http.app import create_app
from api.http.estimate_answers import LineGoalAnswer
from api.settings import Settings
from sim.desk.goal.line_words import published, text
from sim.desk.goal.lines import LineGoal, weigh, with_lines
from sim.estimate import draws
from sim.estimate.estimate import estimate
from sim.inputs.scenario import Scenario
from sim.inputs.scenario.scenario import build_scenario, parse_option
from sim.study.prepare import prepare
from tariffs.errors import InputError
from tests.api.http.conftest import ADDRESS, Memory

TODAY, TOWN = "I dag: kommunetakst", "By: kommunetakst, bytakst=high"
HALVES = {"Lille": 0.02, "Stor": 0.08}
"""Squares about Holbæk's centre, by half their width in degrees."""


def square(name: str, half: float) -> str:
    west, east, south, north = 11.7114 - half, 11.7114 + half, 55.714 - half / 2, 55.714 + half / 2
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    feature = {
        "type": "Feature",
        "properties": {"name": name},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    return json.dumps({"type": "FeatureCollection", "features": [feature]})


@pytest.fixture(scope="module", autouse=True)
def few_draws() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(draws, "DRAWS_AT_ONCE", 2)
        yield


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("linjer")
    found = {name: folder / f"{name}.geojson" for name in HALVES}
    for name, file in found.items():
        file.write_text(square(name, HALVES[name]), encoding="utf-8")
    return found


def asked(*options: str) -> Scenario:
    return build_scenario(
        {"municipality": "0316", "options": [parse_option(o) for o in options], "passengers": 12000.0}, "test"
    )


def goal_of(files: dict[str, Path], target_oere: int) -> LineGoal:
    drawn = [(name, str(file)) for name, file in files.items()]
    return weigh(prepare(with_lines(asked(TODAY, TOWN), drawn), "0316"), target_oere)


@pytest.fixture(scope="module")
def halfway(files: dict[str, Path]) -> LineGoal:
    """A goal that lies between what the two lines give."""
    weighed = goal_of(files, -1)
    changes = [line.change.mean for line in weighed.lines]
    return LineGoal(round(sum(changes) / 2) - 10_000, weighed.lines, weighed.error_percent, weighed.study)


def test_each_line_gives_the_estimates_change_with_an_interval_and_only_the_large_one_reaches_it(
    halfway: LineGoal,
) -> None:
    small, large = halfway.lines
    changes = [option.change.net_cost_oere for option in estimate(halfway.study).options[1:]]
    assert [small.change.mean, large.change.mean] == changes
    assert large.change.mean < halfway.target_oere < small.change.mean < 0
    assert all(line.change.p10 <= line.change.mean <= line.change.p90 for line in halfway.lines)
    assert all(line.change.p10 < line.change.p90 for line in halfway.lines)
    assert halfway.reaching == (large,)
    said = published(halfway)
    LineGoalAnswer.model_validate(said)
    assert [row["reaches"] for row in said["lines"]] == [False, True]
    assert said["nearest"] == halfway.nearest.name
    assert said["sentence"].startswith("Stor når -")
    assert f"Nærmest er {halfway.nearest.name}:" in said["sentence"]
    assert "- når beløbet: Stor, " in text(halfway)


def test_where_no_line_reaches_the_amount_it_is_said_and_the_nearest_named(halfway: LineGoal) -> None:
    beyond = LineGoal(-10_000_000_000, halfway.lines, halfway.error_percent, halfway.study)
    said = published(beyond)
    assert not said["reached"]
    assert said["sentence"].startswith(
        "Ingen af byområderne når -100.000.000 kr. om året i Holbæk i 2020. Nærmest er Stor: -"
    )


def test_the_options_own_lines_are_the_choice_where_no_file_is_given(files: dict[str, Path]) -> None:
    by_option = asked(TODAY, TOWN)
    lined = by_option.options[1].model_copy(update={"town_areas": str(files["Stor"])})
    chosen = with_lines(by_option.model_copy(update={"options": (by_option.options[0], lined)}), [])
    assert [option.town_areas for option in chosen.options] == [None, str(files["Stor"])]
    with pytest.raises(InputError, match="ingen byområder at vælge mellem"):
        with_lines(by_option, [])
    with pytest.raises(InputError, match="Byområdet ændrer intet ved de valgte"):
        with_lines(asked(TODAY, "Land: kommunetakst"), [("Stor", str(files["Stor"]))])


def test_the_command_the_address_and_the_page_answer_the_same(
    files: dict[str, Path], halfway: LineGoal, tmp_path_factory: pytest.TempPathFactory
) -> None:
    change = halfway.target_oere // 100
    drawn = [part for file in files.values() for part in ("--line", str(file))]
    command = ["goal", "--municipality", "0316", "--option", TODAY, "--option", TOWN, "--passengers", "12000"]
    told = CliRunner().invoke(
        takstlab, [*command, "--year", "2020", "--change", str(change), "--element", "byomraade", *drawn, "--json"]
    )
    (by_command,) = json.loads(told.output)
    memory = Memory(Settings(store=str(tmp_path_factory.mktemp("lager"))))
    client = TestClient(create_app(memory.settings, memory, memory), base_url=ADDRESS)
    names = []
    for file in files.values():
        sent = client.post(
            "/v1/areas", params={"municipality": "0316"}, content=file.read_bytes(),
            headers={"Content-Type": "application/geo+json"},
        )  # fmt: skip
        assert sent.status_code == 201, sent.text
        names.append(f"areas:{sent.json()['id']}")
    by_address = client.get(
        "/v1/maal/0316",
        params={
            "change": change, "element": "byomraade", "line": names, "today": "kommunetakst", "year": 2020,
            "option": "kommunetakst, bytakst=high", "passengers": 12000,
        },
    ).json()  # fmt: skip
    for key in ("lines", "sentence", "nearest", "reached"):
        assert by_address[key] == by_command[key]
    missing = client.get("/v1/maal/0316", params={"change": change, "element": "byomraade", "today": "kommunetakst"})
    assert missing.status_code == 422
    asked_page = client.get(
        f"/maal?kommune=0316&aar=2020&navn0=&navn1=&kommunetakst0=1&kommunetakst1=1&bytakst1=high&passagerer=12000"
        f"&maal_kr={change}&maal_element=byomraade&maal_valg=1",
        headers={"Accept": "text/html"},
    )
    assert asked_page.status_code == 200, asked_page.text[:3000]
    assert "Hvilket byområde giver beløbet?" in asked_page.text
    assert "når beløbet" in asked_page.text
    assert f"egetby2={names[1].replace(':', '%3A')}" in asked_page.text or names[1].split(":")[1] in asked_page.text
