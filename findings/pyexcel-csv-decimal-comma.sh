#!/usr/bin/env bash
# pyexcel takes the decimal comma of a .csv file for a thousands mark wherever it stands: 1,5 is 15, 24,50 is 2450 and
# 1,25 is 125, without a word, also in a file that is separated by semicolons. In the same column 1.234,50 and 0,125
# stay text.
# Version: pyexcel 0.7.6 with pyexcel-io 0.6.8. Seen: 2026-11. Source: pyexcel_io.service.detect_int_value and
# detect_float_value; auto_detect_int=False and auto_detect_float=False keep the text.
# Matters: this is how Danish sheets write .csv; kilometres and prices come in ten or a hundred times too large.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check pyexcel==0.7.6 pyexcel-io==0.6.8 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version
from pathlib import Path

import pyexcel

Path("a.csv").write_text("sted;km;pris\nA;1,5;24,50\nB;1,25;1.234,50\nC;0,125;2\n")
seen = pyexcel.get_array(file_name="a.csv", delimiter=";")[1:]
print("pyexcel", version("pyexcel"), "pyexcel-io", version("pyexcel-io"))
print("expected: 1,5 and 24,50 are 1.5 and 24.5, or stay text")
print("seen:", *seen)
if seen != [["A", 15, 2450], ["B", 125, "1.234,50"], ["C", "0,125", 2]]:
    sys.exit("changed: a decimal comma is read otherwise now")
PYTHON
