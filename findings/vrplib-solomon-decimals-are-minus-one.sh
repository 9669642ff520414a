#!/usr/bin/env bash
# vrplib reads a Solomon-format instance with decimals (x = 2.5, ready at 1.5) without a word and makes each such number
# -1: coordinates, times and demands. Whole numbers are right. The other format of the same library keeps decimals.
# Version: vrplib 2.2.0. Seen: 2026-11. Source: its reader asks numpy for integers; none found that says so.
# Matters: published instances with time windows and own ones written from real places have decimals; a plan made of
# them looks sound and is nonsense.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check vrplib==2.2.0 numpy==2.4.6 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version
from pathlib import Path

import vrplib

Path("a.txt").write_text(
    "T1\n\nVEHICLE\nNUMBER     CAPACITY\n  2         8\n\nCUSTOMER\n"
    "CUST NO.  XCOORD.  YCOORD.  DEMAND  READY TIME  DUE DATE  SERVICE TIME\n\n"
    "    0      0        0        0       0           1000      0\n"
    "    1      2.5      1        1       1.5         100       10\n"
    "    2      3        1        0.5     0           100.5     10\n"
)
read = vrplib.read_instance("a.txt", instance_format="solomon")
seen = read["node_coord"].tolist(), read["time_window"].tolist(), read["demand"].tolist()
print("vrplib", version("vrplib"))
print("expected: the second place at (2.5, 1), ready at 1.5; a demand of 0.5; or an error")
print("seen:", *seen)
if seen != ([[0, 0], [-1, 1], [3, 1]], [[0, 1000], [-1, 100], [0, -1]], [0, 1, -1]):
    sys.exit("changed: decimals are read otherwise now")
PYTHON
