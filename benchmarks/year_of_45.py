"""A replication-year of all 45 municipalities with 12,045 bookings each, end to end, against a compiled floor.

Ours: the scenario read, the study made ready (geography from the cache), demand, choice, booking, dispatch, every event on the
clock, prices, accounts, three Parquet tables. The floor: `benchmarks.floor`. The work is checked on both sides: that the bookings
and the files' rows and amounts are all there.
"""

import math
import tempfile
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.floor import FARE, SERVED, run_floor
from benchmarks.processes import timed
from benchmarks.workloads import YEAR
from sim.geography.municipalities import movia_municipalities
from sim.inputs.assumptions import load_assumptions
from sim.inputs.scenario.scenario import build_scenario, parse_option
from sim.riders.demand.volume import mean_party
from sim.study.prepare import prepare
from sim.study.replicated.measures import Measure
from sim.study.replicated.replication import run_replication

A_DAY, VEHICLES, DAYS = YEAR
BOOKINGS = A_DAY * DAYS
AIM_RATIO, AIM_TWO_PROCESSES = 6.0, 1.8
REPEATS = 3


@dataclass(frozen=True)
class Done:
    """What was done for one municipality, and the processor seconds it took."""

    bookings: int
    requests: int
    fares_oere: int
    seconds: float


def municipality_year(folder: Path, code: str) -> Done:
    """Simulate one municipality's year from the scenario to the files."""
    start = time.process_time()
    assumptions = load_assumptions()
    passengers = BOOKINGS * mean_party(assumptions) * (1 - assumptions.number("in_vain_share"))
    scenario = build_scenario(
        {
            "municipality": code,
            "options": [parse_option("I dag: kommunetakst")],
            "passengers": passengers,
            "offers_flextur": True,
            "assumptions": {"pool_scale": 0.0},
        },
        "benchmark",
    )
    out = folder / code
    out.mkdir(exist_ok=True)
    year = run_replication(prepare(scenario, code), 0, None, out).year[0]
    seconds = time.process_time() - start
    return Done(int(year[Measure.BOOKINGS]), int(year[Measure.REQUESTS]), int(year[Measure.FARES]), seconds)


def floor_year(folder: Path, code: str) -> Done:
    """Run the floor for one municipality."""
    start = time.process_time()
    trips = run_floor(int(code), A_DAY, VEHICLES, DAYS, folder / f"{code}.parquet")
    seconds = time.process_time() - start
    return Done(int(trips[:, SERVED].sum()), len(trips), int(trips[:, FARE].sum()), seconds)


def warm(folder: Path) -> None:
    """Import and compile everything that either side needs."""
    other = folder / f"warm-{np.random.default_rng().integers(1 << 62)}"
    other.mkdir()
    municipality_year(other, "0316")
    floor_year(other, "0316")


def check(results: list[Done], files: list[list[Path]]) -> None:
    """Assert that every municipality has its bookings, and that rows and fares of the files are the runs'."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    for done, parts in zip(results, files, strict=True):
        assert 0.93 < done.bookings / BOOKINGS < 1.07, done
        tables = [pq.read_table(part, columns=["fare_oere"]) for part in parts]
        assert sum(len(table) for table in tables) == done.requests, parts
        assert sum(pc.sum(table["fare_oere"]).as_py() for table in tables) == done.fares_oere, parts


def run() -> None:
    """Print the seconds of both on one process and on two, and their ratios."""
    codes = [municipality.code for municipality in movia_municipalities()]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for code in codes:
            municipality_year(folder, code)  # the geography of each is kept from here on
        ready = partial(warm, folder)
        seconds: dict[tuple[str, int], list[float]] = {}
        processor: dict[str, float] = {}
        for _ in range(REPEATS):
            for processes in (1, 2):
                for what, work in (("ours", municipality_year), ("floor", floor_year)):
                    took, results = timed(partial(work, folder), codes, processes, ready)
                    seconds.setdefault((what, processes), []).append(took)
                    processor[what] = min(processor.get(what, math.inf), sum(done.seconds for done in results))
                    pattern = "{}/trips-*.parquet" if what == "ours" else "{}.parquet"
                    check(results, [sorted(folder.glob(pattern.format(code))) for code in codes])
    best = {key: min(values) for key, values in seconds.items()}
    trips = len(codes) * BOOKINGS
    for (what, processes), took in best.items():
        others = ", ".join(f"{s:.2f}" for s in sorted(seconds[what, processes])[1:])
        print(f"{what}, {len(codes)} x {BOOKINGS} bookings, {processes} process(es): {took:.2f} s (others {others})")
    print(
        f"processor seconds, ours {processor['ours']:.2f} ({processor['ours'] / trips * 1e6:.1f} us a booking), floor "
        f"{processor['floor']:.2f}: ratio {processor['ours'] / processor['floor']:.2f}"
    )
    print(f"ours / floor, two processes each: {best['ours', 2] / best['floor', 2]:.2f}")
    print(
        f"ours on two processes / floor on one: {best['ours', 2] / best['floor', 1]:.2f} (aim: at most {AIM_RATIO:g})"
    )
    print(f"two processes / one: {best['ours', 1] / best['ours', 2]:.2f} times (aim: at least {AIM_TWO_PROCESSES:g})")


if __name__ == "__main__":
    run()
