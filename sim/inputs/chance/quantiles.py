"""Where eight of ten lie: the one definition of every 80 % interval that is printed.

The ends are read from sorted samples so that the interval holds 80 % on average, whatever their number. What that takes depends on
how the samples were made:

* *stratified*: one from the middle of each of n equally likely slices, as the parameter draws are. The k-th of n lies where
  (k - 1/2) / n of the distribution is below it (Hazen).
* *random*: drawn independently, as the replications are. On average k / (n + 1) of the distribution is below the k-th of n
  (Weibull).

Between two samples the end is on the straight line, and beyond the outermost stratified one on the line through the two last.
Below nine random samples there is no such place for an end; a year's total is close to normal, so then it is where the next of
a normal distribution is expected (Student's t with the samples' mean and standard deviation).
"""

from statistics import NormalDist
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

LOW, HIGH = 0.10, 0.90
"""The shares of the distribution that lie below the two ends of a printed interval."""
Kind = Literal["stratified", "random"]
T90: Final = {2: 3.0777, 3: 1.8856, 4: 1.6377, 5: 1.5332, 6: 1.4759, 7: 1.4398, 8: 1.4149}
"""Student's t at 90 % by the number of samples, one more than its degrees of freedom."""
SLICES: Final = 50
MIDDLES: Final = (np.arange(SLICES) + 0.5) / SLICES
"""The middles of the equally likely parts into which a distribution is cut before it is added to another."""


def quantiles(samples: ArrayLike, shares: ArrayLike, kind: Kind) -> NDArray[np.float64]:
    """Return what given shares of the distribution lie below, along the first axis of ``samples``.

    Of one sample it is the sample. Raises ValueError without any.

    >>> quantiles([10, 20, 30, 40, 50, 60, 70, 80, 90], [0.1, 0.5], "random").tolist()
    [10.0, 50.0]
    >>> quantiles([10, 20, 30, 40, 50], [0.1, 0.9], "stratified").tolist()
    [10.0, 50.0]
    """
    ordered = np.sort(np.asarray(samples, dtype=np.float64), axis=0)
    count = len(ordered)
    if not count:
        raise ValueError("there are no samples")
    asked = np.asarray(shares, dtype=np.float64)
    if count == 1:
        return np.asarray(np.broadcast_to(ordered[0], asked.shape + ordered.shape[1:]))
    if kind == "random" and count in T90:
        normal = NormalDist()
        width = ordered.std(axis=0, ddof=1) * (1 + 1 / count) ** 0.5 * T90[count] / normal.inv_cdf(0.9)
        away = np.array([normal.inv_cdf(share) for share in asked.ravel()]).reshape(asked.shape)
        return np.asarray(ordered.mean(axis=0) + width * away.reshape(asked.shape + (1,) * (ordered.ndim - 1)))
    place = asked * (count + 1) - 1.0 if kind == "random" else asked * count - 0.5
    before = np.clip(np.floor(place).astype(np.int64), 0, count - 2)
    part = (place - before).reshape(asked.shape + (1,) * (ordered.ndim - 1))
    low, high = ordered[before], ordered[before + 1]
    return np.asarray(low + part * (high - low), dtype=np.float64)


def interval(samples: ArrayLike, kind: Kind = "stratified") -> tuple[float, float]:
    """Return the two ends between which 80 % of the distribution lies."""
    low, high = quantiles(np.ravel(np.asarray(samples)), (LOW, HIGH), kind)
    return float(low), float(high)


def interval_of_sum(chance: ArrayLike, shifts: ArrayLike) -> tuple[float, float]:
    """Return the interval of random samples to which stratified ones are added, two independent quantities.

    Where only one of them varies it is that one's. Where both do, each is first cut into equally likely slices by its own kind,
    so that neither the number of the one nor that of the other decides how far the interval reaches; then each slice of the
    one meets each of the other.
    """
    one, other = np.asarray(chance, dtype=np.float64), np.asarray(shifts, dtype=np.float64)
    if not np.ptp(other):
        low, high = interval(one, "random")
        return low + float(other[0]), high + float(other[0])
    if not np.ptp(one):
        low, high = interval(other, "stratified")
        return low + float(one[0]), high + float(one[0])
    return interval(quantiles(one, MIDDLES, "random")[:, None] + quantiles(other, MIDDLES, "stratified")[None, :])
