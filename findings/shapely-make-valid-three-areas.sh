#!/usr/bin/env bash
# Three ways to mend an outline give three areas. A town drawn twice, a part inside another (100 and 36 m2): make_valid
# cuts the part out (64), method="structure" and buffer(0) keep the whole (100). A bow tie (crossing itself): both ways
# of make_valid keep both halves (50), buffer(0) only one (25).
# Version: shapely 2.2.0 (GEOS 3.14.1). Seen: 2026-11. Source: shapely's page on make_valid (two methods) says it of
# the second; buffer(0) as a mender is folklore.
# Matters: town outlines in plan data cross themselves; who lives inside decides who gets bytakst.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check shapely==2.2.0 numpy==2.4.6 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys

import shapely

drawn = {
    "part inside": "MULTIPOLYGON (((0 0, 10 0, 10 10, 0 10, 0 0)), ((2 2, 8 2, 8 8, 2 8, 2 2)))",
    "bow tie": "POLYGON ((0 0, 10 10, 10 0, 0 10, 0 0))",
}
seen = {}
for name, text in drawn.items():
    shape = shapely.from_wkt(text)
    ways = (
        shapely.make_valid(shape),
        shapely.make_valid(shape, method="structure", keep_collapsed=False),
        shape.buffer(0),
    )
    seen[name] = [way.area for way in ways]
print("shapely", shapely.__version__, "GEOS", shapely.geos_version_string)
print("expected: one area each")
print("seen (make_valid, structure, buffer(0)):", seen)
if seen != {"part inside": [64, 100, 100], "bow tie": [50, 50, 25]}:
    sys.exit("changed: the areas are others now")
PYTHON
