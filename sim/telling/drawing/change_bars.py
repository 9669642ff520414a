"""The change of each option as one small bar, all on one scale: for a list where the words stand beside it."""

from collections.abc import Callable

from sim.answer.records import Answer
from sim.telling.drawing.figures_in_words import THOUSAND_KRONER
from sim.telling.drawing.rows import interval
from sim.telling.drawing.scale import scale
from sim.telling.drawing.svg import BLUE, GRID, INK, QUIET, SMALL, line, number, words
from sim.words.numbers import danish

WIDTH, HEIGHT, EDGE, MIDDLE = 240.0, 46.0, 12.0, 16.0


def change_bars(comparison: Answer, marks: Callable[[str], str] = str) -> list[str]:
    """Return an SVG for every option after today's: zero as a line, the interval as a bar, the mean as a dot, hollow where unsure.

    ``marks`` gives the numbers the marks of the page's language. The bars are pictures of what is said beside them, and hidden from
    those who have it read aloud.
    """
    figures = [option.change.net_cost_oere for option in comparison.options[1:]]
    values = [number / THOUSAND_KRONER for figure in figures for number in figure.numbers]
    across = scale(values, EDGE, WIDTH - EDGE, most_ticks=3)
    ends = [tick for tick in (across.ticks[0], 0.0, across.ticks[-1]) if tick in across.ticks]
    bars = []
    for figure in figures:
        grid = [
            line(across(t), 2, across(t), HEIGHT - 16, INK if t == 0 else GRID, 1.5 if t == 0 else 1.0)
            for t in across.ticks
        ]
        mark = interval(figure, THOUSAND_KRONER, BLUE, hollow=not figure.sign_is_sure)
        anchors = {across.ticks[0]: "start", across.ticks[-1]: "end"}
        numbers = [
            words(across(t) + (-EDGE if anchors.get(t) == "start" else EDGE if anchors.get(t) == "end" else 0),
                  HEIGHT - 3, marks(_tick(t)), size=SMALL, fill=QUIET, anchor=anchors.get(t, "middle"))
            for t in dict.fromkeys(ends)
        ]  # fmt: skip
        bars.append(
            f'<svg viewBox="0 0 {number(WIDTH)} {number(HEIGHT)}" aria-hidden="true" focusable="false">'
            f"{''.join([*grid, mark(across, MIDDLE), *numbers])}</svg>"
        )
    return bars


def _tick(thousands: float) -> str:
    """Return a tick in thousands of kroner; zero and the two ends have room for a sign."""
    sign = "+" if thousands > 0 else "−" if thousands < 0 else ""
    size = abs(thousands)
    return f"{sign}{danish(size, 0 if size >= 1 or not size else 1)}"
