#!/usr/bin/env bash
# Rows written to FlatGeobuf (.fgb) come back in the order of their place on the map, not of the table; .gpkg and
# GeoParquet keep it. A second table laid beside by row number then describes other places.
# Version: geopandas 1.2.0, pyogrio 0.13.0 (GDAL 3.12.4). Seen: 2026-11.
# Source: GDAL's page on FlatGeobuf, SPATIAL_INDEX (features are sorted along a curve by default).
# Matters: matrices of minutes between places are kept by row number.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check geopandas==1.2.0 pyogrio==0.13.0 pandas==3.1.1 numpy==2.4.6 shapely==2.2.0 pyproj==3.7.2 pyarrow==26.0.1 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys

import geopandas as gpd
import pyogrio
import shapely

table = gpd.GeoDataFrame(
    {"place": range(12)}, geometry=[shapely.Point((i * 37) % 12, (i * 11) % 12) for i in range(12)], crs=25832
)
seen = {}
for kind in ("fgb", "gpkg"):
    table.to_file(f"a.{kind}")
    seen[kind] = gpd.read_file(f"a.{kind}")["place"].tolist()
table.to_parquet("a.parquet")
seen["parquet"] = gpd.read_parquet("a.parquet")["place"].tolist()
print("geopandas", gpd.__version__, "pyogrio", pyogrio.__version__, "GDAL", pyogrio.__gdal_version_string__)
print("expected: 0 to 11 in order from all three")
print("seen:", seen)
order = list(range(12))
if seen["gpkg"] != order or seen["parquet"] != order or seen["fgb"] == order or sorted(seen["fgb"]) != order:
    sys.exit("changed: the order is kept, or lost elsewhere")
PYTHON
