"""One cell of a table for people: the number, and under it or after it what surrounds it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from sim.words.figure import Figure, Interval
from sim.words.numbers import approximately, danish, millions, telling_decimals
from sim.words.rounding import COUNT, KRONER, Printed

Formatter = Callable[[float], str]

NONE = "–"
"""What stands where a number has no meaning; a zero is written as a zero."""
UNSURE = "usikker"
PERCENT = Printed(1, 1)
MOST_PERCENT, WHOLE_TIMES = 200.0, 10
"""A change that may be more than this many per cent is told in times: of 14 trips a per cent says nothing."""


class Cell(NamedTuple):
    """A number as text, and its interval or a remark."""

    text: str
    under: str = ""

    def __str__(self) -> str:
        return f"{self.text} {self.under}" if self.under else self.text


def between(low: float, high: float, shown: Formatter) -> str:
    """Return an interval; with a word instead of a hyphen where a sign stands, so that no two dashes meet.

    >>> between(-2.0, 1.5, lambda value: danish(value, 1))
    '-2,0 til 1,5'
    """
    return joined(shown(low), shown(high))


def joined(first: str, last: str) -> str:
    """Return the ends of an interval as one text.

    >>> joined("-2,0", "+1,5"), joined("3", "4")
    ('-2,0 til +1,5', '3-4')
    """
    signed = any(text.startswith(("-", "+")) for text in (first, last))
    return f"{first} til {last}" if signed else f"{first}-{last}"


def span(figure: Figure | Interval, shown: Formatter) -> str:
    """Return a figure's interval, rounded outwards where ``shown`` knows its smallest step."""
    if isinstance(shown, Printed):
        return joined(*shown.interval(figure))
    return between(figure.p10, figure.p90, shown)


def figure_cell(figure: Figure | None, shown: Formatter, steps: int | None = None) -> Cell:
    """Return a figure's mean with its interval under it; of ``steps`` where those are rounded so that a sum holds."""
    if figure is None:
        return Cell(NONE)
    text = shown.text(steps) if isinstance(shown, Printed) and steps is not None else shown(figure.mean)
    return Cell(text, f"({span(figure, shown)})")


def count_cell(figure: Figure | None, steps: int | None = None) -> Cell:
    """Return a count in whole numbers."""
    return figure_cell(figure, COUNT, steps)


def millions_cell(figure: Figure | None) -> Cell:
    """Return an amount in millions of kroner."""
    return figure_cell(figure, in_millions(figure))


def in_millions(figure: Figure | None) -> Formatter:
    """Return the formatter for an amount in millions: one decimal, or as many as it takes to say anything."""
    return millions if figure is None else partial(millions, decimals=telling_decimals(figure))


def kroner_cell(figure: Figure | None) -> Cell:
    """Return an amount in whole kroner."""
    return figure_cell(figure, KRONER)


def signed(shown: Formatter) -> Formatter:
    """Return the formatter with a plus before what is above zero.

    >>> signed(danish)(12.0)
    '+12'
    """

    if isinstance(shown, Printed):
        return replace(shown, plus=True)

    def with_plus(value: float) -> str:
        text = shown(value)
        return text if value <= 0 or text.startswith("+") else f"+{text}"

    return with_plus


def change_cell(figure: Figure | None, shown: Formatter | None = None, steps: int | None = None) -> Cell:
    """Return a change with its sign, in millions unless ``shown`` says otherwise.

    One whose interval crosses zero says so instead of its mean.
    """
    if figure is None:
        return Cell(NONE)
    cell = figure_cell(figure, signed(shown or in_millions(figure)), steps)
    return cell if figure.sign_is_sure else Cell(UNSURE, cell.under)


def percent(value: float) -> str:
    """Return a percentage with one decimal, without the sign of percent."""
    return danish(value, 1)


def percent_cell(figure: Figure | None, per_cent: Printed = PERCENT) -> Cell:
    """Return a change in percent; one that may be more than twice as much again in times.

    >>> str(percent_cell(Figure(303.9, 97.4, 1747.4)))
    'ca. 4 gange (1-19)'
    """
    if figure is None:
        return Cell(NONE)
    if figure.p90 > MOST_PERCENT:
        times = Figure(*(1 + number / 100 for number in figure.numbers))
        shown = Printed(1, 0 if times.p90 >= WHOLE_TIMES else 1)
        return Cell(f"ca. {shown(times.mean)} gange" if figure.sign_is_sure else UNSURE, f"({span(times, shown)})")
    cell = change_cell(figure, per_cent)
    return cell if cell.text == UNSURE else Cell(f"{cell.text} %", cell.under)


def share_cell(part: Figure, whole: Figure) -> Cell:
    """Return a part in percent of the whole, and under it the part itself with its interval, all three as roughly told.

    >>> str(share_cell(Figure(21_178.0, 15_404.0, 21_180.0), Figure(42_000.0, 40_000.0, 44_000.0)))
    '50 % 21.200 ture (15.400-21.200)'
    """
    if not whole.mean:
        return Cell(NONE)
    low_to_high = span(part, COUNT)
    share = danish(100.0 * part.mean / whole.mean)
    return Cell(f"{share} %", f"{approximately(part.mean)} ture ({low_to_high})")


def plain_number(value: float) -> str:
    """Return an input value with the decimals it has; what can be a year keeps its four digits together.

    >>> plain_number(0.0371), plain_number(2017.0), plain_number(8405.0), plain_number(389000.0)
    ('0,0371', '2017', '8.405', '389.000')
    """
    if float(value).is_integer():
        return f"{value:.0f}" if 1990 <= value <= 2100 else danish(value)
    return f"{value:.10g}".replace(".", ",")
