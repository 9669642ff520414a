#!/usr/bin/env bash
# Ciw's get_all_records has those who were served before the end. In a queue that grows, those who wait longest are not served by
# then, and the mean wait of the records is far below that of who came: half as long here.
# Version: ciw 3.2.7. Seen: 2026-11. Source: Simulation.get_all_records, whose include_incomplete is off unless asked for, and gives no waits.
# Matters: a service with too few vehicles is judged by the waits of those who got one; refusals and long waits are what is not there.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check ciw==3.2.7 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import ciw

network = ciw.create_network(
    arrival_distributions=[ciw.dists.Deterministic(1)],
    service_distributions=[ciw.dists.Deterministic(2)],
    number_of_servers=[1],
)
simulation = ciw.Simulation(network)
simulation.simulate_until_max_time(100)
served = simulation.get_all_records()
mean = sum(record.waiting_time for record in served) / len(served)
# The n-th of 99 arrivals, one a minute, is served after the 2 minutes of each before it: it waits n - 1 minutes.
by_hand = sum(range(99)) / 99
print("ciw", version("ciw"))
print(f"expected: 99 arrivals, who wait {by_hand:.0f} minutes on average")
print(f"seen: {len(served)} records, {mean:.0f} minutes on average")
if (len(served), round(mean)) != (49, 24):
    sys.exit("changed: the records have those who are still waiting")
PYTHON
