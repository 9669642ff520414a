#!/usr/bin/env bash
# One GTFS-Flex trip (a zone instead of a stop) among ordinary ones makes gtfs_kit's statistics of all trips raise a
# TypeError; the zone 0316 is read as the number 316, and gtfs-lite even writes it as 316.0.
# Version: gtfs_kit 13.0.1, gtfs-lite 0.2.1, pandas 3.1.1. Seen: 2026-11.
# Source: the GTFS reference: location_id names a feature of locations.geojson by its text id.
# Matters: a region that publishes its flex zones breaks the programs that read its buses, and the municipality's code
# no longer meets its zone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check gtfs-kit==13.0.1 gtfs-lite==0.2.1 pandas==3.1.1 numpy==2.4.6 >&2
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


FLEX = {
    "routes_txt": FEED["routes.txt"] + "F,1,Flex,,3\n",
    "trips_txt": FEED["trips.txt"] + "F,W,f\n",
    "booking_rules_txt": "booking_rule_id,booking_type,prior_notice_duration_min\nr,1,120\n",
}
FLEX_TIMES = (
    "trip_id,arrival_time,departure_time,stop_id,stop_sequence,location_id,start_pickup_drop_off_window,"
    "end_pickup_drop_off_window,pickup_type,drop_off_type,pickup_booking_rule_id,drop_off_booking_rule_id\n"
    "a,06:00:00,06:00:00,A,1,,,,,,,\na,06:30:00,06:30:00,B,2,,,,,,,\n"
    "b,07:00:00,07:00:00,A,1,,,,,,,\nb,07:30:00,07:30:00,B,2,,,,,,,\n"
    "f,,,,1,0316,06:00:00,26:00:00,2,2,r,r\nf,,,,2,0316,06:00:00,26:00:00,2,2,r,r\n"
)
ZONE = (
    '{"type": "FeatureCollection", "features": [{"type": "Feature", "id": "0316", "properties": {}, "geometry": '
    '{"type": "Polygon", "coordinates": [[[11.6, 55.6], [11.8, 55.6], [11.8, 55.8], [11.6, 55.8], [11.6, 55.6]]]}}]}'
)


def write_flex(path):
    write_feed(path, FLEX_TIMES, **FLEX)
    with zipfile.ZipFile(path, "a") as file:
        file.writestr("locations.geojson", ZONE)


import sys
import warnings
from importlib.metadata import version

import gtfs_kit
from gtfslite import GTFS

warnings.simplefilter("ignore")
write_flex("flex.zip")
feed = gtfs_kit.read_feed("flex.zip", dist_units="km")
try:
    trips = len(feed.compute_trip_stats())
except TypeError as error:
    trips = f"TypeError: {error}"
zone = feed.stop_times["location_id"].dropna().iloc[0]
GTFS.load_zip("flex.zip").write_zip("lite.zip")
with zipfile.ZipFile("lite.zip") as file:
    written = file.read("stop_times.txt").decode().split("\nf,,,,1,")[1].split(",")[0]
print("gtfs-kit", version("gtfs-kit"), "gtfs-lite", version("gtfs-lite"), "pandas", version("pandas"))
print("expected: statistics of 3 trips (or of 2), and the zone 0316")
print(f"seen: {trips}; zone {zone!r} in gtfs_kit, {written!r} written by gtfs-lite")
if not str(trips).startswith("TypeError") or zone != 316 or written != "316.0":
    sys.exit("changed: flex trips are treated otherwise now")
PYTHON
