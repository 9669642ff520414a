"""A batch from plan to results: what is done is kept, what is missing is made, and then all is put together."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from sim.batch.compaction import Failure, compact
from sim.batch.execution import Crew, Done, run_all
from sim.batch.identity import claim
from sim.batch.offers import option_offers
from sim.batch.plan import BatchPlan
from sim.batch.store import TIMINGS, Store, opened
from sim.batch.units import Unit, deciding_versions, units_of
from sim.riders.demand.days import service_year
from sim.study.prepare import check_prices
from tariffs import load_price_book

TIMING_COLUMNS = "unit,municipality,year,replication,draw,seconds"


@dataclass(frozen=True)
class Outcome:
    """A finished batch: its manifest, what was kept and made, and how long a unit took (None when none was made)."""

    manifest: dict[str, Any]
    kept: int
    made: int
    seconds_per_unit: float | None
    failures: tuple[Failure, ...]


def run_batch(
    plan: BatchPlan,
    folder: Path,
    crew: Crew,
    *,
    progress: Callable[[int, int], None] = lambda done, expected: None,
    tell: Callable[[str], None] = lambda text: None,
) -> Outcome:
    """Run the plan's missing units and write the results.

    Raises InputError before any work when the plan cannot be run, or the folder belongs to another batch or writer; and on the
    way when there is no room or no worker. What has been made is then kept, and results from before are as they were.
    """
    check_plan(plan)
    with opened(folder) as store:
        claim(store, plan)
        units = {unit.name: unit for unit in units_of(plan)}
        found = store.find(units)
        if found.damaged:
            tell(f"{len(found.damaged)} beskadigede enheder regnes om: {', '.join(found.damaged)}")
            store.discard(found.damaged)
        missing = [unit for name, unit in units.items() if name not in found.whole]
        if found.whole:
            tell(f"{len(found.whole)} af {len(units)} enheder er der i forvejen")
        failures, seconds = _make(store, missing, crew, progress)
        tell("Skriver resultater ...")
        manifest = compact(store, plan, failures)
    made = len(seconds)
    return Outcome(manifest, len(found.whole), made, median(seconds) if seconds else None, tuple(failures))


def _make(
    store: Store, units: list[Unit], crew: Crew, progress: Callable[[int, int], None]
) -> tuple[list[Failure], list[float]]:
    """Run units and keep each as it comes; returns those that failed, and the seconds of the others."""
    failures: list[Failure] = []
    seconds: list[float] = []
    done = 0
    if units and not (store.folder / TIMINGS).exists():
        store.append(TIMINGS, TIMING_COLUMNS)

    def finish(unit: Unit, result: Done) -> None:
        nonlocal done
        place = unit.place
        if result.content is None:
            failures.append(Failure(place.municipality, place.year, result.why))
        else:
            store.write_unit(unit.name, result.content)
            seconds.append(result.seconds)
            draw = "" if unit.draw is None else unit.draw
            store.append(
                TIMINGS,
                f"{unit.name},{place.municipality},{place.year},{unit.replication},{draw},{result.seconds:.3f}",
            )
        done += 1
        progress(done, len(units))

    run_all(units, crew, deciding_versions(), finish)
    return failures, seconds


def check_plan(plan: BatchPlan) -> None:
    """Raise InputError for what would fail everywhere: a year without prices, an option whose level its tariff does not have."""
    book, packages = load_price_book(), plan.packages
    for year in plan.years:
        offered = [option_offers(code, year, packages) for code in plan.codes]
        possible = tuple(p for n, p in enumerate(packages) if any(offers[n].status == "ok" for offers in offered))
        check_prices(book, service_year(year), possible)
