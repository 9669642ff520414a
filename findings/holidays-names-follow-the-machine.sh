#!/usr/bin/env bash
# The names that the package holidays gives to Danish holidays follow the variable LANG of the machine: Juledag or
# Christmas Day, and with them every look-up by name. The dates are the same.
# Version: holidays 0.109. Seen: 2026-11. Source: none found that names LANG.
# Matters: a test or a season that goes by the name passes on one machine and fails on the next.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check holidays==0.109 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import os
import subprocess
import sys
from importlib.metadata import version

ask = "import holidays; print(holidays.country_holidays('DK', years=2024).get('2024-12-25'))"
seen = {}
for language in ("da_DK.UTF-8", "en_US.UTF-8"):
    kept = {name: value for name, value in os.environ.items() if name not in ("LANGUAGE", "LC_ALL", "LC_MESSAGES")}
    done = subprocess.run(
        [sys.executable, "-c", ask], env=kept | {"LANG": language}, capture_output=True, text=True, check=True
    )
    seen[language] = done.stdout.strip()
print("holidays", version("holidays"))
print("expected: one name")
print("seen:", seen)
if len(set(seen.values())) != 2:
    sys.exit("changed: the name no longer follows LANG")
PYTHON
