#!/usr/bin/env bash
# calamine gives the same empty text for a cell that failed (#DIV/0!, #N/A), for an empty cell and for a formula
# without a kept result; and rows that a filter has hidden come among the others, with no word of it.
# Version: python-calamine 0.9.1 (files by openpyxl 3.1.5). Seen: 2026-11. Source: none found in its pages.
# Matters: a failed amount in a budget counts as "not filled in", and a sum over the shown rows is not what the officer
# saw on the screen. openpyxl tells all of these apart.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check python-calamine==0.9.1 openpyxl==3.1.5 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import openpyxl
from python_calamine import CalamineWorkbook

book = openpyxl.Workbook()
sheet = book.active
sheet.append(["#DIV/0!", "#N/A", "=1+1", None, 1])
sheet.append([2, 2, 2, 2, 2])
sheet.cell(1, 1).data_type = sheet.cell(1, 2).data_type = "e"
sheet.row_dimensions[2].hidden = True
book.save("a.xlsx")
rows = CalamineWorkbook.from_path("a.xlsx").get_sheet_by_index(0).to_python()
kept = [cell.value for cell in openpyxl.load_workbook("a.xlsx").active[1]]
print("python-calamine", version("python-calamine"), "openpyxl", version("openpyxl"))
print("expected: errors, a formula, an empty cell and a hidden row that can be told apart")
print("seen: calamine", rows, "openpyxl", kept)
if rows != [["", "", "", "", 1.0], [2.0] * 5] or kept != ["#DIV/0!", "#N/A", "=1+1", None, 1]:
    sys.exit("changed: these cells are told apart now")
PYTHON
