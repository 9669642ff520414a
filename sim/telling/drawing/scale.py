"""From a number to a place in the picture, and the round numbers along the way."""

import math
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """A straight scale: ``low`` lies at pixel ``start``, ``high`` at ``end``; ``ticks`` are round numbers from one to the other."""

    low: float
    high: float
    start: float
    end: float
    ticks: tuple[float, ...]

    def __call__(self, value: float) -> float:
        """Return the pixel of a value."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def scale(values: Iterable[float], start: float, end: float, *, most_ticks: int = 5, zero: bool = True) -> Scale:
    """Return the scale that holds all values (and zero), from one round number to another.

    >>> scale([-487, 1440], 0, 300).ticks
    (-500.0, 0.0, 500.0, 1000.0, 1500.0)
    """
    held = [*values, *([0.0] if zero else [])]
    low, high = min(held), max(held)
    if low == high:
        high = low + 1.0
    step = _round_step((high - low) / most_ticks)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    ticks = tuple(float(f"{number * step:.12g}") for number in range(first, last + 1))
    return Scale(ticks[0], ticks[-1], start, end, ticks)


def _round_step(least: float) -> float:
    """Return the smallest of 1, 2, 2½ and 5 times a power of ten that is not below ``least``."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(factor * power for factor in (1.0, 2.0, 2.5, 5.0, 10.0) if factor * power >= least * (1 - 1e-9))


def decimals(ticks: tuple[float, ...]) -> int:
    """Return how many decimals tell the ticks apart."""
    step = ticks[1] - ticks[0]
    return next(n for n in range(13) if abs(round(step, n) - step) < 1e-9 * step)
