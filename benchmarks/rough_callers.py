"""Quotes asked for one after the other: with nobody else, then next to 200 half-open callers, then also 200 followers of a run.

A run is under way all the time, as it must be for anybody to follow it. Half-open callers send nothing, half a head or half a body, and
come again when they are closed.
"""

import http.client
import json
import socket
import tempfile
import threading
import time
from pathlib import Path

from benchmarks.service import BUSY, FARE_OERE, TRIP, Service

CALLERS = 200
QUOTES = 1_000
PAUSE_S = 0.01
AIM_MS = 50
HALVES = (
    b"",
    b"GET /v1/quote HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Half: ",
    b"POST /v1/quotes HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 400\r\n\r\n{",
)


class HalfOpen:
    """Callers that never finish a request; one that is closed opens again."""

    def __init__(self, host: str, port: int) -> None:
        self._place, self._closing = (host, port), threading.Event()
        self._callers = [self._call(number) for number in range(CALLERS)]
        self.came_again = 0
        self._thread = threading.Thread(target=self._again, daemon=True)
        self._thread.start()

    def _call(self, number: int) -> socket.socket:
        caller = socket.create_connection(self._place, timeout=10)
        caller.sendall(HALVES[number % len(HALVES)])
        caller.setblocking(False)
        return caller

    def _again(self) -> None:
        while not self._closing.wait(0.5):
            for number, caller in enumerate(self._callers):
                try:
                    ended = not caller.recv(4096)
                except BlockingIOError:
                    ended = False
                except OSError:
                    ended = True
                if ended:
                    caller.close()
                    self._callers[number] = self._call(number)
                    self.came_again += 1

    def close(self) -> None:
        """End them all."""
        self._closing.set()
        self._thread.join()
        for caller in self._callers:
            caller.close()


class Followers:
    """Callers that follow a run's events, each on a connection that is read as the events come."""

    def __init__(self, host: str, port: int, run: str) -> None:
        self._connections = [http.client.HTTPConnection(host, port, timeout=30) for _ in range(CALLERS)]
        self.heard = 0
        for connection in self._connections:
            connection.request("GET", f"/v1/runs/{run}/events")
        self._answers = [connection.getresponse() for connection in self._connections]
        assert {answer.status for answer in self._answers} == {200}
        for answer in self._answers:
            threading.Thread(target=self._read, args=(answer,), daemon=True).start()

    def _read(self, answer: http.client.HTTPResponse) -> None:
        try:
            while line := answer.readline():
                self.heard += line.startswith(b"data: ")
        except (OSError, ValueError, http.client.HTTPException):
            return

    def close(self) -> None:
        """Follow no more."""
        for connection in self._connections:
            if connection.sock is not None:
                connection.sock.shutdown(socket.SHUT_RDWR)


def quotes(host: str, port: int) -> list[float]:
    """Ask for quotes on one connection; returns how long each took, sorted, in ms."""
    connection = http.client.HTTPConnection(host, port, timeout=60)
    took = []
    for _ in range(QUOTES):
        began = time.perf_counter()
        connection.request("GET", f"/v1/quote?{TRIP}")
        fare = json.loads(connection.getresponse().read())["fare_oere"]
        took.append(1000 * (time.perf_counter() - began))
        assert fare == FARE_OERE
        time.sleep(PAUSE_S)
    connection.close()
    return sorted(took)


def run() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        service = Service(Path(folder))
        try:
            _measure(service)
        finally:
            service.stop()


def _measure(service: Service) -> None:
    host, _, port = service.address.removeprefix("http://").partition(":")
    place = (host, int(port))
    working = service.send({**BUSY, "draws": 64, "min_replications": 40, "max_replications": 100})
    for _ in range(1200):
        if service.state(working) == "running":
            break
        time.sleep(0.1)
    assert service.state(working) == "running"
    _print("a run under way", quotes(*place))
    half_open = HalfOpen(*place)
    try:
        _print(f"and {CALLERS} half-open callers", quotes(*place))
        followers = Followers(*place, working)
        try:
            _print(f"and {CALLERS} followers", quotes(*place))
        finally:
            followers.close()
        state = service.state(working)
    finally:
        half_open.close()
    print(
        f"{followers.heard} events heard, {half_open.came_again} half-open callers closed and come again, the run is {state}"
    )
    assert followers.heard >= CALLERS


def _print(name: str, took: list[float]) -> None:
    middle, high = took[len(took) // 2], took[int(0.95 * len(took))]
    print(
        f"{name:28} quotes: median {middle:6.1f} ms   p95 {high:6.1f} ms   longest {took[-1]:6.0f} ms   (aim: p95 {AIM_MS} ms)"
    )


if __name__ == "__main__":
    run()
