#!/usr/bin/env bash
# The UTM zone that geopandas estimates for a municipality follows its middle: Holbæk is EPSG:32632, its neighbour Roskilde 32633. Kilometres
# east of one origin and of another, 380 km apart, come out for two files of the same land; Danish maps use zone 32 for both.
# Versions: geopandas 1.2.0, pyproj 3.7.2. Seen: 2026-11. Source: geopandas' page on estimate_utm_crs; Danish maps: EPSG:25832, used west of 15 degrees.
# Matters: trips and zones of neighbouring municipalities are put together by easting and northing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check geopandas==1.2.0 pyproj==3.7.2 shapely==2.2.0 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys

import geopandas
from shapely.geometry import box

boxes = {"Holbæk": (11.40, 55.55, 11.95, 55.85), "Roskilde": (11.90, 55.50, 12.35, 55.75)}
areas = {name: geopandas.GeoSeries([box(*sides)], crs=4326) for name, sides in boxes.items()}
zones = {name: area.estimate_utm_crs().to_epsg() for name, area in areas.items()}
shared = geopandas.GeoSeries.from_xy([11.93], [55.65], crs=4326)
eastings = {name: round(shared.to_crs(zone).x[0]) for name, zone in zones.items()}
print("geopandas", geopandas.__version__)
print("expected: one zone for two municipalities that touch, 32632 (or 25832)")
print(f"seen: {zones}; a point in both boxes has the eastings {eastings}")
if zones != {"Holbæk": 32632, "Roskilde": 32633} or abs(eastings["Holbæk"] - eastings["Roskilde"]) < 300_000:
    sys.exit("changed: the two municipalities get the same zone")
PYTHON
