#!/usr/bin/env bash
# A simpy process that is interrupted while it waits for a Resource stays in the line: its request is met all the same and is
# never given back, so that everybody after it waits for ever. Only a request that is cancelled, or made in a with statement, is gone.
# Version: simpy 4.1.2. Seen: 2026-11. Source: simpy's guide on shared resources, which shows the with statement.
# Matters: riders who give up waiting are the usual use of interrupt; the vehicle is then driven by a rider who has left, and the
# run ends quietly with fewer trips.
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


def run(give_back):
    env, driven = simpy.Environment(), []
    vehicle = simpy.Resource(env, 1)

    def first():
        with vehicle.request() as asked:
            yield asked
            yield env.timeout(5)

    def impatient():
        asked = vehicle.request()
        try:
            yield asked
        except simpy.Interrupt:
            if give_back:
                asked.cancel()

    def last():
        yield env.timeout(2)
        with vehicle.request() as asked:
            yield asked
            driven.append(env.now)

    def clock(process):
        yield env.timeout(1)
        process.interrupt()

    env.process(first())
    waiting = env.process(impatient())
    env.process(last())
    env.process(clock(waiting))
    env.run(until=1000)
    return driven


left, cancelled = run(give_back=False), run(give_back=True)
print("simpy", version("simpy"))
print("expected: the last rider is driven at minute 5, when the first is done; the second has gone")
print("seen: driven at", left or "never", "- with the request cancelled at", cancelled)
if left or cancelled != [5]:
    sys.exit("changed: an interrupted process no longer keeps its place")
PYTHON
