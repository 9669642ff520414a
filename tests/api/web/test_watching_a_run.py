"""The page of a run under way shows the estimate at once, and what the replications made so far say."""

from datetime import date

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.settings import Settings
from sim.estimate.estimate import estimate
from sim.inputs.scenario.scenario import build_scenario
from sim.study.prepare import prepare
from sim.study.replicated.so_far import OptionSoFar, SoFar
from tests.api.http.conftest import ADDRESS, SCENARIO, Memory
from tests.api.web.small_answer import HTML, text_of

Made = tuple[TestClient, Memory, str]


@pytest.fixture
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    memory = Memory(Settings(store=str(tmp_path_factory.mktemp("lager")), estimate_wait_ms=60_000))
    client = TestClient(create_app(memory.settings, memory, memory), base_url=ADDRESS)
    return client, memory, client.post("/v1/runs", json=SCENARIO).json()["id"]


def page(made: Made, language: str = "da") -> str:
    client, _, run = made
    return text_of(client.get(f"/koersel/{run}?sprog={language}", headers=HTML).text)


def simulated(*options: OptionSoFar, replications: int) -> SoFar:
    return SoFar("0316", replications, options)


def test_the_estimate_is_there_before_anything_is_simulated(made: Made) -> None:
    study = prepare(build_scenario({**SCENARIO, "start": date(2020, 7, 1)}, "test"), "0316")
    change = estimate(study).options[1].change.net_cost_oere
    said = page(made)
    assert "Foreløbig mer-/mindreudgift, 1.000 kr. om året" in said
    assert f" {change / 100_000:+.1f} (".replace(".", ",") in said
    assert "De første simulerede tal kommer om lidt." in said


def test_what_is_simulated_stands_beside_it_with_the_interval_of_chance(made: Made) -> None:
    """A change of -45,458 kr., 12,100 kr. either way: from -57.558 to -33.358 thousand, printed outwards to two digits."""
    _, memory, run = made
    today, other = SCENARIO["options"]  # type: ignore[misc]
    memory.move(
        run, state="running", done=4, expected=15,
        so_far=simulated(
            OptionSoFar(today["name"], 156_744_800.0, 0.0, 2_000_000.0),
            OptionSoFar(other["name"], 152_199_000.0, -4_545_800.0, 1_210_000.0),
            replications=4,
        ),
    )  # fmt: skip
    said = page(made)
    assert "-45,5 (-58 til -33)" in said
    assert "gennemsnittet af 4 gentagelser; dets interval er 95 % for tilfældighed alene" in said
    assert today["name"] not in said  # only what moves is told where there are several
    assert "-45.5 (-58 to -33)" in page(made, "en")
    document = made[0].get(f"/v1/runs/{run}").json()["so_far"]
    assert (document["replications"], document["options"][1]["change_oere"]) == (4, -4_545_800.0)


def test_a_change_that_chance_may_turn_round_is_unsure_and_one_replication_has_no_interval(made: Made) -> None:
    _, memory, run = made
    today, other = (option["name"] for option in SCENARIO["options"])  # type: ignore[index,union-attr]
    for width, replications, expected in ((90_000_000.0, 2, "usikker"), (None, 1, "+50,0 ")):
        options = OptionSoFar(today, 1e8, 0.0, width), OptionSoFar(other, 1.05e8, 5_000_000.0, width)
        memory.move(run, state="running", so_far=simulated(*options, replications=replications))
        assert expected in page(made)
    assert "Det simulerede er den første gentagelse." in page(made)


def test_a_run_that_has_ended_shows_no_figures_so_far(made: Made) -> None:
    _, memory, run = made
    memory.move(run, state="failed", error="Arbejdet kunne ikke gøres.")
    assert "Foreløbig" not in page(made)


def test_an_own_list_of_trips_is_not_estimated_each_second(made: Made) -> None:
    """Its estimate is not kept, so that it would take the time that the run needs."""
    _, memory, run = made
    memory.move(run, upload="0" * 64)
    assert "Foreløbig" not in page(made)
