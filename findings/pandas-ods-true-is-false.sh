#!/usr/bin/env bash
# pandas (engine odf) decides a true/false cell of an .ods file by the word it shows, and only TRUE is true. A sheet
# saved by a Danish office program shows SAND and FALSK, so every cell comes back False. The value is written beside
# the word (office:boolean-value) and calamine reads that.
# Version: pandas 3.1.1 with odfpy 1.4.1, python-calamine 0.9.1. Seen: 2026-11.
# Source: pandas' reader compares the shown text; OpenDocument 1.3, attribute office:boolean-value.
# Matters: columns such as "kørestol" or "medrejsende" in a municipality's own sheet; all answers turn to no, silently.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check pandas==3.1.1 odfpy==1.4.1 python-calamine==0.9.1 >&2
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

import pandas as pd

write_ods(
    "a.ods",
    [
        f'<table:table-cell office:value-type="boolean" office:boolean-value="{value}"><text:p>{word}</text:p>'
        "</table:table-cell>"
        for value, word in (("true", "SAND"), ("false", "FALSK"), ("true", "TRUE"))
    ],
)
seen = {name: pd.read_excel("a.ods", header=None, engine=name).values.tolist()[0] for name in ("odf", "calamine")}
print("pandas", pd.__version__)
print("expected: [True, False, True] from both engines")
print("seen:", seen)
if seen != {"odf": [False, False, True], "calamine": [True, False, True]}:
    sys.exit("changed: the engines read these cells otherwise now")
PYTHON
