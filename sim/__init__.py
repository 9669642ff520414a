"""The simulation, in rooms that stand on each other.

From the ground: words, geography, inputs, riders, road, study, estimate, answer, telling, batch, desk, evidence. Each uses only those
named before it; docs/developing.md says what is in them.
"""

import os
import sys

# One thread for linear algebra. Sums that two threads take apart round otherwise than one thread's, so that a machine's cores
# would show in the figures' last bits; and each of several processes would want all cores.
for _threads in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ[_threads] = "1"
if "numpy" in sys.modules:  # loaded before, so that it has read the environment already
    from threadpoolctl import threadpool_limits

    threadpool_limits(1, "blas")
