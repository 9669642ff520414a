"""Do the intervals of the price response cover what they say? Synthetic truths, fitted and predicted as the real one.

A truth is a family, its mean, variation and spread drawn from the prior (inside the box of the fit's grid), and a strength
for each of six municipalities: four have the 24 -> 48 trial, one has 36 -> 72, and the sixth is not seen. What is told of the
trials is what was told of the real ones: the smallest and the largest of the four falls, each rounded to five points, and the
fall at 72 kr in an interval of seven points. A truth whose readings touch no change or nobody left is drawn again: conditioning
on what is read leaves the coverage of a right posterior as it is. Predicted is 24 -> 60 kr in the sixth municipality.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.riders.response.facts import Facts, Trial
from sim.riders.response.families import Floats, log_survival, parameters

Integers = NDArray[np.int64]
TOWN, LOLLAND, PREDICTED = (24.0, 48.0), (36.0, 72.0), (24.0, 60.0)
TOWN_EDGES: Final = np.concatenate([[0.0], np.arange(0.025, 1.0, 0.05), [1.0]])
"""Falls read to the nearest five points; the published 40 and 55 are 0.375-0.425 and 0.525-0.575."""
LOLLAND_EDGES: Final = np.concatenate([[0.0], np.arange(0.01, 1.0, 0.07), [1.0]])
"""Intervals of seven points, one of them the 0.85-0.92 that Lolland's fall is read as."""
NEGLECT = 1e-9
MUNICIPALITIES = 4


@dataclass(frozen=True)
class Truths:
    """Synthetic truths; arrays with one entry each.

    ``smallest``, ``largest`` and ``lolland`` number the intervals of the readings; ``answer`` is ln of -ln of the share left
    at 24 -> 60 in the municipality not seen; ``family`` numbers the facts' families.
    """

    family: Integers
    smallest: Integers
    largest: Integers
    lolland: Integers
    answer: Floats

    def __len__(self) -> int:
        return len(self.answer)


def log_fall(family: str, change: tuple[float, float], a: Floats, b: Floats) -> Floats:
    """Return ln(ln S(from) - ln S(to)); infinite where nobody is left."""
    before, after = (log_survival(family, kr, a, b) for kr in change)
    gone = np.isneginf(after)
    fall = np.where(gone, np.inf, np.where(gone, 0.0, before) - np.where(gone, 0.0, after))
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(fall), dtype=np.float64)


def draw_truths(facts: Facts, families: tuple[str, ...], count: int, rng: np.random.Generator) -> Truths:
    """Return ``count`` truths whose families are drawn from ``families``, all equally likely."""
    names = {name: facts.families.index(name) for name in families}
    kept: list[NDArray[np.float64]] = []
    have = 0
    while have < count:
        batch = _batch(facts, families, names, 4 * count, rng)
        kept.append(batch)
        have += len(batch)
    rows = np.concatenate(kept)[:count]
    whole = rows[:, :4].astype(np.int64)
    return Truths(whole[:, 0], whole[:, 1], whole[:, 2], whole[:, 3], rows[:, 4])


def _batch(
    facts: Facts, families: tuple[str, ...], names: dict[str, int], size: int, rng: np.random.Generator
) -> NDArray[np.float64]:
    mean, variation, spread = (
        _inside(facts, name, size, rng) for name in ("mean_kr", "variation", "spread")
    )  # fmt: skip
    z = rng.standard_normal((size, MUNICIPALITIES + 2))
    chosen = rng.integers(len(families), size=size)
    falls = {change: np.empty(size) for change in (TOWN, LOLLAND, PREDICTED)}
    for number, family in enumerate(families):
        of_family = chosen == number
        a, b = parameters(family, mean[of_family], variation[of_family])
        for change, values in falls.items():
            values[of_family] = log_fall(family, change, a, b)

    def lost(change: tuple[float, float], strength: Floats) -> Floats:
        with np.errstate(over="ignore"):
            return np.asarray(-np.expm1(-np.exp(falls[change][:, None] + spread[:, None] * strength)), dtype=np.float64)

    towns, lolland = lost(TOWN, z[:, :MUNICIPALITIES]), lost(LOLLAND, z[:, MUNICIPALITIES : MUNICIPALITIES + 1])[:, 0]
    small, large = (np.searchsorted(TOWN_EDGES, x, side="right") - 1 for x in (towns.min(axis=1), towns.max(axis=1)))
    one = np.searchsorted(LOLLAND_EDGES, lolland, side="right") - 1
    told = (small > 0) & (large < len(TOWN_EDGES) - 2) & (one > 0) & (one < len(LOLLAND_EDGES) - 2)
    answer = falls[PREDICTED] + spread * z[:, -1]
    numbers = np.array([names[family] for family in families])[chosen]
    return np.column_stack([numbers, small, large, one, answer])[told]


