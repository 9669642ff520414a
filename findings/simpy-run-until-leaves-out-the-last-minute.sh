#!/usr/bin/env bash
# simpy's run(until=1440) does not run what happens at 1440: the end is put before all else of that instant. A day that is run as
# run(until=1440), run(until=2880) has the event of midnight in the second day; one that is run once and stopped has lost it.
# Version: simpy 4.1.2. Seen: 2026-11. Source: simpy's Environment.run, which schedules the end with the priority URGENT.
# Matters: counts by day or month of simulated arrivals; the last tick of a clock, a duty that ends on the hour, is missing.
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


def ticks(*ends):
    env, seen, counts = simpy.Environment(), [], []

    def clock():
        while True:
            yield env.timeout(1)
            seen.append(env.now)

    env.process(clock())
    for end in ends:
        env.run(until=end)
        counts.append(len(seen) - sum(counts))
    return counts


once, twice = ticks(24), ticks(24, 48)
print("simpy", version("simpy"))
print("expected: a clock that ticks each hour has ticked 24 times when run until 24")
print("seen:", once[0], "times; until 24 and then until 48:", *twice)
if once != [23] or twice != [23, 24]:
    sys.exit("changed: what happens at the end is run now")
PYTHON
