#!/usr/bin/env bash
# A stop in the middle of a trip need not have a time in GTFS. gtfs_kit reads such a feed and counts its trips, but
# its statistics of stops raise a TypeError ("boolean value of NA is ambiguous").
# Version: gtfs_kit 13.0.1, pandas 3.1.1 with pyarrow 26.0.1 (without pyarrow it counts). Seen: 2026-11. Source: the GTFS reference on stop_times.txt, arrival_time.
# Matters: Danish rural lines have times at the larger stops only; departures per stop are what plustur is offered by.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check gtfs-kit==13.0.1 pandas==3.1.1 numpy==2.4.6 pyarrow==26.0.1 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import zipfile

FEED = {
    "agency.txt": "agency_id,agency_name,agency_url,agency_timezone\n1,Test,https://example.org,Europe/Copenhagen\n",
    "routes.txt": "route_id,agency_id,route_short_name,route_long_name,route_type\n521,1,521,,3\n",
    "trips.txt": "route_id,service_id,trip_id\n521,W,a\n521,W,b\n",
    "stops.txt": "stop_id,stop_name,stop_lat,stop_lon\nA,A,55.70,11.70\nB,B,55.71,11.72\nC,C,55.72,11.75\n",
    "calendar.txt": "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
    "W,1,1,1,1,1,0,0,20240101,20241231\n",
}
TIMES = "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"


def write_feed(path, times, **more):
    files = FEED | {"stop_times.txt": times} | {name.replace("_txt", ".txt"): text for name, text in more.items()}
    with zipfile.ZipFile(path, "w") as file:
        for name, text in files.items():
            file.writestr(name, text)


import sys
import warnings
from importlib.metadata import version

import gtfs_kit

warnings.simplefilter("ignore")


def stop_stats(middle):
    rows = "".join(f"{t},06:00:00,06:00:00,A,1\n{t},{middle},{middle},B,2\n{t},07:00:00,07:00:00,C,3\n" for t in "ab")
    write_feed("feed.zip", TIMES + rows)
    feed = gtfs_kit.read_feed("feed.zip", dist_units="km")
    try:
        return len(feed.compute_stop_stats(["20240102"]))
    except TypeError as error:
        return f"TypeError: {error}"


timed, untimed = stop_stats("06:20:00"), stop_stats("")
print("gtfs-kit", version("gtfs-kit"), "pandas", version("pandas"))
print("expected: 3 stops both times")
print("seen: with a time in the middle", timed, "without", untimed)
if timed != 3 or not str(untimed).startswith("TypeError"):
    sys.exit("changed: a stop without a time is counted now")
PYTHON
