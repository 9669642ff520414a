"""A published figure, and the intervals it is published with."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A mean with its 10 % and 90 % quantiles, chance and parameters together, in the unit of the key it is under."""

    mean: float
    p10: float
    p90: float

    @classmethod
    def known(cls, value: float) -> "Figure":
        """Return the figure of a known number, whose interval is itself."""
        return cls(value, value, value)

    @property
    def sign_is_sure(self) -> bool:
        """Whether the whole interval lies on one side of zero, or the figure is exactly zero.

        >>> Figure(2.0, 1.0, 3.0).sign_is_sure, Figure(2.0, -1.0, 3.0).sign_is_sure, Figure(0, 0, 0).sign_is_sure
        (True, False, True)
        """
        return self.p10 > 0 or self.p90 < 0 or self.p10 == self.p90 == 0

    @property
    def numbers(self) -> tuple[float, float, float]:
        """Mean and both ends, for what must have room for all three."""
        return self.mean, self.p10, self.p90

    @property
    def is_nothing(self) -> bool:
        """Whether mean and interval are all exactly zero."""
        return self.mean == self.p10 == self.p90 == 0

    def moved(self, by: float) -> "Figure":
        """Return the figure with a known amount added, which has no interval."""
        return Figure(self.mean + by, self.p10 + by, self.p90 + by)

    def over(self, known: float) -> "Figure":
        """Return the figure divided by a known number above zero."""
        return Figure(self.mean / known, self.p10 / known, self.p90 / known)


@dataclass(frozen=True)
class Interval:
    """The 10 % and 90 % quantiles of one kind of doubt alone."""

    p10: float
    p90: float


@dataclass(frozen=True)
class Apart:
    """The intervals of a figure by what they come from: chance alone, and the parameters alone."""

    chance: Interval
    parameters: Interval


@dataclass(frozen=True)
class Range:
    """A range that is stated or published, low to high; nothing is said of its probability."""

    low: float
    high: float
