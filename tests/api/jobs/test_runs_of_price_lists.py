"""Runs under a price list that was sent: they keep it, whatever becomes of it after they have begun."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from api.jobs.accepting import accept
from api.settings import Settings
from api.store.price_lists import PriceLists
from api.store.results import StoredResults
from tests.api.http.test_price_lists import LIST
from tests.api.jobs.conftest import TINY, FakeWorker, Opened, Script
from tests.api.jobs.playing import last

Open = Callable[..., Opened]
Play = Callable[[Script], list[FakeWorker]]
ASKED = {key: value for key, value in TINY.items() if key != "start"} | {"year": 2027}


def lists_at(store: Path) -> tuple[PriceLists, str]:
    """Keep the list in a store; returns the lists and how a scenario names it."""
    lists = PriceLists(store, Settings())
    kept, _ = lists.keep(LIST)
    return lists, kept.name


def test_the_identity_is_of_the_list_and_not_of_where_the_store_is(tmp_path: Path) -> None:
    found = []
    for name in ("a", "b"):
        _, named = lists_at(tmp_path / name)
        found.append(accept(ASKED | {"tariff_files": [named]}, Settings(store=str(tmp_path / name))).run)
    assert found[0] == found[1]
    assert found[0] != accept(ASKED, Settings(store=str(tmp_path / "a"))).run


@pytest.mark.slow
def test_a_run_goes_on_when_its_list_is_removed_and_keeps_it(opened: Open, played: Play) -> None:
    from api.jobs.process import Worker

    def removed_meanwhile(worker: FakeWorker, hear: Any) -> Any:
        def heard(done: int, expected: int) -> None:
            if done == 1:
                lists.delete(named.removeprefix("prices:"))
            hear(done, expected)

        return Worker(worker.order).wait(heard).told

    played(removed_meanwhile)
    store, jobs = opened()
    lists, named = lists_at(store.folder)
    state = last(jobs, jobs.submit(ASKED | {"tariff_files": [named]}).id)
    assert state.state == "done", state.error
    assert lists.all() == []
    results = StoredResults(store, jobs.get)
    folder = results.tables(state.id)
    assert (folder / "takster-1.toml").read_text(encoding="utf-8") == LIST.toml()
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["scenario"]["tariff_files"] == [named]
    assert list(manifest["inputs"]) == [named]
    assert results.result(state.id)["fares"]["certainty"] == "entered"
    for path in folder.rglob("*"):
        if path.is_file():
            assert str(store.folder).encode() not in path.read_bytes(), path.name


def test_a_run_whose_list_is_removed_before_it_begins_fails_and_says_so(opened: Open, played: Play) -> None:
    from api.jobs.process import Worker

    def removed_first(worker: FakeWorker, hear: Any) -> Any:
        lists.delete(named.removeprefix("prices:"))
        return Worker(worker.order).wait(hear).told

    played(removed_first)
    store, jobs = opened()
    lists, named = lists_at(store.folder)
    state = last(jobs, jobs.submit(ASKED | {"tariff_files": [named]}).id)
    assert state.state == "failed"
    assert (state.error or "").startswith("Prislisten er ikke gemt her")


def test_lists_are_told_by_their_days(tmp_path: Path) -> None:
    lists, named = lists_at(tmp_path)
    assert [(kept.name, kept.price_list.start, kept.replaced) for kept in lists.all()] == [
        (named, date(2027, 1, 17), False)
    ]
