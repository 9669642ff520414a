#!/usr/bin/env bash
# The Danish 60 km/t (kilometres an hour) is read as kilometres per metric ton, without a word: t is the tonne. 2 t (two hours) weighs 2,000 kg, and
# 5 mil (of 7.5 or 10 km) is 0.0005 radian.
# Version: pint 0.25.3. Seen: 2026-11. Source: pint's default_en.txt (metric_ton = 1e3 * kilogram = t; mil as an angle).
# Matters: speeds and durations of Danish reports and vehicles' logs are written so; an error shows only where something converts.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check pint==0.25.3 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys

import pint

units = pint.UnitRegistry()
speed, drive, way = units("60 km/t"), units("2 t"), units("5 mil")
print("pint", pint.__version__)
print("expected: an unknown unit, or 60 kilometres an hour")
print(f"seen: {speed.units}, {drive.to('kg')}, {way.to('radian'):.4f}")
if str(speed.units) != "kilometer / metric_ton" or drive.to("kg").magnitude != 2000 or not way.check("[]"):
    sys.exit("changed: t is no tonne any more")
PYTHON
