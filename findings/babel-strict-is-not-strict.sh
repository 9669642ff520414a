#!/usr/bin/env bash
# parse_decimal(..., locale="da_DK", strict=True) of Babel refuses 1.23 (wrong grouping) but takes NaN, Infinity, 1e3,
# 1_000 and digits of other scripts; and it refuses the minus sign that Danish number formats print (U+2212).
# Version: babel 2.19.0. Seen: 2026-11. Source: its page says of strict only that odd groups are refused.
# Matters: a budget of NaN passes every test of the form "amount < limit"; a copied negative amount does not.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check babel==2.19.0 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys

import babel
from babel.numbers import NumberFormatError, parse_decimal


def read(text):
    try:
        return str(parse_decimal(text, locale="da_DK", strict=True))
    except NumberFormatError:
        return "refused"


known = {
    "1.234,50": "1234.50",
    "1.23": "refused",
    "NaN": "NaN",
    "Infinity": "Infinity",
    "1e3": "1E+3",
    "1_000": "1000",
    "\u0661": "1",
    "\u22125": "refused",
}
seen = {text: read(text) for text in known}
print("babel", babel.__version__)
print("expected: 1234.50 and -5; the rest refused")
print("seen:", seen)
if seen != known:
    sys.exit("changed: other texts are numbers now")
PYTHON
