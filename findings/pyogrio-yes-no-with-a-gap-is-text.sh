#!/usr/bin/env bash
# A column of yes and no in which one value is missing is written to GeoPackage, GeoJSON and FlatGeobuf as the texts 'True'
# and 'False', and read back as such: every 'False' then counts as true. The same column without a gap stays yes and no;
# as pandas' own "boolean" with a gap it comes back as 1.0 and NaN.
# Version: geopandas 1.2.0, pyogrio 0.13.0, pandas 2.3.3. Seen: 2026-11. Source: pyogrio's write_dataframe says that columns
# of the type object become text; that a gap makes yes and no such a column is pandas' doing.
# Matters: "has a stop", "within the zone": one unknown place turns all of the noes round.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check pyogrio==0.13.0 geopandas==1.2.0 pandas==2.3.3 shapely==2.2.0 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import geopandas

cases = {"full": [False, False], "gap": [False, None]}
seen = {}
for end in ("gpkg", "geojson"):
    for name, values in cases.items():
        rows = geopandas.GeoDataFrame({"stop": values}, geometry=geopandas.points_from_xy([1, 2], [3, 4]), crs=25832)
        rows.to_file(f"{name}.{end}")
        seen[end, name] = [bool(value) for value in geopandas.read_file(f"{name}.{end}")["stop"]]
print(*(f"{name} {version(name)}" for name in ("geopandas", "pyogrio", "pandas")))
print("expected: no place has a stop")
for (end, name), found in seen.items():
    print("seen:", end, name, cases[name], "has a stop:", found)
if seen != {(end, name): [name == "gap", False] for end in ("gpkg", "geojson") for name in cases}:
    sys.exit("changed: yes and no with a gap come back otherwise now")
PYTHON
