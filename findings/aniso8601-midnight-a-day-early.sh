#!/usr/bin/env bash
# A time of 24:00, the end of the day, becomes the day's beginning: 2026-05-04T24:00:00 is read as 4 May at 00:00, a whole day early.
# ciso8601 makes it 5 May at 00:00.
# Versions: aniso8601 10.0.1, ciso8601 2.4.1. Seen: 2026-11. Source: XML Schema 1.1 part 2 (dateTime: 24:00:00 is the first instant of the next day),
# which NeTEx and SIRI follow; ISO 8601-1:2019/Amd 1:2022.
# Matters: shifts, opening hours and calendars end at 24:00; a shift from 18:00 to 24:00 lasts minus 18 hours.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check aniso8601==10.0.1 ciso8601==2.4.1 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import aniso8601
import ciso8601

begins, ends = "2026-05-04T18:00:00", "2026-05-04T24:00:00"
hours = {
    name: (read(ends) - read(begins)).total_seconds() / 3600
    for name, read in {"aniso8601": aniso8601.parse_datetime, "ciso8601": ciso8601.parse_datetime}.items()
}
print("aniso8601", version("aniso8601"), "ciso8601", version("ciso8601"))
print("expected: 6 hours by both, or an error")
print(f"seen: {hours}; 24:00 alone is {aniso8601.parse_time('24:00')}")
if hours != {"aniso8601": -18.0, "ciso8601": 6.0}:
    sys.exit("changed: aniso8601 reads 24:00 as the end of the day, or refuses it")
PYTHON
