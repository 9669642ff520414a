#!/usr/bin/env bash
# A footnote mark after an amount (1.234 and a raised 2) is read out of a PDF made by Typst as 1.2342: one more
# digit, by three readers. And a hyphen written before a number in running text comes out as U+2212, which Danish
# number readers refuse (Babel does).
# Version: typst 0.15.2, pypdf 7.1.1, pdfplumber 0.11.10, pdfminer.six 20260107, babel 2.19.0. Seen: 2026-11.
# Source: none found.
# Matters: whoever copies an amount from a decision paper into a sheet gets ten times as much, or text.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check typst==0.15.2 pypdf==7.1.1 pdfplumber==0.11.10 pdfminer.six==20260107 babel==2.19.0 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import re
import sys
from importlib.metadata import version
from pathlib import Path

import pdfplumber
import pypdf
import typst
from babel.numbers import NumberFormatError, parse_decimal
from pdfminer.high_level import extract_text

Path("a.typ").write_text('#set text(lang: "da")\nUdgift 1.234#super[2] kr., ændring -50 kr.\n', encoding="utf-8")
typst.compile("a.typ", output="a.pdf")
with pdfplumber.open("a.pdf") as file:
    texts = {"pdfplumber": file.pages[0].extract_text()}
texts["pypdf"] = pypdf.PdfReader("a.pdf").pages[0].extract_text()
texts["pdfminer"] = extract_text("a.pdf")
amounts = {name: re.search(r"Udgift\s+(\S+)", text).group(1) for name, text in texts.items()}
changes = {re.search(r"ændring\s+(\S+)", text).group(1) for text in texts.values()}
try:
    change = parse_decimal(min(changes), locale="da_DK", strict=True)
except NumberFormatError:
    change = "refused"
print(*(f"{name} {version(name)}" for name in ("typst", "pypdf", "pdfplumber", "pdfminer.six", "babel")))
print("expected: 1.234 with the mark set off, and -50")
print("seen:", amounts, changes, "Babel:", change)
if set(amounts.values()) != {"1.2342"} or changes != {"\u221250"} or change != "refused":
    sys.exit("changed: mark or minus are read otherwise now")
PYTHON
