"""One figure for each municipality as a map: darker is more, the number stands where there is room, the table has them all."""

import math
from collections.abc import Mapping, Sequence

from sim.telling.drawing.drawing import WIDE, Drawing
from sim.telling.drawing.figures_in_words import INTERVAL
from sim.telling.drawing.maps import Dress, drawn, layout
from sim.telling.drawing.shapes import municipality_shapes
from sim.telling.drawing.svg import INK, PAPER, QUIET, SMALL, box, document, words
from sim.telling.drawing.text_width import breadth
from sim.words.cells import NONE, Cell, Formatter, between, signed
from sim.words.figure import Figure
from sim.words.numbers import danish
from sim.words.table import Table

BLUES = ("#eaf2f8", "#c1d9ea", "#86b4d3", "#2f76a6", "#0b4f8a")
ORANGES = ("#fdf1e2", "#f9d5a7", "#efab5f", "#b3601a", "#7d3a05")
"""From little to much; each step is darker than the last, so that they can be told apart without colour."""
UNKNOWN, UNSURE_FILL = "#ffffff", "#f1f1f1"
DARK = 3
"""From this step on the words are white."""
TOLERANCE_M = 200.0


def choropleth(
    values_by_code: Mapping[str, Figure | None],
    title: str,
    unit: str,
    *,
    name: str = "choropleth",
    decimals: int = 0,
    change: bool = False,
    width: int = WIDE,
) -> Drawing:
    """Draw a figure (mean, p10, p90; in ``unit``) for every municipality that has one.

    A ``change`` is blue below zero and orange above, and white with the word where its interval crosses zero.
    Municipalities without a figure are white; the table says so.
    """
    shapes = sorted(municipality_shapes(TOLERANCE_M), key=lambda shape: shape.code)
    figures = {shape.code: values_by_code.get(shape.code) for shape in shapes}

    def shown(value: float) -> str:
        text = danish(value, decimals)
        return f"+{text}" if change and value > 0 and text.strip("0,.") else text

    known = [figure for figure in figures.values() if figure is not None]
    steps = _steps([abs(figure.mean) for figure in known if not change or figure.sign_is_sure])
    dressed = {code: _dress(figure, steps, shown, change) for code, figure in figures.items()}
    parts = layout(width)
    legend, deep = _legend(known, steps, (shown, unit, change, len(known) < len(shapes)), width, parts.height + 8)
    alt = _alt(title, unit, {s.name: f for s in shapes if (f := figures[s.code]) is not None}, shown)
    rows = tuple((Cell(s.name), *_cells(figures[s.code], shown, change)) for s in sorted(shapes, key=lambda s: s.name))
    table = Table(f"{title}, {unit}", ("kommune", "værdi", "80-procent-interval"), rows)
    height = parts.height + 8 + deep
    return Drawing(
        name, title, alt, document(name, width, height, title, alt, [*drawn(parts, dressed), *legend]), table
    )


def _steps(sizes: Sequence[float]) -> tuple[float, ...]:
    """Return the lower ends of the classes of size after the first: fifths of the coloured values, so that each class is used."""
    ordered = sorted(sizes)
    if not ordered:
        return ()
    ends = [ordered[math.ceil(len(ordered) * n / len(BLUES)) - 1] for n in range(1, len(BLUES))]
    return tuple(sorted({end for end in ends if end < ordered[-1]}))


def _dress(figure: Figure | None, steps: tuple[float, ...], shown: Formatter, change: bool) -> Dress:
    if figure is None:
        return Dress(UNKNOWN)
    if change and not figure.sign_is_sure:
        return Dress(UNSURE_FILL, "usikker")
    level = _level(abs(figure.mean), steps)
    fill = (ORANGES if change and figure.mean > 0 else BLUES)[level]
    return Dress(fill, shown(figure.mean), PAPER if level >= DARK else INK)


def _level(size: float, steps: tuple[float, ...]) -> int:
    """Return the class of a size; with fewer than five classes they are spread over the five colours."""
    place = sum(size > step for step in steps)
    return round(place * (len(BLUES) - 1) / max(1, len(steps)))


def _legend(
    known: Sequence[Figure], steps: tuple[float, ...], how: tuple[Formatter, str, bool, bool], width: int, top: float
) -> tuple[list[str], float]:
    shown, unit, change, some_unknown = how
    entries = []
    for colours, side in ((BLUES, -1), (ORANGES, 1)) if change else ((BLUES, 0),):
        side_values = [
            f.mean
            for f in known
            if (not change or (f.sign_is_sure and f.mean * side > 0) or (side < 0 and f.mean == 0 and f.sign_is_sure))
        ]
        for level in sorted({_level(abs(value), steps) for value in side_values}):
            held = sorted(value for value in side_values if _level(abs(value), steps) == level)
            ends = held[0], held[-1]
            entries.append(
                (colours[level], shown(ends[0]) if shown(ends[0]) == shown(ends[1]) else between(*ends, shown))
            )
    if change and any(not figure.sign_is_sure for figure in known):
        entries.append((UNSURE_FILL, "usikker: kan blive mere eller mindre"))
    if some_unknown:
        entries.append((UNKNOWN, "intet tal"))
    pieces, x, y = [words(0, top + 12, unit, size=SMALL, bold=True)], 0.0, top + 22
    for fill, text in entries:
        step = 22 + breadth(text, SMALL) + 16
        if x and x + step > width:
            x, y = 0.0, y + 20
        pieces += [box(x, y, 16, 13, fill, QUIET), words(x + 22, y + 11, text, size=SMALL)]
        x += step
    return pieces, y + 22 - top


def _cells(figure: Figure | None, shown: Formatter, change: bool) -> tuple[Cell, Cell]:
    if figure is None:
        return Cell(NONE), Cell(NONE)
    span = between(figure.p10, figure.p90, signed(shown) if change else shown)
    text = "usikker" if change and not figure.sign_is_sure else shown(figure.mean)
    return Cell(text), Cell(NONE if figure.p10 == figure.p90 else span)


def _alt(title: str, unit: str, known: Mapping[str, Figure], shown: Formatter) -> str:
    if not known:
        return f"{title}: ingen tal."
    low, high = (pick(known, key=lambda name: known[name].mean) for pick in (min, max))

    def said(name: str) -> str:
        figure = known[name]
        return f"{name} {shown(figure.mean)} ({between(figure.p10, figure.p90, shown)})"

    many = f"{len(known)} kommune{'r' if len(known) != 1 else ''}"
    return f"{title} i {many}, {unit}: lavest {said(low)}, højest {said(high)}. {INTERVAL}"
