"""The planner on the common workload: time, riders served, km and memory, beside a bare SimPy loop and other tools.

All as ratios within one run; other tools measured in it when TAKSTLAB_PEERS names a Python that has them, else as recorded
(`benchmarks.peers`). Whatever is timed has been checked: every booking driven within its promise, and priced.
"""

import math
import resource
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.peers import bare_seconds, peer
from benchmarks.planned import check, driven_km, priced_trips, problem
from benchmarks.timing import alternating_cpu_seconds, quickest_seconds
from benchmarks.workloads import SIZES, YEAR, Instance, instance
from sim.road.dispatch.planner import improve

AIM_BARE = 1.6
AIM_RIDEPY = {1_100: 6.0, 20_000: 15.0, 33: 2.0}
AIM_VROOM = {20: {200: 1.11, 1_100: 1.06}, 100: {200: 1.08, 1_100: 1.05}}
AIM_TIME = {20: 1.0, 100: 3.0}
AIM_REQUESTS, AIM_DAYS = 1.3, 1.02
AIM_FULL_SCAN = 3.0
FOUR_YEARS = (YEAR[0], YEAR[1], 4 * YEAR[2])


def insertion(requests: int, vehicles: int, days: int) -> float:
    """Print what insertion comes to on an instance; return its seconds."""
    p = problem(instance(requests, vehicles, days))
    log, trips = priced_trips(p)
    served, km = check(p, trips), driven_km(p, log)
    assert served > 0.9 * requests * days
    seconds = quickest_seconds(partial(priced_trips, p))
    over_bare = seconds / bare_seconds(requests * days)
    print(
        f"insertion, {requests}/{vehicles} x {days} days: {seconds:.3f} s, {seconds / requests / days * 1e6:.1f} us a booking; "
        f"served {served}, {km:.0f} km; / bare SimPy loop {over_bare:.2f} (aim: at most {AIM_BARE:g})"
    )
    compiled = peer("ridepy_cpp", requests, vehicles, days)
    if compiled:
        aim = f" (aim: at least {AIM_RIDEPY[requests]:g})" if requests in AIM_RIDEPY else ""
        print(
            f"  ridepy C++ / ours: {compiled.over_bare / over_bare:.1f} times the time{aim}; it served {compiled.served}, "
            f"{compiled.km:.0f} km, {compiled.broken} promised windows broken [{compiled.known}]"
        )
    plain = peer("ridepy_py", requests, vehicles, days)
    if plain:
        print(
            f"  against ridepy Python: served {served / plain.served - 1:+.2%} (aim: at least -0.5 %), "
            f"km {km / plain.km - 1:+.2%} (aim: not above) [{plain.known}]"
        )
    return seconds


def against_full_scan(requests: int, vehicles: int) -> float:
    """Print what looking at every vehicle for every booking takes beside it, the plans checked to be the same; return our seconds."""
    p = problem(instance(requests, vehicles))
    few, everyone = partial(priced_trips, p), partial(priced_trips, p, every_vehicle=True)
    assert np.array_equal(few()[0].columns(), everyone()[0].columns())
    own, full = alternating_cpu_seconds(few, everyone)
    aim = f" (aim: at least {AIM_FULL_SCAN:g})" if requests == SIZES[-1][0] else ""
    print(
        f"every vehicle looked at / a few, {requests}/{vehicles}: {full / own:.2f}{aim} "
        f"({full / requests * 1e6:.1f} and {own / requests * 1e6:.1f} us of processor time a booking)"
    )
    return own


def improving(requests: int, vehicles: int) -> None:
    """Print what improve comes to on a day, against VROOM's km and ridepy's time."""
    p = problem(instance(requests, vehicles))
    best, compiled = peer("vroom", requests, vehicles), peer("ridepy_cpp", requests, vehicles)
    for relocations in (20, 100):
        log, trips = priced_trips(p, improve(relocations))
        served, km = check(p, trips), driven_km(p, log)
        seconds = quickest_seconds(partial(priced_trips, p, improve(relocations)))
        over_bare = seconds / bare_seconds(requests)
        print(
            f"improve, {relocations} relocations, {requests}/{vehicles}: {seconds:.3f} s, served {served}, {km:.0f} km"
        )
        if best:
            print(
                f"  km / VROOM's: {km / best.km:.3f} (aim: at most {AIM_VROOM[relocations][requests]:g}); VROOM served "
                f"{best.served} with all known beforehand, in {best.over_bare / over_bare:.0f} times the time [{best.known}]"
            )
        if compiled:
            print(
                f"  time / ridepy C++'s greedy: {over_bare / compiled.over_bare:.2f} "
                f"(aim: at most {AIM_TIME[relocations]:g}) [{compiled.known}]"
            )


def memory_mb(days: int) -> tuple[float, float]:
    """Return the peak memory before and after simulating so many days, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "requests.npz"
        np.savez(file, **vars(instance(YEAR[0], YEAR[1], days)))
        command = [sys.executable, "-m", "benchmarks.planner", str(file)]
        words = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return float(words[0]), float(words[1])


def run() -> None:
    """Print time, quality, growth and memory."""
    seconds = {case: insertion(*case) for case in (*((r, v, 1) for r, v in SIZES), YEAR, FOUR_YEARS)}
    for requests, vehicles in SIZES[:2]:
        improving(requests, vehicles)
    own = {requests: against_full_scan(requests, vehicles) for requests, vehicles in SIZES[1:]}
    requests_exponent = math.log(own[20_000] / own[1_100]) / math.log(20_000 / 1_100)
    days_exponent = math.log(seconds[FOUR_YEARS] / seconds[YEAR]) / math.log(FOUR_YEARS[2] / YEAR[2])
    print(
        f"time grows with requests to the power {requests_exponent:.2f} from 1,100 to 20,000 (aim: at most {AIM_REQUESTS})"
    )
    print(f"time grows with days to the power {days_exponent:.2f} from one to four years (aim: at most {AIM_DAYS})")
    (before, one), (before_four, four) = memory_mb(YEAR[2]), memory_mb(FOUR_YEARS[2])
    more = YEAR[0] * (FOUR_YEARS[2] - YEAR[2])
    print(
        f"peak memory, one year {before:.0f} -> {one:.0f} MB, four years {before_four:.0f} -> {four:.0f} MB: "
        f"{((four - before_four) - (one - before)) * 1e6 / more:.0f} bytes a further booking, its log and its row of trips included"
    )


def _simulate(file: Path) -> None:
    """Print this process's peak memory in MB with the requests at hand, and after their simulation."""
    priced_trips(problem(instance(YEAR[0], YEAR[1], 7)))
    with np.load(file) as columns:
        given = {name: columns[name] for name in columns.files}
    p = problem(Instance(**(given | {"days": int(given["days"])})))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    _, trips = priced_trips(p)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    assert check(p, trips) > 0.9 * len(p.instance)
    print(before, after)


if __name__ == "__main__":
    _simulate(Path(sys.argv[1]))
