"""How well the two ends of a printed interval are known, and whether enough draws are simulated for that.

What the simulated draws leave uncertain is a standard error by the grouped jackknife: the interval is made again without each eighth of
them, and how far the ends move says how far other draws would have moved them. The many come in sets, each stratified as all of them
are: what the intervals of the sets alone differ by says how far all of them together are off.
"""

import math
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.inputs.chance.places import BLOCKS
from sim.study.many_draws import SETS
from sim.study.replicated.figures import Spread, figure
from sim.study.replicated.low_fidelity import Volumes
from sim.study.replicated.measures import Measure
from sim.study.replicated.reader import Reader
from sim.study.replicated.samples import Samples

GROUPS: Final = 8
"""How many groups the simulated draws are cut into."""
CHANGE_SHARE: Final = 0.03
"""Of the interval's width: the largest standard error that the simulated draws may leave of an end of a change."""
LEVEL_SHARE: Final = 0.10
"""The same of a net cost, which the changes are not read from."""


@dataclass(frozen=True)
class EndErrors:
    """How well a figure is known.

    ``correlation`` is between the draws as simulated and what the closed form makes of them; ``middle``, ``low`` and ``high`` are
    standard errors of the printed middle, by chance alone (None of one replication), and of the two ends, in the figure's unit;
    ``width_share`` is that of the less certain end as a share of the interval's width.
    """

    correlation: float
    middle: float | None
    low: float
    high: float
    width_share: float


def end_errors(of: Spread) -> EndErrors | None:
    """Return how well a quantity's interval is known; None where no line leads to it from the closed form."""
    through = of.line(of.mean)
    if through is None:
        return None
    errors = np.sqrt(of_simulated(of) ** 2 + _of_many(of) ** 2)
    whole = figure(of)
    width = whole.p90 - whole.p10
    middle = float(of.central.std(ddof=1)) / math.sqrt(len(of.central)) if len(of.central) > 1 else None
    share = float(errors.max()) / width if width else 0.0
    return EndErrors(through.correlation, middle, float(errors[0]), float(errors[1]), share)


def enough(samples: Samples, options: int) -> bool:
    """Return whether the simulated draws leave the ends of every option's change as certain as they are to be.

    Of one option alone it is its net cost. Without the closed form it is never known.
    """
    if samples.low is None:
        return False
    read = Reader(samples)
    levels = [read("year", place, Measure.NET_COST) for place in range(options)]
    changes = [level - levels[0] for level in levels[1:]] or levels
    return all(_known(of, CHANGE_SHARE) for of in changes) and all(_known(of, LEVEL_SHARE) for of in levels)


def _known(of: Spread, share: float) -> bool:
    if not np.any(of.shift):
        return True
    if of.line(of.mean) is None:
        return False
    whole = figure(of)
    return bool((of_simulated(of) <= share * (whole.p90 - whole.p10)).all())


def of_simulated(of: Spread) -> NDArray[np.float64]:
    """Return the standard error of both ends that the number of simulated draws leaves, in the figure's unit."""
    low, number = of.low, np.arange(len(of.drawn))
    assert low is not None
    ends = []
    for group in range(GROUPS):
        kept = number % GROUPS != group
        fewer = replace(low, drawn=low.drawn[kept], volumes=Volumes(low.volumes.drawn[kept], low.volumes.many))
        ends.append(_ends(Spread(of.central, of.drawn[kept], of.paired[kept], fewer)))
    return np.asarray(np.std(ends, axis=0) * math.sqrt(GROUPS - 1))


def _of_many(of: Spread) -> NDArray[np.float64]:
    """Return the standard error of both ends that the number of the many leaves."""
    low = of.low
    assert low is not None
    ends = []
    for some in np.split(np.arange(len(low.many)), SETS):
        fewer = replace(low, many=low.many[some], volumes=Volumes(low.volumes.drawn, low.volumes.many[some]))
        ends.append(_ends(replace(of, low=fewer)))
    return np.asarray(np.std(ends, axis=0, ddof=1) / math.sqrt(SETS))


def blocks(count: int) -> tuple[int, ...]:
    """Return the numbers of draws after which one looks whether they are enough, the last of them ``count``.

    >>> blocks(32), blocks(20), blocks(0)
    ((16, 32), (16, 20), (0,))
    """
    return (*(end for end in BLOCKS[1:] if end < count), count)


def _ends(of: Spread) -> NDArray[np.float64]:
    found = figure(of)
    return np.array([found.p10, found.p90])
