"""The outermost layer: security headers on every answer, HEAD as GET without a body, OPTIONS at once."""

from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import unquote_plus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.problems import MEDIA_TYPE, respond
from api.http.security import QUERY_KEY, STATE_KEY, Guard
from api.http.short_way import START, ShortWay
from api.http.wire import HEADERS, check_head
from tariffs.errors import TakstlabError

STREAMS = "/events"
PROBLEM, PAGE = MEDIA_TYPE.encode(), b"text/html"


class Edge:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp, guard: Guard, short: ShortWay, routes: Callable[[], Sequence[BaseRoute]]) -> None:
        self.app, self.guard, self.short, self.routes = app, guard, short, routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        inner = _without_key(scope)
        request, out = Request(inner), _Sent(_with_headers(send))
        try:
            await self._answer(inner, receive, _in_our_shape(request, out.send))
        except Exception as error:
            # Answered here, with headers like all others; then it goes on to be logged.
            if not out.started:
                await respond(request, error)(inner, receive, out.send)
            raise
        finally:
            scope["route"] = inner.get("route")

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        try:
            check_head(scope)
            self.guard.check_host(request.headers.get("host", ""))
        except TakstlabError as error:
            await respond(request, error)(scope, receive, send)
            return
        if scope["method"] in ("GET", "HEAD") and scope["path"].startswith(START):
            answer = self.short.answer(request)
            if answer is not None:
                await answer(scope, receive, send if scope["method"] == "GET" else _without_body(send))
                return
        if scope["method"] == "HEAD" and not scope["path"].endswith(STREAMS):
            as_get = {**scope, "method": "GET"}
            await self.app(as_get, receive, _without_body(send))
            scope["route"] = as_get.get("route")
        elif scope["method"] == "OPTIONS" and (allowed := self._allowed(scope)):
            await send({"type": "http.response.start", "status": 204, "headers": [(b"allow", allowed.encode())]})
            await send({"type": "http.response.body", "body": b""})
        else:
            await self.app(scope, receive, send)

    def _allowed(self, scope: Scope) -> str:
        """Return the methods of an address; empty when there is nothing there."""
        methods: set[str] = set()
        for method in ("GET", "POST", "PUT", "DELETE"):
            for route in self.routes():
                if route.matches({**scope, "method": method})[0] is Match.FULL:
                    methods.add(method)
                    break
        if not methods:
            return ""
        return ", ".join(sorted(methods | {"OPTIONS"} | ({"HEAD"} if "GET" in methods else set())))


class _Sent:
    """Knows whether an answer has begun."""

    def __init__(self, send: Send) -> None:
        self._send, self.started = send, False

    async def send(self, message: Message) -> None:
        self.started = True
        await self._send(message)


def _without_key(scope: Scope) -> Scope:
    """Take a key out of the address, so that nothing further in reads, keeps or logs it; the guard finds it in the state."""
    mark = f"{QUERY_KEY}=".encode()
    parts = scope["query_string"].split(b"&")
    given = [part[len(mark) :] for part in parts if part.startswith(mark)]
    if not given:
        return {**scope}
    state = {**scope.get("state", {}), STATE_KEY: unquote_plus(given[0].decode("latin-1"))}
    return {**scope, "query_string": b"&".join(part for part in parts if not part.startswith(mark)), "state": state}


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = {name.lower() for name, _ in message["headers"]}
            extra = [
                (name.lower().encode(), value.encode())
                for name, value in HEADERS.items()
                if name.lower().encode() not in given
            ]
            message = {**message, "headers": [*message["headers"], *extra]}
        await send(message)

    return sending


def _in_our_shape(request: Request, send: Send) -> Send:
    """Answer a body that is too large in the shape of all other errors; the framework says it before ours is asked."""
    replaced = False

    async def sending(message: Message) -> None:
        nonlocal replaced
        if message["type"] == "http.response.start" and message["status"] == 413:
            replaced = not any(
                value.startswith((PROBLEM, PAGE)) for name, value in message["headers"] if name == b"content-type"
            )
        if not replaced:
            await send(message)
        elif message["type"] == "http.response.start":
            answer = respond(request, HTTPException(413))
            await send({**message, "headers": [*answer.raw_headers, (b"connection", b"close")]})
            await send({"type": "http.response.body", "body": answer.body})

    return sending


def _without_body(send: Send) -> Callable[[Message], Awaitable[None]]:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return sending
