"""One cell of a table for people: the number, and under it or after it what surrounds it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

from sim.words.numbers import OERE_PER_KRONE, approximately, danish, kroner, millions, telling_decimals

Json = dict[str, Any]
Formatter = Callable[[float], str]

NONE = "–"
"""What stands where a number has no meaning; a zero is written as a zero."""
UNSURE = "usikker"


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
    first, last = shown(low), shown(high)
    signed = any(text.startswith(("-", "+")) for text in (first, last))
    return f"{first} til {last}" if signed else f"{first}-{last}"


def figure_cell(figure: Json | None, shown: Formatter) -> Cell:
    """Return a figure's mean with its interval under it."""
    if figure is None:
        return Cell(NONE)
    return Cell(shown(figure["mean"]), f"({between(figure['p10'], figure['p90'], shown)})")


def count_cell(figure: Json | None) -> Cell:
    """Return a count in whole numbers."""
    return figure_cell(figure, danish)


def millions_cell(figure: Json | None) -> Cell:
    """Return an amount in millions of kroner."""
    return figure_cell(figure, in_millions(figure))


def in_millions(figure: Json | None) -> Formatter:
    """Return the formatter for an amount in millions: one decimal, or as many as it takes to say anything."""
    return millions if figure is None else partial(millions, decimals=telling_decimals(figure))


def column_millions(figures: Sequence[Json | None]) -> Formatter:
    """Return the formatter for a column of amounts in millions: as many decimals for all as the one that needs most."""
    known = [telling_decimals(figure) for figure in figures if figure is not None]
    return partial(millions, decimals=max(known, default=1))


def kroner_cell(figure: Json | None) -> Cell:
    """Return an amount in whole kroner."""
    return figure_cell(figure, kroner)


def thousands(oere: float) -> str:
    """Return an amount in oere as thousands of kroner; below 10,000 kr with one decimal, so that it is not 0.

    >>> thousands(12_584_622.9), thousands(-310_000)
    ('126', '-3,1')
    """
    amount = oere / OERE_PER_KRONE / 1000
    return danish(amount, 0 if abs(amount) >= 10 or amount == 0 else 1)


def signed(shown: Formatter) -> Formatter:
    """Return the formatter with a plus before what is above zero.

    >>> signed(danish)(12.0)
    '+12'
    """

    def with_plus(value: float) -> str:
        text = shown(value)
        return text if value <= 0 or text.startswith("+") else f"+{text}"

    return with_plus


def sign_is_sure(figure: Json) -> bool:
    """Say whether the whole interval lies on one side of zero, or the figure is exactly zero."""
    low, high = figure["p10"], figure["p90"]
    return bool(low > 0 or high < 0 or low == high == figure["mean"] == 0)


def change_cell(figure: Json | None, shown: Formatter | None = None) -> Cell:
    """Return a change with its sign, in millions unless ``shown`` says otherwise.

    One whose interval crosses zero says so instead of its mean.
    """
    if figure is None:
        return Cell(NONE)
    cell = figure_cell(figure, signed(shown or in_millions(figure)))
    return cell if sign_is_sure(figure) else Cell(UNSURE, cell.under)


def percent(value: float) -> str:
    """Return a percentage with one decimal, without the sign of percent."""
    return danish(value, 1)


def percent_cell(figure: Json | None) -> Cell:
    """Return a change in percent."""
    cell = change_cell(figure, percent)
    if figure is None or cell.text == UNSURE:
        return cell
    return Cell(f"{cell.text} %", cell.under)


def share_cell(part: Json, whole: Json) -> Cell:
    """Return a part in percent of the whole, and under it the part itself with its interval, all three as roughly told.

    >>> total = {"mean": 42_000.0, "p10": 40_000.0, "p90": 44_000.0}
    >>> str(share_cell({"mean": 21_178.0, "p10": 15_404.0, "p90": 21_180.0}, total))
    '50 % 21.200 ture (15.400-21.200)'
    """
    if not whole["mean"]:
        return Cell(NONE)
    low_to_high = between(part["p10"], part["p90"], approximately)
    share = danish(100.0 * part["mean"] / whole["mean"])
    return Cell(f"{share} %", f"{approximately(part['mean'])} ture ({low_to_high})")


def plain_number(value: float) -> str:
    """Return an input value with the decimals it has; what can be a year keeps its four digits together.

    >>> plain_number(0.0371), plain_number(2017.0), plain_number(8405.0), plain_number(389000.0)
    ('0,0371', '2017', '8.405', '389.000')
    """
    if float(value).is_integer():
        return f"{value:.0f}" if 1990 <= value <= 2100 else danish(value)
    return f"{value:.10g}".replace(".", ",")
