"""A drawing: the picture, what it says to those who cannot see it, and the table behind it."""

import re
from dataclasses import dataclass

from sim.telling.apart import drawn_apart
from sim.telling.drawing.svg import PAPER, box, number, tag, words
from sim.telling.drawing.text_width import wrapped
from sim.words.table import Table

NARROW, HALF, WIDE, PAGE = 320, 420, 640, 800
"""The widths of a chart: for a telephone, for one of two beside each other, for a page of paper, for the whole of a screen."""
PRINT_SCALE = 2.0
TITLE_SIZE, TITLE_STEP = 16, 21


@dataclass(frozen=True)
class Drawing:
    """A finished drawing.

    Attributes
    ----------
    name : a slug in English, the same in every run: ``intervals``, ``waterfall-2``
    title : what is shown, in Danish; not written in the picture itself, see `titled`
    alt : one or two sentences with the finding and its interval
    svg : a whole SVG document without scripts, styles or addresses
    table : the numbers that are drawn
    """

    name: str
    title: str
    alt: str
    svg: str
    table: Table


def png(svg: str) -> bytes:
    """Return the drawing as a picture of points, twice as large as on the screen so that it can be printed."""
    return drawn_apart("png", svg, PRINT_SCALE)


def pdf(svg: str) -> bytes:
    """Return the drawing as a page of its own size."""
    return drawn_apart("pdf", svg)


def titled(drawing: Drawing) -> str:
    """Return the drawing with its title written above it, for a file that stands alone."""
    opening, _, inside = drawing.svg.partition(">")
    width, height = (float(size) for size in re.findall(r' (?:width|height)="([\d.]+)"', opening))
    lines = wrapped(drawing.title, width - 4, TITLE_SIZE, bold=True)
    deep = TITLE_STEP * len(lines) + 8
    titles = "".join(
        words(0, TITLE_STEP * (n + 1) - 4, line, size=TITLE_SIZE, bold=True) for n, line in enumerate(lines)
    )
    opening = re.sub(r' height="[\d.]+"', f' height="{number(height + deep)}"', opening)
    opening = re.sub(r' viewBox="[^"]*"', f' viewBox="0 0 {number(width)} {number(height + deep)}"', opening)
    below = tag("g", inside.removesuffix("</svg>"), transform=f"translate(0 {number(deep)})")
    return f"{opening}>{box(0, 0, width, height + deep, PAPER)}{titles}{below}</svg>"
