"""From two files to a folder: read, plan and drive, write everything or nothing."""

import json
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from sim.answer.identity import file_hash, versions
from sim.desk.planning.files import read_requests, read_vehicles
from sim.desk.planning.protocol import Bar, PlanAndDrive, Planner, no_bar
from sim.desk.planning.results import UNITS, Results, results_of
from sim.desk.planning.roads import DEFAULT, read_travel
from sim.desk.planning.task import task_of
from sim.inputs.assumptions import load_assumptions
from sim.inputs.whole_folder import LONGEST_NAME, refuse_a_file, refuse_unwritable, taking_place_of
from sim.road.dispatch.planner import RELOCATIONS
from tariffs.errors import InputError

SUMMARY = "summary.json"
OURS = {"trips.parquet", "stops.parquet", SUMMARY}


@dataclass(frozen=True)
class Options:
    """How to plan; ``relocations`` bookings are moved after each request by `improve`, and not used by `insertion`.

    ``sheet`` and ``encoding`` are of the two files, where their kind leaves that open.
    """

    planner: Planner = "insertion"
    travel: str = DEFAULT
    boarding_s: int = 0
    seed: int = 1
    relocations: int = RELOCATIONS
    sheet: str | None = None
    encoding: str | None = None


def dispatch(
    requests_file: Path, vehicles_file: Path, options: Options, engine: PlanAndDrive, bar: Bar = no_bar
) -> tuple[Results, dict[str, Any], tuple[str, ...]]:
    """Return the tables, the summary, and what the user should know of the files (in Danish)."""
    travel = read_travel(options.travel)
    requests = read_requests(requests_file, options.sheet, options.encoding)
    vehicles = read_vehicles(vehicles_file, options.sheet, options.encoding)
    assumptions = load_assumptions()
    task = task_of(requests, vehicles, travel, assumptions, bar)
    plan = partial(
        engine,
        vehicles=task.vehicles,
        travel=task.roads.travel,
        planner=options.planner,
        boarding_s=options.boarding_s,
        relocations=options.relocations,
        seed=options.seed,
    )
    plan(task.requests.at(np.arange(1)))  # what is compiled or read from disk the first time is not planning
    with bar("Bestillinger") as progress:
        started = time.perf_counter()
        outcome = plan(task.requests, progress=progress)
        planning_s = time.perf_counter() - started
    results = results_of(task, outcome, requests, vehicles, boarding_s=options.boarding_s)
    summary = {
        **results.figures,
        "planning_s": round(planning_s, 3),
        "planner": options.planner,
        "relocations": options.relocations if options.planner == "improve" else None,
        "travel": str(travel),
        "boarding_s": options.boarding_s,
        "seed": options.seed,
        "detour_rule": {
            "detour_share": assumptions.number("detour_share"),
            "detour_min": assumptions.number("detour_min"),
            "requests": int((~requests.dropoff_given).sum()),
        },
        "units": UNITS,
        "inputs": {"requests": file_hash(requests_file), "vehicles": file_hash(vehicles_file)},
        "versions": versions(),
    }
    return results, summary, (*requests.notes, *vehicles.notes, *task.notes)


def check_place(folder: Path, *, overwrite: bool) -> None:
    """Raise InputError when the folder's place is taken, or cannot be written; only a plan of ours is ever replaced."""
    if len(folder.name.encode()) > LONGEST_NAME:
        raise InputError(
            f"Mappens navn er for langt ({len(folder.name)} tegn)", next_step="vælg et kortere navn med --out"
        )
    refuse_a_file(folder)
    inside = {path.name for path in folder.iterdir()} if folder.is_dir() else set[str]()
    if inside and not (SUMMARY in inside and inside <= OURS):
        raise InputError(
            f"Mappen {folder} er i brug", why="den indeholder andre filer", next_step="vælg en anden mappe med --out"
        )
    if inside and not overwrite:
        raise InputError(
            f"Mappen {folder} er i brug",
            why="den indeholder en anden plan",
            next_step="vælg en anden mappe med --out, eller erstat den med --overwrite",
        )
    refuse_unwritable(folder)


def write_plan(results: Results, summary: dict[str, Any], folder: Path) -> None:
    """Write the tables and the summary in the folder's place, all of them or none."""
    try:
        with taking_place_of(folder) as work:
            for name, table in (("trips", results.trips), ("stops", results.stops)):
                pq.write_table(table, work / f"{name}.parquet", compression="zstd", write_page_checksum=True)
            text = json.dumps(summary, ensure_ascii=False, indent=2) + "\n"
            (work / SUMMARY).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(
            f"Der kan ikke skrives i {folder}",
            why=str(error.strerror or error),
            next_step="se efter plads og rettigheder; intet er ændret",
        ) from None
