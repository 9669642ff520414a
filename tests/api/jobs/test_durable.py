"""Runs that are taken on: once each, finished whatever happens on the way, and told of truly."""

import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import structlog

from api.jobs.durable import GONE, PART_GONE, SEEN_S
from api.settings import Settings
from api.store.errors import DamagedError, NotFoundError, QueueFullError, StoreBusyError, StoreFullError
from api.store.protocol import RunState
from api.store.results import StoredResults
from tests.api.jobs.conftest import TINY, FakeWorker, Opened, Script

Open = Callable[..., Opened]
Play = Callable[[Script], list[FakeWorker]]
SOON_S = 20


def last(jobs: Any, run: str) -> RunState:
    *_, state = jobs.events(run)
    return state


def wait_for(condition: Callable[[], object]) -> None:
    until = time.monotonic() + SOON_S
    while not condition():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.02)


def published(worker: FakeWorker, hear: Any) -> dict[str, Any]:
    hear(0, 2)
    hear(2, 2)
    return worker.publish()


def until_ended(worker: FakeWorker, hear: Any) -> None:
    hear(1, 4)
    while not worker.ended:
        time.sleep(0.01)


def test_the_same_scenario_again_is_the_same_run_and_calculated_once(opened: Open, played: Play) -> None:
    made = played(published)
    _, jobs = opened()
    first = jobs.submit(TINY)
    assert first.state == "queued"
    assert last(jobs, first.id).state == "done"
    again = jobs.submit(
        {**TINY, "name": "kaldt noget andet", "options": ["Nuværende ordning: kommunetakst", "Grundtakst"]}
    )
    assert (again.id, again.state) == (first.id, "done")
    assert len(made) == 1
    assert [state.id for state in jobs.list()] == [first.id]


