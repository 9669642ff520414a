"""Runs whose worker, server or disk fails on the way: begun again, waited for or ended, and said to be."""

import sqlite3
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import structlog

from api.settings import Settings
from api.store.errors import StoreBusyError, StoreFullError
from api.store.results import StoredResults
from tests.api.jobs.conftest import TINY, FakeWorker
from tests.api.jobs.playing import SOON_S, Open, Play, last, published, until_ended, wait_for


def test_what_is_unfinished_when_the_server_stops_is_finished_by_the_next(opened: Open, played: Play) -> None:
    played(until_ended)
    _, jobs = opened()
    runs = [jobs.submit({**TINY, "seed": seed}).id for seed in (1, 2, 3)]
    wait_for(lambda: jobs.get(runs[0]).done == 1)
    made = played(published)
    _, jobs = opened()
    assert [last(jobs, run).state for run in runs] == ["done"] * 3
    assert sorted(worker.order.run for worker in made) == sorted(runs)


def test_a_run_of_an_older_model_is_finished_under_its_name_now_and_the_old_name_leads_there(
    opened: Open, played: Play
) -> None:
    now = "b" * 64
    made = played(until_ended)
    _, jobs = opened()
    old = jobs.submit(TINY).id
    wait_for(lambda: made)

    made = played(lambda worker, _: worker.publish() if worker.order.run == now else {"now": now})
    store, jobs = opened()  # after an upgrade
    state = last(jobs, old)
    assert (state.id, state.state, state.ordered_as) == (now, "done", old)
    assert (jobs.get(now).state, jobs.get(now).ordered_as) == ("done", None)
    assert [worker.order.run for worker in made] == [old, now]
    assert [listed.id for listed in jobs.list()] == [now]
    results = StoredResults(store, jobs.get)
    assert results.result(old) == results.result(now, "0316") == {"trips": 7}
    assert results.tables(old) == store.place(now) / "0316"
    assert jobs.scenario(old) == jobs.scenario(now)
    assert jobs.submit(TINY).id == now


def test_a_worker_that_dies_is_followed_by_another_but_not_for_ever(opened: Open, played: Play) -> None:
    deaths = [0]

    def dies_twice(worker: FakeWorker, hear: Any) -> dict[str, Any] | None:
        deaths[0] += 1
        return None if deaths[0] < 3 else worker.publish()

    played(dies_twice)
    _, jobs = opened()
    assert last(jobs, jobs.submit(TINY).id).state == "done"
    made = played(lambda worker, hear: None)
    state = last(jobs, jobs.submit({**TINY, "seed": 2}).id)
    assert state.state == "failed"
    assert "blev afbrudt 3 gange" in str(state.error)
    assert len(made) == 3


def test_a_run_begun_again_after_a_worker_died_says_so_and_so_does_the_log(opened: Open, played: Play) -> None:
    lives = threading.Event()

    def dies_once(worker: FakeWorker, hear: Any) -> dict[str, Any] | None:
        if len(made) == 1:
            return None
        hear(1, 2)
        lives.wait(SOON_S)
        return worker.publish()

    made = played(dies_once)
    _, jobs = opened()
    with structlog.testing.capture_logs() as logged:
        run = jobs.submit(TINY).id
        wait_for(lambda: jobs.get(run).done == 1)
        state = jobs.get(run)
        lives.set()
        assert last(jobs, run).state == "done"
    assert state.state == "running"
    assert state.error == "Arbejdsprocessen blev afbrudt; simuleringen er begyndt forfra (forsøg 2 af 3)."
    assert jobs.get(run).error is None
    [died] = [line for line in logged if line["event"] == "worker died"]
    assert (died["run"], died["deaths"], died["status"]) == (run, 1, -9)


