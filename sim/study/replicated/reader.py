"""Reads spreads and figures of single entries out of the replications' totals."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.study.replicated.figures import Figure, Json, Spread, figure, ratio, ratio_change
from sim.study.replicated.measures import MEASURE_KEYS, Measure
from sim.study.replicated.parallel import Samples
from sim.study.replicated.replication import Replication

PER_PASSENGER = "net_cost_per_passenger_oere"


class Reader:
    """Reads spreads of single entries out of the replications' totals."""

    def __init__(self, samples: Samples) -> None:
        self.samples = samples
        self.paired = np.array(samples.paired_with, dtype=np.int64)

    def __call__(self, name: str, *at: int) -> Spread:
        """Return one entry of the replications' totals called ``name``."""

        def values(replications: Sequence[Replication]) -> NDArray[np.float64]:
            return np.array([float(getattr(r, name)[at]) for r in replications], dtype=np.float64)

        return Spread(values(self.samples.central), values(self.samples.drawn), self.paired)

    def block(self, name: str, option: int) -> tuple[Json, Json]:
        """Return the nine figures of a block of totals, and their intervals apart."""
        shown: dict[str, Figure] = {
            key: figure(self(name, option, place), at_least=-np.inf if key == "net_cost_oere" else 0.0)
            for place, key in enumerate(MEASURE_KEYS)
        }
        each = ratio(self(name, option, Measure.NET_COST), self(name, option, Measure.PASSENGERS))
        figures: Json = {key: f.json() for key, f in shown.items()}
        figures[PER_PASSENGER] = None if each is None else each.json()
        apart: Json = {key: f.apart() for key, f in shown.items()}
        apart[PER_PASSENGER] = None if each is None else each.apart()
        return figures, apart

    def change(self, name: str, option: int, base_name: str, base: int) -> tuple[Json, Json]:
        """Return the change against the base: the nine figures and their percentages, and the intervals apart."""
        figures: Json = {}
        percent: Json = {}
        apart: Json = {}
        for key, measure in zip(MEASURE_KEYS, Measure, strict=True):
            before = self(base_name, base, measure)
            moved = self(name, option, measure) - before
            shown, share = figure(moved), ratio(moved, before, 100.0)
            figures[key], apart[key] = shown.json(), shown.apart()
            percent[key] = None if share is None else share.json()
        each, share = ratio_change(
            *(self(name, option, m) for m in (Measure.NET_COST, Measure.PASSENGERS)),
            *(self(base_name, base, m) for m in (Measure.NET_COST, Measure.PASSENGERS)),
        )
        figures[PER_PASSENGER], apart[PER_PASSENGER] = (None, None) if each is None else (each.json(), each.apart())
        percent[PER_PASSENGER] = None if share is None else share.json()
        figures["percent"] = percent
        return figures, apart
