"""Names of shapes too small to hold them: in the free space nearest by, with a line to the shape."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.telling.drawing.frame import Frame, room_for, spans
from sim.telling.drawing.shapes import Shape
from sim.telling.drawing.svg import INK, QUIET, line, words
from sim.telling.drawing.text_width import breadth

Box = tuple[float, float, float, float]
Bools = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.float64]
STEP, CLEAR, GAP = 3, 2.0, 3.0
"""Pixels between the places that are tried, around a name, and between a name and its line."""
BLANK = "\u00a0"


@dataclass(frozen=True)
class Named:
    """A shape in its frame, and what is to stand beside it."""

    shape: Shape
    frame: Frame
    said: str


@dataclass(frozen=True)
class Outside:
    """A name in free space: the text, and the line to its shape."""

    text: str
    line: str


class Ground:
    """What of a picture is taken, in squares of ``STEP`` pixels: land first, then every name and line that is placed."""

    def __init__(self, width: float, height: float, land: Iterable[tuple[Shape, Frame]], boxes: Iterable[Box]) -> None:
        self.width, self.height = width, height
        self.taken: Bools = np.zeros((int(height) // STEP + 1, int(width) // STEP + 1), dtype=np.bool_)
        self.names: Bools = np.zeros_like(self.taken)
        for shape, frame in land:
            self._take_land(shape, frame)
        for box in boxes:
            self.take(box)

    def _take_land(self, shape: Shape, frame: Frame) -> None:
        for ring in shape.rings:
            x = frame.left + (ring[:, 0] - frame.west) / frame.metres
            y = frame.top + (frame.north - ring[:, 1]) / frame.metres
            for row in range(max(0, int(y.min()) // STEP), min(len(self.taken), int(y.max()) // STEP + 2)):
                for left, right in spans(x, y, row * STEP + STEP / 2):
                    self.taken[row, max(0, int(left) // STEP) : max(0, int(right) // STEP + 1)] = True

    def take(self, box: Box) -> None:
        """Keep a box clear of names and lines."""
        left, top, right, bottom = (max(0, int(edge) // STEP) for edge in box)
        for mask in (self.taken, self.names):
            mask[top : bottom + 1, left : right + 1] = True

    def take_line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """Keep a line clear of names and of other lines."""
        rows, columns = self._along(x1, y1, x2, y2)
        self.taken[rows, columns] = self.names[rows, columns] = True

    def is_taken(self, box: Box) -> bool:
        """Say whether something lies in a box."""
        left, top, right, bottom = (max(0, int(edge) // STEP) for edge in box)
        return bool(self.taken[top : bottom + 1, left : right + 1].any())

    def crosses_names(self, x1: float, y1: float, x2: float, y2: float) -> bool:
        """Say whether a line runs over a name or another line; over land it may run."""
        return bool(self.names[self._along(x1, y1, x2, y2)].any())

    def _along(self, x1: float, y1: float, x2: float, y2: float) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        many = 2 + int(max(abs(x2 - x1), abs(y2 - y1))) // (STEP - 1)
        part = np.arange(many) / (many - 1)
        across, down = (x1 + part * (x2 - x1)) // STEP, (y1 + part * (y2 - y1)) // STEP
        return (
            np.clip(down, 0, self.taken.shape[0] - 1).astype(np.int64),
            np.clip(across, 0, self.taken.shape[1] - 1).astype(np.int64),
        )

    def free(self, wide: float, deep: float) -> tuple[Numbers, Numbers]:
        """Return the top left corners at which a box of this size lies on nothing, inside the picture."""
        across, down = int(wide) // STEP + 2, int(deep) // STEP + 2
        sums = np.pad(np.cumsum(np.cumsum(self.taken, axis=0), axis=1), ((1, 0), (1, 0)))
        inside = sums[down:, across:] - sums[:-down, across:] - sums[down:, :-across] + sums[:-down, :-across]
        rows, columns = np.nonzero(inside == 0)
        return np.float64(STEP) * columns.astype(np.float64), np.float64(STEP) * rows.astype(np.float64)


def outside(named: Sequence[Named], ground: Ground, size: float, farthest: float) -> dict[str, Outside]:
    """Return each name in free space at most ``farthest`` pixels from its shape, by municipality code; the others are left out.

    The one with the shortest way is placed first, so that no line goes round another's name.
    """
    left = {one.shape.code: one for one in named}
    ways = {code: _nearest(one, ground, size, farthest) for code, one in left.items()}
    found: dict[str, Outside] = {}
    while reached := {code: way for code, way in ways.items() if way is not None}:
        code = min(reached, key=lambda one: (reached[one][0], one))
        _, box, (x1, y1, x2, y2) = reached[code]
        del ways[code]
        ground.take(box)
        ground.take_line(x1, y1, x2, y2)
        text = words(box[0] + CLEAR, box[1] + CLEAR + size * 0.86, left[code].said, size=size, fill=INK)
        found[code] = Outside(text, line(x1, y1, x2, y2, QUIET, 0.8))
        for other, way in ways.items():
            if way is not None and (ground.is_taken(way[1]) or ground.crosses_names(*way[2])):
                ways[other] = _nearest(left[other], ground, size, farthest)
    return found


def _nearest(one: Named, ground: Ground, size: float, farthest: float) -> tuple[float, Box, Box] | None:
    middle = room_for(one.shape, one.frame, BLANK, 2.0)
    if middle is None:
        return None
    x, y = middle
    wide, deep = breadth(one.said, size) + 2 * CLEAR, size + 2 * CLEAR
    lefts, tops = ground.free(wide, deep)
    ends_x = np.where(lefts > x, lefts - GAP + CLEAR, np.where(lefts + wide < x, lefts + wide + GAP - CLEAR, x))
    ends_y = np.where((lefts > x) | (lefts + wide < x), tops + deep / 2, np.where(tops > y, tops - 1, tops + deep + 1))
    ways = np.hypot(ends_x - x, ends_y - y)
    for place in np.argsort(ways, kind="stable"):
        if ways[place] > farthest:
            return None
        end = float(ends_x[place]), float(ends_y[place])
        if not ground.crosses_names(x, y, *end):
            left, top = float(lefts[place]), float(tops[place])
            return float(ways[place]), (left, top, left + wide, top + deep), (x, y, *end)
    return None
