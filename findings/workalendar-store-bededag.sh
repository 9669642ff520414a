#!/usr/bin/env bash
# workalendar still has Store Bededag as a Danish holiday in 2024 and later. It was abolished from 2024. holidays
# knows that. The two also differ on 24 December: a holiday in workalendar, only an optional one in holidays.
# Version: workalendar 17.0.0, holidays 0.109. Seen: 2026-11. Source: lov nr. 214 af 06/03/2023 (Store Bededag).
# Matters: weekday hours, holiday supplements and the number of working days in April or May hang on it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check workalendar==17.0.0 holidays==0.109 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from datetime import date
from importlib.metadata import version

import holidays
from workalendar.europe import Denmark

bededag, christmas_eve = date(2025, 5, 16), date(2025, 12, 24)
one, other = Denmark(), holidays.country_holidays("DK", years=2025)
seen = (one.is_holiday(bededag), bededag in other, one.is_holiday(christmas_eve), christmas_eve in other)
print("workalendar", version("workalendar"), "holidays", version("holidays"))
print("expected: 16 May 2025 a working day in both, and one answer about 24 December")
print("seen: 16 May workalendar %s, holidays %s; 24 December workalendar %s, holidays %s" % seen)
if seen != (True, False, True, False):
    sys.exit("changed: the two calendars agree now, or differ otherwise")
PYTHON