def test_many_that_send_the_same_at_once_get_one_run(opened: Open, played: Play) -> None:
    made = played(published)
    _, jobs = opened()
    got: list[RunState] = []
    threads = [threading.Thread(target=lambda: got.append(jobs.submit(TINY))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({state.id for state in got}) == 1
    assert len(got) == 8
    last(jobs, got[0].id)
    assert len(made) == 1


def test_progress_is_told_while_a_run_is_under_way(opened: Open, played: Play) -> None:
    step = threading.Semaphore(0)

    def slowly(worker: FakeWorker, hear: Any) -> dict[str, Any]:
        for done in range(4):
            step.acquire()
            hear(done, 3)
        step.acquire()
        return worker.publish()

    played(slowly)
    _, jobs = opened()
    run = jobs.submit(TINY).id
    seen = []
    for state in jobs.events(run):
        seen.append((state.state, state.done, state.expected))
        step.release()
    steps = [("queued", 0, None), ("running", 0, None), *(("running", n, 3) for n in range(4)), ("done", 3, 3)]
    assert [s for s in steps if s in seen] == list(dict.fromkeys(seen))
    assert ("running", 3, 3) in seen


def test_many_that_follow_a_run_ask_the_database_once_and_all_hear_its_end(
    opened: Open, played: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    end = threading.Event()

    def until_told(worker: FakeWorker, hear: Any) -> dict[str, Any]:
        hear(1, 2)
        end.wait(SOON_S)
        return worker.publish()

    played(until_told)
    _, jobs = opened()
    run = jobs.submit(TINY).id
    wait_for(lambda: jobs.get(run).done == 1)
    asked, get = [], jobs.get
    monkeypatch.setattr(jobs, "get", lambda name: asked.append(time.monotonic()) or get(name))
    began = time.monotonic()
    followers = [jobs.events(run) for _ in range(200)]
    assert {next(follower).state for follower in followers} == {"running"}
    assert len(asked) <= 1 + (time.monotonic() - began) / SEEN_S
    end.set()
    assert last(jobs, run).state == "done"
    assert {[*follower][-1].state for follower in followers[:2]} == {"done"}


def test_a_cancelled_run_is_ended_at_once_and_can_be_taken_up_anew(opened: Open, played: Play) -> None:
    made = played(until_ended)
    store, jobs = opened()
    run = jobs.submit(TINY).id
    wait_for(lambda: jobs.get(run).done == 1)
    assert jobs.cancel(run).state == "cancelled"
    wait_for(lambda: jobs.working() == 0)
    assert made[0].ended
    assert list((store.folder / "work").iterdir()) == []
    assert jobs.cancel(run).state == "cancelled"
    assert jobs.scenario(run)["options"][0]["name"] == "Nuværende ordning"
    played(published)
    assert jobs.submit(jobs.scenario(run)).id == run
    assert last(jobs, run).state == "done"


def test_a_run_is_cancelled_while_it_waits_and_others_go_on(opened: Open, played: Play) -> None:
    made = played(until_ended)
    _, jobs = opened(runs_at_once=1)
    first, second, third = (jobs.submit({**TINY, "seed": seed}).id for seed in (1, 2, 3))
    wait_for(lambda: jobs.get(first).done == 1)
    assert jobs.cancel(second).state == "cancelled"
    jobs.cancel(first)
    wait_for(lambda: jobs.get(third).done == 1)
    assert [worker.order.run for worker in made] == [first, third]
    jobs.cancel(third)


def test_a_finished_run_stays_finished_when_it_is_cancelled(opened: Open, played: Play) -> None:
    played(published)
    _, jobs = opened()
    run = jobs.submit(TINY).id
    last(jobs, run)
    assert jobs.cancel(run).state == "done"


def test_a_result_with_a_damaged_table_can_be_read_and_is_made_again_under_its_name(opened: Open, played: Play) -> None:
    made = played(published)
    store, jobs = opened()
    results, run = StoredResults(store, jobs.get), jobs.submit(TINY).id
    last(jobs, run)
    (store.place(run) / "0316" / "trips.parquet").write_bytes(b"PAR1 tablex PAR1")
    assert jobs.get(run).error is None
    results.tables(run)
    wait_for(lambda: (jobs.get(run).state, jobs.get(run).error) == ("done", PART_GONE))

    step = threading.Semaphore(0)

    def when_told(worker: FakeWorker, hear: Any) -> dict[str, Any]:
        step.acquire()
        return worker.publish()

    made = played(when_told)
    assert jobs.submit(TINY).id == run
    wait_for(lambda: made)
    assert jobs.get(run).state == "running"
    assert results.result(run) == {"trips": 7}  # a sheet that rests on it goes on
    jobs.submit(TINY)
    step.release()
    assert (last(jobs, run).state, last(jobs, run).error, len(made)) == ("done", None, 1)
    assert (results.tables(run) / "trips.parquet").read_bytes() == b"PAR1 tables PAR1"


def test_a_result_without_its_figures_has_failed_and_is_made_again(opened: Open, played: Play) -> None:
    played(published)
    store, jobs = opened()
    run = jobs.submit(TINY).id
    last(jobs, run)
    (store.place(run) / "0316" / "comparison.json").write_text('{"trips": 8}')
    with pytest.raises(DamagedError):
        StoredResults(store, jobs.get).result(run)
    wait_for(lambda: (jobs.get(run).state, jobs.get(run).error) == ("failed", GONE))
    jobs.submit(TINY)
    assert last(jobs, run).state == "done"
    assert StoredResults(store, jobs.get).result(run) == {"trips": 7}


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
    assert state.error == "Arbejdsprocessen blev afbrudt; kørslen er begyndt forfra (forsøg 2 af 3)."
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
    assert (state.state, state.error) == ("failed", "Kørslen tog mere end 1 sekunder og blev standset.")


def test_a_damaged_result_that_was_set_aside_is_made_anew_when_the_scenario_comes_again(
    opened: Open, played: Play
) -> None:
    made = played(published)
    store, jobs = opened()
    run = jobs.submit(TINY).id
    last(jobs, run)
    store.set_aside(run)
    wait_for(lambda: jobs.get(run).state == "failed")
    assert "beskadiget" in str(jobs.get(run).error)
    jobs.submit(TINY)
    assert last(jobs, run).state == "done"
    assert len(made) == 2


def test_work_that_cannot_be_taken_on_is_refused_with_what_to_do(
    opened: Open, played: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    played(until_ended)
    _, jobs = opened(most_waiting=1)
    first = jobs.submit(TINY).id
    wait_for(lambda: jobs.get(first).done == 1)
    second = jobs.submit({**TINY, "seed": 2}).id
    with pytest.raises(QueueFullError, match="Køen er fuld"):
        jobs.submit({**TINY, "seed": 3})
    assert jobs.submit(TINY).id == first
    jobs.check()
    monkeypatch.setattr("api.jobs.durable.free_mb", lambda folder: 3)
    for call in (jobs.check, lambda: jobs.submit({**TINY, "seed": 3})):
        with pytest.raises(StoreFullError, match="ikke plads"):
            call()
    assert {state.id for state in jobs.list()} == {first, second}


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


def test_there_is_no_run_where_none_was_sent(opened: Open) -> None:
    _, jobs = opened()
    for name in ("a" * 64, "", "%", "../x", "a" * 63 + "."):
        for call in (jobs.get, jobs.cancel, lambda n: next(jobs.events(n))):
            with pytest.raises(NotFoundError):
                call(name)


def test_a_date_comes_as_text_in_json(opened: Open, played: Play) -> None:
    made = played(published)
    _, jobs = opened()
    last(jobs, jobs.submit({**TINY, "start": "2020-07-01"}).id)
    assert '"start":"2020-07-01"' in made[0].order.scenario


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
