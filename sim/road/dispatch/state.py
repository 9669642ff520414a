"""What the planner and the clock work on, in one record that compiled code hands on."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.road.dispatch.gaps import Gaps
from sim.road.dispatch.travel import Where


class State(NamedTuple):
    """The plan of the days in view, the requests, and what has happened.

    Python hands the arrays to compiled code one by one and the record is made there: handed over as such it would cost twice.

    Attributes
    ----------
    stops, status : see `sim.road.dispatch.plan.Plan`
    requests : int64 (rows, ROW_FIELDS)
    log : see `sim.road.kernel.log`
    where : see `sim.road.dispatch.travel`
    gaps : the lists that tell which vehicles need looking at
    """

    stops: NDArray[np.int64]
    status: NDArray[np.int64]
    requests: NDArray[np.int64]
    log: NDArray[np.int64]
    where: Where
    gaps: Gaps
