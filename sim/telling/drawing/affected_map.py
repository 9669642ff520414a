"""Where the trips that an option touches start and end, by parish: never by address, and never fewer than five."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.answer.records import Answer
from sim.answer.records.option import OptionAnswer
from sim.geography.features import collection, parish_features
from sim.inputs.chance.quantiles import interval
from sim.telling.drawing.choropleth import BLUES, DARK
from sim.telling.drawing.classes import even_classes
from sim.telling.drawing.drawing import WIDE, Drawing
from sim.telling.drawing.figures_in_words import count, names_words
from sim.telling.drawing.frame import fitted, room_for
from sim.telling.drawing.language import said as in_language
from sim.telling.drawing.shapes import Shape, municipality_shapes, parish_shapes
from sim.telling.drawing.svg import INK, PAPER, QUIET, SMALL, box, document, tag, words
from sim.telling.drawing.text_width import breadth
from sim.telling.drawing.trip_ends import OUTSIDE, TripEnds, trip_ends
from sim.words.cells import Cell, count_cell
from sim.words.figure import Figure
from sim.words.numbers import danish, unchanged
from sim.words.table import Table

AFTER = "efter valget"
FEWEST = 5
"""Fewer trips a year than this are not shown: they could be somebody's."""
HIDDEN, TRIPS_FILE = f"færre end {FEWEST}", "trips.parquet"
TOLERANCE_M, HEIGHT = 80.0, 0.95
CHANCE = "Sognenes intervaller viser alene tilfældighed."


def affected_map(comparison: Answer, place: int, folder: Path, width: int = WIDE) -> Drawing | None:
    """Draw today's affected trips by parish; None where the option touches none or the folder has no trips."""
    ends = _touched_ends(comparison, place, folder)
    if ends is None:
        return None
    return drawn(comparison, place, ends, width)


def _touched_ends(comparison: Answer, place: int, folder: Path) -> TripEnds | None:
    """Return where the trips that an option touches begin and end; None where it touches none or the folder has no trips."""
    path = folder / TRIPS_FILE
    if not path.is_file():
        return None
    names = tuple(option.name for option in comparison.options)
    ends = trip_ends(path, names, comparison.municipality)[place - 1]
    return ends if ends.trips_today.any() else None


def drawn(comparison: Answer, place: int, ends: TripEnds, width: int = WIDE) -> Drawing:
    """Draw the map of one option's trip ends."""
    option = comparison.options[place]
    parishes = parish_shapes(comparison.municipality, TOLERANCE_M)
    shown, later = _shown(ends, [shape.code for shape in parishes])
    around = [s for s in municipality_shapes(TOLERANCE_M) if s.code == comparison.municipality]
    frame, height = fitted(around, 4, 4, width - 8)
    if height > HEIGHT * width:
        frame, height = fitted(around, 4, 4, width - 8, HEIGHT * width)
    steps = even_classes([figure.mean for figure in shown.values()], len(BLUES))
    pieces, labels = [], []
    for shape in parishes:
        level = None if shape.code not in shown else _level(shown[shape.code].mean, steps)
        fill = PAPER if level is None else BLUES[level]
        pieces.append(tag("path", d=frame.path(shape.rings), fill=fill, stroke=QUIET, stroke_width=0.7))
        if level is not None:
            label = in_language(danish(shown[shape.code].mean))
            at = room_for(shape, frame, label, 11)
            if at is not None:
                labels.append(
                    words(at[0], at[1], label, size=11, fill=PAPER if level >= DARK else INK, anchor="middle")
                )
    outline = tag("path", d=frame.path(around[0].rings), fill="none", stroke=INK, stroke_width=1.4)
    legend, deep = _legend(steps, shown, len(shown) < len(parishes), width, height + 18)
    before = unchanged(comparison.year)
    when = AFTER if later else before
    name, title = (
        f"affected-map-{place + 1}",
        f"{option.name}: hvor de berørte ture begynder eller slutter, {when}",
    )
    alt = _alt(option, parishes, shown, when)
    svg = document(name, width, height + 18 + deep, title, alt, [*pieces, outline, *labels, *legend])
    return Drawing(name, title, alt, svg, _table(option, parishes, ends, before))


def _shown(ends: TripEnds, parishes: Iterable[str]) -> tuple[dict[str, Figure], bool]:
    """Return the trips of the parishes that may be shown: today's, or those after where today's are too few everywhere.

    An option that brings trips where there were none, as plustur does, would else have an empty map; the second says which.
    """
    codes = list(parishes)
    for later, counts in ((False, ends.today), (True, ends.after)):
        found = {code: figure for code in codes if (figure := _figure(counts.get(code))) is not None}
        if found:
            return found, later
    return {}, False


def _figure(counts: NDArray[np.int64] | None) -> Figure | None:
    """Return mean and 80 % interval over the replications; None for fewer than may be shown."""
    if counts is None or counts.mean() < FEWEST:
        return None
    low, high = interval(counts, "random")
    return Figure(float(counts.mean()), max(0.0, low), high)


