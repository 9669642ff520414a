#!/usr/bin/env bash
# Coordinates of the TSPLIB kind GEO are degrees and minutes with a point between (55.70 is 55 degrees 70 minutes). An
# instance of decimal degrees is read without a word: from 55.99 to 56.00 north, 1.1 km, is 73 km.
# Version: tsplib95 0.7.1, which follows the format here. Seen: 2026-11. Source: TSPLIB95, section 2.4 on GEO distances.
# Matters: decimal degrees are what every map gives; two thirds too long within a degree, 66 times across the next.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check tsplib95==0.7.1 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import tsplib95

problem = tsplib95.parse(
    "NAME : a\nTYPE : TSP\nDIMENSION : 3\nEDGE_WEIGHT_TYPE : GEO\nNODE_COORD_SECTION\n"
    "1 55.70 11.70\n2 55.99 11.70\n3 56.00 11.70\nEOF\n"
)
near, far = problem.get_weight(2, 3), problem.get_weight(1, 3)
print("tsplib95", version("tsplib95"))
print("expected: 1 km from 55.99 to 56.00 north and 33 km from 55.70")
print(f"seen: {near} km and {far} km")
if near < 50 or far > 25:
    sys.exit("changed: these coordinates are read as decimal degrees now")
PYTHON
