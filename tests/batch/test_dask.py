"""The same units on a real Dask cluster of separate processes: same bytes, also when a worker or the scheduler is killed."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sim.batch.batch import run_batch
from sim.batch.execution import Crew
from tests.batch.conftest import TINY, Start, result_bytes, tiny

pytest.importorskip("distributed")
MANY = {"replications": 12, "draws": 12}
"""48 units, so that there is time to kill something."""


class Cluster:
    """A scheduler and two workers without nannies, each a process of its own on 127.0.0.1."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address, self.folder = f"tcp://127.0.0.1:{port}", folder
        self.scheduler = self._dask("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
        self.workers = [
            self._dask("worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard") for _ in range(2)
        ]

    def _dask(self, *args: str) -> subprocess.Popen[bytes]:
        with (self.folder / "dask.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "dask", *args], stdout=log, stderr=log, cwd=self.folder, env=dict(os.environ)
            )

    def close(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Callable[[], Cluster]]:
    """Start clusters that are gone when the test is over."""
    started: list[Cluster] = []

    def start() -> Cluster:
        home = tmp_path / f"dask{len(started)}"
        home.mkdir()
        started.append(Cluster(home))
        return started[-1]

    yield start
    for one in started:
        one.close()


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many")
    run_batch(tiny(**MANY), folder, Crew())
    return folder


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "many.toml"
    text = TINY.replace("replications = 3", "replications = 12").replace("draws = 2", "draws = 12")
    path.write_text(text, encoding="utf-8")
    return path


def wait_for_units(folder: Path, count: int, process: subprocess.Popen[str]) -> None:
    until = time.monotonic() + 60
    while len(list((folder / "units").glob("*.parquet"))) < count and process.poll() is None:
        assert time.monotonic() < until, "no unit came"
        time.sleep(0.01)


@pytest.mark.slow
def test_one_of_two_workers_killed_on_the_way_changes_no_byte(
    cluster: Callable[[], Cluster], start: Start, plan: Path, many: Path, tmp_path: Path
) -> None:
    dask, folder = cluster(), tmp_path / "batch"
    process = start("batch", plan, "--out", folder, "--dask", dask.address)
    wait_for_units(folder, 5, process)
    dask.workers[0].send_signal(signal.SIGKILL)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    assert result_bytes(folder) == result_bytes(many)


@pytest.mark.slow
def test_a_killed_scheduler_is_said_and_the_same_command_goes_on(
    cluster: Callable[[], Cluster], start: Start, plan: Path, many: Path, tmp_path: Path
) -> None:
    dask, folder = cluster(), tmp_path / "batch"
    process = start("batch", plan, "--out", folder, "--dask", dask.address)
    wait_for_units(folder, 5, process)
    dask.scheduler.send_signal(signal.SIGKILL)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 2, err
    assert f"Dask-planlæggeren {dask.address} svarer ikke" in err
    assert "Traceback" not in err
    kept = len(list((folder / "units").glob("*.parquet")))
    assert 5 <= kept < 48
    again = start("batch", plan, "--out", folder, "--dask", cluster().address)
    out, err = again.communicate(timeout=120)
    assert again.returncode == 0, err
    assert f"48 enheder ({48 - kept} regnet nu)" in out
    assert result_bytes(folder) == result_bytes(many)


def test_no_scheduler_is_said_before_any_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sim.batch import dask_cluster
    from tariffs.errors import InputError

    monkeypatch.setattr(dask_cluster, "PATIENCE_S", 1)
    with pytest.raises(InputError, match=r"Dask-planlæggeren tcp://127.0.0.1:9 svarer ikke"):
        run_batch(tiny(), tmp_path, dask_cluster.DaskCluster("tcp://127.0.0.1:9"))


def test_without_dask_the_user_is_told_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from sim.batch import dask_cluster
    from tariffs.errors import InputError

    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InputError, match=r"pip install takstlab\[dask\]"):
        dask_cluster.DaskCluster("tcp://127.0.0.1:9")
