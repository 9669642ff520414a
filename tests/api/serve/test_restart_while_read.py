"""Readers who go on asking while the server is stopped, killed and started again: a whole answer or none."""

import http.client
import signal
import socket
import threading
import time
import urllib.error
import urllib.request
from collections import Counter

import pytest

from tests.api.serve.conftest import Serve


class Reader(threading.Thread):
    """Asks for one path again and again; keeps the bodies of whole answers, other statuses, and how often nobody answered."""

    def __init__(self, address: str) -> None:
        super().__init__(daemon=True)
        self.address, self.ended = address, threading.Event()
        self.bodies: Counter[bytes] = Counter()
        self.statuses: Counter[int] = Counter()
        self.unanswered = 0

    def run(self) -> None:
        """Read until told to end."""
        while not self.ended.is_set():
            try:
                with urllib.request.urlopen(self.address, timeout=30) as answer:
                    self.bodies[answer.read()] += 1
            except urllib.error.HTTPError as error:
                self.statuses[error.code] += 1
            except (OSError, http.client.HTTPException):
                self.unanswered += 1
                time.sleep(0.02)

    def reads_on(self) -> None:
        """Return when another whole answer has come."""
        before, until = sum(self.bodies.values()), time.monotonic() + 60
        while sum(self.bodies.values()) <= before + 1:
            assert time.monotonic() < until, "no answer came"
            time.sleep(0.02)


@pytest.mark.slow
def test_who_reads_while_the_server_is_restarted_gets_the_same_bytes_or_no_answer(serve: Serve) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    server = serve("--port", port)
    run = server.send()
    server.finish(run)
    paths = (f"/v1/runs/{run}/result.json", f"/v1/runs/{run}/result.parquet", f"/v1/celle/{run}/0316/2/net_cost_change")
    readers = [Reader(server.address + path) for path in paths]
    for reader in readers:
        reader.start()
    for number in (signal.SIGTERM, signal.SIGKILL):
        for reader in readers:
            reader.reads_on()
        server.stop(number)
        server = serve("--port", port)
    for reader in readers:
        reader.reads_on()
        reader.ended.set()
    for reader in readers:
        reader.join(timeout=60)
        assert len(reader.bodies) == 1, reader.address
        assert not reader.statuses, (reader.address, reader.statuses)
        assert reader.unanswered
