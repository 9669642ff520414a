"""What a worker tells of how its work went, and how long is left of it."""

import errno
import io
import json
import os
import subprocess
import sys
import time
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pytest

from api.jobs.accepting import accept
from api.jobs.process import Pace
from api.jobs.worker import SERVER, Order, order_text, work
from api.settings import Settings
from tests.api.jobs.conftest import TINY


def order(run: str, work: Path) -> Order:
    accepted = accept(TINY, Settings())
    return Order(
        str(work / "lager"), run, accepted.scenario.model_dump_json(), accepted.municipalities, str(work), 1, 30
    )


def told_when(error: BaseException, monkeypatch: pytest.MonkeyPatch, work_in: Path) -> list[dict[str, Any]]:
    def fail(order: Order, progress: Any, watch: Any) -> None:
        progress(1, 2)
        raise error

    monkeypatch.setattr("api.jobs.worker._calculate", fail)
    said = io.StringIO()
    work(order("a" * 64, work_in), said)
    return [json.loads(line) for line in said.getvalue().splitlines()]


def test_a_run_whose_model_has_changed_since_it_was_ordered_is_told_under_its_name_now(tmp_path: Path) -> None:
    said = io.StringIO()
    work(order("a" * 64, tmp_path), said)
    assert json.loads(said.getvalue()) == {"now": accept(TINY, Settings()).run}
    assert not (tmp_path / "0316").exists()


def test_a_full_disk_is_told_as_such_and_another_fault_of_the_disk_by_its_words(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for number in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        assert told_when(OSError(number, "x"), monkeypatch, tmp_path)[-1] == {"full": True}
    last = told_when(OSError(errno.EROFS, "Read-only file system"), monkeypatch, tmp_path)[-1]
    assert last["failed"] == "Arbejdet kunne ikke gøres: Read-only file system."


def test_a_worker_whose_own_process_was_killed_says_nothing_as_if_it_had_died(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert told_when(BrokenProcessPool("x"), monkeypatch, tmp_path) == [{"done": 1, "expected": 2}]


def test_an_unexpected_fault_is_named_without_its_details_which_are_for_the_log(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    last = told_when(KeyError("hemmelig"), monkeypatch, tmp_path)[-1]
    assert last["failed"] == "Uventet fejl: KeyError. Den er skrevet i loggen."
    assert "hemmelig" in last["trace"]


def test_a_worker_ends_when_the_server_that_it_works_for_is_not_there(tmp_path: Path) -> None:
    """Its parent here is this test, not the process it is told to work for."""
    worker = subprocess.Popen(
        [sys.executable, "-m", "api.jobs.worker"], stdin=subprocess.PIPE, env={**os.environ, SERVER: "1"}
    )
    assert worker.stdin is not None
    time.sleep(0.5)
    try:
        worker.stdin.write(order_text(order("a" * 64, tmp_path)).encode())
        worker.stdin.close()
    except BrokenPipeError:
        pass
    assert worker.wait(timeout=20) == 1


def test_how_long_is_left_follows_from_how_fast_it_went(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]
    monkeypatch.setattr("api.jobs.process.time.monotonic", lambda: clock[0])
    pace = Pace()
    assert pace.seconds_left() is None
    pace.hear(1, 10)
    assert pace.seconds_left() is None
    clock[0] += 6
    pace.hear(3, 10)  # 3 s each, 7 to go
    assert pace.seconds_left() == 21
    clock[0] += 5
    assert pace.seconds_left() == 16
    pace.hear(10, 10)
    assert pace.seconds_left() == 0
