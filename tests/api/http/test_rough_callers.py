"""Callers that send too much before they ask, or never finish asking."""

import gzip
import json
import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.http.wire import LARGEST_HEAD, MOST_HEADERS, Wire
from tests.api.http.conftest import Memory

SLOWEST_S = 10.0


class Hasty(Wire):
    """As the service's, with times that a test can wait for."""

    look_s, head_s, quiet_s, body_s = 0.02, 0.2, 0.2, 0.6


@pytest.fixture
def address(memory: Memory) -> Iterator[tuple[str, int]]:
    app = create_app(memory.settings, memory, memory)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        config = uvicorn.Config(app, http=Hasty, ws="none", log_config=None, lifespan="off", timeout_keep_alive=30)
        server = uvicorn.Server(config)
        running = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        running.start()
        while not server.started:
            time.sleep(0.01)
        yield listening.getsockname()
        server.should_exit = True
        running.join()


def said(address: tuple[str, int], *parts: bytes, every_s: float = 0.0) -> bytes:
    """Send parts, and return what was answered until the server closed the connection."""
    answer = b""
    with socket.create_connection(address, timeout=SLOWEST_S) as caller:
        try:
            for part in parts:
                caller.sendall(part)
                time.sleep(every_s)
            while got := caller.recv(65536):
                answer += got
        except (ConnectionResetError, BrokenPipeError):
            pass
    return answer


HOST = b"Host: 127.0.0.1\r\n"
POST = b"POST /v1/quotes HTTP/1.1\r\n" + HOST + b"Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"


@pytest.mark.parametrize(
    "parts",
    [
        (),
        (b"GET /v1/tariffs HT",),
        (b"GET /v1/tariffs HTTP/1.1\r\n" + HOST + b"X-A: ",),
        (POST,),
        (POST, *[b" "] * 20),
    ],
    ids=["nothing", "line", "header", "body", "a byte now and then"],
)
def test_what_is_sent_by_half_is_closed_after_a_time(address: tuple[str, int], parts: tuple[bytes, ...]) -> None:
    began = time.monotonic()
    assert b" 200 " not in said(address, *parts, every_s=0.05)
    assert time.monotonic() - began < SLOWEST_S


def test_a_connection_that_is_kept_is_not_closed_between_two_requests(address: tuple[str, int]) -> None:
    ask = b"GET /v1/municipalities HTTP/1.1\r\n" + HOST + b"\r\n"
    last = ask.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    assert said(address, ask, last, every_s=0.5).count(b"HTTP/1.1 200 ") == 2


def test_a_head_without_an_end_is_refused_before_it_fills_the_memory(
    address: tuple[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Hasty, "head_s", 6 * SLOWEST_S)  # it is the size that closes, not the time
    answer = said(address, b"GET / HTTP/1.1\r\n" + HOST + b"X-A: ", *[b"a" * 8192] * 100)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 431 ")


@pytest.mark.parametrize(
    ("headers", "status", "slug"),
    [
        ([("X-A", "a" * LARGEST_HEAD)], 431, "head-too-large"),
        ([(f"X-{n}", "a") for n in range(MOST_HEADERS)], 431, "head-too-large"),
        ([("Host", "127.0.0.1"), ("Host", "ond.example")], 400, "malformed"),
        ([("X-A", "a" * 8000)], 200, ""),
    ],
)
def test_a_head_too_large_or_with_two_hosts_is_refused_in_the_one_shape(
    client: TestClient, headers: list[tuple[str, str]], status: int, slug: str
) -> None:
    for path in ("/v1/tariffs", "/v1/celle/budget/0316/1/trips"):
        answer = client.get(path, headers=headers)  # type: ignore[arg-type]
        assert answer.status_code == status or (slug == "" and "celle" in path)
        if slug:
            assert answer.json()["type"] == f"urn:takstlab:problem:{slug}"
            assert answer.headers["content-type"] == "application/problem+json"


SECURE = (
    b"x-content-type-options: nosniff",
    b"content-security-policy: default-src 'none'",
    b"cache-control: no-store",
)
ASK = b"GET /v1/municipalities HTTP/1.1\r\n" + HOST


@pytest.mark.parametrize(
    "sent",
    [
        POST.replace(b"1000", b"-5"),
        POST.replace(b"1000", b"abc"),
        POST.replace(b"Content-Length: 1000", b"Transfer-Encoding: chunked\r\n\r\nzz"),
        ASK + b"X-\x00: a\r\n\r\n",
        "GET /koersel/æ HTTP/1.1\r\n".encode() + HOST + b"\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ],
    ids=["negative length", "length of letters", "chunk", "header", "address", "TLS"],
)
def test_what_is_no_http_is_refused_in_the_one_shape(address: tuple[str, int], sent: bytes) -> None:
    head, _, body = said(address, sent).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 ")
    assert b"content-type: application/problem+json" in head
    assert all(line in head for line in SECURE)
    problem = json.loads(body)
    assert (problem["type"], problem["status"]) == ("urn:takstlab:problem:malformed", 400)
    assert problem["next"] == "send den med et program, der taler HTTP/1.1"
    assert problem["detail_en"].startswith("The request cannot be read. ")


def test_what_is_no_http_after_a_request_does_not_break_into_its_answer(address: tuple[str, int]) -> None:
    answer = said(address, ASK + b"\r\n", b"\x00\x00\r\n\r\n", every_s=0.5)
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert answer.count(b"HTTP/1.1 ") == 2


@pytest.mark.parametrize("packed", ["gzip", "br", "x-gzip, identity"])
def test_a_packed_body_is_refused_with_what_to_do(client: TestClient, packed: str) -> None:
    for path, kind in (("/v1/quotes", "application/json"), ("/v1/uploads", "text/csv")):
        answer = client.post(
            path, content=gzip.compress(b"{}"), headers={"Content-Type": kind, "Content-Encoding": packed}
        )
        assert (answer.status_code, answer.json()["where"]) == (400, "headeren Content-Encoding")
        assert answer.json()["next"] == "send det upakket"
    assert client.get("/v1/tariffs", headers={"Content-Encoding": "identity"}).status_code == 200
