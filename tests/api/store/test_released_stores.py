"""The stores of released versions open in today's service: pages, cells, paper, workbook, names, lists of trips."""

import html
import json
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.jobs.durable import DurableJobs, open_jobs
from api.settings import Settings
from api.store.inventory import look_through
from api.store.results import StoredResults
from tests.api.http.conftest import ADDRESS

RELEASED = Path(__file__).parent / "released"
VERSIONS = {"0.3.0": ("-1357", "93", 0), "0.4.0": ("-1412", "90", 1)}
"""What that version's own service answered for two cells, and how many lists of trips it kept (released/README.md)."""


@dataclass
class Opened:
    """A released version's store in today's service."""

    version: str
    folder: Path
    jobs: DurableJobs
    client: TestClient
    run: str


@pytest.fixture(scope="module", params=VERSIONS)
def opened(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    folder = tmp_path_factory.mktemp(f"lager-{request.param}")
    with tarfile.open(RELEASED / f"{request.param}.tar.xz") as packed:
        packed.extractall(folder, filter="data")
    for times in folder.glob("uploads/*/upload.json"):  # its time would be up one day
        now = datetime.now(UTC)
        times.write_text(json.dumps({"received": now.isoformat(), "expires": (now + timedelta(days=30)).isoformat()}))
    store, jobs = open_jobs(Settings(store=str(folder)))
    app = create_app(Settings(store=str(folder)), jobs, StoredResults(store, jobs.get), None)
    with TestClient(app, base_url=ADDRESS) as client:
        yield Opened(request.param, folder, jobs, client, store.runs()[0])
    jobs.close()


def test_the_runs_state_its_cells_and_its_name_are_what_that_version_answered(opened: Opened) -> None:
    listed = opened.client.get("/v1/runs").json()["runs"]
    assert [(state["id"], state["state"], state["error"], state["name"]) for state in listed] == [
        (opened.run, "done", None, "fra en ældre udgave")
    ]
    change, trips, _ = VERSIONS[opened.version]
    assert opened.client.get("/v1/celle/budget/0316/2/net_cost_change").text == change
    assert opened.client.get(f"/v1/celle/{opened.run}/0316/1/trips").text == trips
    assert opened.client.get("/v1/names").json()["names"] == {"budget": opened.run}


@pytest.mark.slow
def test_every_format_of_the_result_opens(opened: Opened) -> None:
    for file in (*(f"result.{kind}" for kind in ("json", "csv", "tsv", "xlsx", "parquet", "arrow")), "budget.xlsx"):
        answer = opened.client.get(f"/v1/runs/{opened.run}/{file}")
        assert (answer.status_code, len(answer.content) > 1000) == (200, True), (file, answer.text[:500])
    scenario = opened.client.get(f"/v1/runs/{opened.run}/scenario.json").json()
    assert scenario["passengers"] == 120


@pytest.mark.slow
@pytest.mark.parametrize("page", ["", "/beslutning.html", "/beslutning.pdf", "/figur/intervals.svg", "/scenarie.toml"])
def test_its_pages_its_paper_and_its_pictures_open(opened: Opened, page: str) -> None:
    answer = opened.client.get(f"/koersel/{opened.run}{page}", headers={"Accept": "text/html"})
    assert answer.status_code == 200, answer.text[-2000:]
    if page == "":
        assert "Nettoudgift" in answer.text


@pytest.mark.slow
def test_every_figure_of_it_is_explained(opened: Opened) -> None:
    page = opened.client.get(f"/koersel/{opened.run}", headers={"Accept": "text/html"}).text
    reasons = {html.unescape(path) for path in re.findall(r'class="tl-why" href="([^"]+)"', page)}
    assert len(reasons) >= 10
    for path in reasons:
        assert opened.client.get(path, headers={"Accept": "text/html"}).status_code == 200, path


@pytest.mark.slow
def test_the_list_of_runs_and_the_old_beside_the_new_open(opened: Opened) -> None:
    for page in ("/", "/koersler", f"/koersel/{opened.run}/aendret", "/egne-data"):
        answer = opened.client.get(page, headers={"Accept": "text/html"})
        assert answer.status_code == 200, (page, answer.text)


def test_its_lists_of_trips_are_kept_and_can_be_used(opened: Opened) -> None:
    kept = opened.client.get("/v1/uploads").json()["uploads"]
    assert len(kept) == VERSIONS[opened.version][2]
    for upload in kept:
        assert upload["rows"] == 200
        sent = {
            "municipality": "0316",
            "trips": f"upload:{upload['id']}",
            "draws": 0,
            "min_replications": 2,
            "max_replications": 2,
            "options": [
                {"name": "Nu", "elements": ["kommunetakst"]},
                {"name": "Andet", "elements": []},
            ],
        }
        answer = opened.client.post("/v1/runs", json=sent)
        assert answer.status_code == 202, answer.text
        opened.client.post(f"/v1/runs/{answer.json()['id']}/cancel")


def test_nothing_in_it_is_damaged(opened: Opened) -> None:
    assert look_through(opened.folder).damages == ()
