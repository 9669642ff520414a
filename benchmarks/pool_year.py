"""All of Movia's flextrafik for one year: flextur and the referred traffic of 45 areas, every rider and every stop an event.

The referred are drawn whole (``pool_scale`` 1); flextur's volume is the model's own allocation of Movia's total. The work is
checked: the passengers are Movia's number, every booking has an outcome, and the money adds up.
"""

import resource
import time

from benchmarks.processes import timed
from benchmarks.simulation import EVENTS_A_BOOKING, bare_loop
from sim.geography.municipalities import movia_municipalities
from sim.inputs.assumptions import load_assumptions
from sim.inputs.scenario.scenario import build_scenario, parse_option
from sim.study.demand import demand_model
from sim.study.prepare import prepare
from sim.study.replicated.measures import Measure
from sim.study.replicated.replication import run_replication
from sim.study.run import pool_of
from sim.study.study import Study

AIM_SECONDS = 120.0
BARE_BOOKINGS = 200_000


def area(code: str) -> Study:
    """Return one area's study with all of its referred traffic."""
    scenario = build_scenario(
        {
            "municipality": code,
            "options": [parse_option("I dag: kommunetakst")],
            "offers_flextur": True,
            "assumptions": {"pool_scale": 1.0},
        },
        "benchmark",
    )
    return prepare(scenario, code)


def area_year(code: str) -> tuple[int, int, int, float, float]:
    """Simulate one area's year; return flextur's passengers, all bookings, those refused, processor seconds, and peak memory in MB."""
    start = time.process_time()
    study = area(code)
    result = run_replication(study, 0)
    seconds = time.process_time() - start
    year = result.year[0]
    assert year[Measure.NET_COST] == year[Measure.OPERATOR_PAYMENT] - year[Measure.FARES] + year[Measure.MOVIA_FEE]
    assert result.pool_payment[0] >= year[Measure.OPERATOR_PAYMENT]
    referred = len(pool_of(study, demand_model(study, None), 0).background)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return (
        int(year[Measure.PASSENGERS]),
        int(year[Measure.BOOKINGS]) + referred,
        int(result.refused[0]),
        seconds,
        memory,
    )


def warm() -> None:
    """Import and compile what an area needs."""
    area_year("0155")


def run() -> None:
    """Print the seconds on two processes, and the ratio of all the work to a bare loop of as many events."""
    assumptions = load_assumptions()
    municipalities = sorted(movia_municipalities(), key=lambda m: -m.population_2020)
    codes = [m.code for m in municipalities]
    for code in codes:
        area(code)  # the geography is kept from here on
    seconds, results = timed(area_year, codes, 2, warm)
    passengers, bookings, refused, worked, memory = (list(column) for column in zip(*results, strict=True))
    everybody, flextur, gone = sum(bookings), sum(passengers), sum(refused)
    shared = assumptions.number("pool_passengers") * (1 - assumptions.number("pool_flexrute_share"))
    expected = shared / (1 + assumptions.number("pool_companion_share"))
    own = flextur / 1.2
    assert abs((everybody - own) / expected - 1) < 0.03, f"{everybody} bookings are not Movia's year"
    start = time.process_time()
    assert bare_loop(BARE_BOOKINGS) == EVENTS_A_BOOKING * BARE_BOOKINGS
    bare = (time.process_time() - start) * everybody / BARE_BOOKINGS
    print(
        f"all flextrafik, {everybody} bookings ({flextur} flextur passengers, {gone} refused): {seconds:.0f} s on two processes "
        f"(aim: under {AIM_SECONDS:.0f}), {sum(worked):.0f} processor seconds, {sum(worked) / everybody * 1e6:.1f} us a booking"
    )
    slowest = max(range(len(codes)), key=lambda n: worked[n])
    print(
        f"the largest, {municipalities[slowest].name}: {worked[slowest]:.0f} processor seconds, {bookings[slowest]} bookings; the others "
        f"{(sum(worked) - worked[slowest]) / (everybody - bookings[slowest]) * 1e6:.1f} us a booking; "
        f"peak memory of a process {max(memory):.0f} MB"
    )
    print(f"work / bare SimPy loop of {EVENTS_A_BOOKING} events a booking ({bare:.1f} s): {sum(worked) / bare:.2f}")


if __name__ == "__main__":
    run()
