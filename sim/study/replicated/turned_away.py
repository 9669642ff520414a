"""The flextur trips that a price or a rule turns away."""

from collections.abc import Sequence

import numpy as np

from sim.road.kernel import Kind
from sim.study.choice import MOVED, levels
from sim.study.run import OptionRun
from tariffs import ServicePackage


def turned_away(base: OptionRun, run: OptionRun, package: ServicePackage, free_names: Sequence[str]) -> int:
    """Count the flextur trips made under ``base`` that a price or a rule of ``package`` turns away under ``run``.

    With them the ways home of tours whose way out is turned away, and trips made only because they were free. Not among
    them: who takes plustur instead, and whom no vehicle could take.
    """
    wish = base.requests
    made = (base.outcome == Kind.DROPPED_OFF) & ~wish.plustur & (levels(wish, package, free_names) != MOVED)
    refused, out = np.isin(run.outcome, (Kind.DECLINED, Kind.REFUSED)), run.requests.outbound_row
    with_way_out = (run.outcome == Kind.DROPPED) & (out >= 0) & refused[out]
    stays = ~(refused | with_way_out)
    return int(np.count_nonzero(made & ~np.isin(wish.request_id, run.requests.request_id[stays])))
