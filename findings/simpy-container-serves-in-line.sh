#!/usr/bin/env bash
# A simpy Container gives in the order of asking: who asks for 1 of the 3 that are there waits behind one who asked for 5,
# for ever when nobody fills up. simpy's FilterStore passes over who cannot be served; Container, Store and Resource do not.
# Version: simpy 4.1.2. Seen: 2026-11. Source: simpy's class BaseResource, which stops at the first request it cannot meet.
# Matters: seats in a car, charging power or a driver's minutes modelled as a Container: a group of five blocks single riders,
# and occupancy and waiting come out wrong without an error.
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


def run(kind):
    env, served = simpy.Environment(), []
    if kind == "container":
        seats = simpy.Container(env, capacity=8, init=3)
        wishes = [("five", seats.get, (5,)), ("one", seats.get, (1,))]
    else:
        seats = simpy.FilterStore(env)
        seats.items = [1, 2, 3]
        wishes = [("five", seats.get, (lambda seat: seat == 5,)), ("one", seats.get, (lambda seat: seat == 1,))]

    def rider(name, ask, what):
        yield ask(*what)
        served.append(name)

    for name, ask, what in wishes:
        env.process(rider(name, ask, what))
    env.run(until=1000)
    return served


print("simpy", version("simpy"))
print("expected: the one who asks for 1 of 3 is served")
seen = {kind: run(kind) for kind in ("container", "filter store")}
for kind, served in seen.items():
    print("seen:", kind, "served", served or "nobody")
if seen != {"container": [], "filter store": ["one"]}:
    sys.exit("changed: a container passes over who cannot be served now, or a filter store does not")
PYTHON