def test_a_run_waits_while_the_disk_is_full_and_goes_on_when_it_is_not(opened: Open, played: Play) -> None:
    made = played(lambda worker, hear: {"full": True})
    _, jobs = opened(disk_wait_s=1)
    run = jobs.submit(TINY).id
    wait_for(lambda: "Disken er fuld" in str(jobs.get(run).error))
    assert jobs.get(run).state == "queued"
    wait_for(lambda: len(made) >= 2)
    played(published)
    assert last(jobs, run).state == "done"


def test_a_run_that_waits_for_the_disk_is_still_there_after_a_restart(opened: Open, played: Play) -> None:
    played(lambda worker, hear: {"full": True})
    _, jobs = opened()
    run = jobs.submit(TINY).id
    wait_for(lambda: jobs.get(run).error)
    played(published)
    _, jobs = opened()
    assert last(jobs, run).state == "done"


def test_a_run_that_takes_too_long_is_stopped_and_says_so(opened: Open, played: Play) -> None:
    played(until_ended)
    _, jobs = opened(run_seconds=1)
    state = last(jobs, jobs.submit(TINY).id)
    assert (state.state, state.error) == ("failed", "Simuleringen tog mere end 1 sekunder og blev standset.")


def test_a_second_server_on_the_store_is_refused_and_the_first_goes_on(opened: Open, played: Play) -> None:
    from api.jobs.durable import open_jobs

    played(published)
    store, jobs = opened()
    with pytest.raises(StoreBusyError):
        open_jobs(replace(Settings(), store=str(store.folder)))
    assert last(jobs, jobs.submit(TINY).id).state == "done"


def test_results_are_still_known_when_the_database_of_jobs_is_lost(opened: Open, played: Play) -> None:
    made = played(published)
    store, jobs = opened()
    run = jobs.submit(TINY).id
    last(jobs, run)
    store, jobs = opened(after=lambda: [path.unlink() for path in store.folder.glob("jobs.sqlite*")])
    assert [state.id for state in jobs.list()] == [run]
    assert jobs.submit(TINY).state == "done"
    assert len(made) == 1


def test_an_acknowledged_run_is_on_disk_when_it_is_acknowledged(opened: Open, played: Play, tmp_path: Path) -> None:
    played(until_ended)
    store, jobs = opened()
    run = jobs.submit(TINY).id
    with sqlite3.connect(store.folder / "jobs.sqlite") as reader:
        assert reader.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        rows = reader.execute("SELECT workflow_uuid FROM workflow_status").fetchall()
    assert rows == [(f"{run}.0",)]
    jobs.cancel(run)


def test_a_server_that_starts_on_a_full_disk_reads_results_and_takes_jobs_up_when_there_is_room(
    opened: Open, played: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = played(published)
    store, jobs = opened()
    done = jobs.submit(TINY).id
    last(jobs, done)
    played(until_ended)
    waiting = jobs.submit({**TINY, "seed": 2}).id
    wait_for(lambda: jobs.working() == 1)
    made = played(published)
    room = [False]
    monkeypatch.setattr("api.jobs.durable.has_room", lambda _: room[0])
    store, jobs = opened(disk_wait_s=0.05)
    assert jobs.get(done).state == "done"
    assert [state.id for state in jobs.list()] == [done]
    assert StoredResults(store, jobs.get).result(done) == {"trips": 7}
    for ask in (lambda: jobs.get(waiting), lambda: jobs.submit({**TINY, "seed": 3}), jobs.check):
        with pytest.raises(StoreFullError, match="Der er ikke plads på disken"):
            ask()
    assert made == []
    room[0] = True
    wait_for(lambda: made)
    assert last(jobs, waiting).state == "done"


def test_a_run_that_failed_says_why_before_that_could_be_written_down(opened: Open, played: Play) -> None:
    played(lambda worker, hear: {"failed": "for tung"})
    _, jobs = opened()
    run = jobs.submit(TINY).id
    assert last(jobs, run).state == "failed"
    row = jobs._database.newest(run)
    assert row is not None
    row.status, row.output = "PENDING", None  # as the database has it while the disk is full
    assert (jobs._state(row).state, jobs._state(row).error) == ("failed", "for tung")
