"""Small charts side by side, one for each option on one common scale: a line with its band, today's dashed behind."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sim.telling.drawing.drawing import WIDE
from sim.telling.drawing.figures_in_words import THOUSAND_KRONER, UNIT, amount
from sim.telling.drawing.language import said as in_language
from sim.telling.drawing.scale import Scale, decimals, scale
from sim.telling.drawing.svg import (
    BLUE,
    GRID,
    INK,
    NAME,
    PALE,
    QUIET,
    SMALL,
    VERMILION,
    clean,
    line,
    points,
    tag,
    words,
)
from sim.telling.drawing.text_width import wrapped
from sim.words.figure import Figure
from sim.words.numbers import danish

PANEL, LEFT, RIGHT, GAP, NAME_STEP, FOOT = 130, 50, 18, 22, 18, 24
DASH = "5 4"
Places = list[tuple[float, float]]


@dataclass(frozen=True)
class Panel:
    """One option: its name and its figures in oere, from left to right."""

    name: str
    figures: Sequence[Figure]
    labels: Sequence[str] = ()
    """What each figure is of in words, where the axis has a letter."""


@dataclass(frozen=True)
class Mark:
    """A level that all panels show, in oere, and its name."""

    oere: float
    name: str


def panels(
    shown: Sequence[Panel], labels: Sequence[str], width: int, *, told: str = "", mark: Mark | None = None
) -> tuple[list[str], float]:
    """Return the charts' pieces and their height; the first panel is today's. ``told`` is added to the words at the foot."""
    ends = [number / THOUSAND_KRONER for panel in shown for figure in panel.figures for number in figure.numbers]
    if mark is not None:
        ends.append(mark.oere / THOUSAND_KRONER)
    columns = 2 if width >= WIDE and len(shown) > 1 else 1
    across = (width - GAP * (columns - 1)) / columns
    pieces: list[str] = []
    top = 0.0
    for first in range(0, len(shown), columns):
        names = [
            wrapped(in_language(panel.name), across - 4, NAME, bold=True, most=2)
            for panel in shown[first : first + columns]
        ]
        head = NAME_STEP * max(map(len, names)) + 8
        for n, lines in enumerate(names):
            left, up = n * (across + GAP), scale(ends, top + head + PANEL, top + head, most_ticks=4)
            pieces += [
                words(left, top + NAME_STEP * (k + 1) - 4, text, size=NAME, bold=True) for k, text in enumerate(lines)
            ]
            today = shown[0].figures if first + n else None
            drawn = _panel(shown[first + n], today, labels, (left + LEFT, left + across - RIGHT), up, mark)
            pieces.append(tag("g", "".join(drawn), data_option=str(first + n + 1)))
        top += head + PANEL + FOOT + GAP
    foot = wrapped(_foot(len(shown) > 1, told, mark), width, SMALL)
    pieces += [words(0, top + 14 * n, text, size=SMALL, fill=QUIET) for n, text in enumerate(foot)]
    return pieces, top + 14 * len(foot)


def _foot(several: bool, told: str, mark: Mark | None) -> str:
    parts = [UNIT, "linje: gennemsnit", "flade: 80-procent-interval"]
    parts += ["stiplet: nuværende ordning"] if several else []
    parts += [f"orange: {mark.name}"] if mark is not None else []
    return "; ".join(in_language(one) for one in [*parts, *([told] if told else [])])


def _panel(
    panel: Panel, today: Sequence[Figure] | None, labels: Sequence[str], ends: tuple[float, float], up: Scale,
    mark: Mark | None,
) -> list[str]:  # fmt: skip
    figures = panel.figures
    step = (ends[1] - ends[0]) / max(1, len(figures) - 1)

    def places(oere: Iterable[float]) -> Places:
        return [(ends[0] + step * n, up(amount / THOUSAND_KRONER)) for n, amount in enumerate(oere)]

    means = places(figure.mean for figure in figures)
    under = [
        words(ends[0] + step * n, up.start + 16, label, size=SMALL, anchor="middle") for n, label in enumerate(labels)
    ]
    level = [] if mark is None else [line(ends[0], y := up(mark.oere / THOUSAND_KRONER), ends[1], y, VERMILION, 2.0)]
    behind = [] if today is None else [_trace(places(f.mean for f in today), INK, 1.5, DASH)]
    band = tag(
        "polygon",
        points=points([*places(f.p10 for f in figures), *reversed(places(f.p90 for f in figures))]),
        fill=PALE,
    )
    name = in_language(panel.name)
    dots = [
        tag(
            "circle",
            cx=x,
            cy=y,
            r=3.0,
            fill=BLUE,
            data_value=clean(f"{name}, {in_language(label)}: {in_language(amount(figure))}"),
        )
        for (x, y), figure, label in zip(means, figures, panel.labels or labels, strict=True)
    ]
    return [band, *_grid(up, ends), *level, *behind, _trace(means, BLUE, 2.5), *dots, *under]


def _grid(up: Scale, ends: tuple[float, float]) -> list[str]:
    """Return the level lines with their numbers to the left of them."""
    places = decimals(up.ticks)
    pieces = []
    for tick in up.ticks:
        pieces.append(line(ends[0], up(tick), ends[1], up(tick), INK if tick == 0 else GRID))
        pieces.append(words(ends[0] - 6, up(tick) + 4, in_language(danish(tick, places)), size=SMALL, anchor="end"))
    return pieces


def _trace(places: Places, colour: str, width: float, dash: str | None = None) -> str:
    return tag("polyline", points=points(places), fill="none", stroke=colour, stroke_width=width, stroke_dasharray=dash,
               stroke_linejoin="round")  # fmt: skip
