#!/usr/bin/env bash
# pint reads "8,5 km" as 85 km: the comma is taken for a sign between thousands wherever it stands, and dropped. "50 km/t", fifty kilometres
# an hour as Danish signs and sheets write it, is fifty kilometres a tonne. Neither raises.
# Version: pint 0.25.3. Seen: 2026-11. Source: commas are removed before a text is read (string_preprocessor); t is a tonne in its list of units.
# Matters: distances and speeds of Danish sheets come with a comma and with km/t.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check pint==0.25.3 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import pint

units = pint.UnitRegistry()
far, fast = units("8,5 km"), units("50 km/t")
print("pint", version("pint"))
print("expected: 8.5 km and 50 km an hour, or an error for each")
print(f"seen: {far} and {fast}")
if far.to("km").magnitude != 85 or fast.units != units.kilometer / units.metric_ton:
    sys.exit("changed: the comma or the t is read another way now")
PYTHON
