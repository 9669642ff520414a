#!/usr/bin/env bash
# A duty of 25:30 in a cell of the format [h]:mm is 01:30:00, a day shorter; the end of a shift at 24:00 is 00:00:00. xlsx2csv writes the first as 1.0625,
# days, in a file whose other times are hours and minutes.
# Versions: pylightxl 1.61, xlsx2csv 0.8.6. Seen: 2026-11. Source: ECMA-376 part 1, 18.8.31 ([h] counts hours beyond a day).
# Matters: hours of drivers and vehicles are summed in such cells; each sum above 24 hours comes out wrong, the smaller ones right.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check pylightxl==1.61 xlsx2csv==0.8.6 xlsxwriter==3.3.1 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import io
import sys
from importlib.metadata import version

import pylightxl
import xlsxwriter
from xlsx2csv import Xlsx2csv

with xlsxwriter.Workbook("vagter.xlsx") as book:
    sheet = book.add_worksheet()
    for column, (hours, shown) in enumerate([(7.5, "[h]:mm"), (25.5, "[h]:mm"), (24.0, "hh:mm")]):
        sheet.write(0, column, hours / 24, book.add_format({"num_format": shown}))
[read] = pylightxl.readxl("vagter.xlsx").ws("Sheet1").rows
text = io.StringIO()
Xlsx2csv("vagter.xlsx").convert(text)
print("pylightxl", version("pylightxl"), "xlsx2csv", version("xlsx2csv"))
print("expected: 7:30, 25:30 and 24:00, as the sheet shows them")
print(f"seen: {read}; xlsx2csv: {text.getvalue().strip()}")
if read != ["07:30:00", "01:30:00", "00:00:00"] or "1.0625" not in text.getvalue():
    sys.exit("changed: hours beyond a day are kept")
PYTHON
