"""What the replications made so far say, for who watches a run: means, and how far chance alone may have moved them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from sim.study.replicated.sequential import half_width
from sim.study.replicated.totals import Replication, net_costs
from sim.study.study import Study


@dataclass(frozen=True)
class OptionSoFar:
    """An option's year so far, in oere.

    Attributes
    ----------
    net_cost_oere : mean over the replications
    change_oere : how much more that is than the first option's
    half_width_oere : of the 95 % t interval of the mean change (of the mean net cost, for the first option), by chance alone; None
        of one replication, which tells nothing of it
    """

    name: str
    net_cost_oere: float
    change_oere: float
    half_width_oere: float | None


@dataclass(frozen=True)
class SoFar:
    """The options of a municipality (code) after so many replications under central parameters."""

    municipality: str
    replications: int
    options: tuple[OptionSoFar, ...]


Watch = Callable[[SoFar], None]
"""Told the figures so far after each replication under central parameters."""


def so_far(study: Study, central: Sequence[Replication]) -> SoFar:
    """Return what the replications made so far say."""
    net = net_costs(central).astype(np.float64)
    options = []
    for place, option in enumerate(study.scenario.options):
        samples = net[:, place] - net[:, 0] if place else net[:, 0]
        width = half_width(samples) if len(net) > 1 else None
        change = float(samples.mean()) if place else 0.0
        options.append(OptionSoFar(option.name, float(net[:, place].mean()), change, width))
    return SoFar(study.region.municipality.code, len(net), tuple(options))
