"""Sixty units of the ready plan on a Dask cluster of two workers over tcp, and on two processes: ``python -m benchmarks cluster``.

A scheduler and two workers of one thread, each a process of its own on 127.0.0.1. Both do the same batch in turn, from the command to the
finished folder. Checked: every file of the batch is the same, byte for byte.
"""

import os
import socket
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.compare import ROOT, Build, run_to_end
from benchmarks.few_units import UNITS, write_plan

AIM = 0.9
ROUNDS = 2
PROCESSES = 2


def run() -> None:
    """Print the cluster's throughput as a part of the two processes'."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plan = write_plan(folder)
        with cluster(folder) as address:
            on_cluster, on_processes = ("--dask", address), ("--workers", str(PROCESSES))
            # Unmeasured: the maps and the machine code are made, and the workers have imported what they need.
            _batch(plan, folder / "first", *on_cluster)
            expected, ratios, taken = _bytes(folder / "first"), [], []
            for number in range(ROUNDS):
                both = {
                    where: _batch(plan, folder / f"{number}{where[0]}", *where)
                    for where in ((on_processes, on_cluster) if number % 2 else (on_cluster, on_processes))
                }
                for where in both:
                    assert _bytes(folder / f"{number}{where[0]}") == expected
                ratios.append(both[on_processes] / both[on_cluster])
                taken.append((both[on_cluster], both[on_processes]))
    said = "; ".join(f"{dask:.0f} s and {own:.0f} s" for dask, own in taken)
    print(
        f"{UNITS} units of the ready plan, Dask cluster of two workers over tcp / two processes, units a second: "
        f"{statistics.median(ratios):.2f} (aim: {AIM}); {said}; the same bytes"
    )


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """Yield the address of a scheduler with two workers, which are ended afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    started: list[subprocess.Popen[bytes]] = []
    with (folder / "dask.log").open("wb") as log:
        for words in (
            ("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"),
            *[("worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard")] * PROCESSES,
        ):
            command = [sys.executable, "-m", "dask", *words]
            started.append(subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, env=environment))
        try:
            yield address
        finally:
            for process in started:
                process.kill()
                process.wait()


def _batch(plan: Path, out: Path, *words: str) -> float:
    """Run the batch into a new folder and return the seconds that it took; raises AssertionError with its words when it fails."""
    taken = run_to_end(Build(ROOT, Path(sys.executable)), plan.parent, "batch", str(plan), "--out", str(out), *words)
    assert f"{UNITS} enheder ({UNITS} regnet nu)" in (plan.parent / "log").read_text(encoding="utf-8")
    return taken.clock


def _bytes(folder: Path) -> dict[str, bytes]:
    paths = [folder / "manifest.json", *sorted((folder / "results").rglob("*.parquet"))]
    assert len(paths) > 1
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}
