#!/usr/bin/env bash
# Babel's parse_date for Danish takes 12-31-2024, which is no date in Danish order, as 31 December, so a column of
# American dates is read half turned round and half not, without an error; and "1. maj 2024" raises an IndexError.
# parse_time makes 08:05 of 8.5 (8,5 hours mistyped).
# Version: babel 2.19.0. Seen: 2026-11. Source: its page says that the locale's format is a hint.
# Matters: dates in files of trips decide the tariff year and the day type.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check babel==2.19.0 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from datetime import date, time

import babel
from babel.dates import parse_date, parse_time


def read(text):
    try:
        return parse_date(text, locale="da_DK")
    except (ValueError, IndexError) as error:
        return type(error).__name__


seen = [read(text) for text in ("05-06-2024", "12-31-2024", "1. maj 2024")] + [parse_time("8.5", locale="da_DK")]
print("babel", babel.__version__)
print("expected: 5 June; an error; 1 May; an error")
print("seen:", *map(str, seen))
if seen != [date(2024, 6, 5), date(2024, 12, 31), "IndexError", time(8, 5)]:
    sys.exit("changed: these are read otherwise now")
PYTHON
