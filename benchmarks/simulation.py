"""A municipality's year, its part of the referred traffic with it, against a bare SimPy loop of five events a booking; and memory.

The work is checked: every request has an outcome, passengers come near the volume asked for, money adds up, and the bare
loop really has stepped through its events.
"""

import subprocess
import sys
from pathlib import Path

import simpy

from benchmarks.timing import median_seconds
from sim.inputs.scenario.scenario import build_scenario, parse_option
from sim.study.demand import demand_model
from sim.study.prepare import prepare
from sim.study.replicated.measures import Measure
from sim.study.replicated.replication import run_replication
from sim.study.replicated.totals import Replication
from sim.study.run import pool_of
from sim.study.study import Study

PASSENGERS = 12_000.0
EVENTS_A_BOOKING = 5
VEHICLES = 9
YEARS, MOST_MB, MORE_MB = 4, 300, 50
"""A run of several years simulates each by itself, as a comparison with years ahead and a batch of several years do."""


def holbaek(year: int = 2020) -> Study:
    """Return Holbæk's year with one option and a volume of about 10,000 bookings."""
    scenario = build_scenario(
        {
            "municipality": "0316",
            "year": year,
            "options": [parse_option("I dag: kommunetakst, bytakst=low")],
            "passengers": PASSENGERS,
        },
        "benchmark",
    )
    return prepare(scenario, "0316")


def bare_loop(bookings: int) -> int:
    """Step through five events a booking, a few processes each with its next event on the calendar; return events."""
    env = simpy.Environment()
    steps = 0

    def process(events: int):  # type: ignore[no-untyped-def]
        nonlocal steps
        for _ in range(events):
            yield env.timeout(60)
            steps += 1

    each, rest = divmod(bookings * EVENTS_A_BOOKING, VEHICLES + 1)
    for number in range(VEHICLES + 1):
        env.process(process(each + (number < rest)))
    env.run()
    return steps


def check(result: Replication) -> int:
    """Assert that a whole year was simulated; return its bookings."""
    year = result.year[0]
    assert abs(year[Measure.PASSENGERS] / PASSENGERS - 1) < 0.1, year
    assert year[Measure.NET_COST] == year[Measure.OPERATOR_PAYMENT] - year[Measure.FARES] + year[Measure.MOVIA_FEE]
    assert (result.months.sum(axis=1) == result.year).all()
    return int(year[Measure.BOOKINGS])


def peak_memory_mb() -> float:
    """Return the peak resident memory of this process.

    Asked of the kernel's own file: getrusage counts what the process that started this one had, up to the start.
    """
    peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:"))
    return int(peak.split()[1]) / 1024


def run() -> None:
    """Print the year's time, its ratio to the bare loop, and the memory of one year and of four in processes of their own."""
    study = holbaek()
    referred = len(pool_of(study, demand_model(study, None), 0).background)
    bookings = check(run_replication(study, 0)) + referred
    numbers = iter(range(10_000))
    seconds, spread = median_seconds(lambda: check(run_replication(study, next(numbers))))
    bare, bare_spread = median_seconds(lambda: bare_loop(bookings))
    assert bare_loop(bookings) == EVENTS_A_BOOKING * bookings
    print(
        f"Holbæk year, {bookings} bookings, {referred} of them referred: {seconds:.3f} s (spread {spread:.3f}), "
        f"{seconds / bookings * 1e6:.1f} us each"
    )
    print(f"bare SimPy loop of {EVENTS_A_BOOKING} events a booking: {bare:.3f} s (spread {bare_spread:.3f})")
    print(f"whole simulation / bare loop: {seconds / bare:.2f} (aim: at most 3)")
    libraries, one, four = (_peak_mb_of(years) for years in (0, 1, YEARS))
    print(
        f"peak memory of a process that simulates Holbæk's year: {one:.0f} MB (aim: at most {MOST_MB}), of which {libraries:.0f} are "
        f"what it has imported; {YEARS} years, one after the other: {four - one:+.0f} MB (aim: at most +{MORE_MB})"
    )


def _peak_mb_of(years: int) -> float:
    """Return the peak memory of a process of its own that simulates so many years; of none it is what is imported."""
    command = [sys.executable, "-m", "benchmarks.simulation", str(years)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


if __name__ == "__main__":
    for year in range(int(sys.argv[1])):
        check(run_replication(holbaek(2020 + year), 0))
    print(peak_memory_mb())
