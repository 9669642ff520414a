"""The layout most charts share: a row for each thing, its name and numbers in words, and its marks on one common scale.

Narrow, the words stand above the marks; wide, to the left of them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sim.telling.drawing.drawing import WIDE
from sim.telling.drawing.language import said as in_language
from sim.telling.drawing.scale import Scale, decimals, scale
from sim.telling.drawing.svg import (
    BLUE,
    GRID,
    INK,
    NAME,
    PAPER,
    QUIET,
    SAID,
    SMALL,
    box,
    circle,
    clean,
    diamond,
    line,
    number,
    tag,
    words,
)  # fmt: skip
from sim.telling.drawing.text_width import breadth, wrapped
from sim.words.figure import Figure
from sim.words.numbers import danish

Marks = Callable[[Scale, float], str]
LINE_STEP, NAME_STEP, TRACK, GAP, EDGE = 17, 18, 24, 12, 12
AXIS = 50
COLUMN = 0.44
"""The part of a wide picture that the words take."""


@dataclass(frozen=True)
class Line:
    """One line of a row: what is said, and the marks at its height, None where there is nothing to draw."""

    said: str
    marks: Marks | None


@dataclass(frozen=True)
class Row:
    """A row: its name, and a line for each series."""

    name: str
    lines: tuple[Line, ...]
    option: int | None = None
    """The number of the option that the row is of, for a page that shows some and not others."""


@dataclass(frozen=True)
class Axis:
    """The common scale: the values it must hold, its title, and the words to the left and right of zero."""

    values: tuple[float, ...]
    title: str
    left: str = ""
    right: str = ""


def interval(
    figure: Figure, unit: float, colour: str = BLUE, *, rhomb: bool = False, hollow: bool = False, radius: float = 6.0
) -> Marks:
    """Return a dot at the mean on a bar from the 10 to the 90 % quantile; hollow where the sign is not sure."""
    mean, low, high = (number / unit for number in figure.numbers)

    def marks(across: Scale, y: float) -> str:
        bar = tag(
            "line", x1=across(low), y1=y, x2=across(high), y2=y, stroke=colour, stroke_width=5.0, stroke_opacity="0.45",
            stroke_linecap="round",
        )  # fmt: skip
        shape = diamond if rhomb else circle
        dress = (PAPER, colour, 2.0) if hollow else (colour,)
        return bar + shape(across(mean), y, radius + 1 if rhomb else radius, *dress)

    return marks


def bar(start: float, end: float, colour: str, height: float = 14.0) -> Marks:
    """Return a bar from one value to another; one too short to see is still a pixel wide."""

    def marks(across: Scale, y: float) -> str:
        left, right = sorted((across(start), across(end)))
        return box(left, y - height / 2, max(right - left, 1.0), height, colour)

    return marks


def whisker(low: float, high: float) -> Marks:
    """Return an error bar with short ends."""

    def marks(across: Scale, y: float) -> str:
        left, right = across(low), across(high)
        ends = "".join(line(x, y - 5, x, y + 5, INK, 1.5) for x in (left, right))
        return line(left, y, right, y, INK, 1.5) + ends

    return marks


def both(*several: Marks) -> Marks:
    """Return marks on top of each other."""
    return lambda across, y: "".join(marks(across, y) for marks in several)


def row_chart(rows: Sequence[Row], axis: Axis, width: int) -> tuple[list[str], float]:
    """Return the chart's pieces and its height."""
    wide = width >= WIDE
    column = round(width * COLUMN) if wide else width
    start = column + EDGE if wide else EDGE + 8
    across = scale(axis.values, start, width - EDGE - 12, most_ticks=5 if wide else 4)
    pieces: list[str] = []
    tracks: list[float] = []
    y = 6.0
    for row in rows:
        first = len(pieces)
        name = in_language(row.name)
        for text in wrapped(name, column - 8, NAME, bold=True, most=4):
            y += NAME_STEP
            pieces.append(words(0, y - 4, text, size=NAME, bold=True))
        for one in row.lines:
            sentence = in_language(one.said) if one.said else ""
            said = wrapped(sentence, column - 8, SAID, most=4) if sentence else []
            pieces += [words(0, y + LINE_STEP * (n + 1) - 4, text, fill=QUIET) for n, text in enumerate(said)]
            said_height = LINE_STEP * len(said)
            track = TRACK if one.marks else 0
            if wide:
                at = y + (said_height or TRACK) / 2
                y += max(said_height, track) + 2
            else:
                at = y + said_height + TRACK / 2
                y += said_height + track
            if one.marks:
                tracks.append(at)
                value = clean(f"{name}: {sentence}" if sentence else name)
                pieces.append(tag("g", one.marks(across, at), data_value=value))
        if row.option is not None:
            pieces[first:] = [tag("g", "".join(pieces[first:]), data_option=str(row.option))]
        y += GAP
    labels = _axis_words(across, axis, y, (column if wide else 0, width))
    under = [words(x, y_, text, size=SMALL, anchor=anchor) for x, y_, text, anchor in labels]
    bottom = max((y_ for _, y_, _, _ in labels), default=y)
    return [*_grid(across, tracks, y - GAP / 2, wide), *pieces, *under], max(y + AXIS, bottom + 6)


def _grid(across: Scale, tracks: Iterable[float], bottom: float, wide: bool) -> list[str]:
    """Return the grid: whole lines where no words stand in the way, else short ones beside the marks."""
    spans = [(4.0, bottom)] if wide else [(at - TRACK / 2, at + TRACK / 2) for at in tracks]
    spans.append((bottom, bottom + 4))
    paths = {
        colour: "".join(f"M{number(across(t))} {number(top)}V{number(end)}" for t in ticks for top, end in spans)
        for colour, ticks in ((GRID, [t for t in across.ticks if t != 0]), (INK, [t for t in across.ticks if t == 0]))
    }
    return [tag("path", d=d, stroke=colour, fill="none") for colour, d in paths.items() if d]


def _axis_words(across: Scale, axis: Axis, y: float, ends: tuple[float, float]) -> list[tuple[float, float, str, str]]:
    """Return the words under the axis with their places; ``ends`` are the pixels between which there is room."""
    places = decimals(across.ticks)
    shown = [(across(t), in_language(danish(t, places))) for t in across.ticks]
    if any(b[0] - a[0] < (breadth(a[1], SMALL) + breadth(b[1], SMALL)) / 2 + 6 for a, b in pairwise(shown)):
        from_zero = across.ticks.index(0.0) if 0.0 in across.ticks else 0
        shown = [one for n, one in enumerate(shown) if (n - from_zero) % 2 == 0]
    labels = [(min(x, ends[1] - breadth(text, SMALL) / 2), y + 12, text, "middle") for x, text in shown]
    zero = across(0.0)
    left, right = f"← {in_language(axis.left)}", f"{in_language(axis.right)} →"
    if axis.left and min(axis.values) < 0 and zero - ends[0] > breadth(left, SMALL) + 8:
        labels.append((zero - 6, y + 28, left, "end"))
    if axis.right and max(axis.values) > 0 and ends[1] - zero > breadth(right, SMALL) + 8:
        labels.append((zero + 6, y + 28, right, "start"))
    top = y + (44 if axis.left or axis.right else 29)
    for n, text in enumerate(
        wrapped(in_language(axis.title), ends[1] - EDGE - ends[0] - 8, SMALL) if axis.title else ()
    ):
        labels.append((ends[1] - EDGE, top + 16 * n, text, "end"))
    return labels
