#!/usr/bin/env bash
# humanize in Danish calls both a milliard (10^9) and a billion (10^12) "billion", and a billiard "quadrillion": one
# word for two amounts, and 2 milliarder kr. is told as a thousand times what it is. In German and Swedish it is right.
# Version: humanize 4.17.0. Seen: 2026-11. Source: its da_DK catalogue, which keeps the English short scale; none found
# that says so.
# Matters: the yearly bill of public transport is in milliarder, and nobody checks a word.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check humanize==4.17.0 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import humanize

amounts = 2 * 10**9, 2 * 10**12
seen = {}
for locale in ("da_DK", "de_DE", "sv_SE"):
    humanize.i18n.activate(locale)
    seen[locale] = [humanize.intword(amount) for amount in amounts]
print("humanize", version("humanize"))
print("expected: 2*10^9 is 2 milliarder, 2*10^12 is 2 billioner")
for locale, words in seen.items():
    print("seen:", locale, *words, sep="  ")
if seen["da_DK"] != ["2.0 billioner"] * 2 or seen["de_DE"] != ["2,0 Milliarden", "2,0 Billionen"]:
    sys.exit("changed: the words for 10^9 and 10^12 are others now")
PYTHON
