#!/usr/bin/env bash
# MapInfo has the old Danish System 34 and 45 as projections 21, 22 and 23 (UTM on ED50, changed by polynomials). GDAL
# reads all three as plain UTM: the coordinate system it gives is the one it gives for projection 8, with no warning.
# Version: pyogrio 0.13.0 (GDAL 3.12.4). Seen: 2026-11. Source: MapInfo's list of projections (21 UTM modified
# Jylland-Fyn, 22 Sjaelland, 23 Bornholm); nothing in GDAL's page on the driver.
# Matters: town plans of the nineties are in System 34; they land metres off, which on a map looks right.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check geopandas==1.2.0 pyogrio==0.13.0 pandas==3.1.1 numpy==2.4.6 shapely==2.2.0 pyproj==3.7.2 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
import warnings
from pathlib import Path

import geopandas as gpd
import pyogrio

seen = {}
with warnings.catch_warnings(record=True) as told:
    warnings.simplefilter("always")
    for number in (8, 21, 22, 23):
        Path(f"{number}.mif").write_text(
            'Version 300\nCharset "WindowsLatin1"\nDelimiter ","\n'
            f'CoordSys Earth Projection {number}, 28, "m", 9, 0, 0.9996, 500000, 0\n'
            "Columns 1\n  name Char(9)\nData\n\nPoint 670000 6170000\n"
        )
        Path(f"{number}.mid").write_text('"a"\n')
        table = gpd.read_file(f"{number}.mif", engine="pyogrio").to_crs(4258)
        seen[number] = (round(table.geometry[0].x, 7), round(table.geometry[0].y, 7))
print("geopandas", gpd.__version__, "pyogrio", pyogrio.__version__, "GDAL", pyogrio.__gdal_version_string__)
print("expected: projections 21 to 23 elsewhere than 8, or an error")
print("seen:", seen, f"{len(told)} warnings")
if len(set(seen.values())) != 1 or told:
    sys.exit("changed: the projections are told apart now")
PYTHON
