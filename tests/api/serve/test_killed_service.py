"""Killed with -9 at any instant and started again, every acknowledged run is finished once, with the same bytes."""

import contextlib
import os
import random
import signal
import time
from pathlib import Path

import pytest

from tests.api.serve.conftest import Postgres, Serve, Served, fingerprints, gone

SEED = int(os.environ.get("SOAK_SEED", "1"))
LONGEST_S = 8.0
"""About as long as a run takes, from its acceptance on."""


def kill_the_server(serve: Serve, server: Served, **settings: object) -> Served:
    """Kill the server, see that nothing of it is left, and start another."""
    family = server.family()
    server.stop(signal.SIGKILL)
    assert gone(family), "workers outlive their server"
    return serve(**settings)


def kill_a_worker(server: Served, dice: random.Random) -> None:
    """Kill one of the processes that work for the server."""
    family = server.family()
    if family:
        with contextlib.suppress(ProcessLookupError):
            os.kill(dice.choice(sorted(family)), signal.SIGKILL)


def survives(serve: Serve, undisturbed: dict[str, str], number: int, kind: str, **settings: object) -> None:
    """Send two runs, kill at a random instant, and compare what becomes of them with what should."""
    dice = random.Random(f"{SEED} {number}")
    server = serve(workers=2, **settings)
    runs = [server.send(seed=seed) for seed in (1, 2)]
    time.sleep(dice.uniform(0, LONGEST_S))
    if kind == "server":
        server = kill_the_server(serve, server, workers=1, **settings)
    else:
        kill_a_worker(server, dice)
    server.finish(*runs)
    listed = [state["id"] for state in server.ask("/v1/runs")[2]["runs"]]
    assert sorted(listed) == sorted(runs)
    assert fingerprints(server.store) == undisturbed
    assert list((server.store / "damaged").iterdir()) == []
    assert server.send(seed=1) == runs[0]
    assert server.ask(f"/v1/runs/{runs[0]}")[2]["state"] == "done"


@pytest.mark.slow
@pytest.mark.parametrize(("number", "kind"), [(0, "server"), pytest.param(1, "worker", marks=pytest.mark.slow)])
def test_killed_at_a_random_instant_every_acknowledged_run_is_finished_once(
    serve: Serve, undisturbed: dict[str, str], number: int, kind: str
) -> None:
    survives(serve, undisturbed, number, kind)


@pytest.mark.soak
@pytest.mark.parametrize("number", range(2, 22))
def test_killed_at_twenty_random_instants_every_acknowledged_run_is_finished_once(
    serve: Serve, undisturbed: dict[str, str], number: int
) -> None:
    survives(serve, undisturbed, number, "server" if number % 2 else "worker")


@pytest.mark.postgres
@pytest.mark.parametrize(("number", "kind"), [(30, "server"), (31, "worker"), (32, "server")])
def test_killed_at_a_random_instant_with_jobs_in_postgresql(
    serve: Serve, undisturbed: dict[str, str], postgres: Postgres, number: int, kind: str
) -> None:
    survives(serve, undisturbed, number, kind, database=postgres.url)


@pytest.mark.slow
def test_a_process_killed_in_the_instant_it_is_started_holds_nothing_up(
    serve: Serve, undisturbed: dict[str, str]
) -> None:
    server = serve(workers=2)
    runs = [server.send(seed=seed) for seed in (1, 2)]
    killed = False
    until = time.monotonic() + 30
    while not killed and time.monotonic() < until:
        for pid in server.family():
            with contextlib.suppress(OSError):
                if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes():
                    os.kill(pid, signal.SIGKILL)
                    killed = True
    assert killed
    server.finish(*runs)
    assert fingerprints(server.store) == undisturbed
