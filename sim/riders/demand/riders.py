"""Who rides: age, aids, and how they book."""

import numpy as np
from numpy.typing import NDArray

from sim.inputs.assumptions import Assumptions
from sim.riders.demand.requests import FIRST_OLDER_BAND


def ages(assumptions: Assumptions, uniform: NDArray[np.float64], in_town: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return age bands; older people are likelier in town, the shares of the whole staying as they are."""
    shares = np.array(assumptions.profile("age_shares"))
    older = shares[FIRST_OLDER_BAND:].sum()
    in_towns, elsewhere = older_shares(assumptions, in_town.mean() if len(in_town) else 0.0)
    older_share = np.where(in_town, in_towns, elsewhere)
    is_older = uniform < older_share
    within = np.where(is_older, uniform / older_share, (uniform - older_share) / (1 - older_share))
    older_edges = np.cumsum(shares[FIRST_OLDER_BAND:])[:-1] / older
    younger_edges = np.cumsum(shares[:FIRST_OLDER_BAND])[:-1] / (1 - older)
    return np.where(
        is_older,
        FIRST_OLDER_BAND + np.searchsorted(older_edges, within, side="right"),
        np.searchsorted(younger_edges, within, side="right"),
    )


def older_shares(assumptions: Assumptions, town: float) -> tuple[float, float]:
    """Return the share of riders of 70 or more on tours in town and on others, when ``town`` of the tours are in town.

    The two together give the overall share.
    """
    older = sum(assumptions.profile("age_shares")[FIRST_OLDER_BAND:])
    tilt = assumptions.number("town_older_tilt")
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if town * tilted_share(middle, tilt) + (1 - town) * middle < older:
            low = middle
        else:
            high = middle
    elsewhere = (low + high) / 2
    return tilted_share(elsewhere, tilt), elsewhere


def tilted_share(share: float, ratio: float) -> float:
    """Return the share whose odds are ``ratio`` times those of ``share``.

    >>> tilted_share(0.5, 3.0)
    0.75
    """
    return share * ratio / (1 - share + share * ratio)


def tilted(share: NDArray[np.float64], ratio: float, in_town: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return each share, with its odds multiplied by ``ratio`` for tours in town."""
    return np.where(in_town, share * ratio / (1 - share + share * ratio), share)


def online_share_by_age(assumptions: Assumptions) -> NDArray[np.float64]:
    """Return the online share by age band, in the ratios assumed and with the overall share assumed."""
    tilt = np.array(assumptions.profile("online_tilt_by_age"))
    shares = np.array(assumptions.profile("age_shares"))
    by_age: NDArray[np.float64] = np.minimum(1.0, tilt * assumptions.number("online_share") / (tilt @ shares))
    return by_age
