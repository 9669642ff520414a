#!/usr/bin/env bash
# A row that was deleted in a shapefile's table stays in the file with a mark until the file is packed. pyshp skips the marked row but not its
# outline, so every later name stands beside the outline before its own; GDAL (pyogrio) skips both. Nothing is said.
# Versions: pyshp 3.1.6, pyogrio 0.13.0. Seen: 2026-11. Source: the shapefile's two parts belong together by row number, deleted ones
# counted (ESRI's description of 1998, dBASE's mark of deletion).
# Matters: zones that GIS staff have edited arrive unpacked; a town gets its neighbour's line.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check pyshp==3.1.6 pyogrio==0.13.0 shapely==2.2.0 numpy==2.4.6 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version
from pathlib import Path

import pyogrio
import shapefile
import shapely

with shapefile.Writer("zones", encoding="utf-8") as written:
    written.field("NAME", "C", 20)
    for place, name in enumerate(["Holbaek", "Jyderup", "Tolloese"]):
        written.poly([[[place, 0], [place, 1], [place + 1, 1], [place + 1, 0], [place, 0]]])
        written.record(name)
table = bytearray(Path("zones.dbf").read_bytes())
head, row = int.from_bytes(table[8:10], "little"), int.from_bytes(table[10:12], "little")
table[head + row] = ord("*")  # the second row is marked as deleted, as a GIS program marks it
Path("zones.dbf").write_bytes(table)

with shapefile.Reader("zones") as read:
    one = {each.record[0]: each.shape.bbox[0] for each in read.shapeRecords()}
_, _, shapes, (names,) = pyogrio.raw.read("zones.shp")
other = {name: shapely.from_wkb(shape).bounds[0] for name, shape in zip(names, shapes)}
print("pyshp", version("pyshp"), "pyogrio", version("pyogrio"))
print("expected: Holbaek from 0 and Tolloese from 2, its own outline")
print(f"seen: pyshp {one}, pyogrio {other}")
if one != {"Holbaek": 0, "Tolloese": 1} or other != {"Holbaek": 0, "Tolloese": 2}:
    sys.exit("changed: the deleted row is read another way now")
PYTHON
