"""Other tools on the common workload: measured when TAKSTLAB_PEERS names a Python that has them, else as they were recorded.

That Python needs ridepy 2.10.1 and pyvroom 1.15.2 in an environment of its own; neither is a dependency of ours.
"""

import json
import os
import subprocess
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from benchmarks.simulation import EVENTS_A_BOOKING, bare_loop
from benchmarks.timing import quickest_seconds
from benchmarks.workloads import SIZES, YEAR

RECORD = Path(__file__).parent / "peers.toml"
SLOW = {("vroom", 1_100), ("ridepy_py", 1_100)}
"""Take minutes: always from the record, unless it is made anew."""
CASES = (
    *(("ridepy_cpp", requests, vehicles, 1) for requests, vehicles in SIZES),
    ("ridepy_cpp", *YEAR),
    *(("ridepy_py", requests, vehicles, 1) for requests, vehicles in SIZES[:2]),
    *(("vroom", requests, vehicles, 1) for requests, vehicles in SIZES[:2]),
)


@dataclass(frozen=True)
class Peer:
    """What a tool did: its time over a bare loop's, bookings served, km driven, promised windows broken; and since when we know."""

    over_bare: float
    served: int
    km: float
    broken: int
    known: str


@cache
def bare_seconds(bookings: int) -> float:
    """Return the seconds of a bare SimPy loop of so many bookings, the quickest of a few."""
    assert bare_loop(bookings) == EVENTS_A_BOOKING * bookings
    return quickest_seconds(lambda: bare_loop(bookings))


@cache
def peer(tool: str, requests: int, vehicles: int, days: int = 1) -> Peer | None:
    """Return what a tool comes to on an instance, measured or recorded; None when neither is to be had."""
    python = os.environ.get("TAKSTLAB_PEERS")
    if python and (tool, requests) not in SLOW:
        return measured(python, tool, requests, vehicles, days)
    for entry in tomllib.loads(RECORD.read_text(encoding="utf-8")).get("recorded", []):
        if (entry["tool"], entry["requests"], entry["days"]) == (tool, requests, days):
            return Peer(
                entry["over_bare"], entry["served"], entry["km"], entry["broken"], f"recorded {entry['measured']}"
            )
    return None


def measured(python: str, tool: str, requests: int, vehicles: int, days: int) -> Peer:
    """Run a tool in its own Python; its seconds are the quickest of two runs unless one takes long."""
    command = [python, "-m", "benchmarks.peer_tools", tool, str(requests), str(vehicles), str(days)]
    best: dict[str, float] = {}
    for _ in range(2):
        root = Path(__file__).parent.parent
        answer = subprocess.run(command, capture_output=True, text=True, check=True, cwd=root)
        result = json.loads(answer.stdout.splitlines()[-1])
        best = min(best or result, result, key=lambda r: r["seconds"])
        if result["seconds"] > 5:
            break
    assert best["served"] > 0.9 * requests * days, best
    bare = bare_seconds(requests * days)
    return Peer(best["seconds"] / bare, int(best["served"]), best["km"], int(best["broken"]), "measured")


def run() -> None:
    """Measure every case, the slow ones too, and print it as it stands in the record."""
    python = os.environ["TAKSTLAB_PEERS"]
    for tool, requests, vehicles, days in CASES:
        result = measured(python, tool, requests, vehicles, days)
        print(
            f'\n[[recorded]]\ntool = "{tool}"\nrequests = {requests}\nvehicles = {vehicles}\ndays = {days}\n'
            f"over_bare = {result.over_bare:.2f}\nserved = {result.served}\nkm = {result.km:.1f}\n"
            f"broken = {result.broken}\nmeasured = {date.today()}",
            flush=True,
        )


if __name__ == "__main__":
    run()
