#!/usr/bin/env bash
# utm.from_latlon takes a whole column, but gives all of it the zone of its first row: two columns with the same two places in
# another order lie 375 km apart, and neither says so. The border of zones 32 and 33, 12 degrees east, runs through Zealand.
# One by one, each place gets a zone of its own, and the two are 375 km apart where 1.3 km is right.
# Version: utm 0.8.1 with numpy 2.4.6. Seen: 2026-11. Source: its page shows columns, and says nothing of which zone they get.
# Matters: Danish registers are in zone 32 throughout (EPSG:25832); force_zone_number=32 gives that.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check utm==0.8.1 numpy==2.4.6 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import numpy as np
import utm

west, east = 11.99, 12.01
there = utm.from_latlon(np.array([55.7, 55.7]), np.array([west, east]))
back = utm.from_latlon(np.array([55.7, 55.7]), np.array([east, west]))
singly = [utm.from_latlon(55.7, place) for place in (west, east)]
whole = utm.from_latlon(np.array([55.7, 55.7]), np.array([east, west]), force_zone_number=32)
moved = abs(there[0][0] - back[0][1]) / 1000
apart = abs(singly[0][0] - singly[1][0]) / 1000
print("utm", version("utm"), "numpy", version("numpy"))
print("expected: one place, one easting, in whatever order the rows come; two places 1.3 km apart")
print(f"seen: zones {there[2]} and {back[2]} for the same rows turned round, {moved:.0f} km apart; one by one {apart:.0f} km")
if (there[2], back[2]) != (32, 33) or moved < 300 or apart < 300:
    sys.exit("changed: the order of the rows no longer decides the zone")
if not 1.2 < abs(whole[0][0] - whole[0][1]) / 1000 < 1.4:
    sys.exit("changed: one zone for all is not right any more")
PYTHON