def _inside(facts: Facts, name: str, size: int, rng: np.random.Generator) -> Floats:
    """Draw from a prior, inside the box of the fit's grid."""
    from scipy.special import ndtr, ndtri

    prior, axis = getattr(facts, name), facts.axes[name]
    low, high = (ndtr((math.log(end) - math.log(prior.median)) / prior.sd_log) for end in (axis.low, axis.high))
    return np.asarray(np.exp(math.log(prior.median) + prior.sd_log * ndtri(rng.uniform(low, high, size))))


@dataclass(frozen=True)
class Grid:
    """The fit's grid, all families in one row of points, with what every reading asks of it worked out once.

    ``below_town`` and ``below_lolland`` are the chances that one municipality's fall lies below each edge, (edges, points).
    """

    family: Integers
    prior: Floats
    spread: Floats
    predicted: Floats
    below_town: Floats
    below_lolland: Floats


def grid_of(facts: Facts) -> Grid:
    """Work out the grid of the facts' axes."""
    columns: list[list[Floats]] = []
    log_mean, log_variation, log_spread = (facts.axes[name].logs() for name in ("mean_kr", "variation", "spread"))
    density = (
        facts.mean_kr.log_density(log_mean)[:, None, None]
        + facts.variation.log_density(log_variation)[None, :, None]
        + facts.spread.log_density(log_spread)[None, None, :]
    )
    shape = density.shape
    for number, family in enumerate(facts.families):
        a, b = parameters(family, np.exp(log_mean)[:, None], np.exp(log_variation)[None, :])
        falls = [
            np.broadcast_to(log_fall(family, c, a, b)[:, :, None], shape).ravel() for c in (TOWN, LOLLAND, PREDICTED)
        ]
        columns.append([np.full(density.size, float(number)), np.exp(density).ravel(),
                        np.broadcast_to(np.exp(log_spread), shape).ravel(), *falls])  # fmt: skip
    numbers, prior, spread, town, lolland, predicted = (np.concatenate(c) for c in zip(*columns, strict=True))
    return Grid(
        numbers.astype(np.int64), prior, spread, predicted,
        _below(TOWN_EDGES, town, spread), _below(LOLLAND_EDGES, lolland, spread),
    )  # fmt: skip


def _below(edges: Floats, log_fall_: Floats, spread: Floats) -> Floats:
    from scipy.special import ndtr

    rows = [np.zeros(len(spread))]
    rows += [np.asarray(ndtr((math.log(-math.log1p(-e)) - log_fall_) / spread)) for e in edges[1:-1].tolist()]
    return np.stack([*rows, np.ones(len(spread))])


def weights_of(grid: Grid, smallest: int, largest: int, lolland: int) -> Floats:
    """Return prior times likelihood of every point for one set of readings, as `sim.riders.response.posterior.likelihood` has it."""
    f, g, n = grid.below_town, grid.below_lolland, MUNICIPALITIES
    a, b, c, d = f[smallest], f[smallest + 1], f[largest], f[largest + 1]
    # Both in one interval comes out as twice its chance, the same at every point.
    towns = (d - a) ** n - (d - b) ** n - (c - a) ** n + (c - b) ** n
    return np.asarray(grid.prior * np.maximum(towns, 0.0) * (g[lolland + 1] - g[lolland]), dtype=np.float64)


def places(grid: Grid, truths: Truths) -> Floats:
    """Return where each truth's answer lies in its prediction: 0 the low end, 1 the high end, uniform if all is right."""
    from scipy.special import ndtr

    found = np.full(len(truths), np.nan)
    readings = np.stack([truths.smallest, truths.largest, truths.lolland], axis=1)
    for reading in np.unique(readings, axis=0):
        weight = weights_of(grid, *(int(x) for x in reading))
        points = np.flatnonzero(weight > NEGLECT * weight.max())
        w, fall, s = weight[points], grid.predicted[points], grid.spread[points]
        total = w.sum()
        for row in np.flatnonzero((readings == reading).all(axis=1)):
            found[row] = float(w @ ndtr((truths.answer[row] - fall) / s) / total)
    return found


def readings_of(trial: Trial, lolland: Trial) -> tuple[int, int, int]:
    """Return the numbers of the intervals that the real trials were read in."""

    def town(interval: tuple[float, float]) -> int:
        return int(np.searchsorted(TOWN_EDGES, sum(interval) / 2)) - 1

    return town(trial.smallest), town(trial.largest), int(np.searchsorted(LOLLAND_EDGES, sum(lolland.smallest) / 2)) - 1
