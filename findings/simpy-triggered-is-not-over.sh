#!/usr/bin/env bash
# A simpy timeout is "triggered" from the moment it is made: triggered says that it has its place in the future, not that its time
# has come; that is processed.
# Version: simpy 4.1.2. Seen: 2026-11. Source: simpy's reference on Event.triggered and Timeout.
# Matters: "if pickup.triggered" beside "if patience.triggered", after waiting for whichever comes first, is true for the patience
# that has minutes left: every rider gives up.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check simpy==4.1.2 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import simpy

env, seen = simpy.Environment(), {}


def rider():
    car, patience = env.timeout(3), env.timeout(20)
    seen["before anything"] = patience.triggered
    yield car | patience
    seen["when the car has come, at 3"] = patience.triggered
    seen["processed"] = patience.processed


env.process(rider())
env.run()
print("simpy", version("simpy"))
print("expected: a patience of 20 minutes is not triggered when the car comes after 3")
for when, triggered in seen.items():
    print("seen:", when, triggered)
if seen != {"before anything": True, "when the car has come, at 3": True, "processed": False}:
    sys.exit("changed: a timeout is triggered when its time has come")
PYTHON
