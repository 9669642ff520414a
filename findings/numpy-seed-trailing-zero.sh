#!/usr/bin/env bash
# A list of seeds that ends in 0 gives the same random numbers as the list without the 0 (numpy pads short lists
# with zeros), and a seed above 2**32 gives those of the list of its 32-bit words. So the streams "run 7" and
# "run 7, replication 0" are one stream, and (7, 0, 0, 0, 1) is the second child that seed 7 spawns.
# Version: numpy 2.4.6. Seen: 2026-11. Source: numpy issue 16539 and pull request 16551 (about spawned children).
# Matters: common random numbers are dealt out by lists such as (seed, municipality, replication); two streams that
# should be independent move together, and no test of one stream shows it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check numpy==2.4.6 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys

import numpy as np


def first(*words):
    return float(np.random.default_rng(list(words)).random())


child = float(np.random.default_rng(np.random.SeedSequence(7, spawn_key=(1,))).random())
same = {
    "(7, 316) and (7, 316, 0)": first(7, 316) == first(7, 316, 0),
    "(7, 0, 0, 0, 1) and the second child of 7": first(7, 0, 0, 0, 1) == child,
    "(2**32 + 5,) and (5, 1)": first(2**32 + 5) == first(5, 1),
}
print("numpy", np.__version__)
print("expected: six lists of seeds, six streams")
for pair, equal in same.items():
    print("seen:", pair, "are the same stream" if equal else "differ")
if not all(same.values()) or first(7, 316) == first(7, 316, 1):
    sys.exit("changed: these streams are no longer the same")
PYTHON
