#!/usr/bin/env bash
# gpxpy counts a vehicle that stands still as neither moving nor stopped: 20 minutes at one and the same place are 0
# seconds of stopped time. Let the place shake by a metre, and they are 1200.
# Version: gpxpy 1.6.2. Seen: 2026-11. Source: GPXTrackSegment.get_moving_data, which passes over a step of distance 0;
# its documentation calls stopped_time the time stopped.
# Matters: loggers in vehicles hold the place while the wheels stand; waiting at doors, which is paid for, disappears.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check gpxpy==1.6.2 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import gpxpy

FILE = '<gpx version="1.1" creator="a" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>{}</trkseg></trk></gpx>'
POINT = '<trkpt lat="{}" lon="12"><time>2026-05-01T08:{:02}:00Z</time></trkpt>'


def times(shake):
    minutes = [(0, 55), (10, 55.1), (20, 55.1 + shake), (30, 55.1), (40, 55.2)]
    moving = gpxpy.parse(FILE.format("".join(POINT.format(lat, minute) for minute, lat in minutes))).get_moving_data()
    return moving.moving_time, moving.stopped_time


print("gpxpy", version("gpxpy"))
print("expected: 20 minutes of driving and 20 minutes at the door are 1200 s and 1200 s, both ways")
seen = times(0), times(0.00001)
print("seen: held place", *seen[0], "and shaking place", *seen[1])
if seen != ((1200, 0), (1200, 1200)):
    sys.exit("changed: standing still is counted otherwise now")
PYTHON
