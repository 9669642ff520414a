"""The declared facts and priors of the price response, read from data/response/facts.toml."""

import math
import tomllib
from dataclasses import dataclass, replace
from importlib import resources
from typing import Any

import numpy as np

from sim.riders.response.families import Floats
from tariffs.errors import DataError


@dataclass(frozen=True)
class Trial:
    """A change of fare and the falls in affected trips it may have had, as shares (0.4 = 40 percent fewer)."""

    from_kr: float
    to_kr: float
    smallest: tuple[float, float]
    largest: tuple[float, float]
    municipalities: int


@dataclass(frozen=True)
class Lognormal:
    """A prior: the logarithm is normal around log(median)."""

    median: float
    sd_log: float

    def log_density(self, log_x: Floats) -> Floats:
        """Return the log density over log x, constants included so that evidences compare."""
        u = (log_x - math.log(self.median)) / self.sd_log
        return -0.5 * u * u - math.log(self.sd_log * math.sqrt(2 * math.pi))


@dataclass(frozen=True)
class Axis:
    """Evenly spaced points of a grid (over log x for the positive quantities)."""

    low: float
    high: float
    points: int

    def even(self) -> Floats:
        """Points evenly spaced from low to high, ends included."""
        return np.linspace(self.low, self.high, self.points)

    def logs(self) -> Floats:
        """Logarithms of points evenly spaced on the log scale, ends included."""
        return np.linspace(math.log(self.low), math.log(self.high), self.points)


@dataclass(frozen=True)
class Facts:
    """All that the fit rests on."""

    trials: Trial
    lolland: Trial
    families: tuple[str, ...]
    mean_kr: Lognormal
    variation: Lognormal
    spread: Lognormal
    axes: dict[str, Axis]
    neglect: float
    draws: int
    free: tuple[float, float, float]
    raw: dict[str, Any]

    def finer(self, factor: float) -> "Facts":
        """Return the same facts on a grid with ``factor`` times as many points on each axis."""
        axes = {name: replace(axis, points=round(axis.points * factor)) for name, axis in self.axes.items()}
        return replace(self, axes=axes)


def facts_text() -> str:
    """Return the shipped facts.toml, line ends normalised."""
    file = resources.files("data").joinpath("response", "facts.toml")
    return file.read_text(encoding="utf-8").replace("\r\n", "\n")


def _prior(table: dict[str, Any], name: str) -> Lognormal:
    entry = table[name]
    if entry["distribution"] != "lognormal" or entry["median"] <= 0 or entry["sd_log"] <= 0:
        raise DataError(f"The prior of {name} must be a lognormal with positive median and sd_log", where="facts.toml")
    return Lognormal(float(entry["median"]), float(entry["sd_log"]))


def read_facts(text: str | None = None) -> Facts:
    """Read the facts (the shipped file unless ``text`` is given).

    Raises DataError when a key is missing, a fact has no source or mark, or a fall is not a share.
    """
    raw = tomllib.loads(facts_text() if text is None else text)
    try:
        for name, fact in raw["facts"].items():
            if fact.get("source") not in raw["sources"] or fact.get("mark") not in ("A", "B", "C", "J"):
                raise DataError(f"The fact {name} has no source or no mark", where="data/response/facts.toml")
        trials, lolland, free = raw["facts"]["trials"], raw["facts"]["lolland"], raw["facts"]["free"]
        low, high = trials["smallest_fall_percent"] / 100, trials["largest_fall_percent"] / 100
        half = trials["rounding_percent"] / 100
        one = (lolland["smallest_fall_percent"] / 100, lolland["largest_fall_percent"] / 100)
        if not 0 < low - half < low + half < high - half < high + half < 1 or not 0 < one[0] < one[1] < 1:
            raise DataError("The falls of a trial must be ordered shares", where="data/response/facts.toml")
        priors = raw["priors"]
        return Facts(
            trials=Trial(
                float(trials["from_kr"]),
                float(trials["to_kr"]),
                (low - half, low + half),
                (high - half, high + half),
                int(trials["municipalities"]),
            ),
            lolland=Trial(float(lolland["from_kr"]), float(lolland["to_kr"]), one, one, 1),
            families=tuple(priors["families"]),
            mean_kr=_prior(priors, "mean_kr"),
            variation=_prior(priors, "variation"),
            spread=_prior(priors, "spread"),
            axes={
                name: Axis(float(axis["low"]), float(axis["high"]), int(axis["points"]))
                for name, axis in raw["grid"].items()
                if name != "neglect"
            },
            neglect=float(raw["grid"]["neglect"]),
            draws=int(raw["draws"]["count"]),
            free=(float(free["multiplier_low"]), float(free["multiplier_median"]), float(free["multiplier_high"])),
            raw=raw,
        )
    except KeyError as missing:
        raise DataError(
            f"data/response/facts.toml lacks the key {missing}",
            why="the fit uses declared facts only",
            next_step="add the key with its source and mark",
        ) from None
