"""Where runs are calculated: a worker process for each, tried again when it dies, ended when it is told to."""

import shutil
import threading
import time
from dataclasses import dataclass, field

import structlog

from api.jobs.process import MOST_DEATHS, Deadline, Ending, Pace, Worker
from api.jobs.worker import Order
from api.settings import Settings
from api.store.files import is_full
from api.store.store import Store
from sim.study.replicated.parallel import default_workers
from sim.study.replicated.so_far import SoFar

FULL_DISK = "Disken er fuld; simuleringen går videre, når der er plads."

log = structlog.get_logger("takstlab.jobs")


class LeftError(BaseException):
    """Leaves a run as it is written down: cancelled, or to be taken up again when a server starts.

    No Exception, for DBOS would write it down as the run's failure.
    """


@dataclass(frozen=True)
class Task:
    """A run to be calculated: ``attempt`` is the name under which it was taken on this time."""

    attempt: str
    run: str
    scenario: str
    municipalities: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """How a run ended: with its result, with why it failed, or, where the model has changed, with its name now."""

    failed: str | None = None
    now: str | None = None


@dataclass
class Work:
    """A run under way in this server."""

    task: Task
    until: float
    pace: Pace = field(default_factory=Pace)
    so_far: SoFar | None = None
    worker: Worker | None = None
    waits_for: str | None = None
    begun_again: str | None = None


class Workshop:
    """The runs under way in this server; whoever waits on ``changed`` hears of every step."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store, self._settings = store, settings
        self.changed = threading.Condition()
        self.closing = False
        self._working: dict[str, Work] = {}
        self._cancelled: set[str] = set()

    def calculate(self, task: Task) -> Outcome:
        """Calculate a run, however often workers die on the way; returns how it ended.

        Raises LeftError when it was cancelled or the server stops.
        """
        work = Work(task, time.monotonic() + self._settings.run_seconds)
        with self.changed:
            self._working[task.run] = work
            self.changed.notify_all()
        try:
            outcome = self._try(work)
        finally:
            with self.changed:
                self._working.pop(task.run, None)
                self.changed.notify_all()
        log.info("run ended", run=task.run, failed=outcome.failed)
        return outcome

    def pause(self, attempt: str) -> None:
        """Return after the time between attempts when the disk is full; raises LeftError when the run is to be left."""
        with self.changed:
            self.changed.wait_for(lambda: self._gone(attempt), timeout=self._settings.disk_wait_s)
        if self._gone(attempt):
            raise LeftError

    def working(self, attempt: str, run: str) -> Work | None:
        """Return a run's work when it is under way under that name."""
        work = self._working.get(run)
        return work if work is not None and work.task.attempt == attempt else None

    def __len__(self) -> int:
        """Return how many runs are under way."""
        return len(self._working)

    def cancel(self, attempt: str) -> None:
        """End a run's worker and start no other under that name."""
        with self.changed:
            self._cancelled.add(attempt)
            for work in self._working.values():
                if work.task.attempt == attempt and work.worker is not None:
                    work.worker.end()
            self.changed.notify_all()

    def close(self) -> None:
        """End every worker, and return when all runs have been left."""
        with self.changed:
            self.closing = True
            for work in self._working.values():
                if work.worker is not None:
                    work.worker.end()
            self.changed.notify_all()
            self.changed.wait_for(lambda: not self._working, timeout=10)

    def _try(self, work: Work) -> Outcome:
        task, deaths = work.task, 0
        while not self._store.is_whole(task.run):
            ending, late = self._attempt(work)
            told = ending.told or {}
            if self._store.is_whole(task.run):
                break
            if self._left(work):
                raise LeftError
            if late:
                return Outcome(f"Simuleringen tog mere end {self._settings.run_seconds} sekunder og blev standset.")
            if told.get("full"):
                self._wait_for_room(work)
            elif "now" in told:
                return Outcome(now=str(told["now"]))
            elif "failed" in told:
                log.warning("run failed", run=task.run, trace=told.get("trace"))
                return Outcome(str(told["failed"]))
            else:
                deaths += 1
                log.warning("worker died", run=task.run, deaths=deaths, status=ending.status, printed=ending.printed)
                if deaths == MOST_DEATHS:
                    return Outcome(
                        f"Arbejdsprocessen blev afbrudt {deaths} gange, som regel fordi der mangler hukommelse."
                    )
                work.begun_again = f"Arbejdsprocessen blev afbrudt; simuleringen er begyndt forfra (forsøg {deaths + 1} af {MOST_DEATHS})."
        return Outcome()

    def _attempt(self, work: Work) -> tuple[Ending, bool]:
        """Let one worker try; returns how it ended, and whether its time was up."""
        task = work.task
        try:
            folder = self._store.new_work(task.run)
        except OSError as error:
            told = {"full": True} if is_full(error) else {"failed": f"Lageret kan ikke bruges: {error}"}
            return Ending(told, "", 0), False
        try:
            count = self._settings.workers or default_workers()
            order = Order(
                str(self._store.folder), task.run, task.scenario, task.municipalities, str(folder), count,
                self._settings.upload_days,
            )  # fmt: skip
            with self.changed:
                if self._left(work):
                    raise LeftError
                work.worker, work.pace, work.so_far = Worker(order), Pace(), None
            with Deadline(work.worker, work.until - time.monotonic()) as deadline:
                ending = work.worker.wait(
                    lambda done, expected: self._hear(work, done, expected),
                    lambda figures: self._watch(work, figures),
                )
            return ending, deadline.passed
        finally:
            work.worker = None
            shutil.rmtree(folder, ignore_errors=True)

    def _hear(self, work: Work, done: int, expected: int) -> None:
        work.pace.hear(done, expected)
        with self.changed:
            self.changed.notify_all()

    def _watch(self, work: Work, figures: SoFar) -> None:
        work.so_far = figures

    def _wait_for_room(self, work: Work) -> None:
        log.warning("disk full", run=work.task.run)
        with self.changed:
            work.waits_for = FULL_DISK
            self.changed.notify_all()
        self.pause(work.task.attempt)
        work.waits_for = None
        work.until = time.monotonic() + self._settings.run_seconds

    def _left(self, work: Work) -> bool:
        return self._gone(work.task.attempt)

    def _gone(self, attempt: str) -> bool:
        return self.closing or attempt in self._cancelled
