#!/usr/bin/env bash
# movingpandas takes the zone off times and keeps the wall clock. On the night the clocks go back a straight drive of 30
# minutes and 12.8 km becomes 40 minutes and 19.2 km that turns round on its way, with two warnings of which neither says
# so: 02:50 summer time comes after 02:10 and 02:20 winter time.
# Version: movingpandas 0.23.0 (pandas 2.3.3). Seen: 2026-11. Source: Trajectory._handle_timezone calls tz_localize(None);
# its warning says only that the zone is dropped. Times in UTC come out right.
# Matters: vehicle logs with a stated zone are the careful ones; one night a year they give wrong kilometres and hours.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check movingpandas==0.23.0 geopandas==1.2.0 pandas==2.3.3 shapely==2.2.0 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
import warnings
from importlib.metadata import version

import geopandas
import pandas

warnings.simplefilter("ignore")
import movingpandas  # noqa: E402

print("movingpandas", version("movingpandas"), "pandas", version("pandas"))
utc = pandas.to_datetime(["2026-10-25T00:50Z", "2026-10-25T01:10Z", "2026-10-25T01:20Z"])
seen = {}
for zone in ("UTC", "Europe/Copenhagen"):
    rows = geopandas.GeoDataFrame({"t": utc.tz_convert(zone), "id": "a"}, geometry=geopandas.points_from_xy([12, 12.1, 12.2], [55] * 3), crs=4326)
    trip = movingpandas.Trajectory(rows, "a", t="t")
    seen[zone] = trip.get_duration().total_seconds() / 60, round(trip.get_length("km"), 1)
print("expected: 30 minutes and 12.8 km, in whatever zone the same instants are written")
for zone, (minutes, km) in seen.items():
    print(f"seen: {zone}: {minutes:g} minutes, {km} km")
if seen != {"UTC": (30, 12.8), "Europe/Copenhagen": (40, 19.2)}:
    sys.exit("changed: times with a zone are taken otherwise now")
PYTHON
