"""A drawing: the picture, what it says to those who cannot see it, and the table behind it."""

from dataclasses import dataclass

from sim.report.table import Table

NARROW, WIDE = 320, 640
"""The two widths every chart can be drawn in: for a telephone or a column, and for a page."""
PRINT_SCALE = 2.0


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
    import vl_convert

    drawn: bytes = vl_convert.svg_to_png(svg, scale=PRINT_SCALE)
    return drawn


def pdf(svg: str) -> bytes:
    """Return the drawing as a page of its own size."""
    import vl_convert

    drawn: bytes = vl_convert.svg_to_pdf(svg)
    return drawn
