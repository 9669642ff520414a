#!/usr/bin/env bash
# scipy's sobol_indices raises for a model that answers in whole numbers (trips, refusals): it subtracts the mean in
# place from an array of integers. The same model times 1.0 works.
# Version: scipy 1.17.1, numpy 2.4.6. Seen: 2026-11. Source: none found; the page asks for an array of outputs.
# Matters: most answers of a simulation of trips are counts.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check scipy==1.17.1 numpy==2.4.6 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys

import numpy as np
import scipy
from scipy.stats import sobol_indices, uniform


def trips(x):
    return (x[0] > 0.5).astype(int) + 2 * (x[1] > 0.3).astype(int)


def indices(model):
    try:
        return [round(float(s), 2) for s in sobol_indices(func=model, n=256, dists=[uniform()] * 2, rng=1).first_order]
    except TypeError as error:
        return f"{type(error).__name__}"


counts, decimals = indices(trips), indices(lambda x: 1.0 * trips(x))
print("scipy", scipy.__version__, "numpy", np.__version__)
print("expected: the same two indices")
print("seen: whole numbers", counts, "decimals", decimals)
if not isinstance(counts, str) or not isinstance(decimals, list):
    sys.exit("changed: whole numbers are taken now")
PYTHON
