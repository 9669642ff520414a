#!/usr/bin/env bash
# Five runs of a salabim model in one program are one run five times: each Environment() starts Python's own random numbers
# at 1234567 again, so a mean of runs has no spread, and what else the program draws (sampled riders, say) repeats too.
# Version: salabim 26.0.9. Seen: 2026-11. Source: its documentation of Environment, random_seed: None (the default) is
# 1234567; "*" draws anew. simpy and ciw leave random alone.
# Matters: replications are made by making the model again; the interval of their mean has no width and nothing looks wrong.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check salabim==26.0.9 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import random
import sys
from importlib.metadata import version

import salabim

salabim.yieldless(False)


def waiting():
    class Rider(salabim.Component):
        def process(self):
            yield self.request(vehicle)
            yield self.hold(salabim.Exponential(4)())

    env = salabim.Environment()
    vehicle = salabim.Resource("vehicle")
    salabim.ComponentGenerator(Rider, iat=salabim.Exponential(5))
    env.run(till=500)
    return round(vehicle.requesters().length_of_stay.mean(), 3)


print("salabim", version("salabim"))
random.seed(7)
untouched = random.random()
random.seed(7)
runs = [waiting() for _ in range(5)]
salabim.Environment()
after = random.random()
salabim.Environment()
again = random.random()
print("expected: five mean waits; seen:", *runs)
print("expected: Python's own numbers go on from seed 7; seen: started again by each environment:", after == again != untouched)
if len(set(runs)) != 1 or not after == again != untouched:
    sys.exit("changed: runs of one program differ now")
PYTHON
