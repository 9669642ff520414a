"""An answer of 0.3.0 in the service's store: its page says so, it is calculated again, and the two stand beside each other."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.http.changed_answer import Changed
from api.settings import Settings
from api.store.protocol import RunState
from sim.answer.compare import compare
from sim.inputs.scenario.scenario import build_scenario, read_scenario
from sim.study.prepare import prepare
from sim.telling.folder import manifest_of
from tests.api.http.conftest import ADDRESS, SUBMITTED, Memory
from tests.api.web.danish_marks import danish_marks
from tests.changed.conftest import ANSWERS, unpacked

HTML = {"Accept": "text/html"}
OLD = "a" * 64


class Folders(Memory):
    """Jobs in memory over result folders on the disk."""

    folders: dict[str, Path]

    def tables(self, run: str, municipality: str | None = None) -> Path:
        self.result(run, municipality)
        return self.folders[run]


@pytest.fixture(scope="module")
def today() -> tuple[dict[str, Any], dict[str, Any]]:
    """Today's answer to the same scenario, and its manifest."""
    scenario = build_scenario(read_scenario(ANSWERS / "fordelt.toml"), "test")
    study = prepare(scenario, "0155")
    found = compare(study, workers=1)
    return found.json, manifest_of(study, found, "takstlab serve")


@pytest.fixture
def kept(tmp_path: Path) -> Folders:
    kept = Folders(Settings(store=str(tmp_path / "lager")))
    kept.folders = {OLD: unpacked("0.3.0-fordelt", tmp_path / "gammelt")}
    kept.states[OLD] = RunState(OLD, "queued", ("0155",), SUBMITTED)
    kept.finish(OLD, json.loads((kept.folders[OLD] / "comparison.json").read_text(encoding="utf-8")))
    return kept


@pytest.fixture
def client(kept: Folders) -> Iterator[TestClient]:
    with TestClient(create_app(kept.settings, kept, kept), base_url=ADDRESS) as client:
        yield client


def finish(kept: Folders, run: str, today: tuple[dict[str, Any], dict[str, Any]], folder: Path) -> None:
    folder.mkdir()
    (folder / "manifest.json").write_text(json.dumps(today[1]), encoding="utf-8")
    kept.folders[run] = folder
    kept.finish(run, today[0])


def test_from_the_old_answer_to_old_and_new_beside_each_other(
    client: TestClient, kept: Folders, today: tuple[dict[str, Any], dict[str, Any]], tmp_path: Path
) -> None:
    page = client.get(f"/koersel/{OLD}/aendret", headers=HTML).text
    assert "Svaret er regnet af Takstlab 0.3.0" in page
    assert "Regn svaret igen" in page
    missing = client.get(f"/v1/runs/{OLD}/changed.json")
    assert missing.status_code == 409
    assert "/again" in missing.json()["next"]

    sent = client.post(f"/koersel/{OLD}/aendret", headers={**HTML, "Origin": ADDRESS}, follow_redirects=False)
    assert sent.status_code == 303
    assert sent.headers["location"] == f"/koersel/{OLD}/aendret?kommune=0155"
    (run,) = set(kept.states) - {OLD}
    assert run == today[1]["run_id"]
    assert "Svaret regnes igen" in client.get(f"/koersel/{OLD}/aendret", headers=HTML).text
    assert client.get(f"/v1/runs/{OLD}/changed.json").status_code == 503

    finish(kept, run, today, tmp_path / "nyt")
    page = client.get(f"/koersel/{OLD}/aendret", headers=HTML).text
    assert "Før: regnet med Takstlab 0.3.0." in page
    assert "hvad forskellen kommer af" in page
    report = client.get(f"/v1/runs/{OLD}/changed.json").json()
    Changed.model_validate(report)
    for shown, old, new in zip(report["options"], kept.result(OLD)["options"], today[0]["options"], strict=True):
        net = next(figure for figure in shown["figures"] if figure["key"] == "net_cost_oere")
        assert (net["old"], net["new"]) == (old["net_cost_oere"], new["net_cost_oere"])
        whole = round(new["net_cost_oere"]["mean"]) - round(old["net_cost_oere"]["mean"])
        assert sum(part["net_cost_oere"] for part in shown["parts"]) == whole
    assert {c["id"] for c in report["causes"]} >= {"takstlab", "version:model"} or report["causes"][0]["old"] == "0.3.0"
    english = client.get(f"/koersel/{OLD}/aendret?sprog=en", headers=HTML).text
    assert "What has changed?" in english
    assert danish_marks(english.partition('id="log"')[0]) == []  # the changelog quotes Danish numbers


def test_the_new_answer_has_nothing_that_has_changed(
    client: TestClient, kept: Folders, today: tuple[dict[str, Any], dict[str, Any]], tmp_path: Path
) -> None:
    answered = client.post(f"/v1/runs/{OLD}/again")
    assert answered.status_code == 202
    run = answered.json()["id"]
    finish(kept, run, today, tmp_path / "nyt")
    assert client.post(f"/v1/runs/{OLD}/again").status_code == 200
    assert client.post(f"/v1/runs/{run}/again").json()["id"] == run
    page = client.get(f"/koersel/{run}/aendret", headers=HTML).text
    assert "Intet: svaret er regnet af denne udgave." in page
    assert client.get(f"/v1/runs/{run}/changed.json").json()["causes"] == []


def test_the_answers_page_leads_there_only_from_another_build() -> None:
    from api.again import is_of_another_build

    manifest = json.loads((ANSWERS / "0.4.0-egen" / "manifest.json").read_text(encoding="utf-8"))
    assert is_of_another_build(manifest)
    from sim.answer.identity import versions

    assert not is_of_another_build({**manifest, "versions": {**versions(), "numpy": "0.1"}})
    assert is_of_another_build({})


def test_an_old_answer_says_what_it_is_and_leads_to_what_has_changed(client: TestClient) -> None:
    told = client.get(f"/koersel/{OLD}", headers=HTML).text
    assert "Svaret er regnet af en tidligere udgave af Takstlab." in told
    assert f"/koersel/{OLD}/aendret?kommune=0155" in told


def test_a_run_that_is_not_there_is_said_so(client: TestClient) -> None:
    assert client.get(f"/koersel/{'b' * 64}/aendret", headers=HTML).status_code == 404
    assert client.get(f"/v1/runs/{'b' * 64}/changed.json").status_code == 404
    assert client.post(f"/v1/runs/{'b' * 64}/again").status_code == 404
