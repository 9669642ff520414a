"""Reads spreads and figures of single entries out of the replications' totals."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.study.replicated.figures import Figure, Spread, figure, ratio, ratio_change
from sim.study.replicated.low_fidelity import LowFidelity
from sim.study.replicated.measures import MEASURE_KEYS, Measure
from sim.study.replicated.samples import Samples
from sim.study.replicated.totals import TOTALS, Replication

PER_PASSENGER = "net_cost_per_passenger_oere"
OF_CHANGE = ("waterfall", "turned_away", "plustur")
"""Totals that are parts of what an option changes."""
OF_TODAY = ("affected_base", "riders")
"""Totals of the first option's trips, by the option that touches them."""


class Reader:
    """Reads spreads of single entries out of the replications' totals."""

    def __init__(self, samples: Samples) -> None:
        self.samples = samples
        self.paired = np.array(samples.paired_with, dtype=np.int64)

    def __call__(self, name: str, *at: int) -> Spread:
        """Return one entry of the replications' totals called ``name``, by a place on each of its axes."""
        assert len(at) == len(TOTALS[name]), f"{name} has the axes {TOTALS[name]}"

        def values(replications: Sequence[Replication]) -> NDArray[np.float64]:
            return np.array([float(getattr(r, name)[at]) for r in replications], dtype=np.float64)

        central = values(self.samples.central)
        return Spread(central, values(self.samples.drawn), self.paired, self._low(name, at, central))

    def _low(self, name: str, at: tuple[int, ...], central: NDArray[np.float64]) -> LowFidelity | None:
        """Return what the closed form says of an entry, None without it.

        It knows whole years and the budget year. Anything else is to it the share of its option's year, or of its option's change,
        that was simulated. Trips that an option touches are a share of today's, and under it that and a share of what it changes.
        """
        forms = self.samples.low
        if forms is None:
            return None
        if name in forms.totals:
            return forms.of(name, *at)
        where: dict[str, int] = dict(zip(TOTALS[name], at, strict=True))
        option = where.get("option", 0)
        measure = where.get("measure", Measure.NET_COST if name == "waterfall" else Measure.TRIPS)
        year, today = self("year", option, measure), self("year", 0, measure)
        moved = year - today
        before = self._before(name, at)
        if before is not None:
            of = _share(moved, float(central.mean()) - before.mean)
            return before.low and of and before.low + of
        if name in OF_CHANGE:
            return _share(moved, float(central.mean()))
        of_today = name in OF_TODAY or "before_after" in where
        return _share(today if of_today else year, float(central.mean()))

    def _before(self, name: str, at: tuple[int, ...]) -> Spread | None:
        """Return the same trips under the first option, None of an entry that is not told before and after."""
        if name == "affected":
            return self("affected_base", *at)
        axes = TOTALS[name]
        if "before_after" not in axes or not at[axes.index("before_after")]:
            return None
        return self(name, *(0 if axis == "before_after" else n for axis, n in zip(axes, at, strict=True)))

    def block(self, name: str, option: int) -> dict[str, Figure | None]:
        """Return the figures of a block of totals by `MEASURE_KEYS`, and last the net cost per passenger."""
        figures: dict[str, Figure | None] = {
            key: figure(self(name, option, place), at_least=-np.inf if key == "net_cost_oere" else 0.0)
            for place, key in enumerate(MEASURE_KEYS)
        }
        figures[PER_PASSENGER] = ratio(self(name, option, Measure.NET_COST), self(name, option, Measure.PASSENGERS))
        return figures

    def change(
        self, name: str, option: int, base_name: str, base: int
    ) -> tuple[dict[str, Figure | None], dict[str, Figure | None]]:
        """Return how the figures of a block move from the base's, and that in percent."""
        moves: dict[str, Figure | None] = {}
        percent: dict[str, Figure | None] = {}
        for key, measure in zip(MEASURE_KEYS, Measure, strict=True):
            before = self(base_name, base, measure)
            moved = self(name, option, measure) - before
            moves[key], percent[key] = figure(moved), ratio(moved, before, 100.0)
        moves[PER_PASSENGER], percent[PER_PASSENGER] = ratio_change(
            *(self(name, option, m) for m in (Measure.NET_COST, Measure.PASSENGERS)),
            *(self(base_name, base, m) for m in (Measure.NET_COST, Measure.PASSENGERS)),
        )
        return moves, percent


def _share(of: Spread, mean: float) -> LowFidelity | None:
    """Return what the closed form says of the share of a quantity that has this mean; of nothing it is nothing."""
    return of.low and of.low.times(mean / of.mean if of.mean else 0.0)
