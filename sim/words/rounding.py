"""How figures are rounded for people: sums that a pocket calculator confirms, intervals that never leave out their own ends.

* One unit and as many decimals for all amounts of a table (`Printed`), so that they can be added as they are printed.
* What is a sum of other figures is rounded to the nearest step, and the figures are rounded up or down so that they add up to
  it (`adding_up`): the largest remainders go up. No figure is printed a whole step from its true value.
* What is a difference is rounded itself, and the later of the two figures is the earlier one and the difference (`moved_by`).
* Intervals are rounded outwards, in steps of a power of ten that leave two significant digits of their width (`outwards`).
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sim.words.figure import Figure, Interval
from sim.words.numbers import NOISE, OERE_PER_KRONE, danish, nearest

WIDTH_DIGITS = 2
MOST_DECIMALS = 2
"""Three could be read as thousands."""


def adding_up(parts: Sequence[float], total: int) -> list[int]:
    """Return each part rounded down or up so that together they are ``total``: the largest remainders go up, the first of equals.

    Raises ValueError when no such rounding gives the total: then there is an error upstream that rounding must not hide.

    >>> adding_up([10.4, 10.4, 10.4], 31)
    [11, 10, 10]
    >>> adding_up([21.8, -14.0, -54.5, -21.6], -68)
    [22, -14, -54, -22]
    """
    tidy = [round(part, NOISE) for part in parts]
    whole = [math.floor(part) for part in tidy]
    missing = total - sum(whole)
    if not 0 <= missing <= len(whole):
        raise ValueError(f"{total} is not the sum of {tidy}: rounding cannot make it so")
    for place in sorted(range(len(whole)), key=lambda n: (whole[n] - tidy[n], n))[:missing]:
        whole[place] += 1
    return whole


def moved_by(before: int, change: float) -> tuple[int, int]:
    """Return the figure after a change, and the change, both as printed: the first is ``before`` and the second.

    >>> moved_by(1788, -68.28)
    (1720, -68)
    """
    moved = nearest(change)
    return before + moved, moved


def outwards(low: float, high: float, least: float = 1.0) -> tuple[float, float]:
    """Return an interval that holds the true one, its ends on steps of a power of ten: two significant digits of the width.

    ``least`` is the smallest step that can be printed. An end that is not zero is not rounded to zero while a smaller step can
    be printed. An interval without width is a number, and is left as it is.

    >>> outwards(75.2, 152.4), outwards(1_024, 7_520), outwards(8.6, 9.1, 0.1), outwards(3.2, 145.0)
    ((75.0, 153.0), (1000.0, 7600.0), (8.6, 9.1), (3.0, 150.0))
    """
    if not (math.isfinite(low) and math.isfinite(high)) or round((high - low) / least, NOISE) == 0:
        return low, high
    finest = round((high - low) / least, NOISE)
    step = 10 ** max(0, math.floor(math.log10(finest)) + 1 - WIDTH_DIGITS)
    ends = _down(low / least, step), -_down(-high / least, step)
    # Divided where the smallest step is a part of one, so that 86 tenths are 8.6.
    first, last = (end * least if least >= 1 else end / round(1 / least) for end in ends)
    return first, last


def ends_in_kroner(low: float, high: float) -> tuple[str, str]:
    """Return the ends of an interval in oere as whole kroner, rounded outwards.

    >>> ends_in_kroner(1_230_410.0, 2_664_000.0)
    ('12.000', '27.000')
    """
    first, last = outwards(low / OERE_PER_KRONE, high / OERE_PER_KRONE)
    return danish(nearest(first)), danish(nearest(last))


def ends_in_millions(low: float, high: float, decimals: int, *, plus: bool = False) -> tuple[str, str]:
    """Return the ends of an interval in oere as millions of kroner with so many decimals, rounded outwards.

    >>> ends_in_millions(25.4e6, 246e6, 1), ends_in_millions(-9_594_292.5, 11_227_219.8, 2, plus=True)
    (('0,2', '2,5'), ('-0,10', '+0,12'))
    """
    shown = Printed(1e6 * OERE_PER_KRONE, decimals, plus)
    first, last = outwards(low, high, shown.least)
    return shown(first), shown(last)


def _down(value: float, step: int) -> int:
    """Return the value rounded down to a step, to a smaller one where it would become zero."""
    tidy = round(value, NOISE)
    while step > 1 and 0 < tidy < step:
        step //= 10
    return math.floor(tidy / step) * step


@dataclass(frozen=True)
class Printed:
    """How the figures of a column or a table are printed; called with a figure, it gives its text.

    Attributes
    ----------
    unit : what is printed as 1: 1 of a count, 100 oere of kroner, 100,000 oere of thousands of kroner
    decimals : how many, the same for all
    plus : whether what is above zero has a plus

    >>> Printed(100_000, 1)(178_750_461.5), Printed(1, plus=True)(12.0)
    ('1.787,5', '+12')
    """

    unit: float
    decimals: int = 0
    plus: bool = False

    @property
    def least(self) -> float:
        """Return the smallest step that can be printed, in the figures' own unit."""
        return self.unit / 10**self.decimals

    def __call__(self, figure: float) -> str:
        """Return a figure to the nearest step."""
        return self.text(nearest(figure / self.least))

    def text(self, steps: int) -> str:
        """Return so many steps as text."""
        text = danish(steps / 10**self.decimals, self.decimals)
        return f"+{text}" if self.plus and steps > 0 else text

    def steps(self, figure: float) -> int:
        """Return the nearest whole number of steps of a figure."""
        return nearest(figure / self.least)

    def split(self, figures: Sequence[float], total: int) -> list[int]:
        """Return the steps of figures that add up to a total of so many steps."""
        return adding_up([figure / self.least for figure in figures], total)

    def moved(self, before: int, change: float) -> tuple[int, int]:
        """Return the steps of what a change makes of ``before``, and of the change."""
        return moved_by(before, change / self.least)

    def interval(self, figure: Figure | Interval) -> tuple[str, str]:
        """Return the ends of a figure's interval as texts, with no more decimals than the rounding leaves.

        >>> Printed(1, 1).interval(Figure(22.1, 14.6, 28.3)), Printed(1, 1).interval(Interval(8.61, 9.2))
        (('14', '29'), ('8,6', '9,2'))
        """
        ends = self.ends(figure)
        steps = [nearest(end / self.least) for end in ends]
        spare = next(n for n in range(self.decimals, -1, -1) if all(step % 10**n == 0 for step in steps))
        low, high = (replace(self, decimals=self.decimals - spare)(end) for end in ends)
        return low, high

    def ends(self, figure: Figure | Interval) -> tuple[float, float]:
        """Return the ends of a figure's interval as they are printed: rounded outwards."""
        return outwards(figure.p10, figure.p90, self.least)

    def with_plus(self) -> "Printed":
        """Return the same with a plus before what is above zero."""
        return replace(self, plus=True)


COUNT, KRONER, THOUSANDS = Printed(1), Printed(OERE_PER_KRONE), Printed(1000 * OERE_PER_KRONE)


def thousands_for(figures: Iterable[Figure]) -> Printed:
    """Return thousands of kroner with as many decimals as give the smallest of the figures (oere) two digits, at most two.

    A figure is as large as the farther of its mean and the ends of its interval; one that is nothing at all asks for nothing.

    >>> thousands_for([Figure(-6_828_039, -13e6, -4.6e6)]).decimals
    0
    >>> thousands_for([Figure(310_000, 290_000, 330_000)]).decimals
    1
    """
    sizes = [size for figure in figures if (size := max(map(abs, figure.numbers)))]
    if not sizes:
        return THOUSANDS
    digits = math.floor(math.log10(min(sizes) / THOUSANDS.unit)) + 1
    return replace(THOUSANDS, decimals=min(MOST_DECIMALS, max(0, WIDTH_DIGITS - digits)))
