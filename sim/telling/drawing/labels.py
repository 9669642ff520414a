"""Names beside points, placed so that none lies on another or runs out of the map."""

from collections.abc import Sequence
from dataclasses import dataclass

from sim.telling.drawing.svg import INK, words
from sim.telling.drawing.text_width import breadth

Box = tuple[float, float, float, float]
AWAY = 8.0


@dataclass(frozen=True)
class Label:
    """A name for the point (x, y); those of a lower ``rank`` are placed first.

    Of something as large as ``half`` to each side the name stands on it if it is narrower, else beside it.
    """

    x: float
    y: float
    said: str
    size: float = 11.0
    rank: int = 0
    bold: bool = False
    half: float = 0.0


def placed(labels: Sequence[Label], taken: Sequence[Box], width: float, height: float) -> tuple[list[str], list[Label]]:
    """Return the names that found room, as SVG, and those that did not.

    A name stands to the right of its point if it can, else to the left, above or below; ``taken`` are boxes to keep clear.
    """
    used, pieces, left_out = list(taken), [], []
    for label in sorted(labels, key=lambda one: (one.rank, one.y, one.x, one.said)):
        wide, deep = breadth(label.said, label.size, bold=label.bold), label.size
        right, left_of = label.x + AWAY + label.half, label.x - AWAY - label.half - wide
        over, under = label.y - AWAY - label.half - deep, label.y + AWAY + label.half
        middle = label.y - deep / 2
        corners = [
            (right, middle), (left_of, middle), (label.x - wide / 2, over), (label.x - wide / 2, under),
            (right, label.y - deep - 2), (right, label.y + 3), (left_of, label.y - deep - 2), (left_of, label.y + 3),
        ]  # fmt: skip
        if wide < 2 * label.half:
            corners.insert(0, (label.x - wide / 2, middle))
        for left, top in corners:
            room = (left, top, left + wide, top + deep)
            inside = left >= 2 and top >= 2 and room[2] <= width - 2 and room[3] <= height - 2
            if inside and not any(_meet(room, other) for other in used):
                used.append(room)
                pieces.append(
                    words(left, top + deep * 0.86, label.said, size=label.size, bold=label.bold, fill=INK, halo=True)
                )
                break
        else:
            left_out.append(label)
    return pieces, left_out


def around(x: float, y: float, half: float = 5.0) -> Box:
    """Return the box of a point's mark."""
    return x - half, y - half, x + half, y + half


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
