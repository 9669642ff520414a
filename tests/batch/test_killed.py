"""Killed with -9 at any instant and started again, the results are those of an unbroken run, byte for byte."""

import contextlib
import os
import random
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.batch.conftest import Start, result_bytes

SLOWEST_S = 600
FIRST_UNIT_S = 400
"""Seconds for what takes five and two: also where the machine has other work, and ten times as many processes as cores."""


def made(folder: Path) -> int:
    return len(list((folder / "units").glob("*.parquet")))


def wait_for_units(folder: Path, count: int, process: subprocess.Popen[str]) -> None:
    """Return when so many units are there, or the process has ended."""
    until = time.monotonic() + FIRST_UNIT_S
    while made(folder) < count and process.poll() is None:
        assert time.monotonic() < until, "no unit came"
        time.sleep(0.01)


def children(pid: int) -> list[int]:
    """Worker processes of a process (its resource tracker is none)."""
    found = []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError, IndexError):
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            if int(fields[1]) == pid and b"spawn_main" in (entry / "cmdline").read_bytes():
                found.append(int(entry.name))
    return found


def gone(pids: list[int]) -> bool:
    """Whether the processes end within a few seconds."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        alive = [p for p in pids if Path(f"/proc/{p}").exists() and " Z " not in Path(f"/proc/{p}/stat").read_text()]
        if not alive:
            return True
        time.sleep(0.05)
    return False


def finish(start: Start, plan_file: Path, folder: Path, workers: int = 2) -> str:
    process = start("batch", plan_file, "--out", folder, "--workers", workers)
    out, err = process.communicate(timeout=SLOWEST_S)
    assert process.returncode == 0, err
    return str(out)


def kill_the_parent(start: Start, plan_file: Path, folder: Path, dice: random.Random) -> None:
    """Start a run and kill its parent at a random instant, before, between or after the units."""
    process = start("batch", plan_file, "--out", folder, "--workers", 2)
    wait_for_units(folder, dice.randrange(0, 10), process)
    time.sleep(dice.uniform(0, 0.4))
    workers = children(process.pid)
    with contextlib.suppress(ProcessLookupError):
        os.kill(process.pid, signal.SIGKILL)
    process.communicate(timeout=SLOWEST_S)
    assert gone(workers), "workers outlive their parent"


def kill_a_worker(start: Start, plan_file: Path, folder: Path, dice: random.Random) -> None:
    """Start a run, kill one of its workers at a random instant, and see it through."""
    process = start("batch", plan_file, "--out", folder, "--workers", 2)
    wait_for_units(folder, dice.randrange(1, 6), process)
    time.sleep(dice.uniform(0, 0.05))
    for pid in children(process.pid)[:1]:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    _, err = process.communicate(timeout=SLOWEST_S)
    assert process.returncode == 0, err


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_a_killed_parent_goes_on_where_it_was(
    start: Start, plan_file: Path, tmp_path: Path, unbroken: Path, seed: int
) -> None:
    folder = tmp_path / "batch"
    kill_the_parent(start, plan_file, folder, random.Random(seed))
    finish(start, plan_file, folder)
    assert result_bytes(folder) == result_bytes(unbroken)


@pytest.mark.parametrize("seed", [1])
def test_a_killed_worker_is_replaced_on_the_way(
    start: Start, plan_file: Path, tmp_path: Path, unbroken: Path, seed: int
) -> None:
    folder = tmp_path / "batch"
    kill_a_worker(start, plan_file, folder, random.Random(seed))
    assert result_bytes(folder) == result_bytes(unbroken)


@pytest.mark.slow
def test_ctrl_c_ends_everything_at_once_and_keeps_what_is_made(
    start: Start, plan_file: Path, tmp_path: Path, unbroken: Path
) -> None:
    folder = tmp_path / "batch"
    process = start("batch", plan_file, "--out", folder, "--workers", 2)
    wait_for_units(folder, 2, process)
    workers = children(process.pid)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: the workers get it too
    _, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert gone(workers)
    assert made(folder) >= 2
    finish(start, plan_file, folder)
    assert result_bytes(folder) == result_bytes(unbroken)


@pytest.mark.slow
@pytest.mark.soak
def test_twenty_random_instants(start: Start, plan_file: Path, tmp_path: Path, unbroken: Path) -> None:
    """Parent or worker, several times over in the same folder; then the rest, by one, two or eight workers."""
    seed = int(os.environ.get("SOAK_SEED", "1"))
    dice = random.Random(seed)
    for round_ in range(5):
        folder = tmp_path / f"batch{round_}"
        for _ in range(4):
            dice.choice([kill_the_parent, kill_a_worker])(start, plan_file, folder, dice)
        finish(start, plan_file, folder, dice.choice([1, 2, 8]))
        assert result_bytes(folder) == result_bytes(unbroken), f"seed {seed}, round {round_}"
