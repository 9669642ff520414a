"""Classes of a map's colours that hold about equally many places each, with ends on round numbers."""

import math
from collections.abc import Sequence

import numpy as np

ROUND = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)


def even_classes(values: Sequence[float], most: int) -> tuple[float, ...]:
    """Return the lower ends of the classes after the first, at most ``most`` - 1 of them, rising.

    Equally wide classes would put all but the largest town into the lowest one. No class is empty: a legend would have a gap.

    >>> even_classes([6, 7, 9, 12, 15, 18, 30, 44, 70, 900], 5)
    (8.0, 15.0, 25.0, 50.0)
    >>> even_classes([94, 730], 5)
    (200.0,)
    """
    if not len(values):
        return ()
    cuts = np.quantile(np.asarray(values, np.float64), np.arange(1, most) / most)
    ends = {_rounded(float(cut)) for cut in cuts if cut > 0}
    kept: list[float] = []
    for end in sorted(end for end in ends if end < max(values)):
        if any((kept[-1] if kept else -math.inf) < value <= end for value in values):
            kept.append(end)
    return tuple(kept)


def _rounded(value: float) -> float:
    power = 10.0 ** math.floor(math.log10(value))
    return float(min((step * power for step in ROUND), key=lambda end: abs(end - value)))
