#!/usr/bin/env bash
# lifelines' datetimes_to_durations counts whole units only: a wait of 50 minutes is 0 hours, 119 minutes are 1 hour, though
# it returns decimals. And an end written without seconds after one with seconds becomes -9.2e18, counted as an event.
# Version: lifelines 0.30.3 (pandas 2.3.3). Seen: 2026-11. Source: it turns the difference into numpy's timedelta64 of the
# unit, which cuts, and not-a-time into a number; its documentation says "floats representing the durations".
# Matters: waiting times in hours are half an hour short on average, and those within the first hour are 0.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check lifelines==0.30.3 pandas==2.3.3 numpy==2.4.6 scipy==1.17.1 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

from lifelines.utils import datetimes_to_durations

print("lifelines", version("lifelines"), "pandas", version("pandas"))
day = "2026-05-01 "
hours, _ = datetimes_to_durations([day + "08:00"] * 3, [day + "08:50", day + "09:59", day + "10:00"], freq="h")
print("expected: 0.83, 1.98 and 2 hours; seen:", *hours)
minutes, events = datetimes_to_durations([day + "08:00:00"] * 2, [day + "08:00:59", day + "09:59"], freq="m")
print("expected: 119 minutes, or not counted, or refused; seen:", minutes[1], "event" if events[1] else "not counted")
if hours.tolist() != [0, 1, 2] or not minutes[1] < -9e18 or not events[1]:
    sys.exit("changed: durations are counted otherwise now")
PYTHON
