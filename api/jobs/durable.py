"""Durable jobs: what was taken on is written down by DBOS before it is acknowledged, and finished after any crash."""

import json
import shutil
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import structlog
from dbos import DBOS, DBOSConfig, SetWorkflowID, WorkflowStatus
from sqlalchemy.exc import DBAPIError

from api.jobs.accepting import accept
from api.jobs.process import MOST_DEATHS, Deadline, Pace, Worker
from api.jobs.worker import Order
from api.settings import Settings
from api.store.errors import JobsDownError, NotFoundError, QueueFullError, StoreFullError
from api.store.files import free_mb, is_full
from api.store.protocol import ENDED, RunState, State
from api.store.store import Store, read_seal
from sim.comparison.parallel import default_workers
from tariffs.errors import InputError

QUEUE = "runs"
VERSION = "1"
"""Of the workflow, which does not change with the model: what an older Takstlab took on is taken up by a newer one."""
QUIET_S = 15.0
STATES: dict[str, State] = {
    "ENQUEUED": "queued",
    "DELAYED": "queued",
    "PENDING": "running",
    "CANCELLED": "cancelled",
    "ERROR": "failed",
    "MAX_RECOVERY_ATTEMPTS_EXCEEDED": "failed",
}

log = structlog.get_logger("takstlab.jobs")


class _LeftError(BaseException):
    """Leaves a workflow as it is written down: cancelled, or to be taken up again when a server starts.

    No Exception, for DBOS would write it down as the run's failure.
    """


@dataclass
class _Work:
    """A run under way in this server."""

    workflow: str
    pace: Pace = field(default_factory=Pace)
    worker: Worker | None = None
    waits_for: str | None = None


