#!/usr/bin/env bash
# A column of passengers that holds only 0 and 1 is a column of truth values: csvsort and csvjson write True and False in its place, csvstat has no mean of
# it, and the municipality 0316 beside it becomes 316. One row with 2 passengers, and it is numbers again.
# Versions: csvkit 2.2.0, agate 1.14.2. Seen: 2026-11. Source: agate's page on Boolean (its values include '1' and '0').
# Matters: a flextur list of a small place has one passenger in every row; -I switches the guessing off.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check csvkit==2.2.0 agate==1.14.2 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

rows = "dato,kommune,passagerer\n2026-05-05,0265,0\n2026-05-04,0316,1\n"
Path("ture.csv").write_text(rows)
Path("flere.csv").write_text(rows + "2026-05-06,0316,2\n")


def run(program: str, *told: str) -> str:
    command = [str(Path(sys.executable).parent / program), *told]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


one, more = (run("csvsort", "-c", "dato", file).splitlines()[1] for file in ("ture.csv", "flere.csv"))
print("csvkit", version("csvkit"), "agate", version("agate"))
print("expected: the rows in another order, 2026-05-04,0316,1 first")
print(f"seen: {one} first; with a row of two passengers {more}; mean: {run('csvstat', '--mean', '-c', 'passagerer', 'ture.csv')}")
if (one, more) != ("2026-05-04,316,True", "2026-05-04,316,1"):
    sys.exit("changed: passengers stay numbers")
PYTHON
