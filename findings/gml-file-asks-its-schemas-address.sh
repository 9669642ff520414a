#!/usr/bin/env bash
# Reading a GML file from the disk, in the layout that a WFS gives, calls the address that the file names as its schema
# (DescribeFeatureType), without a word and with no option that asked for it. GML_DOWNLOAD_SCHEMA=NO stops it. KML with a
# NetworkLink to an address calls nobody.
# Version: pyogrio 0.13.0 (GDAL 3.12.4). Seen: 2026-11. Source: GDAL's page on the GML driver has the option, and that it is on.
# Matters: zones that a citizen or consultant sends make the office's server call an address of the sender's choice.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check pyogrio==0.13.0 numpy==2.4.6 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

calls = []
server = socket.create_server(("127.0.0.1", 0))
address = f"http://127.0.0.1:{server.getsockname()[1]}"


def listen():
    while True:
        caller, _ = server.accept()
        with caller:
            calls.append(caller.recv(200).split(b" ")[:2])
            caller.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


threading.Thread(target=listen, daemon=True).start()
Path("zones.gml").write_text(
    '<wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:x="http://x.example" xmlns:gml="http://www.opengis.net/gml"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    f' xsi:schemaLocation="http://x.example {address}/wfs?service=WFS&amp;version=2.0.0&amp;request=DescribeFeatureType'
    '&amp;typeName=x:zone"><wfs:member><x:zone><x:name>A</x:name><x:g>'
    "<gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>0 0 0 1 1 1 0 0</gml:posList></gml:LinearRing></gml:exterior>"
    "</gml:Polygon></x:g></x:zone></wfs:member></wfs:FeatureCollection>"
)
Path("zones.kml").write_text(
    '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><NetworkLink><name>x</name><Link>'
    f"<href>{address}/more.kml</href></Link></NetworkLink><Placemark><name>A</name><Polygon><outerBoundaryIs><LinearRing>"
    "<coordinates>0,0 0,1 1,1 0,0</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></Document></kml>"
)
seen = {}
for name, file, options in (("gml", "zones.gml", {}), ("gml, NO", "zones.gml", {"GML_DOWNLOAD_SCHEMA": "NO"}), ("kml", "zones.kml", {})):
    before = len(calls)
    read = f"import pyogrio; print(len(pyogrio.raw.read('{file}')[2]))"
    done = subprocess.run([sys.executable, "-c", read], env={**os.environ, **options}, capture_output=True, text=True, check=True)
    seen[name] = (int(done.stdout), len(calls) > before)
import pyogrio

print("pyogrio", pyogrio.__version__, "GDAL", pyogrio.__gdal_version_string__)
print("expected: one zone from each file, and nobody called")
print("seen (zones, called):", seen)
if seen != {"gml": (1, True), "gml, NO": (1, False), "kml": (1, False)}:
    sys.exit("changed: other files call now")
PYTHON
