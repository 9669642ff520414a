#!/usr/bin/env bash
# gtfs-parquet turns the Nordic NeTEx profile into GTFS. A journey of a FlexibleLine, with an earliest departure and a
# latest arrival past midnight, becomes an ordinary bus trip: pickup_type 0 (regular), no times and no window at all.
# Ordinary journeys are right, the day offset too.
# Version: gtfs-parquet 0.7.2. Seen: 2026-11. Source: its page names the NeTEx parts read; windows are not among them.
# Matters: on-demand journeys look like buses that need no booking; whoever counts bus service counts them in.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check gtfs-parquet==0.7.2 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path

import gtfs_parquet


def node(tag, *inside, **attributes):
    given = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f"<{tag}{given}>{''.join(inside)}</{tag}>"


def named(tag, number, *inside, **attributes):
    return node(tag, *inside, id=f"X:{tag}:{number}", version="1", **attributes)


def ref(tag, number):
    return node(f"{tag}Ref", ref=f"X:{tag}:{number}", version="1")


def quay(number, lon):
    place = node("Centroid", node("Location", node("Longitude", lon), node("Latitude", "55.7")))
    inner = node("quays", named("Quay", number, place))
    return named("StopPlace", number, node("Name", f"S{number}"), place, inner)


def journey(number, line, first, last):
    calls = [
        named("TimetabledPassingTime", f"{number}{n}", ref("StopPointInJourneyPattern", n), times)
        for n, times in ((1, first), (2, last))
    ]
    days = node("dayTypes", ref("DayType", 1))
    return named("ServiceJourney", number, days, ref("JourneyPattern", 1), ref(line, 1), node("passingTimes", *calls))


def line(tag):
    return named(tag, 1, node("Name", tag), node("TransportMode", "bus"), node("OperatorRef", ref="X:Operator:1"))


points = [
    named("StopPointInJourneyPattern", n, ref("ScheduledStopPoint", n), order=str(n)) for n in (1, 2)
]
assigned = [
    named("PassengerStopAssignment", n, ref("ScheduledStopPoint", n), ref("Quay", n), order=str(n)) for n in (1, 2)
]
period = node("FromDate", "2024-01-01T00:00:00") + node("ToDate", "2024-01-31T00:00:00")
weekdays = node("properties", node("PropertyOfDay", node("DaysOfWeek", "Monday Tuesday")))
frames = [
    named("ResourceFrame", 1, node("organisations", named("Operator", 1, node("Name", "Test")))),
    named("SiteFrame", 1, node("stopPlaces", quay(1, "11.7"), quay(2, "11.8"))),
    named(
        "ServiceFrame",
        1,
        node("routes", named("Route", 1, node("Name", "r"), ref("Line", 1))),
        node("lines", line("Line"), line("FlexibleLine")),
        node("scheduledStopPoints", *(named("ScheduledStopPoint", n, node("Name", f"S{n}")) for n in (1, 2))),
        node("stopAssignments", *assigned),
        node("journeyPatterns", named("JourneyPattern", 1, ref("Route", 1), node("pointsInSequence", *points))),
    ),
    named(
        "ServiceCalendarFrame",
        1,
        node("dayTypes", named("DayType", 1, weekdays)),
        node("operatingPeriods", named("OperatingPeriod", 1, period)),
        node("dayTypeAssignments", named("DayTypeAssignment", 1, ref("OperatingPeriod", 1), ref("DayType", 1), order="1")),
    ),
    named(
        "TimetableFrame",
        1,
        node(
            "vehicleJourneys",
            journey(
                1,
                "Line",
                node("DepartureTime", "23:50:00"),
                node("ArrivalTime", "00:20:00") + node("ArrivalDayOffset", "1"),
            ),
            journey(
                2,
                "FlexibleLine",
                node("EarliestDepartureTime", "06:00:00"),
                node("LatestArrivalTime", "01:00:00") + node("LatestArrivalDayOffset", "1"),
            ),
        ),
    ),
]
zone = node("FrameDefaults", node("DefaultLocale", node("TimeZone", "Europe/Copenhagen")))
whole = node(
    "PublicationDelivery",
    node("PublicationTimestamp", "2024-01-01T00:00:00"),
    node("dataObjects", named("CompositeFrame", 1, zone, node("frames", *frames))),
    xmlns="http://www.netex.org.uk/netex",
    version="1.15:NO-NeTEx-networktimetable:1.5",
)
Path("a.xml").write_text(whole, encoding="utf-8")
rows = gtfs_parquet.parse_netex("a.xml").stop_times.to_dicts()
seen = {
    name: [(row["departure_time"], row["pickup_type"]) for row in rows if row["trip_id"] == f"X:ServiceJourney:{number}"]
    for number, name in ((1, "bus"), (2, "flexible"))
}
windows = [name for name in rows[0] if "window" in name]
print("gtfs-parquet", version("gtfs-parquet"))
print("expected: a flexible trip with its window and pickup_type 2 (book by phone), or none at all")
print("seen:", seen, "columns of windows:", windows)
bus = [timedelta(hours=23, minutes=50), timedelta(hours=24, minutes=20)]
if [t for t, _ in seen["bus"]] != bus or seen["flexible"] != [(None, 0), (None, 0)] or windows:
    sys.exit("changed: flexible journeys are turned into something else now")
PYTHON
