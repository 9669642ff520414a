"""Runs with town areas that were sent: what they publish, and what becomes of one whose areas are deleted before it starts."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from api.jobs.accepting import accept
from api.settings import Settings
from api.store.areas import AreasStore
from api.store.results import StoredResults
from sim.geography.municipalities import find_municipality
from tests.api.http.test_areas import TOWN
from tests.api.jobs.conftest import TINY, FakeWorker, Held, Opened, Script
from tests.api.jobs.playing import last

Open = Callable[..., Opened]
Play = Callable[[Script], list[FakeWorker]]


def areas_at(store: Path) -> tuple[AreasStore, str]:
    """Keep Holbæk's town area in a store; returns the areas and how a scenario names them."""
    areas = AreasStore(store, Settings())
    kept, _ = areas.keep(TOWN, find_municipality("0316"))
    return areas, f"areas:{kept.id}"


def test_the_identity_is_of_the_areas_and_not_of_where_the_store_is(tmp_path: Path) -> None:
    found = []
    for name in ("a", "b"):
        _, named = areas_at(tmp_path / name)
        accepted = accept(TINY | {"town_areas": named}, Settings(store=str(tmp_path / name)))
        assert accepted.scenario.town_areas == named
        found.append((named, accepted.run))
    assert found[0] == found[1]


@pytest.mark.slow
def test_a_run_with_own_areas_publishes_its_trips_and_no_paths(opened: Open) -> None:
    store, jobs = opened()
    areas, named = areas_at(store.folder)
    state = last(jobs, jobs.submit(TINY | {"town_areas": named}).id)
    assert state.state == "done", state.error
    folder = StoredResults(store, jobs.get).tables(state.id)
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["scenario"]["town_areas"] == named
    assert list(manifest["inputs"]) == [named]
    assert manifest["town_zones"] == {"names": ["Holbæk by"], "source": "byområder fra byomraader.geojson"}
    assert (folder / "trips.parquet").exists(), "the trips are the model's, not anybody's own"
    for path in folder.rglob("*"):
        if path.is_file():
            assert str(store.folder).encode() not in path.read_bytes(), path.name
    areas.delete(named.removeprefix("areas:"))
    assert jobs.get(state.id).state == "done"


def test_a_run_whose_areas_are_deleted_before_it_starts_fails_and_says_so(opened: Open, played: Play) -> None:
    held = Held()
    played(held)
    store, jobs = opened()
    areas, named = areas_at(store.folder)
    run = jobs.submit(TINY | {"town_areas": named}).id
    assert held.started.wait(20)
    areas.delete(named.removeprefix("areas:"))
    held.go_on.set()
    state = last(jobs, run)
    assert state.state == "failed"
    assert (state.error or "").startswith("Scenariets byområder er ikke gemt her")


def test_areas_are_there_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    areas = AreasStore(tmp_path, Settings())
    for step in ("sync_tree", "os.rename"):
        with monkeypatch.context() as broken:
            broken.setattr(f"api.store.folders.{step}", _power_cut)
            with pytest.raises(RuntimeError):
                areas.keep(TOWN, find_municipality("0316"))
        assert areas.all() == []
        assert list((tmp_path / "work").iterdir()) == []


def test_areas_that_are_changed_on_the_disk_are_not_used(tmp_path: Path) -> None:
    areas, named = areas_at(tmp_path)
    file = areas.place(named.removeprefix("areas:"))
    file.write_bytes(file.read_bytes().replace(b"11.66", b"11.67"))
    assert areas.all() == []
    assert areas.keep(TOWN, find_municipality("0316"))[1], "sent again they are as they were"


def _power_cut(*_: object) -> None:
    raise RuntimeError
