#!/usr/bin/env bash
# SALib's "triang" wants low, high and the peak as a share of the way. Given low, most likely, high (0.05, 0.15, 0.25), as @RISK, numpy and
# OpenTURNS want it, it draws from 0.05 to 0.15 with the peak a quarter of the way, and says nothing: the mean is 0.09, not 0.15. A
# "unif" of three bounds (3, 9, 27) is drawn from 3 to 9; the third is not looked at.
# Version: SALib 1.6.0. Seen: 2026-11. Source: its guide gives the order; what is outside it is refused only where the third is above 1.
# Matters: shares lie below 1, so exactly those ranges pass.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check SALib==1.6.0 numpy==2.4.6 scipy==1.17.1 pandas==3.1.1 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

from SALib.sample import latin

names = ["share in town", "km"]
problem = {"num_vars": 2, "names": names, "bounds": [[0.05, 0.15, 0.25], [3, 9, 27]], "dists": ["triang", "unif"]}
drawn = latin.sample(problem, 10_000, seed=1)
(low, far_low), (high, far_high), (mean, _) = drawn.min(axis=0), drawn.max(axis=0), drawn.mean(axis=0)
print("SALib", version("SALib"))
print("expected: 0.05 to 0.25 around 0.15, and 3 to 27, or an error")
print(f"seen: {low:.2f} to {high:.2f} around {mean:.3f}, and {far_low:.1f} to {far_high:.1f}")
if high > 0.15 or not 0.088 < mean < 0.095 or far_high > 9:
    sys.exit("changed: three bounds are read another way now")
problem["bounds"][0] = [5, 15, 25]
try:
    latin.sample(problem, 10, seed=1)
except ValueError:
    print("the same range in per cent is refused")
else:
    sys.exit("changed: a peak above 1 is taken")
PYTHON
