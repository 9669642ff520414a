#!/usr/bin/env bash
# Babel rounds a half to the even digit: 0.125 kr is written 0,12 in Danish and 0.375 is 0,38; 2.5 trips are 2 and 3.5 are 4. A
# sheet (Excel, LibreOffice) shows 0,13, 0,38, 3 and 4 of the same cells.
# Version: babel 2.19.0. Seen: 2026-11. Source: babel.numbers, which formats in a decimal context of ROUND_HALF_EVEN.
# Matters: amounts of half oere are common where a fare is shared or a percent taken; page and sheet then differ by one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check babel==2.19.0 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from decimal import Decimal
from importlib.metadata import version

from babel.numbers import format_decimal

cases = {"0.125": ("#,##0.00", "0,13", "0,12"), "0.375": ("#,##0.00", "0,38", "0,38"), "2.5": ("#,##0", "3", "2"), "3.5": ("#,##0", "4", "4")}
seen = {text: format_decimal(Decimal(text), pattern, locale="da_DK") for text, (pattern, _, _) in cases.items()}
print("babel", version("babel"))
for text, (_, sheet, _) in cases.items():
    print(f"expected: {text} is {sheet}, as a sheet shows it; seen: {seen[text]}")
if seen != {text: found for text, (_, _, found) in cases.items()}:
    sys.exit("changed: halves are rounded another way")
PYTHON