class DurableJobs:
    """The runs of one store (`api.store.protocol.Jobs`), from `open` to `close`."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store, self._settings = store, settings
        self._changed = threading.Condition()
        self._working: dict[str, _Work] = {}
        self._cancelled: set[str] = set()
        self._closing = False
        self._no_more_events = False

    def open(self) -> None:
        """Take the store, and take up what is unfinished in it; raises StoreBusyError, JobsDownError."""
        self._store.take()
        try:
            self._launch()
        except BaseException:
            self._store.release()
            raise

    def _launch(self) -> None:
        url = self._settings.database
        if not url:
            path = self._store.folder / "jobs.sqlite"
            with sqlite3.connect(path) as connection:
                connection.execute("PRAGMA journal_mode=WAL")
            connection.close()
            url = f"sqlite:///{path}"
        config: DBOSConfig = {
            "name": "takstlab",
            "system_database_url": url,
            "application_version": VERSION,
            "executor_id": "local",
            # One PostgreSQL may serve several stores.
            "dbos_system_schema": f"takstlab_{self._store.id}",
            "log_level": "ERROR",
            "enable_otlp": False,
        }
        try:
            DBOS(config=config)

            @DBOS.workflow(name="run", max_recovery_attempts=1000)
            def workflow(run: str, scenario: str, municipalities: Sequence[str]) -> str:
                return self._run(run, scenario, municipalities)

            self._workflow = workflow
            DBOS.launch()
            DBOS.register_queue(
                QUEUE,
                worker_concurrency=self._settings.runs_at_once,
                polling_interval_sec=0.25,
                on_conflict="always_update",
            )
        except DBAPIError as error:
            DBOS.destroy(destroy_registry=True)
            raise JobsDownError(
                "Databasen med job kan ikke bruges",
                why=str(error.orig),
                next_step="kontrollér indstillingen database, og at databasen kører",
            ) from None

    def close(self) -> None:
        """End the workers and leave what is unfinished to the next server."""
        with self._changed:
            self._closing = True
            for work in self._working.values():
                if work.worker is not None:
                    work.worker.end()
            self._changed.notify_all()
            self._changed.wait_for(lambda: not self._working, timeout=10)
        DBOS.destroy(destroy_registry=True)
        self._store.release()

    def submit(self, scenario: dict[str, Any]) -> RunState:
        """Take a scenario on, or return the run there already is of it, see `Jobs.submit`."""
        accepted = accept(scenario, self._settings)
        with _saying_what_failed():
            known = self._known(accepted.run)
            if known is not None and known.state not in ("failed", "cancelled"):
                return known
            if self._closing:
                raise QueueFullError("Tjenesten er ved at standse", next_step="prøv igen om lidt")
            if free_mb(self._store.folder) < self._settings.least_free_mb:
                raise StoreFullError(
                    "Der er ikke plads til flere resultater",
                    why=f"der er under {self._settings.least_free_mb} MB ledig på disken",
                    next_step="bed den, der driver tjenesten, om at skaffe plads",
                )
            if self.waiting() >= self._settings.most_waiting:
                raise QueueFullError(
                    "Køen er fuld",
                    why=f"{self._settings.most_waiting} kørsler venter allerede",
                    next_step="prøv igen, når nogle af dem er færdige",
                )
            # Two that send the same at once count the same attempts, and so make one workflow.
            attempts = len(DBOS.list_workflows(workflow_id_prefix=accepted.run, load_input=False, load_output=False))
            values = accepted.scenario.model_dump_json()
            with SetWorkflowID(f"{accepted.run}.{attempts}"):
                DBOS.enqueue_workflow(QUEUE, self._workflow, accepted.run, values, list(accepted.municipalities))
        log.info("run accepted", run=accepted.run, municipalities=accepted.municipalities, attempt=attempts)
        return self.get(accepted.run)

    def get(self, run: str) -> RunState:
        """Return a run's state; raises NotFoundError."""
        with _saying_what_failed():
            known = self._known(run)
        if known is None:
            raise NotFoundError(f"Der er ingen kørsel {run[:80]!r}", next_step="se listen over kørsler")
        return known

    def list(self, limit: int = 100) -> list[RunState]:
        """Return the newest runs first."""
        states: dict[str, RunState] = {}
        with _saying_what_failed():
            for row in DBOS.list_workflows(name="run", sort_desc=True, limit=2 * limit):
                run = row.workflow_id.partition(".")[0]
                if run not in states:
                    states[run] = self._state(row)
        if len(states) < limit:  # results whose jobs are in a database that is no longer used
            states |= {run: state for run in self._store.runs() if run not in states and (state := self._stored(run))}
        return list(states.values())[:limit]

    def cancel(self, run: str) -> RunState:
        """Stop a run that has not ended, see `Jobs.cancel`."""
        state = self.get(run)
        if state.state in ENDED:
            return state
        with _saying_what_failed():
            row = self._newest(run)
            assert row is not None
            with self._changed:
                self._cancelled.add(row.workflow_id)
            DBOS.cancel_workflow(row.workflow_id)
        with self._changed:
            work = self._working.get(run)
            if work is not None and work.worker is not None:
                work.worker.end()
            self._changed.notify_all()
        log.info("run cancelled", run=run)
        return self.get(run)

    def events(self, run: str) -> Iterator[RunState]:
        """Yield the state when it changes, see `Jobs.events`."""
        said, at = None, 0.0
        while True:
            state = self.get(run)
            plain = replace(state, seconds_left=None)
            if plain != said or time.monotonic() - at >= QUIET_S:
                said, at = plain, time.monotonic()
                yield state
            if state.state in ENDED or self._closing or self._no_more_events:
                return
            with self._changed:
                self._changed.wait(timeout=1.0)

    def end_events(self) -> None:
        """Let every stream of events end within a second; may be called where a signal is heard."""
        self._no_more_events = True

    def waiting(self) -> int:
        """Return how many runs stand in the queue."""
        with _saying_what_failed():
            return len(DBOS.list_workflows(status="ENQUEUED", name="run", load_input=False, load_output=False))

    def working(self) -> int:
        """Return how many runs are under way."""
        return len(self._working)

    def check(self) -> None:
        """Raise JobsDownError when the database does not answer, StoreFullError when there is no room to work in."""
        self.waiting()
        if free_mb(self._store.folder) < self._settings.least_free_mb:
            raise StoreFullError("Der er ikke plads til flere resultater", next_step="skaf plads på disken")

    # What DBOS calls, in a thread of its own.

    def _run(self, run: str, scenario: str, municipalities: Sequence[str]) -> str:
        """Calculate a run, however often workers die on the way; returns JSON saying how it ended."""
        workflow = DBOS.workflow_id
        assert workflow is not None
        work = _Work(workflow)
        with self._changed:
            self._working[run] = work
            self._changed.notify_all()
        try:
            return json.dumps(self._calculate(run, scenario, tuple(municipalities), work), ensure_ascii=False)
        finally:
            with self._changed:
                self._working.pop(run, None)
                self._changed.notify_all()

    def _calculate(self, run: str, scenario: str, municipalities: tuple[str, ...], work: _Work) -> dict[str, str]:
        deaths, until = 0, time.monotonic() + self._settings.run_seconds
        while not self._store.has(run):
            told, late, printed = self._attempt(run, scenario, municipalities, work, until)
            if self._left(work):
                raise _LeftError
            if self._store.has(run):
                break
            if late:
                return self._failed(
                    run, f"Kørslen tog mere end {self._settings.run_seconds} sekunder og blev standset."
                )
            if told.get("full"):
                log.warning("disk full", run=run)
                self._wait_for_room(work)
                until = time.monotonic() + self._settings.run_seconds
            elif "failed" in told:
                return self._failed(run, told["failed"], trace=told.get("trace"))
            else:
                deaths += 1
                log.warning("worker died", run=run, deaths=deaths, printed=printed)
                if deaths == MOST_DEATHS:
                    text = f"Arbejdsprocessen døde {deaths} gange, som regel fordi der mangler hukommelse."
                    return self._failed(run, text)
        log.info("run done", run=run)
        return {"ended": "done"}

    def _attempt(
        self, run: str, scenario: str, municipalities: tuple[str, ...], work: _Work, until: float
    ) -> tuple[dict[str, Any], bool, str]:
        """Let one worker try; returns what it told last, whether its time was up, and what it printed."""
        try:
            folder = self._store.new_work(run)
        except OSError as error:
            return ({"full": True} if is_full(error) else {"failed": f"Lageret kan ikke bruges: {error}"}), False, ""
        try:
            count = self._settings.workers or default_workers()
            order = Order(str(self._store.folder), run, scenario, municipalities, str(folder), count)
            with self._changed:
                if self._left(work):
                    raise _LeftError
                work.worker, work.pace = Worker(order), Pace()
            with Deadline(work.worker, until - time.monotonic()) as deadline:
                ending = work.worker.wait(lambda done, expected: self._hear(work, done, expected))
            return ending.told or {}, deadline.passed, ending.printed
        finally:
            work.worker = None
            shutil.rmtree(folder, ignore_errors=True)

    def _hear(self, work: _Work, done: int, expected: int) -> None:
        work.pace.hear(done, expected)
        with self._changed:
            self._changed.notify_all()

    def _wait_for_room(self, work: _Work) -> None:
        with self._changed:
            work.waits_for = "Disken er fuld; kørslen går videre, når der er plads."
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._left(work), timeout=self._settings.disk_wait_s)
            work.waits_for = None
        if self._left(work):
            raise _LeftError

    def _left(self, work: _Work) -> bool:
        return self._closing or work.workflow in self._cancelled

    def _failed(self, run: str, why: str, trace: str | None = None) -> dict[str, str]:
        log.warning("run failed", run=run, why=why, trace=trace)
        return {"ended": "failed", "why": why}

    # How far a run is.

    def _newest(self, run: str) -> WorkflowStatus | None:
        rows = DBOS.list_workflows(workflow_id_prefix=f"{run}.", sort_desc=True, limit=1)
        return rows[0] if rows else None

    def _known(self, run: str) -> RunState | None:
        if len(run) != 64 or not run.isalnum():
            return None
        row = self._newest(run)
        return self._stored(run) if row is None else self._state(row)

    def _stored(self, run: str) -> RunState | None:
        """Return the state of a run that only its result tells of."""
        if not self._store.has(run):
            return None
        place = self._store.place(run)
        seal, at = read_seal(place), datetime.fromtimestamp(place.stat().st_mtime, UTC)
        codes = tuple(seal["municipalities"]) if seal else ()
        return RunState(run, "done", codes, at, ended=at, name=seal["name"] if seal else "")

    def _state(self, row: WorkflowStatus) -> RunState:
        assert row.input is not None
        run, scenario, municipalities = row.input["args"]
        name = str(json.loads(scenario)["name"])
        state = RunState(run, "queued", tuple(municipalities), _instant(row.created_at), name=name)
        if self._store.has(run):
            return replace(state, state="done", ended=_instant(row.completed_at or row.updated_at))
        work = self._working.get(run)
        if row.status == "SUCCESS":
            told = json.loads(str(row.output))
            why = told.get("why", "Resultatet er væk eller var beskadiget; send scenariet igen.")
            return replace(state, state="failed", error=why, ended=_instant(row.completed_at))
        found = STATES[row.status]
        if found in ENDED:
            error = None if found == "cancelled" else f"Kørslen kunne ikke gøres færdig ({row.status})."
            return replace(state, state=found, error=error, ended=_instant(row.completed_at or row.updated_at))
        if found == "queued" or work is None or work.workflow != row.workflow_id:
            return state
        if work.waits_for:
            return replace(state, error=work.waits_for)
        pace = work.pace
        expected = pace.expected or None
        return replace(state, state="running", done=pace.done, expected=expected, seconds_left=pace.seconds_left())


def _instant(ms: int | None) -> datetime:
    return datetime.fromtimestamp((ms or 0) / 1000, UTC)


@contextmanager
def _saying_what_failed() -> Iterator[None]:
    """Turn the database's own faults into ours."""
    try:
        yield
    except DBAPIError as error:
        if "full" in str(error.orig) or "disk I/O" in str(error.orig):
            raise StoreFullError("Der er ikke plads på disken", next_step="skaf plads, og prøv igen") from None
        log.error("job database", error=str(error.orig))
        raise JobsDownError(
            "Databasen med job svarer ikke", why=type(error.orig).__name__, next_step="prøv igen om lidt"
        ) from None


def open_jobs(settings: Settings) -> tuple[Store, DurableJobs]:
    """Open the store of the settings and its jobs; raises InputError, StoreBusyError, JobsDownError."""
    if settings.database and not settings.database.startswith(("postgresql://", "postgresql+psycopg://")):
        raise InputError("Indstillingen database er ingen PostgreSQL-adresse", next_step="skriv postgresql://vært/navn")
    store = Store(Path(settings.store))
    jobs = DurableJobs(store, settings)
    jobs.open()
    return store, jobs
