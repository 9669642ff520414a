"""The service as one running thing: a port, an application, a store and its jobs, from start to graceful stop."""

import signal
import socket
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any

import structlog
import uvicorn

from api.clock import clock_of, usual_year
from api.http.app import create_app
from api.http.keys import KeyBook
from api.http.security import needs
from api.http.wire import Wire
from api.jobs.durable import DurableJobs, open_jobs
from api.observing.health import health_routes
from api.observing.logs import configure
from api.observing.memory import give_back
from api.observing.metrics import Metrics
from api.observing.middleware import Observed
from api.settings import Settings, key_file
from api.store.drafts import Drafts
from api.store.files import free_mb
from api.store.results import StoredResults
from api.store.store import Store
from api.store.uploads import Uploads
from api.web.lands import measuring_ahead
from api.web.warm import warm_up
from tariffs.errors import InputError

GRACE_S = 10
"""Seconds that answers under way are given when the service stops."""
BACKLOG = 2048
SWEEPS_EVERY_S = 600.0

log = structlog.get_logger("takstlab.serve")


class _Server(uvicorn.Server):
    """Tells the jobs that the end has come, so that streams of events do not hold it up."""

    def __init__(self, config: uvicorn.Config, jobs: DurableJobs) -> None:
        super().__init__(config)
        self._jobs = jobs

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._jobs.end_events()
        super().handle_exit(sig, frame)


def serve(settings: Settings, ready: Callable[[str], None]) -> None:
    """Answer until told to stop (SIGTERM, SIGINT); ``ready`` is called with the address when requests are taken.

    Raises InputError, StoreBusyError or JobsDownError when the service cannot be started as the settings say.
    """
    configure(settings)
    keys = KeyBook(key_file(settings))
    if not (settings.on_loopback or settings.open_to_all or keys.any_good):
        raise InputError(
            f"Tjenesten vil ikke lytte på {settings.host}",
            why="der er ingen nøgle, så alle på nettet kunne komme ind",
            next_step="lav en nøgle med takstlab keys add, eller sæt open_to_all",
        )
    with _bound(settings) as listening:
        store, jobs = open_jobs(settings)
        ended = threading.Event()
        try:
            _delete_when_due((Uploads(store.folder, settings), Drafts(store.folder, settings)), ended)
            port = listening.getsockname()[1]
            app = application(settings, store, jobs, keys)
            config = uvicorn.Config(
                app,
                http=Wire,
                ws="none",
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=False,
                timeout_graceful_shutdown=GRACE_S,
                timeout_keep_alive=30,
            )
            server = _Server(config, jobs)
            # Before uvicorn listens for the signals, and again when it has stopped and gives them back.
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, server.handle_exit)
            host = f"[{settings.host}]" if ":" in settings.host else settings.host
            listening.listen(BACKLOG)
            ready(f"http://{host}:{port}")
            log.info("started", host=settings.host, port=port)
            warm_up(usual_year(clock_of(settings.today)()), every_municipality=settings.measure_ahead)
            give_back(ended)
            with measuring_ahead(settings):
                server.run(sockets=[listening])
        finally:
            ended.set()
            jobs.close()
            log.info("stopped")


def _delete_when_due(stores: tuple[Uploads, Drafts], ended: threading.Event) -> None:
    """Delete the own trips whose time is up, now and every ten minutes until ``ended``."""

    def sweep() -> None:
        for store in stores:
            try:
                store.sweep()
            except Exception:
                log.exception("own trips not swept")

    def watch() -> None:
        while not ended.wait(SWEEPS_EVERY_S):
            sweep()

    sweep()
    threading.Thread(target=watch, daemon=True).start()


def application(settings: Settings, store: Store, jobs: DurableJobs, keys: KeyBook | None) -> Any:
    """Return the whole application: the API, its health and its metrics, observed."""
    metrics = Metrics()
    metrics.watch("runs_waiting", "Runs in the queue", jobs.waiting)
    metrics.watch("runs_working", "Runs under way", jobs.working)
    metrics.watch("store_free_bytes", "Room left in the store", lambda: free_mb(store.folder) * 2**20)
    app = create_app(settings, jobs, StoredResults(store, jobs.get), keys)
    app.include_router(health_routes(jobs.check, metrics, [needs("read")]))
    return Observed(app, metrics)


def _bound(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.socket(family)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((settings.host, settings.port))
    except (OSError, OverflowError) as error:
        listening.close()
        raise InputError(
            f"Der kan ikke lyttes på {settings.host} port {settings.port}",
            why=getattr(error, "strerror", None) or str(error),
            next_step="vælg en anden port med --port, eller stands det program, der bruger den",
        ) from None
    return listening
