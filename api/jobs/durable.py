"""Durable jobs: what was taken on is written down before it is acknowledged, and finished after any crash."""

import json
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import structlog
from dbos import WorkflowStatus

from api.jobs.accepting import accept, upload_in
from api.jobs.database import JobDatabase
from api.jobs.workshop import FULL_DISK, Outcome, Task, Workshop
from api.settings import Settings
from api.store.errors import JobsDownError, NotFoundError, QueueFullError, StoreFullError
from api.store.files import free_mb, has_room
from api.store.protocol import ENDED, RunState, State
from api.store.results import COMPARISON
from api.store.store import RUN, Store, read_seal
from api.store.uploads import Uploads
from tariffs.errors import InputError

QUIET_S = 15.0
SEEN_S = 0.2
"""Seconds for which who follows a run is told the same without asking the database again."""
MOST_SEEN = 100
MOST_OUTCOMES = 1000
STATES: dict[str, State] = {
    "ENQUEUED": "queued",
    "DELAYED": "queued",
    "PENDING": "running",
    "CANCELLED": "cancelled",
    "ERROR": "failed",
    "MAX_RECOVERY_ATTEMPTS_EXCEEDED": "failed",
}
UNDER_WAY = {"ENQUEUED", "DELAYED", "PENDING"}
GONE = "Resultatet er væk eller var beskadiget; send scenariet igen."
PART_GONE = (
    "Noget i resultatet var beskadiget og er lagt til side; resten kan læses. Send scenariet igen, så regnes det på ny."
)

log = structlog.get_logger("takstlab.jobs")


