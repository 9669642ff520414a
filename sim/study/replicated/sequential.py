"""When to stop replicating: the chance in the change of net cost is small enough, and stays so."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CONFIDENCE = 0.95
CHANGE_SHARE = 0.05
NET_SHARE = 0.005
STEADY = 5
"""How many more replications the criterion must hold for before it is believed."""


@dataclass(frozen=True)
class Precision:
    """How precise the change in net cost is, by chance alone.

    ``half_width_oere`` is the half-width of the 95 % t interval of the mean change (of net cost itself when there
    is only one option), ``allowed_oere`` what was asked for, both for the option that misses by most or comes nearest.
    """

    replications: int
    reached: bool
    half_width_oere: float
    allowed_oere: float


def half_width(samples: NDArray[np.float64]) -> float:
    """Return the half-width of the t interval of the mean; 0 when all samples are equal, infinite for fewer than two."""
    from scipy.special import stdtrit

    n = len(samples)
    if n < 2:
        return math.inf
    deviation = float(np.std(samples, ddof=1))
    return float(stdtrit(n - 1, (1 + CONFIDENCE) / 2)) * deviation / math.sqrt(n)


def precision(net_cost: NDArray[np.int64]) -> Precision:
    """Return the precision reached by these replications.

    Parameters
    ----------
    net_cost : int64 (replications, options), oere, the first option being the one compared with
    """
    net = net_cost.astype(np.float64)
    base = abs(float(net[:, 0].mean()))
    worst = Precision(len(net), True, 0.0, NET_SHARE * base)
    columns = (net[:, 1:] - net[:, :1]).T if net.shape[1] > 1 else net.T
    for samples in columns:
        width = half_width(samples)
        change = abs(float(samples.mean())) if net.shape[1] > 1 else 0.0
        allowed = max(CHANGE_SHARE * change, NET_SHARE * base)
        if width - allowed > worst.half_width_oere - worst.allowed_oere or worst.half_width_oere == 0.0:
            worst = Precision(len(net), width <= allowed, width, allowed)
    return worst


def stopping_point(net_cost: NDArray[np.int64], minimum: int, cap: int) -> int | None:
    """Return the number of replications to use, None while more are needed.

    The first n (at least ``minimum``) for which the criterion holds at n, n + 1, ... n + 5; all of those are used.
    At ``cap`` it stops whatever was reached. Only the order of the replications counts, not when they finished.
    """
    done = len(net_cost)
    holding = 0
    for n in range(minimum, min(done, cap) + 1):
        holding = holding + 1 if precision(net_cost[:n]).reached else 0
        if holding > STEADY:
            return n
        if n == cap:
            return cap
    return None
