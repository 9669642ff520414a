#!/usr/bin/env bash
# to_file("zone.kml") of geopandas does not write KML: it makes a FOLDER zone.kml with shapefiles in it, in UTM, and
# says nothing; read_file("zone.kml") reads it back as if all were well. Some other endings do choose their format.
# Version: geopandas 1.2.0, pyogrio 0.13.0. Seen: 2026-11.
# Source: geopandas' page on to_file: the driver is taken from the ending "if possible", else ESRI Shapefile.
# Matters: the zone is mailed to an operator for a map on the phone, and cannot be opened.
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
import shapely

zone = gpd.GeoDataFrame({"name": ["zone"]}, geometry=[shapely.box(670000, 6170000, 671000, 6171000)], crs=25832)
with warnings.catch_warnings(record=True) as told:
    warnings.simplefilter("always")
    zone.to_file("zone.kml")
    back = gpd.read_file("zone.kml")
path = Path("zone.kml")
inside = sorted(file.suffix for file in path.iterdir()) if path.is_dir() else "a file"
print("geopandas", gpd.__version__)
print("expected: a KML file in degrees, or an error")
print("seen:", inside, f"{back.crs}, {len(told)} warnings")
if ".shp" not in inside or back.crs.to_epsg() != 25832 or told:
    sys.exit("changed: KML is written, or the lack is told")
PYTHON
