"""A pool of processes of which one is killed while they are being started: it breaks at once, and neither hangs nor fails."""

import errno
import os
import signal
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

import pytest

from sim.study.replicated.processes import pool
from tests.batch.test_killed import children

SENT = bytes(30_000)
"""Handed to each process as it starts; what is more than a pipe holds is another fault, see end_with_a_dead_child."""


def take(_: bytes) -> None:
    """What a process does with what it is handed."""


def kill_as_it_starts(found: threading.Event) -> None:
    """Kill the first worker of this process as soon as it is there."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        for pid in children(os.getpid())[:1]:
            os.kill(pid, signal.SIGKILL)
            found.set()
            return


def start_and_lose_one(found: threading.Event) -> None:
    with pool(2, take, (SENT,)) as made:
        for _ in range(4):
            made.submit(os.getpid)
        assert found.wait(10)
        for _ in range(2):
            made.submit(os.getpid).result(timeout=10)
            time.sleep(0.1)


# Python's own thread of a pool may fall over the process that is being started; the pool is broken by then.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_workers_killed_in_the_instant_of_their_start_are_told_of_as_dead_and_nothing_hangs() -> None:
    for _ in range(25):
        found = threading.Event()
        killer = threading.Thread(target=kill_as_it_starts, args=(found,))
        killer.start()
        with pytest.raises(BrokenProcessPool):
            start_and_lose_one(found)
        killer.join()


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (OSError("handle is closed"), BrokenProcessPool),
        (ValueError("bad value(s) in fds_to_keep"), BrokenProcessPool),
        (BrokenPipeError(errno.EPIPE, "Broken pipe"), BrokenProcessPool),
        (OSError(errno.EMFILE, "Too many open files"), OSError),
    ],
)
def test_a_pool_that_breaks_while_it_is_started_is_a_broken_pool_and_other_faults_stay_their_own(
    monkeypatch: pytest.MonkeyPatch, fault: Exception, told: type[Exception]
) -> None:
    def start(*_: object) -> None:
        raise fault

    monkeypatch.setattr(ProcessPoolExecutor, "_spawn_process", start)
    with pytest.raises(told), pool(2, take, (SENT,)) as made:
        made.submit(os.getpid)