class DurableJobs:
    """The runs of one store (`api.store.protocol.Jobs`), until `close`."""

    def __init__(self, store: Store, settings: Settings) -> None:
        """Take the store, and take up what is unfinished in it; raises StoreBusyError, JobsDownError."""
        self._store, self._settings, self._uploads = store, settings, Uploads(store.folder, settings)
        self._shop = Workshop(store, settings)
        self._no_more_events = False
        self._closing = threading.Event()
        self._outcomes: OrderedDict[str, Outcome] = OrderedDict()
        self._seen: OrderedDict[str, tuple[float, RunState | None]] = OrderedDict()
        self._following = threading.Lock()
        self._opened: JobDatabase | None = None
        store.take()
        try:
            self._opened = self._open()
        except BaseException:
            store.release()
            raise
        self._opener = threading.Thread(target=self._open_when_there_is_room, daemon=True)
        if self._opened is None:
            log.warning("disk full; results are read, jobs wait")
            self._opener.start()

    def close(self) -> None:
        """End the workers and leave what is unfinished to the next server."""
        self._closing.set()
        if self._opener.is_alive():
            self._opener.join()
        self._shop.close()
        if self._opened is not None:
            self._opened.close()
        self._store.release()

    def _open(self) -> JobDatabase | None:
        """Open the database of jobs; None while the disk has no room for it. Raises JobsDownError."""
        in_store = not self._settings.database
        if in_store and not has_room(self._store.folder):
            return None
        try:
            return JobDatabase(self._store, self._settings, self._calculate)
        except JobsDownError:
            if in_store and not has_room(self._store.folder):
                return None
            raise

    def _open_when_there_is_room(self) -> None:
        while self._opened is None and not self._closing.wait(self._settings.disk_wait_s):
            try:
                self._opened = self._open()
            except JobsDownError:
                log.exception("job database")

    @property
    def _database(self) -> JobDatabase:
        """The database of jobs; raises StoreFullError while it could not be opened."""
        if self._opened is None:
            raise StoreFullError(
                "Der er ikke plads på disken",
                why="job kan ikke læses eller tages imod uden plads; resultater læses som ellers",
                next_step="skaf plads; tjenesten går selv videre",
            )
        return self._opened

    def submit(self, scenario: dict[str, Any]) -> RunState:
        """Take a scenario on, or return the run there already is of it, see `Jobs.submit`."""
        accepted = accept(scenario, self._settings)
        known = self._known(accepted.run)
        if known is not None and known.state not in ("failed", "cancelled") and known.error != PART_GONE:
            return known
        self._check_room()
        if self._database.waiting() >= self._settings.most_waiting:
            raise QueueFullError(
                "Køen er fuld",
                why=f"{self._settings.most_waiting} simuleringer venter allerede",
                next_step="prøv igen, når nogle af dem er færdige",
            )
        self._database.add(accepted.run, accepted.scenario.model_dump_json(), accepted.municipalities)
        log.info("run accepted", run=accepted.run, municipalities=accepted.municipalities)
        return self.get(accepted.run)

    def get(self, run: str) -> RunState:
        """Return a run's state; raises NotFoundError."""
        known = self._known(run)
        if known is None:
            raise _no_such_run(run)
        return known

    def scenario(self, run: str) -> dict[str, Any]:
        """Return the scenario of a run, see `Jobs.scenario`."""
        row = self._database.newest(run) if RUN.fullmatch(run) else None
        if row is not None and row.input is not None:
            told: dict[str, Any] = json.loads(row.input["args"][1])
            return told
        seal = read_seal(self._store.place(run)) if RUN.fullmatch(run) else None
        if seal is None or not seal.get("scenario"):
            raise _no_such_run(run)
        kept: dict[str, Any] = seal["scenario"]
        return kept

    def cancel(self, run: str) -> RunState:
        """Stop a run that has not ended, see `Jobs.cancel`."""
        state = self.get(run)
        row = None if state.state in ENDED else self._database.newest(state.id)
        if row is None:
            return state
        self._database.cancel(row.workflow_id)
        self._shop.cancel(row.workflow_id)
        log.info("run cancelled", run=run)
        return self.get(run)

    def events(self, run: str) -> Iterator[RunState]:
        """Yield the state when it changes, see `Jobs.events`."""
        said, at, news = None, 0.0, False
        while True:
            state = self._followed(run)
            plain = replace(state, seconds_left=None)
            if plain != said or time.monotonic() - at >= QUIET_S:
                said, at = plain, time.monotonic()
                yield state
            if state.state in ENDED or self._shop.closing or self._no_more_events:
                return
            with self._shop.changed:  # after news that may be younger than the state just told, look again soon
                news = self._shop.changed.wait(timeout=SEEN_S if news else 1.0)

    def _followed(self, run: str) -> RunState:
        """Return a run's state, a moment old at most: hundreds may follow it, and wake at once.

        An end is asked for each time: a run that has ended may be sent again at any moment, and an old end would end its stream.
        """
        with self._following:
            at, kept = self._seen.get(run, (0.0, None))
            if kept is not None and time.monotonic() - at < SEEN_S:
                return kept
            state = self.get(run)
            if state.state in ENDED:
                self._seen.pop(run, None)
                return state
            self._seen[run] = time.monotonic(), state
            self._seen.move_to_end(run)
            while len(self._seen) > MOST_SEEN:
                self._seen.popitem(last=False)
            return state

    def end_events(self) -> None:
        """Let every stream of events end within a second; may be called where a signal is heard."""
        self._no_more_events = True

    def waiting(self) -> int:
        """Return how many runs stand in the queue."""
        return self._database.waiting()

    def working(self) -> int:
        """Return how many runs are under way."""
        return len(self._shop)

    def check(self) -> None:
        """Raise JobsDownError when the database does not answer, StoreFullError when there is no room to work in."""
        self._database.waiting()
        self._check_room()

    def _check_room(self) -> None:
        if free_mb(self._store.folder) < self._settings.least_free_mb:
            raise StoreFullError(
                "Der er ikke plads til flere resultater",
                why=f"der er under {self._settings.least_free_mb} MB ledig plads på disken",
                next_step="bed den, der driver tjenesten, om at skaffe plads",
            )

    def _calculate(self, attempt: str, run: str, scenario: str, municipalities: list[str]) -> str:
        """Calculate a run; returns JSON saying how it ended, which is what the database keeps of it."""
        outcome = self._shop.calculate(Task(attempt, run, scenario, tuple(municipalities)))
        # Known before it is written down, which waits while the disk is full.
        self._outcomes[attempt] = outcome
        while len(self._outcomes) > MOST_OUTCOMES:
            self._outcomes.popitem(last=False)
        if outcome.now is not None:
            self._take_on_as(outcome.now, attempt, scenario, tuple(municipalities))
        return json.dumps(asdict(outcome), ensure_ascii=False)

    def _take_on_as(self, now: str, attempt: str, scenario: str, municipalities: tuple[str, ...]) -> None:
        """Take a run of an older model on under the name it has now, however long the database has no room for it."""
        while True:
            try:
                known = self._known(now)
                if known is None or known.state in ("failed", "cancelled"):
                    self._database.add(now, scenario, municipalities)
            except (StoreFullError, JobsDownError):
                self._shop.pause(attempt)
            else:
                log.info("run of an older model taken on", run=now, attempt=attempt)
                return

    def _known(self, run: str) -> RunState | None:
        if not RUN.fullmatch(run):
            return None
        if self._opened is None and (stored := self._stored(run)) is not None:
            return stored
        row = self._database.newest(run)
        return self._stored(run) if row is None else self._state(row)

    def _stored(self, run: str) -> RunState | None:
        """Return the state of a run that only its result tells of."""
        if not self._store.has(run):
            return None
        seal = read_seal(self._store.place(run)) or {}
        at = self._placed_at(run)
        codes = tuple(seal.get("municipalities", ()))
        state = RunState(run, "done", codes, at, name=seal.get("name", ""), **self._source(seal.get("scenario", {})))
        return self._finished(state, at)

    def _source(self, scenario: dict[str, Any]) -> dict[str, Any]:
        upload = upload_in(scenario)
        return {"upload": upload, "upload_deleted": upload is not None and not self._uploads.has(upload)}

    def _placed_at(self, run: str) -> datetime:
        """Return when a result was put in its place, which the jobs write down a moment later."""
        return datetime.fromtimestamp(self._store.place(run).stat().st_mtime, UTC)

    def _finished(self, state: RunState, ended: datetime) -> RunState:
        """Return the state of a run with a result: done while any municipality's figures can be read, whole or not."""
        count = (read_seal(self._store.place(state.id)) or {}).get("replications")
        if not any(self._store.left(state.id, code, COMPARISON) for code in state.municipalities):
            return replace(state, state="failed", error=GONE, ended=ended)
        error = None if self._store.is_whole(state.id) else PART_GONE
        return replace(state, state="done", done=count or 0, expected=count, ended=ended, error=error)

    def _state(self, row: WorkflowStatus) -> RunState:
        assert row.input is not None
        run, scenario, municipalities = row.input["args"]
        values, sent = json.loads(scenario), _instant(row.created_at)
        state = RunState(run, "queued", tuple(municipalities), sent, name=str(values["name"]), **self._source(values))
        ended = _instant(row.completed_at or row.updated_at)
        if self._store.has(run) and (row.status not in UNDER_WAY or self._store.is_whole(run)):
            return self._finished(state, self._placed_at(run))
        if row.status == "SUCCESS":
            told = json.loads(str(row.output))
            if told.get("now") and (now := self._known(told["now"])) is not None:
                return replace(now, ordered_as=run)
            return replace(state, state="failed", error=told["failed"] or GONE, ended=ended)
        found = STATES[row.status]
        if found in ENDED:
            error = None if found == "cancelled" else f"Simuleringen kunne ikke gøres færdig ({row.status})."
            return replace(state, state=found, error=error, ended=ended)
        work = self._shop.working(row.workflow_id, run)
        outcome = self._outcomes.get(row.workflow_id)
        if work is None and outcome is not None and outcome.failed is not None:
            return replace(state, state="failed", error=outcome.failed, ended=ended)
        if found == "queued" or work is None:
            return replace(state, error=FULL_DISK) if free_mb(self._store.folder) < 1 else state
        if work.waits_for:
            return replace(state, error=work.waits_for)
        pace = work.pace
        left = pace.seconds_left()
        expected = pace.expected or None
        return replace(
            state, state="running", done=pace.done, expected=expected, seconds_left=left, error=work.begun_again,
            so_far=work.so_far,
        )  # fmt: skip

    def list(self, limit: int = 100) -> list[RunState]:
        """Return the newest runs first."""
        states: dict[str, RunState] = {}
        for row in [] if self._opened is None else self._opened.latest(2 * limit):
            state = self._state(row)
            states.setdefault(state.id, state)
        if len(states) < limit:  # results whose jobs are in a database that is no longer used
            states |= {run: kept for run in self._store.runs() if run not in states and (kept := self._stored(run))}
        return list(states.values())[:limit]


def _no_such_run(run: str) -> NotFoundError:
    return NotFoundError(f"Der er ingen simulering {run[:80]!r}", next_step="se listen over simuleringer")


def _instant(ms: int | None) -> datetime:
    return datetime.fromtimestamp((ms or 0) / 1000, UTC)


def open_jobs(settings: Settings) -> tuple[Store, DurableJobs]:
    """Open the store of the settings and its jobs; raises InputError, StoreBusyError, JobsDownError."""
    if settings.database and not settings.database.startswith(("postgresql://", "postgresql+psycopg://")):
        raise InputError("Indstillingen database er ingen PostgreSQL-adresse", next_step="skriv postgresql://vært/navn")
    store = Store(Path(settings.store))
    return store, DurableJobs(store, settings)
