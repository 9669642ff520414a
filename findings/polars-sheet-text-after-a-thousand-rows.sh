#!/usr/bin/env bash
# A sheet's column whose first thousand rows are numbers loses every text below them: "2 + ledsager" in row 1,101 is null, without a warning.
# Asked to read the column as text, or with infer_schema_length=None, the text is there.
# Versions: polars 2.1.0, fastexcel 0.21.0. Seen: 2026-11. Source: polars' page on read_excel (infer_schema_length).
# Matters: a year of trips is thousands of rows, and remarks such as this stand in a few.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check polars==2.1.0 fastexcel==0.21.0 xlsxwriter==3.3.1 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import polars
import xlsxwriter

with xlsxwriter.Workbook("ture.xlsx") as book:
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["dag", "passagerer"])
    for row in range(1, 1201):
        sheet.write_row(row, 0, [row, "2 + ledsager" if row == 1100 else 1])
guessed = polars.read_excel("ture.xlsx")["passagerer"]
whole = polars.read_excel("ture.xlsx", infer_schema_length=None)["passagerer"]
print("polars", version("polars"), "fastexcel", version("fastexcel"))
print("expected: the text, or an error")
print(f"seen: {guessed[1099]!r} in a column of {guessed.dtype}, {guessed.null_count()} null; the whole column looked at: {whole[1099]!r}")
if guessed[1099] is not None or whole[1099] != "2 + ledsager":
    sys.exit("changed: text below the rows that were looked at is kept, or told")
PYTHON
