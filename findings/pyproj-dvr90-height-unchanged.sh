#!/usr/bin/env bash
# A height above the Danish mean sea (DVR90) transformed to a height above the ellipsoid (ETRS89) comes back unchanged,
# without error or warning: 10 m stays 10 m, 36 m wrong. The wheel brings no grid of the geoid, so PROJ falls back on a
# "ballpark" way; only_best=True gives infinity instead.
# Version: pyproj 3.7.2 (PROJ 9.5.1 in the wheel). Seen: 2026-11. Source: PROJ's pages on ballpark transformations.
# Matters: positions of vehicles (GPS, ellipsoid) beside the Danish height model (DVR90).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check pyproj==3.7.2 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
import warnings

import pyproj
from pyproj.exceptions import ProjError
from pyproj.transformer import TransformerGroup

pyproj.network.set_network_enabled(active=False)
with warnings.catch_warnings(record=True) as told:
    warnings.simplefilter("always")
    height = pyproj.Transformer.from_crs(7416, 4937).transform(670000, 6170000, 10.0)[2]
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    way = TransformerGroup(7416, 4937).transformers[0].description
try:
    best = pyproj.Transformer.from_crs(7416, 4937, only_best=True).transform(670000, 6170000, 10.0)[2]
except ProjError:
    best = "raises"
print("pyproj", pyproj.__version__, "PROJ", pyproj.proj_version_str)
print("expected: about 46 m, or an error")
print(f"seen: {height} m, {len(told)} warnings; only_best: {best}; way: {way}")
if height != 10.0 or told or "ballpark" not in way:
    sys.exit("changed: the height is transformed, or the lack is told")
PYTHON
