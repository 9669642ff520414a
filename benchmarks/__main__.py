"""Run the benchmarks named, or all of them: ``make bench``, ``python -m benchmarks fares tables``."""

import importlib
import sys

NAMES = (
    "fares",
    "tables",
    "simulation",
    "year_of_45",
    "pool_year",
    "planner",
    "standing",
    "service",
    "rough_callers",
    "first_estimates",
    "four_options",
    "closed_form",
    "cluster",
)

if __name__ == "__main__":
    chosen = sys.argv[1:] or NAMES
    if unknown := set(chosen) - set(NAMES):
        sys.exit(f"There is no benchmark {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}.")
    for name in chosen:
        print(f"-- {name}", flush=True)
        importlib.import_module(f"benchmarks.{name}").run()
