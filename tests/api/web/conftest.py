"""One small answer for all tests of the pages that read it; who changes it puts it back."""

from datetime import date

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.settings import Settings
from sim.answer.compare import compare
from sim.inputs.scenario.scenario import build_scenario
from sim.study.prepare import prepare
from sim.telling.folder import PARTS, write_results
from tests.api.http.conftest import ADDRESS, SCENARIO
from tests.api.web.small_answer import NASTY, Kept


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    folder = tmp_path_factory.mktemp("svar")
    (folder / PARTS).mkdir()
    told = {**SCENARIO, "options": [SCENARIO["options"][0], {"name": NASTY, "elements": ["kommunetakst"]}]}  # type: ignore[index]
    scenario = build_scenario({**told, "start": date(2020, 7, 1)}, "test")
    study = prepare(scenario, "0316")
    found = compare(study, workers=1, tables_to=folder / PARTS)
    write_results(study, found, folder, "test")
    kept = Kept(Settings(store=str(tmp_path_factory.mktemp("lager")), estimate_wait_ms=60_000))
    kept.folder = folder
    kept.run = kept.submit({**told}).id  # type: ignore[attr-defined]
    kept.finish(kept.run, found.json)  # type: ignore[attr-defined]
    return kept


@pytest.fixture(scope="module")
def client(kept: Kept) -> TestClient:
    return TestClient(create_app(kept.settings, kept, kept), base_url=ADDRESS)
