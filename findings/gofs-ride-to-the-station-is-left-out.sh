#!/usr/bin/env bash
# A trip from a zone to a station (two rows, the second a stop with a clock time) is left out of the GOFS feed, without a word: what is converted is
# trips of zones alone. An ordered trip within the zone, beside it in the feed, is there. Zones named by location_id are refused.
# Version: gtfs-flex-to-gofs 0.6.1 (gtfs-loader of its own). Seen: 2026-11. Source: its get_type_of_trip; GOFS 1.0, operating rules from zone to zone.
# Matters: a ride to the train and from it, as plustur, is not offered to whoever reads the new feed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check gtfs-flex-to-gofs==0.6.1 >&2
mkdir "$folder/feed"
cd "$folder/feed"
printf 'agency_id,agency_name,agency_url,agency_timezone\nA,A,https://example.dk,Europe/Copenhagen\n' >agency.txt
printf 'route_id,agency_id,route_short_name,route_long_name,route_type\nplus,A,P,P,3\nflex,A,F,F,3\n' >routes.txt
printf 'service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nD,1,1,1,1,1,0,0,20260101,20261231\n' >calendar.txt
printf 'route_id,service_id,trip_id\nplus,D,to_station\nflex,D,within\n' >trips.txt
printf 'stop_id,stop_name,stop_lat,stop_lon\nS,Station,55.7176,11.7128\n' >stops.txt
printf 'booking_rule_id,booking_type,prior_notice_duration_min\nB,1,120\n' >booking_rules.txt
cat >stop_times.txt <<'CSV'
trip_id,arrival_time,departure_time,stop_id,stop_sequence,start_pickup_drop_off_window,end_pickup_drop_off_window,pickup_type,drop_off_type,pickup_booking_rule_id
to_station,,,Z,1,06:00:00,23:00:00,2,1,B
to_station,23:30:00,23:30:00,S,2,,,1,0,
within,,,Z,1,06:00:00,23:00:00,2,1,B
within,,,Z,2,06:00:00,23:00:00,1,2,
CSV
cat >locations.geojson <<'JSON'
{"type": "FeatureCollection", "features": [{"type": "Feature", "id": "Z", "properties": {"stop_name": "Land"}, "geometry":
 {"type": "Polygon", "coordinates": [[[11.6, 55.6], [11.8, 55.6], [11.8, 55.75], [11.6, 55.75], [11.6, 55.6]]]}}]}
JSON
cd "$folder"
"$folder/venv/bin/python" -m gtfs_flex_to_gofs --gtfs-dir feed --gofs-dir made --no-warning --ttl 60 >told.txt 2>&1
"$folder/venv/bin/python" - <<'PYTHON'
import json
import sys
from importlib.metadata import version
from pathlib import Path

rules = json.loads(Path("made/operating_rules.json").read_text())["data"]["operating_rules"]
ways = [(rule["brand_id"], rule["from_zone_id"], rule["to_zone_id"]) for rule in rules]
told = [line for line in Path("told.txt").read_text().splitlines() if not line.startswith("Saving")]
print("gtfs-flex-to-gofs", version("gtfs-flex-to-gofs"))
print("expected: a rule for both trips, or a warning")
print(f"seen: {ways}, {len(told)} warnings")
if ways != [("flex", "Z", "Z")] or told:
    sys.exit("changed: the trip to the station is converted, or the lack is told")
PYTHON
