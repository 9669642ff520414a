"""What a caller may do before a request is whole: how large its head may be, and how long it may take to send it.

The server reads a head of any size and waits for the rest of a request for ever; many half-open callers would fill memory and descriptors.
"""

import asyncio
import json

from starlette.types import Scope
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from api.http.problems import MEDIA_TYPE, HeadTooLargeError, MalformedError, document
from tariffs.errors import TakstlabError

LARGEST_HEAD = 32 * 1024
"""Bytes of a request's address and headers; browsers and sheets send a few kilobytes."""
MOST_HEADERS = 100
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}
"""On every answer, unless it has set them itself."""
HEAD, BODY, WHOLE = "head", "body", ""


class Wire(HttpToolsProtocol):
    """A connection that is closed when a request on it takes too long to come, or its head does not end.

    What waits for the server, a body that it does not read yet or an answer under way, has all the time it needs.
    """

    look_s = 2.5
    """Seconds between looks at how far the caller is."""
    head_s = 15.0
    """Seconds for a whole head, also for the first of a connection that says nothing."""
    quiet_s = 15.0
    """Seconds without a byte of a body that has begun."""
    body_s = 300.0
    """Seconds for a whole body."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a head."""
        super().connection_made(transport)
        self._refused = False
        self._await(HEAD)
        self._looking = self.loop.call_later(self.look_s, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        """Look no more."""
        self._looking.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on, and close when a head does not end."""
        if self._refused:
            return
        self._quiet_s = 0.0
        super().data_received(data)
        if self._phase == HEAD:
            self._head_bytes += len(data)
            if self._head_bytes > LARGEST_HEAD:
                self._refuse()

    def on_message_begin(self) -> None:
        """Begin to read a head."""
        super().on_message_begin()
        self._await(HEAD)

    def on_headers_complete(self) -> None:
        """Begin to read a body; the largest head that is read is left to be refused further in, in words."""
        self._await(BODY)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Wait for nothing: it is the server's turn."""
        self._await(WHOLE)
        super().on_message_complete()

    def _await(self, phase: str) -> None:
        self._phase, self._head_bytes, self._spent_s, self._quiet_s = phase, 0, 0.0, 0.0

    def _look(self) -> None:
        self._looking = self.loop.call_later(self.look_s, self._look)
        if self._phase == WHOLE or self.flow.read_paused:
            return
        self._spent_s += self.look_s
        self._quiet_s += self.look_s
        late = self._spent_s >= (self.head_s if self._phase == HEAD else self.body_s)
        if (late or (self._phase == BODY and self._quiet_s >= self.quiet_s)) and not self.transport.is_closing():
            self.transport.close()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no request of HTTP; where an answer is being sent, words of ours would become a part of it."""
        if self.cycle is None or self.cycle.response_complete or not self.cycle.response_started:
            self._write("400 Bad Request", NO_REQUEST)
        self.transport.close()

    def _refuse(self) -> None:
        self._refused = True
        self._write("431 Request Header Fields Too Large", TOO_LARGE)
        self.transport.close()

    def _write(self, status: str, error: TakstlabError) -> None:
        """Answer with an error before any layer further in has seen the request."""
        body = json.dumps(document(error, "", None), ensure_ascii=False).encode()
        head = {**HEADERS, "Content-Type": MEDIA_TYPE, "Content-Length": str(len(body)), "Connection": "close"}
        lines = [f"HTTP/1.1 {status}", *(f"{name.lower()}: {value}" for name, value in head.items())]
        self.transport.write("\r\n".join([*lines, "", ""]).encode() + body)


TOO_LARGE = HeadTooLargeError(
    "Adressen og headerne er større, end tjenesten tager imod",
    why=f"højst {LARGEST_HEAD // 1024} kB og {MOST_HEADERS} headere",
    next_step="send færre og kortere",
)
NO_REQUEST = MalformedError(
    "Forespørgslen kan ikke læses",
    why="den følger ikke HTTP/1.1",
    next_step="send den med et program, der taler HTTP/1.1",
)


def check_head(scope: Scope) -> None:
    """Refuse a head that is larger than is read, that names two hosts, or whose body is packed.

    Raises HeadTooLargeError, MalformedError.
    """
    size = len(scope["query_string"]) + len(scope.get("raw_path") or b"")
    size += sum(len(name) + len(value) for name, value in scope["headers"])
    if size > LARGEST_HEAD or len(scope["headers"]) > MOST_HEADERS:
        raise TOO_LARGE
    if sum(name == b"host" for name, _ in scope["headers"]) > 1:
        raise MalformedError("Forespørgslen kan ikke læses", where="headeren Host", why="det står der to gange")
    packed = [value for name, value in scope["headers"] if name == b"content-encoding" and value.lower() != b"identity"]
    if packed:
        raise MalformedError(
            "Det sendte er pakket",
            where="headeren Content-Encoding",
            why="tjenesten pakker ikke ud, hvad der sendes til den",
            next_step="send det upakket",
        )
