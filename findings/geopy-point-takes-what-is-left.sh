#!/usr/bin/env bash
# geopy finds a point somewhere in a text: "55,68 12,57" (decimal commas) is 12 north 57 east, "55,6761;12,5683" is
# 12 north and -77 (5683 degrees, turned round), and "N55 40.5 E012 34.2", as a GPS device shows it, is 12 north 34.2
# east. None is refused.
# Version: geopy 2.5.0. Seen: 2026-11. Source: geopy.point.POINT_PATTERN begins with .*? and so skips what does not fit;
# none found that says so.
# Matters: places copied from a Danish sheet or a device land in Arabia or Africa with no error.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check geopy==2.5.0 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

from geopy import Point

cases = {
    "55.68 12.57": (55.68, 12.57),
    "55,68 12,57": (12, 57),
    "55,6761;12,5683": (12, -77),
    "N55 40.5 E012 34.2": (12, 34.2),
}
seen = {text: tuple(Point(text))[:2] for text in cases}
print("geopy", version("geopy"))
for text, point in seen.items():
    print(f"expected: {text} is by Copenhagen, or refused; seen: {point[0]:g} north {point[1]:g} east")
if seen != cases:
    sys.exit("changed: points in texts are read otherwise now")
PYTHON
