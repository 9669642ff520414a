#!/usr/bin/env bash
# A vehicle's receiver that has no fix says so (status V, empty fields); pynmea2 gives latitude 0.0 and longitude 0.0 for it, a place off
# Africa, while pynmeagps gives empty texts for the same line. The hemisphere is 'not there', the position is. Speed over ground is
# in knots in both, without a unit.
# Versions: pynmea2 1.19.0, pynmeagps 1.1.8. Seen: 2026-11. Source: NMEA 0183's RMC and GGA; is_valid tells, where it is asked.
# Matters: one line in a garage moves a vehicle's day by 6,000 km and back.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check pynmea2==1.19.0 pynmeagps==1.1.8 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from functools import reduce
from importlib.metadata import version

import pynmea2
from pynmeagps import NMEAReader


def line(body):
    return f"${body}*{reduce(lambda sum_, letter: sum_ ^ ord(letter), body, 0):02X}"


lost = [line("GPRMC,081500.00,V,,,,,,,011124,,,N"), line("GPGGA,081500,,,,,0,00,99.99,,,,,,")]
found = line("GPRMC,081530.00,A,5543.0,N,01142.0,E,027.0,084.4,011124,,,A")
one = [(read.latitude, read.longitude, read.is_valid) for read in map(pynmea2.parse, lost)]
other = [(read.lat, read.lon) for read in (NMEAReader.parse(text.encode() + b"\r\n") for text in lost)]
place = pynmea2.parse(found)
print("pynmea2", version("pynmea2"), "pynmeagps", version("pynmeagps"))
print("expected: no position where there is none")
print(f"seen: pynmea2 {one}, pynmeagps {other}; with a fix {place.latitude:.4f} {place.longitude:.4f} at {place.spd_over_grnd} (knots)")
if one != [(0.0, 0.0, False)] * 2 or other != [("", "")] * 2:
    sys.exit("changed: a line without a fix is read another way now")
if abs(place.latitude - 55.71667) > 1e-4 or place.spd_over_grnd != 27.0:
    sys.exit("changed: a line with a fix is read another way now")
PYTHON
