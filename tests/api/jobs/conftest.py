import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from api.jobs.durable import DurableJobs, open_jobs
from api.jobs.process import Ending
from api.jobs.worker import Order
from api.settings import Settings
from api.store.store import Store

TINY: dict[str, Any] = {
    "municipality": "0316",
    "passengers": 300,
    "draws": 0,
    "min_replications": 2,
    "max_replications": 3,
    "options": ["Nuværende ordning: kommunetakst", {"name": "Grundtakst", "elements": []}],
}
"""A comparison of a few seconds."""

Opened = tuple[Store, DurableJobs]
Script = Callable[["FakeWorker", Callable[[int, int], None]], dict[str, Any] | None]


class FakeWorker:
    """Plays a worker by a script; the script returns what the worker told last, None when it died."""

    script: Script
    made: list["FakeWorker"]

    def __init__(self, order: Order) -> None:
        self.order, self.ended = order, False
        self.made.append(self)

    def end(self) -> None:
        self.ended = True

    def wait(self, hear: Callable[[int, int], None], watch: Any = None) -> Ending:
        told = type(self).script(self, hear)
        return Ending(None if self.ended else told, "printed", 0 if told else -9)

    def publish(self) -> dict[str, Any]:
        work = Path(self.order.work)
        (work / "0316").mkdir()
        (work / "0316" / "comparison.json").write_text('{"trips": 7}')
        (work / "0316" / "trips.parquet").write_bytes(b"PAR1 tables PAR1")
        Store(Path(self.order.store)).publish(
            work, self.order.run, {"municipalities": ["0316"], "name": "", "replications": 3}
        )
        return {"published": True}


class Held:
    """A script that waits until it is let go (20 s at most), and then has the order carried out by a real worker."""

    def __init__(self) -> None:
        self.started, self.go_on = threading.Event(), threading.Event()

    def __call__(self, worker: FakeWorker, hear: Any) -> Any:
        from api.jobs.process import Worker

        self.started.set()
        self.go_on.wait(20)
        return Worker(worker.order).wait(hear).told


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> Callable[[Script], list[FakeWorker]]:
    """Let workers be played by a script; returns the list of those that were started."""

    def play(script: Script) -> list[FakeWorker]:
        made: list[FakeWorker] = []
        kind = type("Played", (FakeWorker,), {"script": staticmethod(script), "made": made})
        monkeypatch.setattr("api.jobs.workshop.Worker", kind)
        return made

    return play


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """Open the jobs of one store, closing what was open of it before (and doing ``after``); the rest are settings."""
    last: list[DurableJobs] = []

    def reopen(after: Callable[[], object] = lambda: None, **settings: Any) -> Opened:
        while last:
            last.pop().close()
        after()
        store, jobs = open_jobs(replace(Settings(), store=str(tmp_path / "lager"), workers=1, **settings))
        last.append(jobs)
        return store, jobs

    yield reopen
    while last:
        last.pop().close()
