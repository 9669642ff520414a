"""The database of jobs: DBOS on a file in the store, or on PostgreSQL."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog
from dbos import DBOS, DBOSConfig, SetWorkflowID, WorkflowStatus
from sqlalchemy.exc import DBAPIError

from api.settings import Settings
from api.store.errors import JobsDownError, StoreFullError
from api.store.store import Store

QUEUE, NAME = "runs", "run"
VERSION = "1"
"""Of the workflow, which does not change with the model: what an older Takstlab took on is taken up by a newer one."""
LOOKS_EVERY_S = 0.25

Body = Callable[[str, str, str, list[str]], str]
log = structlog.get_logger("takstlab.jobs")


class JobDatabase:
    """Attempts at runs as they are written down; ``run.n`` is the n-th attempt, counted from 0."""

    def __init__(self, store: Store, settings: Settings, body: Body) -> None:
        """Connect, and take up every attempt that is unfinished.

        ``body`` is called in a thread for each, with the attempt, the run, the scenario and the municipalities; what it
        returns is written down. Raises JobsDownError.
        """
        url = settings.database or _file(store)
        config: DBOSConfig = {
            "name": "takstlab",
            "system_database_url": url,
            "application_version": VERSION,
            "executor_id": "local",
            # One PostgreSQL may serve several stores.
            "dbos_system_schema": f"takstlab_{store.id}",
            "log_level": "ERROR",
            "enable_otlp": False,
        }
        try:
            DBOS(config=config)

            @DBOS.workflow(name=NAME, max_recovery_attempts=1000)
            def workflow(run: str, scenario: str, municipalities: list[str]) -> str:
                return body(str(DBOS.workflow_id), run, scenario, municipalities)

            self._workflow = workflow
            DBOS.launch()
            DBOS.register_queue(
                QUEUE,
                worker_concurrency=settings.runs_at_once,
                polling_interval_sec=LOOKS_EVERY_S,
                on_conflict="always_update",
            )
        except DBAPIError as error:
            self.close()
            raise JobsDownError(
                "Databasen med job kan ikke bruges",
                why=type(error.orig).__name__,
                next_step="kontrollér indstillingen database, og at databasen kører",
            ) from None

    def close(self) -> None:
        """Let go of the database; what is unfinished stays so."""
        DBOS.destroy(destroy_registry=True)

    def add(self, run: str, scenario: str, municipalities: tuple[str, ...]) -> None:
        """Write down a new attempt; it is safe when this returns."""
        with saying_what_failed():
            # Two that send the same at once count the same attempts, and so make one.
            count = len(DBOS.list_workflows(workflow_id_prefix=f"{run}.", load_input=False, load_output=False))
            with SetWorkflowID(f"{run}.{count}"):
                DBOS.enqueue_workflow(QUEUE, self._workflow, run, scenario, list(municipalities))

    def newest(self, run: str) -> WorkflowStatus | None:
        """Return the newest attempt at a run."""
        with saying_what_failed():
            rows = DBOS.list_workflows(workflow_id_prefix=f"{run}.", sort_desc=True, limit=1)
        return rows[0] if rows else None

    def latest(self, limit: int) -> list[WorkflowStatus]:
        """Return the newest attempts at any run, the newest first."""
        with saying_what_failed():
            return DBOS.list_workflows(name=NAME, sort_desc=True, limit=limit)

    def waiting(self) -> int:
        """Return how many attempts have not begun."""
        with saying_what_failed():
            return len(DBOS.list_workflows(status="ENQUEUED", name=NAME, load_input=False, load_output=False))

    def cancel(self, attempt: str) -> None:
        """Write down that an attempt is cancelled."""
        with saying_what_failed():
            DBOS.cancel_workflow(attempt)


def _file(store: Store) -> str:
    path = store.folder / "jobs.sqlite"
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
    except sqlite3.Error as error:
        raise JobsDownError("Filen med job kan ikke bruges", where=str(path), why=str(error)) from None
    finally:
        connection.close()
    return f"sqlite:///{path}"


@contextmanager
def saying_what_failed() -> Iterator[None]:
    """Turn the database's own faults into ours."""
    try:
        yield
    except DBAPIError as error:
        log.error("job database", error=str(error.orig))
        if "full" in str(error.orig) or "disk I/O" in str(error.orig):
            raise StoreFullError("Der er ikke plads på disken", next_step="skaf plads, og prøv igen") from None
        raise JobsDownError(
            "Databasen med job svarer ikke", why=type(error.orig).__name__, next_step="prøv igen om lidt"
        ) from None
