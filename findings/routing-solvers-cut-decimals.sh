#!/usr/bin/env bash
# Minutes with decimals, handed to a routing solver: OR-Tools takes each one from a callback as 0, pyvroom cuts them
# (0.9 is 0), PyVRP's reader cuts by default (its "none" keeps no decimals). None raises; each plan is called optimal.
# Version: ortools 9.15.6755, pyvroom 1.15.2, pyvrp 0.14.1. Seen: 2026-11.
# Source: OR-Tools' pages say that distances must be integers; PyVRP's page lists the rounding functions.
# Matters: rides in town take a few minutes; whoever does not scale first gets free ones.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check ortools==9.15.6755 pyvroom==1.15.2 pyvrp==0.14.1 numpy==2.4.6 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pyvrp
import vroom
from ortools.constraint_solver import pywrapcp


def by_ortools(minutes):
    manager = pywrapcp.RoutingIndexManager(3, 1, 0)
    routing = pywrapcp.RoutingModel(manager)
    routing.SetArcCostEvaluatorOfAllVehicles(routing.RegisterTransitCallback(lambda a, b: 0 if a == b else minutes))
    plan = routing.SolveWithParameters(pywrapcp.DefaultRoutingSearchParameters())
    return plan.ObjectiveValue()


def by_vroom(minutes):
    problem = vroom.Input()
    problem.set_durations_matrix("car", minutes * (1.0 - np.eye(3)))
    problem.add_vehicle(vroom.Vehicle(1, start=0, end=0))
    for place in (1, 2):
        problem.add_job(vroom.Job(place, location=place))
    return problem.solve(exploration_level=1, nb_threads=1).summary.duration


def by_pyvrp(minutes):
    places = f"1 0 0\n2 {minutes} 0\n3 0 5\n"
    Path("a.vrp").write_text(
        "NAME : a\nTYPE : CVRP\nDIMENSION : 3\nEDGE_WEIGHT_TYPE : EUC_2D\nCAPACITY : 9\nNODE_COORD_SECTION\n"
        f"{places}DEMAND_SECTION\n1 0\n2 1\n3 1\nDEPOT_SECTION\n1\n-1\nEOF\n"
    )
    return int(pyvrp.read("a.vrp").distance_matrix(0)[0, 1])


seen = {
    "ortools, three rides of 1.7": by_ortools(1.7),
    "vroom, three rides of 0.9": by_vroom(0.9),
    "pyvrp, one ride of 1.9": by_pyvrp(1.9),
}
print(*(f"{name} {version(name)}" for name in ("ortools", "pyvroom", "pyvrp")))
print("expected: 5.1, 2.7 and 1.9, or rounded, or an error")
print("seen:", seen)
if list(seen.values()) != [0, 0, 1] or by_ortools(2) != 6:
    sys.exit("changed: decimals are taken otherwise now")
PYTHON
