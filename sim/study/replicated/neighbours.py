"""The trips that end in each chosen neighbour."""

import numpy as np
from numpy.typing import NDArray

from sim.geography.municipalities import Municipality, find_municipality
from sim.study.replicated.measures import Measure, across, run_totals
from sim.study.run import OptionRun
from sim.study.study import Study


def chosen_neighbours(study: Study) -> tuple[Municipality, ...]:
    """Return the municipalities that are to stand beside, each once, in the order asked for."""
    return tuple(dict.fromkeys(find_municipality(text) for text in study.scenario.neighbours))


def across_by_neighbour(study: Study, run: OptionRun) -> NDArray[np.int64]:
    """Return the totals of the trips that start here and end in each chosen neighbour, int64 (neighbours, measures).

    A neighbour's own choice of prices touches none of them: across the border grundtakst always holds. They are what
    falls away when it leaves flextur, as both ends must have it.
    """
    homes = np.array(study.region.municipality_code)[run.requests.destination]
    beyond = across(run)
    rows = [run_totals(run, beyond & (homes == neighbour.code)) for neighbour in chosen_neighbours(study)]
    return np.stack(rows) if rows else np.zeros((0, len(Measure)), dtype=np.int64)
