"""What tests of jobs have workers play, and how they follow a run."""

import time
from collections.abc import Callable
from typing import Any

from api.store.protocol import RunState
from tests.api.jobs.conftest import FakeWorker, Opened, Script

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
