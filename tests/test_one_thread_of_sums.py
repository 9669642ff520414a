"""Linear algebra runs on one thread, whoever loads NumPy first: with two, sums round otherwise, and a machine's cores would show."""

import os
import subprocess
import sys

import pytest

TOLD = """
from threadpoolctl import threadpool_info
import scipy.linalg
pools = [pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"]
assert pools, "no linear algebra is loaded"
print(pools)
"""


@pytest.mark.parametrize(
    "first", ["import sim, numpy", "import numpy, sim", "import api, numpy", "import scipy.linalg, sim"]
)
def test_linear_algebra_has_one_thread(first: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", first + TOLD],
        env=os.environ | {"OPENBLAS_NUM_THREADS": "2", "MKL_NUM_THREADS": "2"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert set(done.stdout.split("[")[1].strip(" ]\n").split(", ")) == {"1"}, done.stdout
