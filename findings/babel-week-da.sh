#!/usr/bin/env bash
# Babel's locale "da" (language only) counts weeks by the world's default: the week with 1 January is week 1. "da_DK"
# counts as the Danish calendar does (ISO 8601). 3 January 2021 is week 1 of 2021 in the one, week 53 of 2020 in the
# other. ICU fills in the land most likely for a language; Babel does not.
# Version: babel 2.19.0. Seen: 2026-11. Source: Babel issue 485 (the same by land); Unicode TR 35, week data.
# Matters: texts in Danish are asked for as "da", and municipalities count trips by week; every third year or so the
# last days of December and the first of January land in another week and year.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check babel==2.19.0 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from datetime import date

import babel
from babel.dates import format_date

days = (date(2021, 1, 3), date(2022, 1, 1), date(2026, 12, 31))
print("babel", babel.__version__)
wrong = 0
for day in days:
    year, week, _ = day.isocalendar()
    language, land = (format_date(day, "w/YYYY", locale=name) for name in ("da", "da_DK"))
    print(f"{day} expected: {week}/{year} in both; seen: da {language}, da_DK {land}")
    wrong += language != f"{week}/{year}" and land == f"{week}/{year}"
if wrong != len(days):
    sys.exit("changed: da counts weeks as da_DK does, or da_DK no longer by ISO 8601")
PYTHON
