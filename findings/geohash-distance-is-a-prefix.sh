#!/usr/bin/env bash
# pygeohash's geohash_approximate_distance counts letters in common, so two neighbours on either side of the border of a
# large cell are as far apart as two continents: at 11.24 and 11.26 degrees east (1.3 km apart) it says 5,004 km.
# Version: pygeohash 3.5.1. Seen: 2026-11. Source: its page calls the distance approximate; how far off it can be is
# not said. geohash_haversine_distance of the same library is right.
# Matters: the border at 11.25 degrees east runs through north-west and west Zealand.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check pygeohash==3.5.1 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import pygeohash

west, east = (pygeohash.encode(55.7, lon, 7) for lon in (11.24, 11.26))
rough = pygeohash.geohash_approximate_distance(west, east) / 1000
fine = pygeohash.geohash_haversine_distance(west, east) / 1000
print("pygeohash", version("pygeohash"))
print("expected: 1.3 km, a few more or fewer")
print(f"seen: {west} to {east} approximately {rough:,.0f} km, by haversine {fine:.1f} km")
if rough < 1000 or not 1 < fine < 1.6:
    sys.exit("changed: the approximate distance is nearer the truth now")
PYTHON
