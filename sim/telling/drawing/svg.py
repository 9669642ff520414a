"""Pieces of SVG as text. Every colour and size is an attribute: a page's security policy forbids styles, and needs none."""

from collections.abc import Iterable
from html import escape
from typing import Any

INK, QUIET, GRID, PAPER = "#1a1a1a", "#4d4d4d", "#d4d4d4", "#ffffff"
BLUE, VERMILION, GREEN, ORANGE, SKY = "#0072b2", "#d55e00", "#00795b", "#e69f00", "#56b4e9"
"""After Okabe and Ito: told apart by the colour-blind; nothing is said by colour alone."""
PALE = "#cfe3f1"
FONT = "Helvetica, Arial, 'Liberation Sans', sans-serif"
NAME, SAID, SMALL = 14, 13, 12
"""Sizes of words: a name, a number, an axis."""


def number(value: float) -> str:
    """Return a coordinate with at most one decimal.

    >>> number(12.04), number(3.26), number(-0.01)
    ('12', '3.3', '0')
    """
    text = f"{value:.1f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def clean(words: str) -> str:
    """Return the words with markup made harmless, and without characters that no XML may hold."""
    allowed = (
        c for c in words if c in "\t\n" or (ord(c) >= 0x20 and not 0xD800 <= ord(c) <= 0xDFFF and ord(c) < 0xFFFE)
    )
    return escape("".join(allowed))


def tag(name: str, inside: str = "", **attributes: str | float | None) -> str:
    """Return one element; ``_`` in an attribute's name is a hyphen, and None leaves it out."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{value if isinstance(value, str) else number(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>"


def words(
    x: float, y: float, said: str, *, size: float = SAID, fill: str = INK, anchor: str | None = None, bold: bool = False,
    halo: bool = False,
) -> str:  # fmt: skip
    """Return one line of text with its baseline at ``y``; a halo keeps it readable over lines."""
    edge: dict[str, Any] = (
        {"stroke": PAPER, "stroke_width": 4.0, "stroke_linejoin": "round", "paint_order": "stroke"} if halo else {}
    )
    return tag(
        "text", clean(said), x=x, y=y, font_size=size, fill=fill, text_anchor=anchor,
        font_weight="bold" if bold else None, **edge,
    )  # fmt: skip


def line(x1: float, y1: float, x2: float, y2: float, colour: str, width: float = 1.0, dash: str | None = None) -> str:
    """Return a straight line."""
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=colour, stroke_width=width, stroke_dasharray=dash)


def box(x: float, y: float, width: float, height: float, fill: str, stroke: str | None = None) -> str:
    """Return a rectangle."""
    return tag("rect", x=x, y=y, width=width, height=height, fill=fill, stroke=stroke)


def circle(x: float, y: float, radius: float, fill: str, stroke: str | None = None, width: float | None = None) -> str:
    """Return a disc or, filled with paper, a ring."""
    return tag("circle", cx=x, cy=y, r=radius, fill=fill, stroke=stroke, stroke_width=width)


def diamond(x: float, y: float, radius: float, fill: str, stroke: str | None = None, width: float | None = None) -> str:
    """Return a square on its corner."""
    corners = ((x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y))
    return tag("polygon", points=points(corners), fill=fill, stroke=stroke, stroke_width=width)


def points(places: Iterable[tuple[float, float]]) -> str:
    """Return places as the points of a line or a shape."""
    return " ".join(f"{number(x)},{number(y)}" for x, y in places)


def document(name: str, width: float, height: float, title: str, alt: str, parts: Iterable[str]) -> str:
    """Return the whole drawing, named for those who cannot see it. Ids are made of ``name``, so that drawings can share a page."""
    named = tag("title", clean(title), id=f"{name}-title") + tag("desc", clean(alt), id=f"{name}-desc")
    across, down = number(width), number(height)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{across}" height="{down}" viewBox="0 0 {across} {down}" role="img"'
        f' aria-labelledby="{name}-title {name}-desc" font-family="{FONT}">'
        f"{named}{box(0, 0, width, height, PAPER)}{''.join(parts)}</svg>"
    )
