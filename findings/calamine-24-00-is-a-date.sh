#!/usr/bin/env bash
# A cell with 24:00 shown as hh:mm in an .xlsx file comes out of calamine as a date of the year 1900 (or 1904), while
# 23:59 is a time; 25:30 shown as [h]:mm is a length of time, but the same in an .ods file is the raw text PT25H30M00S.
# Version: python-calamine 0.9.1, xlsxwriter 3.3.1, pyexcel-ods3 0.6.1. Seen: 2026-11.
# Source: ECMA-376 part 1, 18.17.4 (dates are numbers of days); no word of it in calamine's own pages.
# Matters: service days end at 24:00 and later; closing times of duties are exactly such cells.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check python-calamine==0.9.1 xlsxwriter==3.3.1 pyexcel-ods3==0.6.1 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from datetime import date, datetime, time, timedelta
from importlib.metadata import version

import xlsxwriter
from pyexcel_ods3 import save_data
from python_calamine import CalamineWorkbook

seen = {}
for year in (1900, 1904):
    book = xlsxwriter.Workbook("a.xlsx", {"date_1904": year == 1904})
    sheet = book.add_worksheet()
    clock, length = book.add_format({"num_format": "hh:mm"}), book.add_format({"num_format": "[h]:mm"})
    sheet.write_number(0, 0, (23 * 60 + 59) / 1440, clock)
    sheet.write_number(0, 1, 1, clock)
    sheet.write_number(0, 2, 25.5 / 24, length)
    book.close()
    seen[year] = CalamineWorkbook.from_path("a.xlsx").get_sheet_by_index(0).to_python()[0]
save_data("a.ods", {"A": [[timedelta(hours=25, minutes=30)]]})
ods = CalamineWorkbook.from_path("a.ods").get_sheet_by_index(0).to_python()[0]
print("python-calamine", version("python-calamine"))
print("expected: a time, 24 hours, 25.5 hours; 25.5 hours in .ods too")
print("seen:", seen, "ods:", ods)
half = timedelta(hours=25, minutes=30)
good = all(
    row[0] == time(23, 59) and isinstance(row[1], (date, datetime)) and row[1].year == year and row[2] == half
    for year, row in seen.items()
)
if not good or ods != ["PT25H30M00S"]:
    sys.exit("changed: these cells are read otherwise now")
PYTHON
