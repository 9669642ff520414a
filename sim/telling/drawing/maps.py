"""Movia's 45 municipalities on a map, with the capital's small ones enlarged beside it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from sim.geography.projection import FloatArray, to_metres
from sim.telling.drawing.drawing import WIDE, Drawing
from sim.telling.drawing.frame import Frame, fitted, room_for
from sim.telling.drawing.shapes import Shape, municipality_shapes, surface_m2
from sim.telling.drawing.svg import BLUE, FONT, INK, PAPER, QUIET, clean, document, number, tag, words
from sim.words.cells import Cell
from sim.words.table import Table

CAPITAL = (
    "0101", "0147", "0151", "0153", "0155", "0157", "0159", "0161", "0163", "0165", "0167", "0169", "0173", "0175", "0183",
    "0185", "0187", "0190", "0223", "0230", "0253",
)  # fmt: skip
"""Drawn in the enlarged part."""
FARTHEST_EAST_M, SMALLEST_M2 = 734_000.0, 200_000.0
ENLARGED = "Hovedstadsområdet, forstørret"
LAND, SHADED, LABEL, TOLERANCE_M, FINE_M = "#e3ecf3", "#c9d6e0", 11, 200.0, 120.0
AT_SEA = {
    "0155": (55.553, 12.645, "start"), "0210": (55.975, 12.56, "start"), "0217": (56.06, 12.62, "start"),
    "0269": (55.50, 12.25, "start"),
}  # fmt: skip
"""Names that have no room on their own land: where they stand beside it, and how they are anchored there."""
TITLE = "Kort over Movias 45 kommuner"


@dataclass(frozen=True)
class Layout:
    """The two parts of the map and its size; ``whole`` shows all 45, ``near`` the capital's."""

    whole: Frame
    near: Frame
    width: float
    height: float


@dataclass(frozen=True)
class Dress:
    """How one municipality is drawn: its filling, the words in it and their colour."""

    fill: str = LAND
    said: str = ""
    ink: str = INK


@cache
def layout(width: int = WIDE) -> Layout:
    """Return the parts side by side where there is room, else one above the other."""
    shapes, small = municipality_shapes(TOLERANCE_M), _capital()
    if width >= WIDE:
        whole, height = fitted(shapes, 2, 2, width * 0.58)
        side = width * 0.40
        near, _ = fitted(small, width - side, 40, side - 4, height * 0.6)
        return Layout(whole, near, width, height + 4)
    whole, height = fitted(shapes, 2, 2, width - 4)
    near, below = fitted(small, 4, height + 30, width - 8)
    return Layout(whole, near, width, height + below + 36)


def picker_svg(link: Callable[[str], str], *, chosen: str | None = None, width: int = WIDE) -> str:
    """Return a map for a page's own markup, where each municipality is a link to ``link(code)``.

    Each can be reached by the keyboard and says its name. Classes for a style sheet: ``picker`` on the drawing,
    ``municipality`` (and ``chosen``) on the links.
    """
    parts = layout(width)

    def linked(shape: Shape, inside: str) -> str:
        is_chosen = shape.code == chosen
        return tag(
            "a", tag("title", clean(shape.name)) + inside, href=clean(link(shape.code)),
            class_="municipality chosen" if is_chosen else "municipality",
            aria_current="true" if is_chosen else None,
        )  # fmt: skip

    dressed = {shape.code: Dress(said=shape.name) for shape in municipality_shapes(TOLERANCE_M)}
    if chosen in dressed:
        dressed[chosen] = Dress(BLUE, dressed[chosen].said, PAPER)
    inside = "".join(drawn(parts, dressed, linked))
    across, down = number(parts.width), number(parts.height)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="picker" width="{across}" height="{down}" viewBox="0 0 {across} {down}"'
        f' role="group" aria-label="{TITLE}" font-family="{FONT}">{inside}</svg>'
    )


def municipality_map(width: int = WIDE) -> Drawing:
    """Draw the 45 municipalities with their names."""
    parts, shapes = layout(width), municipality_shapes(TOLERANCE_M)
    inside = drawn(parts, {shape.code: Dress(said=shape.name) for shape in shapes})
    alt = f"{TITLE}, på Sjælland, Lolland, Falster og Møn. Tabellen nævner dem alle."
    rows = tuple((Cell(shape.name), Cell(shape.code)) for shape in sorted(shapes, key=lambda s: s.name))
    name = "municipalities"
    svg = document(name, parts.width, parts.height, TITLE, alt, inside)
    return Drawing(name, TITLE, alt, svg, Table("Movias kommuner", ("kommune", "kommunekode"), rows))


def drawn(
    parts: Layout, dressed: Mapping[str, Dress], around: Callable[[Shape, str], str] = lambda shape, inside: inside
) -> list[str]:
    """Return the map's pieces; ``around`` may put a municipality's piece into something, each once.

    In the whole map the capital's small ones are outlines only, as they are drawn in full in the enlarged part.
    """
    small = {shape.code: shape for shape in _capital()}
    pieces, inner = [], []
    for shape in municipality_shapes(TOLERANCE_M):
        dress = dressed[shape.code]
        if shape.code in small:
            inner.append(_shape(shape, parts.whole, Dress(SHADED if dress.fill == LAND else dress.fill), 0.5))
        else:
            pieces.append(around(shape, _shape(shape, parts.whole, dress, 0.8)))
    pieces.append(tag("g", "".join(inner), aria_hidden="true"))
    pieces.append(
        tag(
            "g",
            words(parts.near.left, parts.near.top - 8, ENLARGED, size=LABEL + 1, bold=True),
            aria_hidden="true",
            lang="da",
        )
    )
    pieces += [around(shape, _shape(shape, parts.near, dressed[shape.code], 0.8)) for shape in small.values()]
    return pieces


@cache
def _capital() -> tuple[Shape, ...]:
    """Return the shapes of the enlarged part, without what lies too far out at sea for it (Saltholm, Peberholm)."""
    return tuple(
        replace(
            shape, rings=tuple(ring for ring in shape.rings if ring[:, 0].min() < FARTHEST_EAST_M and _is_seen(ring))
        )
        for shape in municipality_shapes(FINE_M)
        if shape.code in CAPITAL
    )


def _is_seen(ring: FloatArray) -> bool:
    return abs(surface_m2(ring)) > SMALLEST_M2


def _shape(shape: Shape, frame: Frame, dress: Dress, edge: float) -> str:
    outline = tag(
        "path", d=frame.path(shape.rings), fill=dress.fill, stroke=QUIET, stroke_width=edge, stroke_linejoin="round"
    )
    for size in (LABEL, LABEL - 2) if dress.said else ():
        at = room_for(shape, frame, dress.said, size)
        if at is not None:
            return outline + words(at[0], at[1], dress.said, size=size, fill=dress.ink, anchor="middle")
    if not dress.said or shape.code not in AT_SEA:
        return outline
    lat, lon, anchor = AT_SEA[shape.code]
    x, y = frame.place(*(float(v) for v in to_metres(lat, lon)))
    return outline + words(x, y, dress.said, size=LABEL - 2, anchor=anchor)
