#!/usr/bin/env bash
# partridge makes numbers of pickup_type but leaves drop_off_type as text, so the same code 2 ("phone the agency") is
# 2 in one column and "2" in the next, and no row has both alike.
# Version: partridge 1.1.2, pandas 3.1.1. Seen: 2026-11. Source: none found; the reference gives both the same values.
# Matters: where both must be booked by phone is the usual test for an on-demand stop; it finds none.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check partridge==1.1.2 pandas==3.1.1 numpy==2.4.6 >&2
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

import partridge

warnings.simplefilter("ignore")
rows = "".join(f"{t},06:00:00,06:00:00,A,1,2,2\n{t},07:00:00,07:00:00,C,2,2,2\n" for t in "ab")
write_feed("feed.zip", TIMES.strip() + ",pickup_type,drop_off_type\n" + rows)
times = partridge.load_feed("feed.zip").stop_times
same = int((times["pickup_type"] == times["drop_off_type"]).sum())
print("partridge", version("partridge"), "pandas", version("pandas"))
print("expected: 4 rows with pickup_type equal to drop_off_type")
print("seen:", same, "rows;", times["pickup_type"].tolist(), times["drop_off_type"].tolist())
if same or times["drop_off_type"].tolist() != ["2"] * 4 or times["pickup_type"].tolist() != [2] * 4:
    sys.exit("changed: both columns have one type now")
PYTHON
