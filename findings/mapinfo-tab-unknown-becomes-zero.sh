#!/usr/bin/env bash
# A column with missing numbers written to MapInfo's .tab comes back as 0, missing text as "", without a warning: the
# format has no place for "unknown". The .shp and .gpkg of the same table keep them missing.
# Version: geopandas 1.2.0, pyogrio 0.13.0 (GDAL 3.12.4). Seen: 2026-11. Source: none in GDAL's page on the driver.
# Matters: municipalities' planners use MapInfo; "number of dwellings unknown" becomes none, and means fall.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check geopandas==1.2.0 pyogrio==0.13.0 pandas==3.1.1 numpy==2.4.6 shapely==2.2.0 pyproj==3.7.2 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
import warnings

import geopandas as gpd
import pyogrio
import shapely

table = gpd.GeoDataFrame(
    {"homes": [12.0, float("nan")], "name": ["A", None]},
    geometry=[shapely.Point(670000, 6170000), shapely.Point(671000, 6170000)],
    crs=25832,
)
seen = {}
with warnings.catch_warnings(record=True) as told:
    warnings.simplefilter("always")
    for kind in ("tab", "shp", "gpkg"):
        table.to_file(f"a.{kind}", engine="pyogrio")
        back = gpd.read_file(f"a.{kind}", engine="pyogrio")
        seen[kind] = [None if x != x else x for x in (back["homes"][1], back["name"][1])]
print("geopandas", gpd.__version__, "pyogrio", pyogrio.__version__, "GDAL", pyogrio.__gdal_version_string__)
print("expected: both missing, or a warning")
print("seen:", seen, [str(w.message) for w in told])
if seen["tab"] != [0.0, ""] or seen["gpkg"] != [None, None] or any("tab" in str(w.message).lower() for w in told):
    sys.exit("changed: missing values are kept or told now")
PYTHON
