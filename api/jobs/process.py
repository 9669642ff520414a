"""A worker process as the server sees it: started, listened to, ended with all its own processes."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from api.jobs.worker import SERVER, Order, order_text
from sim.study.replicated.so_far import OptionSoFar, SoFar

MOST_DEATHS = 3
"""So many times in a row a run's worker may die before the run is given up."""
LAST_WORDS = 4000


@dataclass(frozen=True)
class Ending:
    """How a worker ended: what it told last, or None when it died without a word; the tail of what it printed; its exit status.

    The status is negative when a signal ended it: -9 is most often the system that ran out of memory.
    """

    told: dict[str, Any] | None
    printed: str
    status: int


class Worker:
    """A worker at work on an order."""

    def __init__(self, order: Order) -> None:
        self._printed = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `wait`
        self._process = subprocess.Popen(
            [sys.executable, "-m", "api.jobs.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._printed,
            env={**os.environ, SERVER: str(os.getpid())},
            start_new_session=True,
        )
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError), self._process.stdin as order_to:
            order_to.write(order_text(order).encode())

    @property
    def pid(self) -> int:
        """The process's number, and that of its group."""
        return self._process.pid

    def end(self) -> None:
        """End the worker and everything it started, at once."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)

    def wait(self, hear: Callable[[int, int], None], watch: Callable[[SoFar], None] = lambda figures: None) -> Ending:
        """Listen until the worker has ended; ``hear`` is called with replications done and expected, ``watch`` with what they say."""
        told: dict[str, Any] | None = None
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            for line in lines:
                try:
                    said = json.loads(line)
                except ValueError:
                    continue  # the half line of one that was killed
                if "done" in said:
                    hear(said["done"], said["expected"])
                elif "so_far" in said:
                    watch(_figures(said["so_far"]))
                else:
                    told = said
        status = self._process.wait()
        self.end()  # what it started may outlive it a moment
        with self._printed as printed:
            printed.seek(max(0, printed.seek(0, os.SEEK_END) - LAST_WORDS))
            return Ending(told, printed.read().decode("utf-8", "replace"), status)


def _figures(said: dict[str, Any]) -> SoFar:
    options = tuple(OptionSoFar(**option) for option in said["options"])
    return SoFar(said["municipality"], said["replications"], options)


class Deadline:
    """Ends a worker when its time is up."""

    def __init__(self, worker: Worker, seconds: float) -> None:
        self.passed = False
        self._worker = worker
        self._timer = threading.Timer(max(0.0, seconds), self._end)
        self._timer.daemon = True

    def __enter__(self) -> "Deadline":
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def _end(self) -> None:
        self.passed = True
        self._worker.end()


class Pace:
    """How long is left, by how fast the last replications came."""

    def __init__(self) -> None:
        self._first: tuple[float, int] | None = None
        self._lock = threading.Lock()
        self.done, self.expected = 0, 0
        self._at = 0.0

    def hear(self, done: int, expected: int) -> None:
        """Take in that so many are done of so many."""
        with self._lock:
            self._at = time.monotonic()
            if self._first is None:
                self._first = self._at, done
            self.done, self.expected = done, expected

    def seconds_left(self) -> float | None:
        """Return an estimate, None before two replications were heard of."""
        with self._lock:
            if self._first is None or self.done <= self._first[1]:
                return None
            each = (self._at - self._first[0]) / (self.done - self._first[1])
            return max(0.0, each * (self.expected - self.done) - (time.monotonic() - self._at))
