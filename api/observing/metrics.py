"""The service's metrics in Prometheus's own words."""

import math
from collections.abc import Callable
from importlib.metadata import version

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info, ProcessCollector, generate_latest

from sim.answer.identity import model_version
from tariffs.errors import TakstlabError

BUCKETS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


class Metrics:
    """Counts of one server: requests by route, runs, room on the disk."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._requests = Counter(
            "takstlab_requests", "Requests answered", ["method", "route", "status"], registry=self._registry
        )
        self._seconds = Histogram(
            "takstlab_request_seconds", "Seconds to an answer", ["route"], buckets=BUCKETS, registry=self._registry
        )
        about = {"version": version("takstlab"), "model": model_version()}
        Info("takstlab", "What is running", registry=self._registry).info(about)

    def watch(self, name: str, meaning: str, read: Callable[[], float]) -> None:
        """Add a figure that is read when it is asked for; it is unknown (NaN) when it cannot be read then."""

        def figure() -> float:
            try:
                return read()
            except (TakstlabError, OSError):
                return math.nan

        Gauge(f"takstlab_{name}", meaning, registry=self._registry).set_function(figure)

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request that was answered."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def text(self) -> bytes:
        """Return everything as Prometheus reads it."""
        return generate_latest(self._registry)
