"""The disk runs full for the real processes: nothing acknowledged is lost, and it goes on when there is room."""

import contextlib
import resource
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.jobs.conftest import TINY
from tests.api.serve.conftest import OPTIONS, Serve, Served, fingerprints

NO_ROOM = 0
FULL = "Der er ikke plads på disken"
TO_SEND = {**TINY, "options": OPTIONS, "seed": 3}


def limit(pid: int, size: int) -> None:
    """Let no file grow beyond a size, for a process and what it starts from now on."""
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.prlimit(pid, resource.RLIMIT_FSIZE)[1]))


@pytest.mark.slow
def test_a_run_that_finds_no_room_waits_and_is_finished_when_there_is(
    serve: Serve, undisturbed: dict[str, str]
) -> None:
    server = serve(disk_wait_s=1, workers=1)
    runs = [server.send(seed=1), server.send(seed=2)]
    limit(server.until_family()[0], NO_ROOM)
    server.until("disk full")
    state = server.state(runs[0])
    assert (state["state"], "Disken er fuld" in state["error"]) == ("queued", True)
    server.finish(*runs)
    assert fingerprints(server.store) == undisturbed


@pytest.mark.slow
def test_what_ends_while_not_even_the_jobs_can_be_written_is_done_and_holds_nothing_up(
    serve: Serve, undisturbed: dict[str, str]
) -> None:
    server = serve(workers=1, least_free_mb=0, disk_wait_s=1)
    runs = [server.send(seed=1), server.send(seed=2)]
    server.until_state(runs[0], lambda state: state["done"] > 0)
    limit(server.process.pid, NO_ROOM)  # the server alone: the worker is there already
    server.until_state(runs[0], lambda state: state["state"] == "done")
    time.sleep(2)
    assert server.ask("/healthz")[0] == 200
    assert server.ask(f"/v1/runs/{runs[0]}/result.json")[0] == 200
    assert server.state(runs[1])["state"] == "queued"
    limit(server.process.pid, resource.RLIM_INFINITY)
    server.finish(*runs)
    assert fingerprints(server.store) == undisturbed


def test_when_nothing_can_be_written_nothing_is_acknowledged(serve: Serve) -> None:
    server = serve(least_free_mb=0)
    limit(server.process.pid, NO_ROOM)
    body = {"municipality": "0316", "options": [{"name": "A", "elements": []}], "draws": 0, "max_replications": 5}
    status, _, problem = server.ask("/v1/runs", body)
    limit(server.process.pid, resource.RLIM_INFINITY)
    assert (status, problem["type"].rpartition(":")[2]) == (507, "store-full")
    assert server.ask("/v1/runs")[2]["runs"] == []


def test_below_the_least_room_no_run_is_taken_on(serve: Serve) -> None:
    server = serve(least_free_mb=10**9)
    body = {"municipality": "0316", "options": [{"name": "A", "elements": []}]}
    status, _, problem = server.ask("/v1/runs", body)
    assert (status, problem["type"].rpartition(":")[2]) == (507, "store-full")
    status, _, text = server.ask("/readyz")
    assert (status, text) == (503, "Der er ikke plads til flere resultater\n")


@contextlib.contextmanager
def small_disk(folder: Path, mb: int = 6) -> Iterator[bool]:
    """Put a disk of so many MB in a folder; yields whether the machine let us."""
    folder.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={mb}m", "tmpfs", str(folder)]
    mounted = subprocess.run(mounting, check=False, capture_output=True).returncode == 0
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(disk: Path) -> Path:
    """Fill a disk; room is made by deleting the file that is returned."""
    filler = disk / "fyld"
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))
    return filler


@pytest.mark.slow
def test_a_disk_that_is_really_full_is_said_read_from_and_gone_on_from(
    tmp_path: Path, undisturbed: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    with small_disk(tmp_path / "disk") as mounted:
        if not mounted:
            with capsys.disabled():
                print("\nthe machine lets nobody mount a small disk: the tests with a limit on files are all there is")
            return
        (tmp_path / "disk" / "lager").mkdir()
        (tmp_path / "lager").symlink_to(
            tmp_path / "disk" / "lager"
        )  # the log stands beside the store, on the large disk
        settings = {"workers": 1, "disk_wait_s": 1, "least_free_mb": 0}
        server = Served(tmp_path / "lager", **settings)
        run = server.send(seed=1)
        server.finish(run)
        filler = fill(tmp_path / "disk")
        for path, body, method in (("/v1/names/x", {"run": run}, "PUT"), ("/v1/runs", TO_SEND, "POST")):
            status, _, problem = server.ask(path, body, method)
            assert (status, problem["what"]) == (507, FULL)
        assert server.ask(f"/v1/runs/{run}/result.json")[0] == 200
        assert server.stop() == 0

        server = Served(tmp_path / "lager", **settings)
        assert server.ask("/readyz")[::2] == (503, f"{FULL}\n")
        assert server.ask(f"/v1/runs/{run}/result.json")[0] == 200
        assert server.ask("/v1/runs", TO_SEND)[0] == 507
        filler.unlink()
        server.until_ready()
        later = server.send(seed=2)
        filler = fill(tmp_path / "disk")
        state = server.until_state(later, lambda state: bool(state["error"]))
        assert (state["state"], state["error"].startswith("Disken er fuld")) == ("queued", True)
        filler.unlink()
        server.finish(later)
        assert server.stop() == 0
        assert fingerprints(server.store) == undisturbed
