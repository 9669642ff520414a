#!/usr/bin/env bash
# A GeoJSON file with the old member "crs" (EPSG:25832, as Danish plan data services send it) is in metres for GDAL,
# which honours it; geopandas' from_features and shapely drop it without a word, and the metres are taken for degrees.
# Version: geopandas 1.2.0, pyogrio 0.13.0 (GDAL 3.12.4), shapely 2.2.0. Seen: 2026-11.
# Source: RFC 7946, section 4 (the member is gone from the standard; GeoJSON is in degrees).
# Matters: the same file lies in Denmark or nowhere by the reader.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check geopandas==1.2.0 pyogrio==0.13.0 pandas==3.1.1 numpy==2.4.6 shapely==2.2.0 pyproj==3.7.2 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import json
import sys
import warnings
from pathlib import Path

import geopandas as gpd
import pyogrio
import shapely

plan = {
    "type": "FeatureCollection",
    "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::25832"}},
    "features": [
        {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [670000, 6170000]}}
    ],
}
Path("a.geojson").write_text(json.dumps(plan))
with warnings.catch_warnings(record=True) as told:
    warnings.simplefilter("always")
    by_gdal = gpd.read_file("a.geojson", engine="pyogrio").crs.to_epsg()
    by_features = gpd.GeoDataFrame.from_features(plan).crs
    by_shapely = shapely.get_srid(shapely.from_geojson(json.dumps(plan))).item()
print("geopandas", gpd.__version__, "pyogrio", pyogrio.__version__, "shapely", shapely.__version__)
print("expected: EPSG:25832 from all, or an error")
print(f"seen: GDAL {by_gdal}, from_features {by_features}, shapely {by_shapely}; {len(told)} warnings")
if (by_gdal, by_features, by_shapely) != (25832, None, 0) or told:
    sys.exit("changed: the member is treated otherwise now")
PYTHON
