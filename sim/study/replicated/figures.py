"""Figures with intervals, from whole totals: chance and parameters, apart and together."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.inputs.chance.quantiles import interval, interval_of_sum
from sim.study.replicated.low_fidelity import Line, LowFidelity, line
from sim.words.figure import Apart, Interval
from sim.words.figure import Figure as Published


@dataclass(frozen=True)
class Spread:
    """Samples of one quantity: under central parameters by replication, and under each parameter draw.

    Attributes
    ----------
    central : float64 (replications,)
    drawn : float64 (draws,); may be empty
    paired : int64 (draws,), the replication each draw was run on
    low : what the closed form says of it, under these draws and many more; None where that is not known
    """

    central: NDArray[np.float64]
    drawn: NDArray[np.float64]
    paired: NDArray[np.int64]
    low: LowFidelity | None = None

    @property
    def mean(self) -> float:
        """Mean over the replications under central parameters."""
        return float(np.mean(self.central))

    @property
    def shift(self) -> NDArray[np.float64]:
        """What each draw adds to the central value on the same replication; a single 0 without draws."""
        if not len(self.drawn):
            return np.zeros(1)
        shift = self._shift
        return shift[np.isfinite(shift)] if np.isfinite(shift).any() else np.zeros(1)

    @property
    def _shift(self) -> NDArray[np.float64]:
        return np.asarray(self.drawn - self.central[self.paired])

    def line(self, mean: float) -> Line | None:
        """Return the line from the closed form to what was simulated, around the printed ``mean``; None without one."""
        return None if self.low is None else line(mean, self._shift, self.low)

    def __add__(self, other: "Spread") -> "Spread":
        low = None if self.low is None or other.low is None else self.low + other.low
        return Spread(self.central + other.central, self.drawn + other.drawn, self.paired, low)

    def __sub__(self, other: "Spread") -> "Spread":
        low = None if self.low is None or other.low is None else self.low - other.low
        return Spread(self.central - other.central, self.drawn - other.drawn, self.paired, low)

    def __truediv__(self, other: "Spread") -> "Spread":
        low = None if self.low is None or other.low is None else self.low / other.low
        with np.errstate(divide="ignore", invalid="ignore"):
            return Spread(
                np.where(other.central > 0, self.central / other.central, np.nan),
                np.where(other.drawn > 0, self.drawn / other.drawn, np.nan),
                self.paired,
                low,
            )

    def times(self, factor: float) -> "Spread":
        """Return the quantity so many times over."""
        low = None if self.low is None else self.low.times(factor)
        return Spread(factor * self.central, factor * self.drawn, self.paired, low)


@dataclass(frozen=True)
class Figure(Published):
    """A published figure, and the intervals of chance alone and of the parameters alone, each (10 %, 90 %)."""

    chance: tuple[float, float]
    parameters: tuple[float, float]

    @property
    def shown(self) -> Published:
        """The figure as it is published."""
        return Published(self.mean, self.p10, self.p90)

    @property
    def apart(self) -> Apart:
        """The intervals of chance and parameters apart, as they are published."""
        return Apart(Interval(*self.chance), Interval(*self.parameters))

    def json(self) -> dict[str, float]:
        """Return exactly mean, p10 and p90."""
        return {"mean": self.mean, "p10": self.p10, "p90": self.p90}


def figure(of: Spread, *, at_least: float = -np.inf) -> Figure:
    """Return the figure of one quantity; ``at_least`` is 0 for what cannot be negative.

    Replications are random samples of chance, draws stratified samples of the parameters, many more of them where the closed form
    knows the quantity (`sim.study.replicated.low_fidelity`); the whole interval is that of the two added (see
    `sim.inputs.chance.quantiles`), so that the next year lies in it with 80 %.
    """
    return _figure(of.mean, of, at_least)


def ratio(top: Spread, bottom: Spread, factor: float = 1.0) -> Figure | None:
    """Return the figure of ``factor`` times top over bottom, None where the bottom is 0 in some replication.

    The mean is the ratio of the means, as a pocket calculator gives it; the interval is that of the runs' ratios.
    """
    if (bottom.central <= 0).any():
        return None
    return _figure(factor * top.mean / bottom.mean, (top / bottom).times(factor), -np.inf)


def ratio_change(
    top: Spread, bottom: Spread, base_top: Spread, base_bottom: Spread
) -> tuple[Figure | None, Figure | None]:
    """Return how a ratio moves from its base, and that in percent; None where what is divided by is 0 in some replication.

    The means are those of the ratios of the means, the intervals those of the runs' ratios.
    """
    if (bottom.central <= 0).any() or (base_bottom.central <= 0).any():
        return None, None
    each, before = top / bottom, base_top / base_bottom
    mean, base = top.mean / bottom.mean, base_top.mean / base_bottom.mean
    moved = each - before
    shown = _figure(mean - base, moved, -np.inf)
    if (base_top.central <= 0).any():
        return shown, None
    return shown, _figure(100.0 * (mean - base) / base, (moved / before).times(100.0), -np.inf)


def _figure(mean: float, of: Spread, at_least: float) -> Figure:
    through = of.line(mean)
    shift = of.shift if through is None else through.samples(mean)
    low, high = (max(end, at_least) for end in interval_of_sum(of.central, shift))
    # Draws that all lean one way may leave the central mean outside their quantiles; the interval then reaches to it.
    low, high = min(low, mean), max(high, mean)
    chance, parameters = (
        (max(ends[0], at_least), max(ends[1], at_least))
        for ends in (interval(of.central, "random"), interval(mean + shift))
    )
    return Figure(mean, low, high, chance, parameters)
