#!/usr/bin/env bash
# price-parser reads "-24,50 kr." as 24.50, with the plain minus and with U+2212: a refund is a payment. And 0,125 kr and
# 0,125 are 125, as if a number could begin with a thousands mark after 0.
# Version: price-parser 0.5.1. Seen: 2026-11. Source: scrapinghub/price-parser issue 29, open since 2020; that a mark before
# three digits is of thousands is its guess (decimal_separator settles 0,125).
# Matters: a column of fares with refunds and a rate by the kilometre adds to something else.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check price-parser==0.5.1 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from decimal import Decimal
from importlib.metadata import version

from price_parser import Price

cases = {"24,50 kr.": ("24.50", "24.50"), "-24,50 kr.": ("-24.50", "24.50"), "\u221224,50 kr.": ("-24.50", "24.50"), "0,125 kr.": ("0.125", "125")}
print("price-parser", version("price-parser"))
seen = {text: Price.fromstring(text).amount for text in cases}
for text, (expected, _) in cases.items():
    print(f"expected: {text} is {expected}; seen: {seen[text]}")
if seen != {text: Decimal(found) for text, (_, found) in cases.items()}:
    sys.exit("changed: minus signs or thousandths are read otherwise now")
PYTHON
