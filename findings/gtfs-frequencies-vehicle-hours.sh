#!/usr/bin/env bash
# A trip that frequencies.txt repeats every half hour for two hours is one trip to gtfs_kit's statistics and to
# partridge's count of trips; gtfs-lite counts it four times in the hours of the vehicles, but once in the number of
# trips. gtfs_kit has expand_frequencies, which nothing calls by itself.
# Version: gtfs_kit 13.0.1, gtfs-lite 0.2.1, partridge 1.1.2. Seen: 2026-11.
# Source: the GTFS reference on frequencies.txt (each departure is a trip); nothing on it in the pages on statistics.
# Matters: service hours of a bus line beside plustur are 1 or 4 by the reader.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check gtfs-kit==13.0.1 gtfs-lite==0.2.1 partridge==1.1.2 pandas==3.1.1 numpy==2.4.6 >&2
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
from datetime import date
from importlib.metadata import version

import gtfs_kit
import partridge
from gtfslite import GTFS

warnings.simplefilter("ignore")
FEED["trips.txt"] = "route_id,service_id,trip_id\n521,W,a\n"
write_feed(
    "feed.zip",
    TIMES + "a,06:00:00,06:00:00,A,1\na,07:00:00,07:00:00,C,2\n",
    frequencies_txt="trip_id,start_time,end_time,headway_secs,exact_times\na,06:00:00,08:00:00,1800,0\n",
)
day = date(2024, 1, 2)
feed = gtfs_kit.read_feed("feed.zip", dist_units="km")
stats = feed.compute_network_stats(["20240102"]).iloc[0]
expanded = feed.expand_frequencies().compute_network_stats(["20240102"]).iloc[0]
lite = GTFS.load_zip("feed.zip")
seen = {
    "gtfs_kit": (int(stats["num_trips"]), float(stats["service_duration"])),
    "gtfs_kit, expanded": (int(expanded["num_trips"]), float(expanded["service_duration"])),
    "gtfs-lite": (len(lite.date_trips(day)), float(lite.service_hours(day))),
    "partridge": (int(partridge.read_trip_counts_by_date("feed.zip")[day]), None),
}
print(*(f"{name} {version(name)}" for name in ("gtfs-kit", "gtfs-lite", "partridge")))
print("expected: 4 trips and 4 hours on that Tuesday, from all")
print("seen (trips, hours):", seen)
if list(seen.values()) != [(1, 1.0), (4, 4.0), (1, 4.0), (1, None)]:
    sys.exit("changed: the trips are counted otherwise now")
PYTHON
