"""The disk runs full for the real processes: nothing acknowledged is lost, and it goes on when there is room."""

import resource
import time

import pytest

from tests.api.serve.conftest import Serve, fingerprints

NO_ROOM = 0


def limit(pid: int, size: int) -> None:
    """Let no file grow beyond a size, for a process and what it starts from now on."""
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.prlimit(pid, resource.RLIMIT_FSIZE)[1]))


@pytest.mark.slow
def test_a_run_that_finds_no_room_waits_and_is_finished_when_there_is(
    serve: Serve, undisturbed: dict[str, str]
) -> None:
    server = serve(disk_wait_s=1, workers=1)
    runs = [server.send(seed=1), server.send(seed=2)]
    while not (family := server.family()):
        time.sleep(0.02)
    limit(family[0], NO_ROOM)
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
    while server.state(runs[0])["done"] == 0:
        time.sleep(0.02)
    limit(server.process.pid, NO_ROOM)  # the server alone: the worker is there already
    while server.state(runs[0])["state"] != "done":
        time.sleep(0.05)
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
