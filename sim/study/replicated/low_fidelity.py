"""Intervals from a thousand draws: the closed form under all of them, put right by the few that are simulated.

Under the draws that are simulated too, what the simulation gives is close to a straight line of what the closed form gives. The
line carries the closed form's thousand draws over to what a simulation would give; how far the simulated draws lie from it is what the
closed form does not know, and is added to each of the thousand. Where the closed form tells nothing the line is flat, and what is
left is the simulated draws themselves. (Multi-fidelity estimation by a control variate; Peherstorfer, Willcox and Gunzburger,
SIAM Review 60, 2018.)

Where the volume is drawn too, most of what one draw costs more than another is the number of riders. Where amounts a rider differ less
than the amounts themselves, the line is one of amounts a rider: the residuals then grow with the volume, and every volume meets every
amount a rider.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.inputs.chance.quantiles import MIDDLES, quantiles

Floats = NDArray[np.float64]
FEWEST: Final = 12
"""Simulated draws below which a line through them says too little."""
FLAT: Final = 1e-9
"""A closed form that moves by less than this share of itself does not move."""


@dataclass(frozen=True, eq=False)
class Volumes:
    """How many times the central volume each simulated draw has, float64 (draws,), and each of the many, float64 (many,)."""

    drawn: Floats
    many: Floats


@dataclass(frozen=True, eq=False)
class LowFidelity:
    """What the closed form says of one quantity.

    Attributes
    ----------
    central : under the central assumptions
    drawn : float64 (draws,), under the draws that are simulated
    many : float64 (many,), under those that are not
    """

    central: float
    drawn: Floats
    many: Floats
    volumes: Volumes

    def __add__(self, other: "LowFidelity") -> "LowFidelity":
        return LowFidelity(self.central + other.central, self.drawn + other.drawn, self.many + other.many, self.volumes)

    def __sub__(self, other: "LowFidelity") -> "LowFidelity":
        return self + other.times(-1.0)

    def __truediv__(self, other: "LowFidelity") -> "LowFidelity":
        with np.errstate(divide="ignore", invalid="ignore"):
            central, drawn, many = (
                np.where(np.asarray(below) > 0, np.asarray(above) / np.asarray(below), np.nan)
                for above, below in ((self.central, other.central), (self.drawn, other.drawn), (self.many, other.many))
            )
        return LowFidelity(float(central), drawn, many, self.volumes)

    def times(self, factor: float) -> "LowFidelity":
        """Return the quantity so many times over."""
        return LowFidelity(factor * self.central, factor * self.drawn, factor * self.many, self.volumes)


@dataclass(frozen=True, eq=False)
class ClosedForms:
    """The closed form's totals by name, each float64 (1 + draws + many, options, measures): central, simulated draws, the many."""

    totals: Mapping[str, Floats]
    volumes: Volumes

    def of(self, name: str, option: int, measure: int) -> LowFidelity | None:
        """Return one total, None where the closed form has no such."""
        if name not in self.totals:
            return None
        values, draws = self.totals[name][:, option, measure], len(self.volumes.drawn)
        return LowFidelity(float(values[0]), values[1 : 1 + draws], values[1 + draws :], self.volumes)

    def of_first(self, draws: int) -> "ClosedForms":
        """Return the same of the first simulated draws alone."""
        rest = slice(1 + len(self.volumes.drawn), None)
        totals = {name: np.concatenate([of[: 1 + draws], of[rest]]) for name, of in self.totals.items()}
        return ClosedForms(totals, Volumes(self.volumes.drawn[:draws], self.volumes.many))


@dataclass(frozen=True, eq=False)
class Line:
    """The line through the simulated draws.

    Attributes
    ----------
    many : float64 (many,), what it gives under each of the many; an amount a rider where ``volumes`` are given
    residuals : float64 (draws,), how far the simulated draws lie from it
    volumes : float64 (many,), None for a line of whole amounts
    correlation : between the line and what was simulated
    """

    many: Floats
    residuals: Floats
    volumes: Floats | None
    correlation: float

    def samples(self, mean: float) -> Floats:
        """Return what the many add to the central ``mean``, every one of them with every residual."""
        if self.volumes is None:
            return np.asarray((self.many[:, None] + self.residuals).ravel())
        logs = np.log(self.volumes)
        slope = float(((logs - logs.mean()) * self.many).sum() / ((logs - logs.mean()) ** 2).sum())
        of_volume = self.many.mean() + slope * (logs - logs.mean())
        apart = quantiles(self.many - of_volume, MIDDLES, "stratified")[:, None] + quantiles(
            self.residuals, MIDDLES, "random"
        )
        a_rider = quantiles(apart.ravel(), MIDDLES, "stratified")
        return np.asarray((self.volumes[:, None] * (of_volume[:, None] + a_rider)).ravel() - mean)


def line(mean: float, shift: Floats, low: LowFidelity) -> Line | None:
    """Return the line of a quantity: what each draw adds to its central ``mean``; None where no line can be drawn.

    ``shift`` float64 (draws,) is what was simulated.
    """
    known, told = np.isfinite(shift) & np.isfinite(low.drawn), np.isfinite(low.many)
    if np.count_nonzero(known) < FEWEST or not told.any():
        return None
    drawn, many = low.volumes.drawn[known], low.volumes.many[told]
    simulated, few, rest = shift[known], low.drawn[known], low.many[told]
    if np.ptp(few) <= FLAT * np.abs(few).max():
        return None
    logs = (np.log(drawn), np.log(many)) if np.ptp(drawn) else None
    a_rider = (mean + simulated) / drawn
    if logs is not None and a_rider.std() * drawn.mean() < simulated.std():
        return replace(_line(a_rider, few / drawn, rest / many, drawn, logs), volumes=many)
    return _line(simulated, few - low.central, rest - low.central, np.ones_like(few), logs)


def _line(target: Floats, here: Floats, there: Floats, times: Floats, logs: tuple[Floats, Floats] | None) -> Line:
    """Return the line from ``here`` (draws,) to the ``target`` (draws,), and what it gives ``there`` (many,).

    Both are whole amounts divided by ``times``. It may rise with the volume too, by its ``logs`` in the draws and the many.
    """
    middle, width = float(here.mean()), float(here.std())
    columns = [(np.ones_like(here), np.ones_like(there))]
    if width > FLAT * float(np.abs(here).max()):
        columns.append(((here - middle) / width, (there - middle) / width))
    if logs is not None:
        columns.append(logs)
    terms, beyond = (np.column_stack(each) for each in zip(*columns, strict=True))
    slopes = np.linalg.lstsq(terms, target, rcond=None)[0]
    through = terms @ slopes
    left = target - through
    free = len(target) - terms.shape[1]
    return Line(
        many=beyond @ slopes,
        residuals=left * np.sqrt(len(target) / free),
        volumes=None,
        correlation=_correlation(times * through, times * target),
    )


def _correlation(one: Floats, other: Floats) -> float:
    return float(np.corrcoef(one, other)[0, 1]) if np.ptp(one) and np.ptp(other) else 0.0
