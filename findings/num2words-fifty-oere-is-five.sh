#!/usr/bin/env bash
# num2words in Danish loses the last zero of an amount: 24.50 kr is "fireogtyve kr og fem øre", the same words as
# 24.05 kr, and 12.90 is "ni øre". English and Norwegian in the same library say fifty.
# Version: num2words 0.5.14. Seen: 2026-11. Source: its module lang_DA, which takes the digits after the point of a
# float as a whole number; none found that says so.
# Matters: amounts in words stand on bills and letters, and half kroner are the commonest part of a krone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check num2words==0.5.14 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

from num2words import num2words

seen = {lang: [num2words(amount, lang=lang, to="currency") for amount in (24.05, 24.5)] for lang in ("da", "no")}
print("num2words", version("num2words"))
print("expected: 24.5 kr is 24 kr and halvtreds øre")
for lang, words in seen.items():
    print("seen:", lang, "24.05 is", words[0] + ", 24.5 is", words[1])
if seen["da"] != ["fireogtyve kr og fem øre"] * 2 or not seen["no"][1].endswith("femti øre"):
    sys.exit("changed: half a krone is said otherwise now")
PYTHON
