"""The 80 % interval of an estimate: the parameter draws, and how far the closed form itself has been off."""

from collections.abc import Sequence
from statistics import NormalDist

import numpy as np

from sim.inputs.chance.quantiles import HIGH, MIDDLES, interval, quantiles
from sim.study.replicated.figures import Figure


def estimated(middle: float, drawn: Sequence[float], error: float = 0.0) -> Figure:
    """Return the figure of one quantity: its estimate, and where it lies with 80 % in all.

    Parameters
    ----------
    middle : the estimate under central assumptions
    drawn : the estimates under the parameter draws, stratified samples
    error : standard deviation of simulated over estimated, as a share; 0 for what the closed form sums up exactly
    """
    low, high = parameters = interval(drawn)
    ends = sorted((middle * (1 + NINETY * error), middle * (1 - NINETY * error)))
    if error:
        low, high = interval(np.outer(quantiles(drawn, MIDDLES, "stratified"), 1 + error * NORMAL))
    return Figure(middle, min(low, middle), max(high, middle), (ends[0], ends[1]), parameters)


NORMAL = np.array([NormalDist().inv_cdf(u) for u in MIDDLES])
NINETY = NormalDist().inv_cdf(HIGH)


def relative(percent: float, size: float, of: float) -> float:
    """Return the error of a quantity as a share of it, given in percent of another ``size``: fares have none, so the operator's
    payment is off by as many kroner as the net cost."""
    return percent / 100 * abs(size / of) if of else 0.0
