"""A municipality with its town areas, free destinations and transfer points."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sim.geography.destinations import find_destination
from sim.geography.land import CELL_M, land
from sim.geography.municipalities import Municipality, find_municipality
from sim.geography.projection import FloatArray, to_metres
from sim.geography.records import stations, towns
from sim.geography.town_areas import TownDensity
from sim.geography.town_line import TownMap, map_towns
from sim.geography.user_areas import UserAreas, read_user_areas
from sim.telling.drawing.drawing import WIDE, Drawing
from sim.telling.drawing.figures_in_words import names_words
from sim.telling.drawing.frame import Frame, fitted
from sim.telling.drawing.labels import Label, around, placed
from sim.telling.drawing.language import said as in_language
from sim.telling.drawing.shapes import Shape, municipality_shapes
from sim.telling.drawing.svg import (
    BLUE,
    INK,
    PALE,
    PAPER,
    QUIET,
    SMALL,
    VERMILION,
    box,
    circle,
    diamond,
    document,
    line,
    tag,
    words,
)
from sim.telling.drawing.text_width import breadth
from sim.words.cells import Cell
from sim.words.numbers import danish
from sim.words.table import Table

TOLERANCE_M, SAME_PLACE_M, TOWNS_NAMED = 60.0, 300.0, 8
LAND = "#f1f1ee"
FREE, TRANSFER, STATION = "gratis destination", "skiftested", "station eller terminal"
HEIGHT = 0.95
"""The map is at most this much as high as it is wide."""


@dataclass(frozen=True)
class Spot:
    """A point on the map: what it is, its name, and where (UTM metres)."""

    kind: str
    name: str
    east: float
    north: float


def zones_map(
    municipality: str,
    *,
    zones: Sequence[str] | None = None,
    areas: Path | None = None,
    destinations: Sequence[str] = (),
    transfer_points: Sequence[str] = (),
    width: int = WIDE,
) -> Drawing:
    """Draw the town areas as the model uses them, whole 500-m cells, with the user's own line around them if there is one.

    Parameters are those of a scenario: names of town areas (None: the largest town), a GeoJSON file in their place, free
    destinations and transfer points by name or point. Raises InputError for what cannot be found there.
    """
    place = find_municipality(municipality)
    user = None if areas is None else read_user_areas(areas)
    found = map_towns(place, TownDensity(), None if zones is None else tuple(zones), user)
    spots = _spots(place, destinations, transfer_points)
    shape = next(s for s in municipality_shapes(TOLERANCE_M) if s.code == place.code)
    frame, height = _frame(shape.rings, width)
    ground = tag("path", d=frame.path(shape.rings), fill=LAND, stroke=QUIET, stroke_width=1.0)
    pieces = [ground, *_areas(found, frame), *_own_lines(user, frame)]
    pieces += [_mark(spot, *frame.place(spot.east, spot.north)) for spot in spots]
    labels = _labels(place, found, spots, frame)
    pieces += [circle(label.x, label.y, 2.5, QUIET) for label in labels if label.rank == 2]
    taken = [around(*frame.place(spot.east, spot.north)) for spot in spots]
    legend, deep = _legend(found, spots, width, height)
    named, _ = placed(labels, taken, width, height - 22)
    pieces += [*named, _ruler(frame, height), *legend]
    title = f"Byområder i {place.name} Kommune"
    alt = _alt(place, found, spots)
    svg = document("zones", width, height + deep, title, alt, pieces)
    return Drawing("zones", title, alt, svg, _table(found, spots))


def _frame(rings: Sequence[FloatArray], width: int) -> tuple[Frame, float]:
    whole = (Shape("", "", tuple(rings)),)
    frame, height = fitted(whole, 6, 6, width - 12)
    if height > HEIGHT * width:
        frame, height = fitted(whole, 6, 6, width - 12, HEIGHT * width)
    return frame, height + 34


def _spots(place: Municipality, free: Sequence[str], transfers: Sequence[str]) -> list[Spot]:
    """Return the chosen destinations and transfer points, then the stations that are none of them."""
    spots = [
        Spot(kind, found.name, *(float(v) for v in to_metres(found.lat, found.lon)))
        for kind, names in ((FREE, free), (TRANSFER, transfers))
        for name in names
        for found in find_destination(place.code, name)
    ]
    for station in stations():
        if station.municipality_code == place.code:
            east, north = (float(v) for v in to_metres(station.lat, station.lon))
            if all(np.hypot(s.east - east, s.north - north) > SAME_PLACE_M for s in spots if s.kind != FREE):
                spots.append(Spot(STATION, station.name, east, north))
    return spots


def _areas(found: TownMap, frame: Frame) -> list[str]:
    """Return the cells of each town area as one patch with a line around it."""
    country = land()
    pieces = []
    for zone in range(len(found.zone_names)):
        own = found.homes.own[found.zone_of_cell == zone]
        cells = {(int(r), int(c)) for r, c in zip(country.row[own], country.column[own], strict=True)}
        corner = {(r, c): (country.grid.east + c * CELL_M, country.grid.north + r * CELL_M) for r, c in cells}
        rings = [
            np.array([(x, y), (x + CELL_M, y), (x + CELL_M, y + CELL_M), (x, y + CELL_M), (x, y)])
            for x, y in corner.values()
        ]
        edges = [
            ((x + dx1 * CELL_M, y + dy1 * CELL_M), (x + dx2 * CELL_M, y + dy2 * CELL_M))
            for (r, c), (x, y) in sorted(corner.items())
            for near, (dx1, dy1, dx2, dy2) in (
                ((-1, 0), (0, 0, 1, 0)),
                ((1, 0), (0, 1, 1, 1)),
                ((0, -1), (0, 0, 0, 1)),
                ((0, 1), (1, 0, 1, 1)),
            )
            if (r + near[0], c + near[1]) not in cells
        ]
        around_it = "".join(
            "M{:.1f} {:.1f}L{:.1f} {:.1f}".format(*frame.place(*start), *frame.place(*end)) for start, end in edges
        )
        pieces.append(tag("path", d=frame.path(rings), fill=PALE))
        pieces.append(tag("path", d=around_it, fill="none", stroke=BLUE, stroke_width=1.6, stroke_linecap="square"))
    return pieces


def _own_lines(user: UserAreas | None, frame: Frame) -> list[str]:
    if user is None:
        return []
    return [
        tag("path", d=frame.path(area.rings), fill="none", stroke=INK, stroke_width=1.4, stroke_dasharray="5 3")
        for area in user.areas
    ]


def _mark(spot: Spot, x: float, y: float) -> str:
    if spot.kind == FREE:
        return diamond(x, y, 7, VERMILION, PAPER, 1.0)
    if spot.kind == TRANSFER:
        return box(x - 5, y - 5, 10, 10, INK, PAPER)
    return box(x - 3, y - 3, 6, 6, PAPER, INK)


def _labels(place: Municipality, found: TownMap, spots: Sequence[Spot], frame: Frame) -> list[Label]:
    """Return the names of town areas, of what was chosen, and where there is room of stations and the largest other towns.

    A name that stands for two things is written once.
    """
    labels = []
    for zone, name in enumerate(found.zone_names):
        own = found.zone_of_cell == zone
        east, north = found.homes.cells.east[own], found.homes.cells.north[own]
        x, y = frame.place(float(east.min() + east.max()) / 2, float(north.mean()))
        labels.append(Label(x, y, name, 13, 0, bold=True, half=float(np.ptp(east) + CELL_M) / 2 / frame.metres))
    said = " ".join(found.zone_names)
    for spot in spots:
        if spot.kind != STATION or spot.name not in said:
            labels.append(Label(*frame.place(spot.east, spot.north), spot.name, rank=1 if spot.kind != STATION else 3))
    said = f"{said} {' '.join(spot.name for spot in spots)}"
    return labels + [Label(x, y, name, rank=2) for name, x, y in _other_towns(place, said, frame)]


def _other_towns(place: Municipality, said: str, frame: Frame) -> list[tuple[str, float, float]]:
    """Return the largest towns that are not named yet, with their places in the picture."""
    own = [t for t in towns() if t.municipality_code == place.code and t.counts and t.name not in said]
    own.sort(key=lambda town: -(town.population or 0))
    return [(t.name, *frame.place(*(float(v) for v in to_metres(t.lat, t.lon)))) for t in own[:TOWNS_NAMED]]


def _legend(found: TownMap, spots: Sequence[Spot], width: int, height: float) -> tuple[list[str], float]:
    """Return what each mark means, in as many lines as it takes."""
    marks = [("byområde", box(0, 0, 14, 12, PALE, BLUE))] if found.zone_names else []
    for kind in (FREE, TRANSFER, STATION):
        if any(spot.kind == kind for spot in spots):
            marks.append((kind, _mark(Spot(kind, "", 0, 0), 7, 6)))
    pieces, x, y = [], 0.0, height + 6
    for kind, mark in marks:
        said = in_language(kind)
        step = 22 + breadth(said, SMALL) + 16
        if x and x + step > width:
            x, y = 0.0, y + 20
        pieces += [tag("g", mark, transform=f"translate({x:.0f} {y:.0f})"), words(x + 22, y + 10, said, size=SMALL)]
        x += step
    return pieces, y + 20 - height


def _ruler(frame: Frame, height: float) -> str:
    """Return a line of as many whole kilometres as suits the map."""
    km = next(k for k in (20, 10, 5, 2, 1) if k * 1000 / frame.metres < 130 or k == 1)
    end = 4 + km * 1000 / frame.metres
    y = height - 8
    ticks = "".join(line(x, y - 4, x, y + 4, INK) for x in (4.0, end))
    return line(4, y, end, y, INK, 1.5) + ticks + words(end + 6, y + 4, f"{km} km", size=SMALL)


def _alt(place: Municipality, found: TownMap, spots: Sequence[Spot]) -> str:
    count = len(found.zone_names)
    areas = (
        f"{count} byområde{'r' if count != 1 else ''}: {names_words(found.zone_names)}" if count else "ingen byområder"
    )
    told = [f"Kort over {place.name} Kommune med {areas} ({found.zone_source})."]
    for kind, many in ((FREE, "Gratis destinationer"), (TRANSFER, "Skiftesteder")):
        names = [spot.name for spot in spots if spot.kind == kind]
        if names:
            told.append(f"{many}: {names_words(names)}.")
    return " ".join(told)


def _table(found: TownMap, spots: Sequence[Spot]) -> Table:
    km2 = (CELL_M / 1000) ** 2
    rows = [
        (Cell("byområde"), Cell(name), Cell(f"{danish(km2 * int((found.zone_of_cell == zone).sum()), 1)} km²"))
        for zone, name in enumerate(found.zone_names)
    ]
    rows += [(Cell(spot.kind), Cell(spot.name), Cell("")) for spot in spots]
    return Table(
        f"På kortet; byområdernes udstrækning: {found.zone_source}", ("hvad", "navn", "areal i modellen"), tuple(rows)
    )
