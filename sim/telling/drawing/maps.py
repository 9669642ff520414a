"""Movia's 45 municipalities on a map, with the capital's small ones enlarged beside it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from sim.geography.projection import FloatArray
from sim.telling.drawing.drawing import WIDE, Drawing
from sim.telling.drawing.frame import Frame, fitted, room_for
from sim.telling.drawing.names_outside import Box, Ground, Named, outside
from sim.telling.drawing.shapes import Shape, municipality_shapes, surface_m2
from sim.telling.drawing.svg import BLUE, FONT, INK, PAPER, QUIET, clean, document, number, tag, words
from sim.telling.drawing.text_width import breadth
from sim.words.cells import Cell
from sim.words.table import Table

CAPITAL = (
    "0101", "0147", "0151", "0153", "0155", "0157", "0159", "0161", "0163", "0165", "0167", "0169", "0173", "0175", "0183",
    "0185", "0187", "0190", "0223", "0230", "0253",
)  # fmt: skip
"""Drawn in the enlarged part."""
PHONE = 358
"""Pixels across on a phone, where the enlarged part lies below."""
FARTHEST_EAST_M, SMALLEST_M2 = 734_000.0, 200_000.0
ENLARGED = "Hovedstadsområdet, forstørret"
LAND, SHADED, LABEL, TOLERANCE_M, FINE_M = "#e3ecf3", "#c9d6e0", 11, 200.0, 120.0
MOVED = (0.0, -6.0, 6.0, -12.0, 12.0)
"""Pixels down by which a name over the edge of its land may be moved."""
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
    names, over = _names(parts, tuple((code, dress.said, dress.ink) for code, dress in sorted(dressed.items())))
    pieces, inner = [], []
    for shape in municipality_shapes(TOLERANCE_M):
        dress = dressed[shape.code]
        if shape.code in small:
            inner.append(_outline(shape, parts.whole, SHADED if dress.fill == LAND else dress.fill, 0.5))
        else:
            outline = _outline(shape, parts.whole, dress.fill, 0.8)
            pieces.append(around(shape, outline + names.get(shape.code, "")))
    pieces.append(tag("g", "".join(inner), aria_hidden="true"))
    pieces.append(
        tag(
            "g",
            words(parts.near.left, parts.near.top - 8, ENLARGED, size=LABEL + 1, bold=True),
            aria_hidden="true",
            lang="da",
        )
    )
    for shape in small.values():
        outline = _outline(shape, parts.near, dressed[shape.code].fill, 0.8)
        pieces.append(around(shape, outline + names.get(shape.code, "")))
    return [*pieces, tag("g", "".join(over), aria_hidden="true", pointer_events="none")]


@lru_cache(maxsize=8)
def _names(parts: Layout, said: tuple[tuple[str, str, str], ...]) -> tuple[dict[str, str], list[str]]:
    """Return the names that stand in the water, by municipality; and those on land with the lines, which are drawn over everything.

    A name stands on its own land, a little over its edge, in the water nearby, farther over the edge, or at the end of a long line.
    """
    land = [(shape, parts.whole) for shape in municipality_shapes(TOLERANCE_M)]
    land += [(shape, parts.near) for shape in _capital()]
    boxes: list[Box] = [_box(parts.near.left, parts.near.top - 8, ENLARGED, LABEL + 1)]
    shapes = {shape.code: (shape, frame) for shape, frame in land}  # the enlarged one, of those that stand twice
    wanted = {code: (Named(*shapes[code], text), ink) for code, text, ink in said if text}
    at_sea: dict[str, str] = {}
    on_land, lines = list[str](), list[str]()
    ground = Ground(parts.width, parts.height, land, boxes)
    for over, farthest in ((1.0, 0.0), (1.2, 60.0), (1.7, 90.0), (2.6, parts.width)):
        for code, (one, ink) in list(wanted.items()):
            at = room_for(one.shape, one.frame, one.said, LABEL / over)
            if at is None:
                continue
            left, base = at[0] - breadth(one.said, LABEL) / 2, at[1] + LABEL * 0.35 * (1 - 1 / over)
            tried = [_box(left, base + off, one.said, LABEL) for off in (MOVED if over > 1 else (0,))]
            room = next((box for box in tried if _is_free(box, boxes, parts.width)), None)
            if room is not None:
                down = room[3] - LABEL * 0.2
                on_land.append(words(at[0], down, one.said, size=LABEL, fill=ink, anchor="middle"))
                boxes.append(room)
                ground.take(room)
                del wanted[code]
        for code, name in outside([one for one, _ in wanted.values()], ground, LABEL, farthest).items():
            at_sea[code] = name.text
            lines.append(name.line)
            del wanted[code]
    return at_sea, [*on_land, *lines]


def _box(left: float, base: float, said: str, size: float) -> Box:
    return left, base - size, left + breadth(said, size, bold=True), base + size * 0.2


def _is_free(box: Box, taken: Sequence[Box], width: float) -> bool:
    """Say whether a box lies in the picture and on none of the taken ones."""
    left, top, right, bottom = box
    met = any(left < other[2] and other[0] < right and top < other[3] and other[1] < bottom for other in taken)
    return left >= 0 and right <= width and not met


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


def _outline(shape: Shape, frame: Frame, fill: str, edge: float) -> str:
    return tag("path", d=frame.path(shape.rings), fill=fill, stroke=QUIET, stroke_width=edge, stroke_linejoin="round")
