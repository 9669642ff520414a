#!/usr/bin/env bash
# dateparser reads "kl. 8" in Danish as the 8th of the month at midnight, "mandag kl. 8" too, and "i morgen kl. 8.15" as
# tomorrow at the time of asking: the clock time is dropped without a word. "kl. 8.15" alone and "i morgen 8:15" are right.
# Version: dateparser 1.5.0. Seen: 2026-11. Source: its parsers of absolute dates (a lone number is a day) and of relative
# dates (a time needs a colon); none found that says so.
# Matters: so do riders and case notes write a time; a booking lands three weeks off, or at the minute of the call.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check dateparser==1.5.0 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from datetime import datetime
from importlib.metadata import version

import dateparser

called = {"RELATIVE_BASE": datetime(2026, 11, 28, 12, 34)}
cases = {
    "kl. 8": ("28 Nov 08:00", "08 Nov 00:00"),
    "mandag kl. 8": ("30 or 23 Nov 08:00", "08 Nov 00:00"),
    "i morgen kl. 8.15": ("29 Nov 08:15", "29 Nov 12:34"),
    "i morgen 8:15": ("29 Nov 08:15", "29 Nov 08:15"),
    "kl. 8.15": ("28 Nov 08:15", "28 Nov 08:15"),
}
print("dateparser", version("dateparser"), "asked on Saturday 28 November 2026 at 12:34")
seen = {text: f"{dateparser.parse(text, languages=['da'], settings=called):%d %b %H:%M}" for text in cases}
for text, (expected, _) in cases.items():
    print(f"expected: {text} is {expected}; seen: {seen[text]}")
if seen != {text: found for text, (_, found) in cases.items()}:
    sys.exit("changed: a Danish clock time is read otherwise now")
PYTHON
