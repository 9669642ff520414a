#!/usr/bin/env bash
# The same `where` asks differently of each format, and = and LIKE change places. In GeoJSON, Shapefile, FlatGeobuf, MapInfo,
# GML and KML = takes no notice of capitals (except of Ø) and LIKE does; in GeoPackage and SQLite = does and LIKE does not.
# Version: pyogrio 0.13.0 (GDAL inside). Seen: 2026-11. Source: GDAL's OGR SQL says = ignores case; GeoPackage is asked in
# SQLite's own. No single page sets them beside each other.
# Matters: a filter on a name or product, right on the municipality's GeoPackage, gives other rows of the same data as GeoJSON.
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
import pyogrio

names = ["Greve", "GREVE", "greve", "Køge", "KØGE"]
rows = geopandas.GeoDataFrame({"navn": names}, geometry=geopandas.points_from_xy(range(5), range(5)), crs=25832)
seen = {}
for end in ("gpkg", "geojson", "shp"):
    pyogrio.write_dataframe(rows, f"a.{end}")
    asked = [f"navn {how} '{name}'" for how in ("=", "LIKE") for name in ("greve", "køge")]
    seen[end] = [pyogrio.read_dataframe(f"a.{end}", where=where, read_geometry=False)["navn"].tolist() for where in asked]
print("pyogrio", version("pyogrio"))
print("expected: the same rows from each format:", *asked, sep="  ")
for end, found in seen.items():
    print("seen:", end, *found, sep="  ")
every = ["Greve", "GREVE", "greve"]
other = [every, ["Køge"], ["greve"], []]
if seen != {"gpkg": [["greve"], [], every, ["Køge", "KØGE"]], "geojson": other, "shp": other}:
    sys.exit("changed: capitals are taken otherwise now")
PYTHON