def _legend(
    steps: tuple[float, ...], shown: Mapping[str, Figure], some_hidden: bool, width: int, top: float
) -> tuple[list[str], float]:
    entries = _classes(steps, shown, some_hidden)
    pieces, x, y = (
        [words(0, top, in_language("ture om året, der begynder eller slutter i sognet"), size=SMALL, bold=True)],
        0.0,
        top + 8,
    )
    for fill, entry in entries:
        label = in_language(entry)
        step = 22 + breadth(label, SMALL) + 14
        if x and x + step > width:
            x, y = 0.0, y + 20
        pieces += [box(x, y, 16, 13, fill, QUIET), words(x + 22, y + 11, label, size=SMALL)]
        x += step
    return pieces, y + 24 - top


def _classes(steps: tuple[float, ...], shown: Mapping[str, Figure], some_hidden: bool) -> list[tuple[str, str]]:
    """Return the colours in use with what each means."""
    ends = [float(FEWEST), *steps]
    used = sorted({_class(figure.mean, steps) for figure in shown.values()})
    entries = [
        (
            BLUES[_spread(n, steps)],
            f"{danish(ends[n])}-{danish(ends[n + 1])}" if n + 1 < len(ends) else f"over {danish(ends[n])}",
        )
        for n in used
    ]
    return [*entries, (PAPER, HIDDEN)] if some_hidden else entries


def _class(trips: float, steps: tuple[float, ...]) -> int:
    return sum(trips > step for step in steps)


def _spread(place: int, steps: tuple[float, ...]) -> int:
    """Return the colour of a class: fewer than five are spread over the five, and one alone has the middle one."""
    most = len(BLUES) - 1
    return round(place * most / len(steps)) if steps else most // 2


def _level(trips: float, steps: tuple[float, ...]) -> int:
    return _spread(_class(trips, steps), steps)


def affected_layer(comparison: Answer, place: int, folder: Path) -> dict[str, Any] | None:
    """Return the map's parishes as GeoJSON with colour and count, and ``classes``; None where there is no map."""
    ends = _touched_ends(comparison, place, folder)
    if ends is None:
        return None
    parishes = parish_features(comparison.municipality)
    shown, _ = _shown(ends, [one["properties"]["code"] for one in parishes])
    steps = even_classes([figure.mean for figure in shown.values()], len(BLUES))

    def properties(code: str, name: str) -> dict[str, Any]:
        figure = shown.get(code)
        if figure is None:
            return {"name": name, "color": PAPER, "said": "", "figure": None}
        return {
            "name": name,
            "color": BLUES[_level(figure.mean, steps)],
            "said": in_language(danish(figure.mean)),
            "figure": vars(figure),
        }

    return {
        **collection([
            {**one, "properties": properties(one["properties"]["code"], one["properties"]["name"])} for one in parishes
        ]),
        "classes": [
            {"color": color, "label": in_language(label)} for color, label in _classes(steps, shown, len(shown) < len(parishes))
        ],
    }  # fmt: skip


def _alt(option: OptionAnswer, parishes: tuple[Shape, ...], shown: Mapping[str, Figure], when: str) -> str:
    names = {shape.code: shape.name for shape in parishes}
    most = sorted(shown, key=lambda code: (-shown[code].mean, code))[:2]
    busiest = [f"{names[code]} Sogn {count(shown[code])}" for code in most]
    where = (
        f" Flest begynder eller slutter i {names_words(busiest)}."
        if busiest
        else f" Ingen sogne har {FEWEST} eller flere."
    )
    total = option.touches.trips if when == AFTER else option.riders.trips
    return f"{option.name} berører {count(total)} ture om året, {when}.{where} {CHANCE}"


def _table(option: OptionAnswer, parishes: tuple[Shape, ...], ends: TripEnds, before: str) -> Table:
    """Return every parish with trips today or after, the most first; those outside the municipality together, last."""
    names = {shape.code: f"{shape.name} Sogn" for shape in parishes}
    codes = [code for code in {*ends.today, *ends.after} if code != OUTSIDE]
    codes.sort(key=lambda code: (-_mean(ends.today.get(code)), names.get(code, code)))
    rows = [(Cell(names.get(code, code)), _cell(ends.today.get(code)), _cell(ends.after.get(code))) for code in codes]
    if OUTSIDE in ends.today or OUTSIDE in ends.after:
        rows.append((Cell("uden for kommunen"), _cell(ends.today.get(OUTSIDE)), _cell(ends.after.get(OUTSIDE))))
    caption = (
        f"{option.name}: berørte ture om året efter sogn, {before} og efter; en tur mellem to sogne tæller i begge."
        f" {CHANCE} Færre end {FEWEST} ture vises ikke"
    )
    return Table(caption, ("sogn", f"ture, {before}", "ture efter"), tuple(rows))


def _mean(counts: NDArray[np.int64] | None) -> float:
    return 0.0 if counts is None else float(counts.mean())


def _cell(counts: NDArray[np.int64] | None) -> Cell:
    if counts is None:
        return Cell(HIDDEN)
    figure = _figure(counts)
    return Cell(HIDDEN) if figure is None else count_cell(figure)
