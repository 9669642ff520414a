"""The store: results under names of its own, whole or not at all, and never another byte than was written."""

import errno
import json
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from api.store.errors import DamagedError, NoResultError, NotFoundError, NotReadyError, StoreBusyError
from api.store.protocol import RunState, State
from api.store.results import StoredResults
from api.store.store import RUN_FILE, Store
from sim.answer.codec import as_json
from tariffs.errors import DataError, InputError
from tests.answer.building import answer_of

RUN, OTHER = "a" * 64, "b" * 64


@dataclass
class Known:
    """What is known of runs without a result."""

    states: dict[str, State] = field(default_factory=dict)

    def __call__(self, run: str) -> RunState:
        if run not in self.states:
            raise NotFoundError(f"Der er ingen simulering {run}")
        return RunState(run, self.states[run], ("0316",), datetime.now(UTC))


def publish(store: Store, run: str = RUN, codes: tuple[str, ...] = ("0316",), trips: int = 7, **more: Any) -> None:
    work = store.new_work(run)
    for code in codes:
        (work / code).mkdir()
        (work / code / "comparison.json").write_text(json.dumps({**more, "municipality": code, "trips": trips}))
        (work / code / "manifest.json").write_text("{}")
        (work / code / "trips.parquet").write_bytes(b"PAR1 tables PAR1")
    store.publish(work, run, {"municipalities": list(codes), "name": "prøve"})


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "lager")


def test_what_is_published_is_read_back_and_leaves_no_work_behind(store: Store) -> None:
    publish(store)
    results = StoredResults(store, Known())
    assert results.result(RUN) == {"municipality": "0316", "trips": 7}
    assert (results.tables(RUN) / "trips.parquet").read_bytes() == b"PAR1 tables PAR1"
    assert list((store.folder / "work").iterdir()) == []
    assert store.runs() == [RUN]


def test_a_second_result_of_the_same_run_changes_nothing(store: Store) -> None:
    publish(store)
    before = {p: p.read_bytes() for p in store.place(RUN).rglob("*") if p.is_file()}
    publish(store, trips=8)
    assert {p: p.read_bytes() for p in store.place(RUN).rglob("*") if p.is_file()} == before
    assert list((store.folder / "work").iterdir()) == []


