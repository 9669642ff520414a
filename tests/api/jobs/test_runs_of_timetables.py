"""Runs with a timetable that was sent: the figures of the command line, and what becomes of one whose timetable is deleted."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from api.cli.main import takstlab
from api.jobs.accepting import accept
from api.settings import Settings
from api.store.results import StoredResults
from api.store.timetables import Timetables
from tests.api.jobs.conftest import TINY, FakeWorker, Held, Opened, Script
from tests.api.jobs.playing import last
from tests.plustur.bus_feed import bus

Open = Callable[..., Opened]
Play = Callable[[Script], list[FakeWorker]]
PLUS = TINY | {"options": ["I dag: kommunetakst", "Plus: kommunetakst, plustur"], "year": 2020}


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    return bus(tmp_path / "bus.zip")


def timetable_at(store: Path, feed: Path) -> tuple[Timetables, str]:
    """Keep a feed in a store; returns the timetables and how a scenario names it."""
    timetables = Timetables(store, Settings())
    with timetables.arriving() as folder:
        kept, _ = timetables.keep(Path(shutil.copy(feed, folder / "sendt.zip")))
    return timetables, f"timetable:{kept.id}"


def test_the_identity_is_of_the_timetable_and_not_of_where_the_store_is(tmp_path: Path, feed: Path) -> None:
    found = []
    for name in ("a", "b"):
        _, named = timetable_at(tmp_path / name, feed)
        accepted = accept(PLUS | {"gtfs": named}, Settings(store=str(tmp_path / name)))
        assert accepted.scenario.gtfs == named
        found.append((named, accepted.run))
    assert found[0] == found[1]


@pytest.mark.slow
def test_a_run_with_a_timetable_has_the_command_lines_figures_and_no_paths(
    opened: Open, tmp_path: Path, feed: Path
) -> None:
    store, jobs = opened()
    timetables, named = timetable_at(store.folder, feed)
    state = last(jobs, jobs.submit(PLUS | {"gtfs": named}).id)
    assert state.state == "done", state.error
    folder = StoredResults(store, jobs.get).tables(state.id)
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["scenario"]["gtfs"] == named
    assert manifest["inputs"] == {named: named.removeprefix("timetable:")}, "the id is the file's hash"
    for path in folder.rglob("*"):
        if path.is_file():
            assert str(store.folder).encode() not in path.read_bytes(), path.name
    timetables.delete(named.removeprefix("timetable:"))
    assert jobs.get(state.id).state == "done"

    asked = ["--option", "I dag: kommunetakst", "--option", "Plus: kommunetakst, plustur", "--municipality", "0316",
             "--passengers", "300", "--draws", "0", "--year", "2020", "--gtfs", str(feed), "--min-replications", "2",
             "--max-replications", "3", "--out", str(tmp_path / "svar")]  # fmt: skip
    ran = CliRunner().invoke(takstlab, ["compare", *asked])
    assert ran.exit_code == 0, ran.output
    (there,) = (tmp_path / "svar").rglob("comparison.json")
    here, there = (json.loads(file.read_text()) for file in (folder / "comparison.json", there))
    assert here["options"] == there["options"]
    assert here["notes"] == there["notes"]


def test_a_run_whose_timetable_is_deleted_before_it_starts_fails_and_says_so(
    opened: Open, played: Play, feed: Path
) -> None:
    held = Held()
    played(held)
    store, jobs = opened()
    timetables, named = timetable_at(store.folder, feed)
    run = jobs.submit(PLUS | {"gtfs": named}).id
    assert held.started.wait(20)
    timetables.delete(named.removeprefix("timetable:"))
    held.go_on.set()
    state = last(jobs, run)
    assert state.state == "failed"
    assert (state.error or "").startswith("Scenariets køreplan er ikke gemt her")


def test_a_timetable_is_there_whole_or_not_at_all(tmp_path: Path, feed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for step in ("sync_tree", "os.rename"):
        with monkeypatch.context() as broken:
            broken.setattr(f"api.store.folders.{step}", _power_cut)
            with pytest.raises(RuntimeError):
                timetable_at(tmp_path / "lager", feed)
        assert Timetables(tmp_path / "lager", Settings()).all() == []
        assert list((tmp_path / "lager" / "work").iterdir()) == []


def test_a_timetable_that_is_changed_on_the_disk_is_not_used(tmp_path: Path, feed: Path) -> None:
    store = tmp_path / "lager"
    timetables, named = timetable_at(store, feed)
    file = timetables.place(named.removeprefix("timetable:"))
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    with pytest.raises(Exception, match="beskadiget"):
        timetables.place(named.removeprefix("timetable:"))
    assert timetable_at(store, feed)[1] == named, "sent again it is as it was"
    assert timetables.place(named.removeprefix("timetable:")).read_bytes() == feed.read_bytes()


def _power_cut(*_: object) -> None:
    raise RuntimeError
