"""Runs calculated from a list of trips that was sent: what they publish, and what becomes of them when it is deleted."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from api.jobs.accepting import accept
from api.jobs.durable import DurableJobs
from api.settings import Settings
from api.store.results import StoredResults
from api.store.uploads import Uploads
from sim.inputs.intake.door import read_trip_list
from sim.inputs.intake.settings import Settings as Reading
from sim.inputs.intake.trip_list import TripList
from tariffs.errors import InputError
from tests.api.jobs.conftest import TINY, FakeWorker, Held, Opened, Script
from tests.api.jobs.playing import last, published
from tests.intake.lists import danish, year_of_trips

Open = Callable[..., Opened]
Play = Callable[[Script], list[FakeWorker]]
OWN = {key: value for key, value in TINY.items() if key != "passengers"}


@pytest.fixture(scope="module")
def trips(tmp_path_factory: pytest.TempPathFactory) -> TripList:
    file = tmp_path_factory.mktemp("own") / "ture.csv"
    file.write_text(danish(year_of_trips(200)), encoding="utf-8")
    return read_trip_list(file, "0316", Reading())


def uploads_in(jobs: DurableJobs) -> Uploads:
    return jobs._uploads


def own(jobs: DurableJobs, trips: TripList) -> tuple[str, dict[str, Any]]:
    """Keep the trips; returns the upload's id, and a scenario that names it."""
    upload, _ = uploads_in(jobs).keep(trips)
    return upload.id, OWN | {"trips": f"upload:{upload.id}"}


def test_the_identity_is_of_what_is_in_the_list_and_not_of_where_the_store_is(tmp_path: Path, trips: TripList) -> None:
    found = []
    for name in ("a", "b"):
        settings = Settings(store=str(tmp_path / name))
        upload, _ = Uploads(tmp_path / name, settings).keep(trips)
        accepted = accept(OWN | {"trips": f"upload:{upload.id}"}, settings)
        assert accepted.scenario.trips == f"upload:{upload.id}"
        found.append((upload.id, accepted.run))
    assert found[0] == found[1]


@pytest.mark.slow
def test_a_run_of_own_trips_publishes_its_figures_but_neither_trips_nor_paths(opened: Open, trips: TripList) -> None:
    store, jobs = opened()
    upload, scenario = own(jobs, trips)
    state = last(jobs, jobs.submit(scenario).id)
    assert (state.state, state.upload, state.upload_deleted) == ("done", upload, False), state.error
    folder = StoredResults(store, jobs.get).tables(state.id)
    assert sorted(path.name for path in folder.iterdir()) == [
        "comparison.csv",
        "comparison.json",
        "manifest.json",
        "report.html",
    ]
    made = json.loads((folder / "comparison.json").read_text())["options"][0]["trips"]["mean"]
    assert made == pytest.approx(192, abs=8)  # 200 less 8 in vain, less those no vehicle could take
    for path in store.place(state.id).rglob("*"):
        if path.is_file():
            assert str(store.folder) not in path.read_text(encoding="utf-8"), path.name
    manifest = json.loads((folder / "manifest.json").read_text())
    assert (manifest["run_id"], manifest["scenario"]["trips"]) == (state.id, f"upload:{upload}")
    assert manifest["inputs"] == {f"upload:{upload}": uploads_in(jobs).get(upload).account["trips_sha256"]}
    uploads_in(jobs).delete(upload)
    assert (jobs.get(state.id).state, jobs.get(state.id).upload_deleted) == ("done", True)
    assert StoredResults(store, jobs.get).result(state.id)["options"]
    with pytest.raises(InputError, match="ikke gemt her"):
        jobs.submit(scenario)
    # Sent again it is the same list, and so the same run.
    uploads_in(jobs).keep(trips)
    assert (jobs.submit(scenario).id, jobs.get(state.id).upload_deleted) == (state.id, False)


def test_a_run_whose_list_is_deleted_before_it_starts_fails_and_says_so(
    opened: Open, trips: TripList, played: Play
) -> None:
    held = Held()
    played(held)
    _, jobs = opened()
    upload, scenario = own(jobs, trips)
    run = jobs.submit(scenario).id
    assert held.started.wait(20)
    uploads_in(jobs).delete(upload)
    held.go_on.set()
    state = last(jobs, run)
    assert (state.state, state.upload_deleted) == ("failed", True)
    assert (state.error or "").startswith("Scenariets turliste er ikke gemt her")


def test_what_was_arriving_when_the_server_died_is_gone_when_the_next_starts(opened: Open, trips: TripList) -> None:
    store, jobs = opened()
    upload, _ = own(jobs, trips)
    left = store.folder / "work" / "upload.abcdefgh"

    def died() -> None:
        left.mkdir()
        (left / "ture.csv").write_text("Jens Hansen")

    store, jobs = opened(died)
    assert not left.exists()
    assert [kept.id for kept in uploads_in(jobs).all()] == [upload]


def test_a_list_is_there_whole_or_not_at_all(opened: Open, trips: TripList, monkeypatch: pytest.MonkeyPatch) -> None:
    store, jobs = opened()
    for step in ("sync_tree", "os.rename"):
        with monkeypatch.context() as broken:
            broken.setattr(f"api.store.folders.{step}", _power_cut)
            with pytest.raises(RuntimeError):
                uploads_in(jobs).keep(trips)
        assert uploads_in(jobs).all() == []
        assert list((store.folder / "work").iterdir()) == []


def _power_cut(*_: object) -> None:
    raise RuntimeError


def test_the_states_of_runs_without_a_list_say_nothing_of_one(opened: Open, played: Play) -> None:
    played(published)
    _, jobs = opened()
    state = last(jobs, jobs.submit(TINY).id)
    assert (state.upload, state.upload_deleted) == (None, False)