def test_answers_in_memory_are_bounded_by_their_bytes(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    runs = [f"{n:064x}" for n in range(5)]
    for run in runs:
        publish(store, run, **as_json(answer_of({"year": 2019})))
    one = (store.place(runs[0]) / "0316" / "comparison.json").stat().st_size
    monkeypatch.setattr("api.store.results.MOST_BYTES", 2 * one)
    results = StoredResults(store, Known())
    for _ in range(2):
        assert [results.answer(run).year for run in runs] == [2019] * 5
    assert [run for run, _ in results._kept] == runs[-2:]
    monkeypatch.setattr("api.store.results.MOST_BYTES", 0)  # the one that is asked for is kept, however large
    assert results.answer(runs[0]) is results.answer(runs[0], "0316")


def test_a_run_of_several_municipalities_must_be_asked_for_one_of_them(store: Store) -> None:
    publish(store, codes=("0316", "0326"))
    results = StoredResults(store, Known())
    assert results.result(RUN, "0326")["municipality"] == "0326"
    with pytest.raises(NotFoundError, match="0316 eller 0326"):
        results.result(RUN)
    with pytest.raises(NotFoundError, match="ingen kommune '0101'"):
        results.result(RUN, "0101")


@pytest.mark.parametrize("file", ["0316/comparison.json", RUN_FILE])
@pytest.mark.parametrize("read_before", [True, False])
def test_any_flipped_bit_is_found_and_the_result_set_aside(store: Store, file: str, read_before: bool) -> None:
    publish(store)
    results = StoredResults(store, Known({RUN: "failed"}))
    path = store.place(RUN) / file
    content = path.read_bytes()
    for place in range(0, 8 * len(content), 97):
        if read_before:
            results.result(RUN)
        flipped = bytearray(content)
        flipped[place // 8] ^= 1 << place % 8
        path.write_bytes(flipped)
        fresh = results if not read_before or file != RUN_FILE else StoredResults(store, Known({RUN: "failed"}))
        with pytest.raises(DamagedError, match="beskadiget"):
            fresh.result(RUN)
        assert not store.is_whole(RUN)
        assert store.has(RUN) == (file != RUN_FILE)
        with pytest.raises((NoResultError, DamagedError), match="send scenariet igen"):
            fresh.result(RUN)
        publish(store)
        assert store.is_whole(RUN)
    assert results.result(RUN)["trips"] == 7


@pytest.mark.parametrize("spoil", [lambda p: p.write_bytes(b"PAR1 tablex PAR1"), Path.unlink])
def test_only_what_is_damaged_or_gone_is_withheld(store: Store, spoil: Callable[[Path], object]) -> None:
    publish(store, codes=("0316", "0326"))
    results = StoredResults(store, Known())
    results.tables(RUN, "0316")
    spoil(store.place(RUN) / "0316" / "trips.parquet")
    folder = results.tables(RUN, "0316")
    assert sorted(path.name for path in folder.iterdir()) == ["comparison.json", "manifest.json"]
    assert results.result(RUN, "0316")["trips"] == 7
    assert (results.tables(RUN, "0326") / "trips.parquet").exists()
    assert not store.is_whole(RUN)
    spoil(store.place(RUN) / "0316" / "manifest.json")
    with pytest.raises(DamagedError, match=r"0316/manifest\.json"):
        results.tables(RUN, "0316")
    assert results.result(RUN, "0316")["trips"] == 7
    spoil(store.place(RUN) / "0316" / "comparison.json")
    with pytest.raises(DamagedError, match=r"0316/comparison\.json"):
        results.result(RUN, "0316")
    assert results.result(RUN, "0326")["trips"] == 7

    publish(store, codes=("0316", "0326"))
    assert store.is_whole(RUN)
    assert sorted(path.name for path in results.tables(RUN, "0316").iterdir()) == [
        "comparison.json", "manifest.json", "trips.parquet",
    ]  # fmt: skip


def test_what_has_no_result_says_why(store: Store) -> None:
    results = StoredResults(store, Known({RUN: "running", OTHER: "cancelled"}))
    with pytest.raises(NotReadyError, match="ikke færdig"):
        results.result(RUN)
    with pytest.raises(NoResultError, match="afbrudt"):
        results.result(OTHER, "0316")
    for name in ("c" * 64, "../" * 20, "A" * 64, "", RUN + "/"):
        with pytest.raises(NotFoundError):
            results.result(name)
        with pytest.raises(NotFoundError):
            results.tables(name, "../0316")


def test_no_name_from_outside_leads_out_of_the_store(store: Store) -> None:
    publish(store)
    for code in ("..", "../..", "/etc", "0316/..", "."):
        with pytest.raises(NotFoundError):
            StoredResults(store, Known()).tables(RUN, code)
    with pytest.raises(ValueError, match="not a run"):
        store.place("../../etc")


def test_two_servers_on_one_store_are_refused_until_the_first_lets_go(store: Store) -> None:
    store.take()
    with pytest.raises(StoreBusyError, match="anden server"):
        Store(store.folder).take()
    store.release()
    Store(store.folder).take()


def test_a_store_that_cannot_be_written_in_is_refused_in_words(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def read_only(*told: object, **more: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(store.folder / "server.lock"))

    monkeypatch.setattr("filelock.FileLock.acquire", read_only)
    with pytest.raises(InputError, match=r"Lageret .* kan ikke bruges\. Hvorfor: Read-only file system\.") as caught:
        store.take()
    assert caught.value.next_step == "vælg en anden mappe med --store"


def test_taking_the_store_clears_what_another_server_left_unfinished_but_no_result(store: Store) -> None:
    publish(store)
    (store.new_work(OTHER) / "half").write_text("half")
    store.take()
    assert list((store.folder / "work").iterdir()) == []
    assert store.runs() == [RUN]
    store.release()


def test_a_store_of_another_version_is_left_alone(store: Store) -> None:
    (store.folder / "store.json").write_text('{"format": 2, "id": "x"}')
    with pytest.raises(DataError, match="formatet er 2, ikke 1"):
        Store(store.folder)


def test_a_place_that_cannot_be_a_store_is_refused(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("")
    with pytest.raises(InputError, match="kan ikke bruges"):
        Store(tmp_path / "fil")


def test_a_saved_name_stands_for_the_run_it_was_last_given(store: Store) -> None:
    publish(store)
    results = StoredResults(store, Known({OTHER: "queued"}))
    results.save_name("Budget-2027", OTHER)
    assert results.resolve("budget-2027") == OTHER
    results.save_name("budget-2027", RUN)
    assert results.resolve("BUDGET-2027") == RUN
    assert StoredResults(store, Known()).names() == {"budget-2027": RUN}
    assert results.resolve(RUN) == RUN
    results.forget_name("budget-2027")
    for call in (results.resolve, results.forget_name):
        with pytest.raises(NotFoundError, match="intet gemt navn"):
            call("budget-2027")


def test_a_name_must_be_one_and_stand_for_a_run_there_is(store: Store) -> None:
    publish(store)
    results = StoredResults(store, Known())
    for name in ("", "a b", "../x", "x" * 61, RUN, "-x", "x\n"):
        with pytest.raises(InputError, match="kan ikke være et navn"):
            results.save_name(name, RUN)
    with pytest.raises(NotFoundError):
        results.save_name("navn", OTHER)
    assert results.names() == {}


def test_names_saved_at_the_same_time_are_all_kept(store: Store) -> None:
    publish(store)
    results = [StoredResults(store, Known()) for _ in range(2)]
    threads = [threading.Thread(target=results[n % 2].save_name, args=(f"navn-{n}", RUN)) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results[0].names()) == 20


def test_a_damaged_file_of_names_is_an_error_and_not_an_empty_list(store: Store) -> None:
    (store.folder / "names.json").write_text('{"budget": ')
    with pytest.raises(DataError, match="gemte navne er beskadiget"):
        StoredResults(store, Known()).names()
