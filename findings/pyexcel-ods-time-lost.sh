#!/usr/bin/env bash
# pyexcel-ods3 reads a length of time below zero, or one with parts of a second, as an empty cell, and an amount in
# kroner (a currency cell) as the text "1234.5 DKK" although the number stands in the file.
# Version: pyexcel-ods3 0.6.1. Seen: 2026-11. Source: OpenDocument 1.3, attribute office:time-value (a
# duration, and a duration may be negative) and the value type currency.
# Matters: a column of delays is negative when the car is early; those cells count as not filled in, and what is left
# is a mean of the late ones.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check pyexcel-ods3==0.6.1 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import zipfile

SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
)
KIND = "application/vnd.oasis.opendocument.spreadsheet"


def write_ods(path, cells):
    manifest = (
        '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" m:version="1.2">'
        f'<m:file-entry m:full-path="/" m:media-type="{KIND}"/>'
        '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>'
    )
    content = (
        f'<office:document-content {SPACES} office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="A"><table:table-row>{"".join(cells)}</table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mimetype", KIND)
        file.writestr("META-INF/manifest.xml", manifest)
        file.writestr("content.xml", content)


import sys
from importlib.metadata import version

from pyexcel_ods3 import get_data


def cell(attributes, shown):
    return f"<table:table-cell {attributes}><text:p>{shown}</text:p></table:table-cell>"


time = 'office:value-type="time" office:time-value='
cells = {
    "half an hour early": cell(time + '"-PT00H30M00S"', "-00:30"),
    "half a second past 8:05": cell(time + '"PT08H05M00.500000000S"', "08:05"),
    "1.234,50 kr.": cell('office:value-type="currency" office:currency="DKK" office:value="1234.5"', "1.234,50 kr."),
}
seen = {}
for name, one in cells.items():
    write_ods("a.ods", [one])
    seen[name] = get_data("a.ods")["A"][0]
print("pyexcel-ods3", version("pyexcel-ods3"))
print("expected: a negative time, a time, the number 1234.5")
print("seen:", seen)
if list(seen.values()) != [[], [], ["1234.5 DKK"]]:
    sys.exit("changed: these cells are read otherwise now")
PYTHON
