"""Killed with -9 while a list of trips is sent: either it was answered and is there, or nothing of it is."""

import json
import random
import signal
import socket
import threading
import time
import urllib.error
import urllib.request
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from sim.inputs.intake.imported import read_import
from tests.api.serve.conftest import Serve, Served
from tests.intake.lists import danish, year_of_trips

LIST = danish(year_of_trips(3000)).encode()
ASKED = "/v1/uploads?municipality=0316"
TAKES_S = 0.4
"""About what a list takes from its first byte to its answer."""


def post(server: Served) -> str | None:
    """Send the list; returns the upload that was acknowledged, None when no answer came."""
    request = urllib.request.Request(server.address + ASKED, LIST, {"Content-Type": "text/csv"})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return str(json.loads(answer.read())["id"])
    except (OSError, urllib.error.URLError, HTTPException, ValueError):
        return None


def files(server: Served, folder: str) -> list[Path]:
    return [path for path in (server.store / folder).rglob("*") if path.is_file()]


def test_killed_while_a_list_is_arriving_nothing_of_it_is_left_when_the_server_is_up_again(serve: Serve) -> None:
    server = serve()
    address = urlsplit(server.address)
    head = f"POST {ASKED} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/csv\r\nContent-Length: {len(LIST)}\r\n\r\n"
    with socket.create_connection((address.hostname, address.port)) as line:
        line.sendall(head.encode() + LIST[: len(LIST) // 2])
        until = time.monotonic() + 20
        while not files(server, "work"):
            assert time.monotonic() < until
            time.sleep(0.02)
        (arriving,) = files(server, "work")
        assert arriving.parent.stat().st_mode & 0o077 == 0
        server.stop(signal.SIGKILL)
    again = serve()
    assert files(again, "work") + files(again, "uploads") == []
    assert again.ask("/v1/uploads")[2] == {"uploads": []}


@pytest.mark.slow
@pytest.mark.parametrize("number", range(3))
def test_killed_at_a_random_instant_a_list_is_there_when_it_was_answered_and_whole_when_it_is_there(
    serve: Serve, number: int
) -> None:
    server = serve()
    assert post(server) is not None  # the municipality's map is ready
    (first,) = server.ask("/v1/uploads")[2]["uploads"]
    server.ask(f"/v1/uploads/{first['id']}", method="DELETE")
    answered: list[str | None] = []
    sender = threading.Thread(target=lambda: answered.append(post(server)))
    sender.start()
    time.sleep(random.Random(f"upload {number}").uniform(0, TAKES_S))
    server.stop(signal.SIGKILL)
    sender.join(timeout=60)
    again = serve()
    there = [each["id"] for each in again.ask("/v1/uploads")[2]["uploads"]]
    assert files(again, "work") == []
    assert [path.name for path in (again.store / "uploads").iterdir()] == there
    assert set(there) >= {each for each in answered if each}
    for each in there:
        assert read_import(again.store / "uploads" / each)[1]["rows"] == len(LIST.splitlines()) - 1


@pytest.mark.slow
def test_a_list_whose_time_is_up_is_deleted_when_the_server_starts_and_the_log_says_no_more_than_that(
    serve: Serve,
) -> None:
    server = serve()
    upload = post(server)
    server.stop()
    times = server.store / "uploads" / str(upload) / "upload.json"
    times.write_text(times.read_text().replace('"expires": "20', '"expires": "19'))
    again = serve()
    again.until(f'"upload": "{upload}"')
    assert files(again, "uploads") == []
    said = [json.loads(line) for line in again.log.read_text().splitlines() if str(upload) in line]
    assert [{**line, "timestamp": ""} for line in said] == [
        {"upload": upload, "why": "expired", "event": "upload deleted", "level": "info", "timestamp": ""}
    ]
    assert "0316" not in server.log.read_text()
