"""Around every request: a name for it, a line in the log and a count in the metrics."""

import re
import time
import uuid

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.observing.metrics import Metrics

HEADER = b"x-request-id"
GIVEN = re.compile(r"[A-Za-z0-9_.-]{1,64}")
QUIET = frozenset({"/healthz", "/readyz", "/metrics"})
"""Asked for all the time by machines: counted, not logged."""

FREQUENT = "/v1/celle/"
"""A sheet asks for hundreds at a time: those that were answered are counted, and logged at debug alone."""

log = structlog.get_logger("takstlab.http")


class Observed:
    """ASGI middleware outside all others. It knows a request by its route alone: the address itself may hold a key or
    where somebody lives.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app, self.metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        name, status, started = request_id(scope), 500, time.perf_counter()

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message = {**message, "headers": [*message["headers"], (HEADER, name.encode())]}
            await send(message)

        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=name)
        try:
            await self.app(scope, receive, sending)
        except Exception:
            log.exception("unhandled", route=_route(scope))
            raise
        finally:
            route, seconds = _route(scope), time.perf_counter() - started
            method = scope["method"] if scope["method"] in METHODS else "other"
            self.metrics.request(method, route, status, seconds)
            if route not in QUIET:
                say = log.debug if status == OK and route.startswith(FREQUENT) else log.info
                say("request", method=method, route=route, status=status, ms=round(1000 * seconds, 1))


OK = 200
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def request_id(scope: Scope) -> str:
    """Return the name the caller gave the request when it can be one, else a new one."""
    for header, value in scope["headers"]:
        if header == HEADER and GIVEN.fullmatch(value.decode("latin-1")):
            return str(value.decode("latin-1"))
    return uuid.uuid4().hex


def _route(scope: Scope) -> str:
    route = scope.get("route")
    return str(getattr(route, "path_format", None) or getattr(route, "path", "-"))
