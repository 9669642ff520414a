"""The database of jobs: DBOS on a file in the store, or on PostgreSQL."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog
from dbos import DBOS, DBOSClient, DBOSConfig, EnqueueOptions, WorkflowSerializationFormat, WorkflowStatus
from sqlalchemy.exc import DBAPIError, TimeoutError

from api.jobs.sqlite_clock import give_every_connection_a_clock
from api.settings import Settings
from api.store.errors import JobsDownError
from api.store.files import no_room
from api.store.store import Store

APPLICATION, QUEUE, NAME = "takstlab", "runs", "run"
VERSION = "1"
"""Of the workflow, which does not change with the model: what an older Takstlab took on is taken up by a newer one."""
JSON = WorkflowSerializationFormat.PORTABLE
"""Not pickles, by which whoever can write in the database could run code here."""
LOOKS_EVERY_S = 0.25
CONNECTIONS = 10

Body = Callable[[str, str, str, list[str]], str]
log = structlog.get_logger("takstlab.jobs")


class JobDatabase:
    """Attempts at runs as they are written down; ``run.n`` is the n-th attempt, counted from 0."""

    def __init__(self, store: Store, settings: Settings, body: Body) -> None:
        """Connect, and take up every attempt that is unfinished.

        ``body`` is called in a thread for each, with the attempt, the run, the scenario and the municipalities; what it
        returns is written down. Raises JobsDownError.
        """
        self._client: DBOSClient | None = None
        url = settings.database or _file(store)
        schema = f"takstlab_{store.id}"  # one PostgreSQL may serve several stores
        config: DBOSConfig = {
            "name": APPLICATION,
            "system_database_url": url,
            "application_version": VERSION,
            "executor_id": "local",
            "dbos_system_schema": schema,
            "log_level": "ERROR",
            "enable_otlp": False,
        }
        give_every_connection_a_clock()
        try:
            DBOS(config=config)

            @DBOS.workflow(name=NAME, max_recovery_attempts=1000, serialization_type=JSON)
            def workflow(run: str, scenario: str, municipalities: list[str]) -> str:
                return body(str(DBOS.workflow_id), run, scenario, municipalities)

            DBOS.launch()
            DBOS.register_queue(
                QUEUE,
                worker_concurrency=settings.runs_at_once,
                polling_interval_sec=LOOKS_EVERY_S,
                on_conflict="always_update",
            )
            # DBOS itself waits for a database that is gone; who asks over HTTP is to be told at once.
            self._client = DBOSClient(
                system_database_url=url,
                dbos_system_schema=schema,
                application_name=APPLICATION,
                retry_connection_errors=False,
                system_database_pool_size=CONNECTIONS,
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
        if self._client is not None:
            self._client.destroy()
        DBOS.destroy(destroy_registry=True)

    def add(self, run: str, scenario: str, municipalities: tuple[str, ...]) -> None:
        """Write down a new attempt; it is safe when this returns."""
        with self._asking() as client:
            # Two that send the same at once count the same attempts, and so make one.
            count = len(client.list_workflows(workflow_id_prefix=f"{run}.", load_input=False, load_output=False))
            options: EnqueueOptions = {
                "queue_name": QUEUE,
                "workflow_name": NAME,
                "workflow_id": f"{run}.{count}",
                "app_version": VERSION,
                "serialization_type": JSON,
            }
            client.enqueue(options, run, scenario, list(municipalities))

    def newest(self, run: str) -> WorkflowStatus | None:
        """Return the newest attempt at a run."""
        with self._asking() as client:
            rows = client.list_workflows(workflow_id_prefix=f"{run}.", sort_desc=True, limit=1)
        return rows[0] if rows else None

    def latest(self, limit: int) -> list[WorkflowStatus]:
        """Return the newest attempts at any run, the newest first."""
        with self._asking() as client:
            return client.list_workflows(name=NAME, sort_desc=True, limit=limit)

    def waiting(self) -> int:
        """Return how many attempts have not begun."""
        with self._asking() as client:
            return len(client.list_workflows(status="ENQUEUED", name=NAME, load_input=False, load_output=False))

    def cancel(self, attempt: str) -> None:
        """Write down that an attempt is cancelled."""
        with self._asking() as client:
            client.cancel_workflow(attempt)

    @contextmanager
    def _asking(self) -> Iterator[DBOSClient]:
        """Yield the client, and turn the database's own faults into ours."""
        assert self._client is not None
        try:
            yield self._client
        except (DBAPIError, TimeoutError) as error:
            fault = str(getattr(error, "orig", error))
            log.error("job database", error=fault)
            if "full" in fault or "disk I/O" in fault:
                raise no_room() from None
            raise JobsDownError("Databasen med job svarer ikke", next_step="prøv igen om lidt") from None


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
