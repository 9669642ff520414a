#!/usr/bin/env bash
# An event of eight hours (DURATION:PT8H) that begins at 22:00 the night the clocks go forward ends at 06:00: seven
# real hours. By the standard hours are exact and only days and weeks follow the clock, so the end is 07:00.
# Version: icalendar 7.3.2 and recurring-ical-events 3.8.2 on top of it. Seen: 2026-11.
# Source: RFC 5545, 3.3.6 (exact and nominal durations); libical issue 630 is the same misreading.
# Matters: duty rosters come as calendars; a garantivogn paid by the hour is paid one hour too little in March and
# one too much in October.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check icalendar==7.3.2 recurring-ical-events==3.8.2 tzdata==2026.6 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from datetime import UTC, timedelta

import icalendar
import recurring_ical_events

lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//da"]
for name, start in (("spring", "20240330T220000"), ("autumn", "20241026T220000")):
    lines += ["BEGIN:VEVENT", f"UID:{name}", f"SUMMARY:{name}", f"DTSTART;TZID=Europe/Copenhagen:{start}", "DURATION:PT8H"]
    lines += ["END:VEVENT"]
calendar = icalendar.Calendar.from_ical("\r\n".join([*lines, "END:VCALENDAR", ""]))


def hours(start, end):
    return (end.astimezone(UTC) - start.astimezone(UTC)) / timedelta(hours=1)


single = {str(e["SUMMARY"]): hours(e.start, e.end) for e in calendar.walk("VEVENT")}
found = recurring_ical_events.of(calendar).between((2024, 1, 1), (2025, 1, 1))
repeated = {str(e["SUMMARY"]): hours(e["DTSTART"].dt, e["DTEND"].dt) for e in found}
print("icalendar", icalendar.__version__)
print("expected: 8 hours both nights")
print("seen:", single, repeated)
if single != {"spring": 7.0, "autumn": 9.0} or repeated != single:
    sys.exit("changed: hours are exact now")
PYTHON
