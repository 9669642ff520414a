"""Runs that are taken on: once each, finished whatever happens on the way, and told of truly."""

import threading
import time
from typing import Any

import pytest

from api.jobs.durable import GONE, PART_GONE, SEEN_S
from api.store.errors import DamagedError, NotFoundError, QueueFullError, StoreFullError
from api.store.protocol import RunState
from api.store.results import StoredResults
from tests.api.jobs.conftest import TINY, FakeWorker
from tests.api.jobs.playing import SOON_S, Open, Play, last, published, until_ended, wait_for


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
