#!/usr/bin/env bash
# A line break inside a cell of an .ods file (text:line-break, as one library writes it) is left out by
# calamine: two lines become one word. A second paragraph in the cell does become a line break.
# Version: python-calamine 0.9.1; written by pyexcel-ods3 0.6.1, which reads it right. Seen: 2026-11.
# Source: OpenDocument 1.3, element text:line-break.
# Matters: addresses and column heads of two lines ("Antal" over "ture") are matched by name; "Antalture" matches none.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check python-calamine==0.9.1 pyexcel-ods3==0.6.1 >&2
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
from python_calamine import CalamineWorkbook

write_ods(
    "a.ods",
    [
        '<table:table-cell office:value-type="string"><text:p>Antal<text:line-break/>ture</text:p></table:table-cell>',
        '<table:table-cell office:value-type="string"><text:p>Antal</text:p><text:p>ture</text:p></table:table-cell>',
    ],
)
seen = CalamineWorkbook.from_path("a.ods").get_sheet_by_index(0).to_python()[0]
other = get_data("a.ods")["A"][0]
print("python-calamine", version("python-calamine"), "pyexcel-ods3", version("pyexcel-ods3"))
print("expected: both cells hold a line break")
print("seen: calamine", seen, "pyexcel-ods3", other)
if seen != ["Antalture", "Antal\nture"] or other != ["Antal\nture"] * 2:
    sys.exit("changed: the line break is read now")
PYTHON
