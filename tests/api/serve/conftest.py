import contextlib
import hashlib
import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.api.jobs.conftest import TINY

SLOWEST_S = 400
"""Seconds for runs that take five each: also on a machine with other work, where a fresh checkout is first compiled."""


class Served:
    """``takstlab serve`` as a process of its own, met over HTTP."""

    def __init__(self, store: Path, *options: str, python: str = sys.executable, **settings: object) -> None:
        given = {f"TAKSTLAB_{name.upper()}": str(value) for name, value in settings.items()}
        self.store = store
        # A file, for a pipe that nobody reads would hold the server up when it is full.
        self.log = store.with_name(f"log-{secrets.token_hex(4)}")
        store.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [python, "-c", "from api.cli.main import main; main()", *COMMAND, str(store), *options],
                stderr=log,
                env={**os.environ, **given},
            )
        try:
            self.address = self.until(r"svarer på (\S+)", SLOWEST_S)[1]
        except BaseException:
            self.stop(signal.SIGKILL)
            raise

    def until(self, pattern: str, seconds: float = 60) -> re.Match[str]:
        """Return when a line of the log has the pattern."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            ended, said = self.process.poll() is not None, self.log.read_text(encoding="utf-8")
            if found := re.search(pattern, said):
                return found
            if ended:
                break
            time.sleep(0.05)
        raise AssertionError(f"no {pattern!r} in\n{self.log.read_text(encoding='utf-8')}")

    def ask(self, path: str, body: Any = None, method: str | None = None, **headers: str) -> tuple[int, Any, Any]:
        """Return status, headers and body (JSON as it is meant, else text)."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.address + path, data, method=method)
        for name, value in {"content-type": "application/json", **headers}.items():
            request.add_header(name.replace("_", "-"), value)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                status, given, content = answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            status, given, content = error.code, error.headers, error.read()
        return status, given, json.loads(content) if "json" in str(given["content-type"]) else content.decode()

    def send(self, **change: Any) -> str:
        """Send the tiny scenario, changed; returns the run that was acknowledged."""
        status, _, state = self.ask("/v1/runs", {**TINY, "options": OPTIONS, **change})
        assert status in (200, 202), state
        return str(state["id"])

    def state(self, run: str) -> dict[str, Any]:
        return self.ask(f"/v1/runs/{run}")[2]

    def until_state(self, run: str, holds: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Return a run's state when something holds of it."""
        until = time.monotonic() + SLOWEST_S
        while not holds(state := self.state(run)):
            assert time.monotonic() < until, state
            time.sleep(0.05)
        return state

    def until_ready(self, seconds: float = 60) -> None:
        """Return when the server says that it takes runs on."""
        until = time.monotonic() + seconds
        while (answer := self.ask("/readyz"))[0] != 200:
            assert time.monotonic() < until, answer[2]
            time.sleep(0.1)

    def until_family(self, seconds: float = 60) -> list[int]:
        """Return the processes that the server started, when there are any."""
        until = time.monotonic() + seconds
        while not (found := self.family()):
            assert time.monotonic() < until, "no worker was started"
            time.sleep(0.02)
        return found

    def finish(self, *runs: str) -> None:
        """Return when the runs are done."""
        until = time.monotonic() + SLOWEST_S
        for run in runs:
            while (state := self.state(run))["state"] != "done":
                assert state["state"] in ("queued", "running"), state
                assert time.monotonic() < until, state
                time.sleep(0.1)

    def family(self) -> list[int]:
        """Processes that the server started, and those that they did."""
        parents: dict[int, int] = {}
        for entry in Path("/proc").iterdir():
            with contextlib.suppress(OSError, ValueError, IndexError):
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                if fields[0] != "Z":
                    parents[int(entry.name)] = int(fields[1])
        found, look = [], [self.process.pid]
        while look:
            one = look.pop()
            children = [pid for pid, parent in parents.items() if parent == one]
            found += children
            look += children
        return found

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Tell the server to end, and return its exit status."""
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(number)
        return self.process.wait(timeout=30)


COMMAND = ("serve", "--port", "0", "--store")
OPTIONS = [{"name": "Nuværende ordning", "elements": ["kommunetakst"]}, {"name": "Grundtakst", "elements": []}]
Serve = Callable[..., Served]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Start a server on this test's store; all are ended when the test is."""
    started: list[Served] = []

    def start(*options: str, **settings: object) -> Served:
        started.append(Served(tmp_path / "lager", *options, **settings))
        return started[-1]

    yield start
    for server in started:
        server.stop(signal.SIGKILL)


def fingerprints(store: Path) -> dict[str, str]:
    """The SHA-256 of every file of every result."""
    runs = store / "runs"
    return {
        path.relative_to(runs).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(runs.rglob("*"))
        if path.is_file()
    }


def gone(pids: list[int]) -> bool:
    """Whether the processes end within a few seconds."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        if not any(Path(f"/proc/{p}").exists() and ") Z " not in Path(f"/proc/{p}/stat").read_text() for p in pids):
            return True
        time.sleep(0.05)
    return False


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What an undisturbed server makes of the tiny scenario with seeds 1 and 2."""
    server = Served(tmp_path_factory.mktemp("undisturbed") / "lager", workers=1)
    try:
        server.finish(server.send(seed=1), server.send(seed=2))
    finally:
        server.stop()
    return fingerprints(server.store)


class Postgres:
    """A PostgreSQL of the tests' own, that can be stopped and started."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.programs = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        if os.getuid() == 0:  # which PostgreSQL refuses to run as
            shutil.chown(folder, "postgres")
        self._do("initdb", "-D", "data", "-U", "takstlab", "-A", "trust", "-E", "UTF8", "--no-sync")
        self.start()

    @property
    def url(self) -> str:
        """The address of its database."""
        return f"postgresql://takstlab@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start it, and return when it answers."""
        settings = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
        self._do("pg_ctl", "-D", "data", "-w", "-l", "log", "-o", settings, "start")

    def stop(self) -> None:
        """Stop it at once."""
        self._do("pg_ctl", "-D", "data", "-w", "-m", "immediate", "stop")

    def _do(self, program: str, *arguments: str) -> None:
        as_other = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        command = [*as_other, str(self.programs / program), *arguments]
        subprocess.run(command, cwd=self.folder, check=True, stdout=subprocess.DEVNULL)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """Return a running PostgreSQL; its programs must be installed (Debian: postgresql)."""
    folder = Path(tempfile.mkdtemp(prefix="takstlab-postgres-"))
    made = Postgres(folder)
    yield made
    made.stop()
    shutil.rmtree(folder, ignore_errors=True)
