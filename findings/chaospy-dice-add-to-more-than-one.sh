#!/usr/bin/env bash
# chaospy's DiscreteUniform(1, 6) is a die whose six sides each have density 0.2: they add to 1.2. Its distribution
# function, mean and samples are right (a sixth each); Binomial adds to 1.
# Version: chaospy 4.3.21. Seen: 2026-11. Source: the class discrete_uniform, whose density divides by upper - lower; none
# found that says so.
# Matters: weights and likelihoods of counts (riders of a group, vehicles) are a fifth too heavy, while every sample looks well.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check chaospy==4.3.21 numpy==2.4.6 scipy==1.17.1 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import chaospy

die, counts = chaospy.DiscreteUniform(1, 6), chaospy.Binomial(3, 0.5)
seen = round(float(die.pdf(range(1, 7)).sum()), 6), round(float(die.cdf(1)), 6), round(float(counts.pdf(range(4)).sum()), 6)
print("chaospy", version("chaospy"))
print("expected: the densities add to 1, as the distribution function's first step is 1/6; seen: sum", seen[0], "first step", seen[1])
print("expected: those of Binomial(3, 0.5) add to 1; seen:", seen[2])
if seen != (1.2, 0.166667, 1):
    sys.exit("changed: the density of a discrete uniform is another now")
PYTHON
