"""Where a place on the ground lies in a picture."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from sim.geography.projection import FloatArray
from sim.telling.drawing.shapes import Shape, surface_m2
from sim.telling.drawing.text_width import breadth


@dataclass(frozen=True)
class Frame:
    """A piece of ground in a box of the picture: ``west`` and ``north`` (UTM metres) lie at ``left`` and ``top`` (pixels)."""

    west: float
    north: float
    left: float
    top: float
    metres: float
    """Metres to a pixel."""

    def place(self, east: float, north: float) -> tuple[float, float]:
        """Return the pixel of a place."""
        return self.left + (east - self.west) / self.metres, self.top + (self.north - north) / self.metres

    def path(self, rings: Iterable[FloatArray]) -> str:
        """Return rings as the outline of a path, in steps of tenths of a pixel."""
        outline = []
        for ring in rings:
            across = self.left + (ring[:, 0] - self.west) / self.metres
            down = self.top + (self.north - ring[:, 1]) / self.metres
            tenths = np.round(np.stack([across, down], axis=1) * 10).astype(int)
            steps = [(int(x), int(y)) for x, y in np.diff(tenths[:-1], axis=0)]
            there = "".join(
                f"{_tenth(x)}{_joined(y)}" if n == 0 else f"{_joined(x)}{_joined(y)}"
                for n, (x, y) in enumerate(s for s in steps if s != (0, 0))
            )
            outline.append(f"M{_tenth(int(tenths[0, 0]))}{_joined(int(tenths[0, 1]))}l{there}z")
        return "".join(outline)


def _tenth(value: int) -> str:
    """Return tenths as a decimal number in as few letters as it takes."""
    sign, whole, part = "-" if value < 0 else "", abs(value) // 10, abs(value) % 10
    return f"{sign}{whole if whole or not part else ''}{f'.{part}' if part else ''}"


def _joined(value: int) -> str:
    text = _tenth(value)
    return text if text.startswith("-") else f" {text}"


def fitted(
    shapes: Sequence[Shape], left: float, top: float, width: float, height: float | None = None
) -> tuple[Frame, float]:
    """Return the frame that holds the shapes in the middle of a box, and the height they take.

    Without a ``height`` it is what the width asks for.
    """
    points = np.concatenate([ring for shape in shapes for ring in shape.rings])
    (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
    metres = (east - west) / width
    if height is not None:
        metres = max(metres, (north - south) / height)
    used_width, used_height = (east - west) / metres, (north - south) / metres
    down = 0.0 if height is None else (height - used_height) / 2
    frame = Frame(float(west), float(north), left + float(width - used_width) / 2, top + float(down), float(metres))
    return frame, float(used_height if height is None else height)


@lru_cache(maxsize=2048)
def room_for(shape: Shape, frame: Frame, words: str, size: float) -> tuple[float, float] | None:
    """Return where the middle of some words can stand inside a shape, None where it is too narrow for them.

    Looked for along the lines through the largest ring, the roomiest first.
    """
    ring = max(shape.rings, key=lambda one: abs(surface_m2(one)))
    x = frame.left + (ring[:, 0] - frame.west) / frame.metres
    y = frame.top + (frame.north - ring[:, 1]) / frame.metres
    wide, best = breadth(words, size) + 2, None
    for middle in np.linspace(y.min() + size * 0.7, y.max() - size * 0.7, 40):
        rows = [spans(x, y, float(middle) + off) for off in (-size * 0.4, 0.0, size * 0.4)]
        for left, right in rows[1]:
            lefts = [max((a for a, b in row if a <= (left + right) / 2 <= b), default=np.inf) for row in rows]
            rights = [min((b for a, b in row if a <= (left + right) / 2 <= b), default=-np.inf) for row in rows]
            room = min(rights) - max(lefts)
            if room >= wide and (best is None or room > best[0]):
                best = (room, (max(lefts) + min(rights)) / 2, float(middle))
    return None if best is None else (float(best[1]), best[2] + size * 0.35)


def spans(x: FloatArray, y: FloatArray, level: float) -> list[tuple[float, float]]:
    """Return the stretches of a level line that lie inside a ring."""
    crosses = (y[:-1] > level) != (y[1:] > level)
    at = x[:-1][crosses] + (level - y[:-1][crosses]) / (y[1:][crosses] - y[:-1][crosses]) * np.diff(x)[crosses]
    ends = sorted(float(v) for v in at)
    return list(zip(ends[::2], ends[1::2], strict=False))
