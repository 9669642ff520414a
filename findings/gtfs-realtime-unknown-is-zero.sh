#!/usr/bin/env bash
# What a GTFS Realtime message does not say reads as zero or as the first of a list: a stop whose delay is not given has delay 0, a
# stop that is not there arrives at 0, and a vehicle that says nothing of its riders is EMPTY. Only HasField tells them apart.
# Version: gtfs-realtime-bindings 3.0.0. Seen: 2026-11. Source: protocol buffers, version 2, on defaults of optional fields.
# Matters: punctuality from feeds that give times and no delays is 100 %, and occupancy of vehicles that do not count is none.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check gtfs-realtime-bindings==3.0.0 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

from google.transit import gtfs_realtime_pb2 as realtime

stop = realtime.TripUpdate.StopTimeUpdate(stop_sequence=1)
stop.arrival.time = 1_700_000_000
vehicle = realtime.VehiclePosition()
vehicle.position.latitude, vehicle.position.longitude = 55.7, 11.7
seen = {
    "delay of an arrival that gives a time alone": (stop.arrival.delay, stop.arrival.HasField("delay")),
    "time of a departure that is not given": (stop.departure.time, stop.HasField("departure")),
    "occupancy of a vehicle that does not count": (
        realtime.VehiclePosition.OccupancyStatus.Name(vehicle.occupancy_status),
        vehicle.HasField("occupancy_status"),
    ),
}
print("gtfs-realtime-bindings", version("gtfs-realtime-bindings"))
print("expected: nothing, None or an error for what is not known")
for what, (value, given) in seen.items():
    print("seen:", what, "is", value, "- HasField", given)
if [value for value, _ in seen.values()] != [0, 0, "EMPTY"] or any(given for _, given in seen.values()):
    sys.exit("changed: what is not given no longer reads as zero")
PYTHON
