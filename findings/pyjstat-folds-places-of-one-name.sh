#!/usr/bin/env bash
# pyjstat reads a JSON-stat table with the labels as row names and drops the codes. Two places of one name are then
# one: writing the table again gives a size of 1 x 2 with four values, which is no valid table; the file itself told
# the two apart by their codes.
# Version: pyjstat 2.4.0. Seen: 2026-11. Source: JSON-stat 2.0: the number of values is the product of size.
# Matters: towns and parishes share names; codes are what our own tables are joined by.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check pyjstat==2.4.0 pandas==3.1.1 numpy==2.4.6 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import json
import sys
import warnings
from importlib.metadata import version

from pyjstat import pyjstat

warnings.simplefilter("ignore")
table = {
    "version": "2.0",
    "class": "dataset",
    "label": "trips",
    "id": ["town", "time"],
    "size": [2, 2],
    "dimension": {
        "town": {"label": "town", "category": {"index": ["10", "20"], "label": {"10": "Nyborg", "20": "Nyborg"}}},
        "time": {"label": "time", "category": {"index": ["K1", "K2"], "label": {"K1": "2024K1", "K2": "2024K2"}}},
    },
    "value": [1, 2, 3, 4],
}
frame = pyjstat.Dataset.read(json.dumps(table)).write("dataframe")
again = json.loads(pyjstat.Dataset.read(frame).write())
print("pyjstat", version("pyjstat"))
print("expected: a size of 2 x 2 and the codes 10 and 20, or an error")
print("seen:", frame.columns.tolist(), "size", again["size"], "values", again["value"])
if again["size"] != [1, 2] or again["value"] != [1, 2, 3, 4]:
    sys.exit("changed: places of one name are kept apart, or refused")
PYTHON
