"""Every drawing of a comparison, each made when it is asked for."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from sim.telling.drawing.affected_map import affected_map
from sim.telling.drawing.drawing import NARROW, WIDE, Drawing
from sim.telling.drawing.fan import fan
from sim.telling.drawing.intervals import intervals, trips
from sim.telling.drawing.months import months
from sim.telling.drawing.prices import prices
from sim.telling.drawing.riders import riders
from sim.telling.drawing.tornado import tornado
from sim.telling.drawing.trials import trials
from sim.telling.drawing.waterfall import waterfall
from sim.words.cells import Json

Maker = Callable[[], Drawing | None]
NARROW_END = "-narrow"


class Drawings(Mapping[str, Drawing]):
    """The drawings by name, in the order in which they are shown.

    One is drawn when it is first asked for, and kept; going through all of them draws them all. A comparison does not hold
    every drawing: what it has no numbers for is not there. Each is there a second time, narrow, under its name and ``-narrow``;
    going through them passes those over.
    """

    def __init__(self, makers: Mapping[str, Maker], narrow: Mapping[str, Maker]) -> None:
        self._shown = tuple(makers)
        self._makers = {**makers, **{f"{name}{NARROW_END}": maker for name, maker in narrow.items()}}
        self._made: dict[str, Drawing | None] = {}

    def __getitem__(self, name: str) -> Drawing:
        if name not in self._made:
            self._made[name] = self._makers[name]()
        drawing = self._made[name]
        if drawing is None:
            raise KeyError(name)
        return drawing

    def __contains__(self, name: object) -> bool:
        return self.get(name) is not None if isinstance(name, str) else False

    def __iter__(self) -> Iterator[str]:
        return iter([name for name in self._shown if name in self])

    def __len__(self) -> int:
        return sum(1 for _ in self)


def drawings(comparison: Json, folder: Path | None = None, *, width: int = WIDE) -> Drawings:
    """Return the drawings of a published comparison; those of single trips only with the result's folder.

    Names end in the option's number, from 2 for the first after today's: ``waterfall-2``.
    """
    return Drawings(_makers(comparison, folder, width), _makers(comparison, folder, NARROW))


def _makers(comparison: Json, folder: Path | None, width: int) -> dict[str, Maker]:
    others = range(1, len(comparison["options"]))
    makers: dict[str, Maker] = {}
    if others:
        makers["intervals"] = partial(intervals, comparison, width)
    makers |= {f"waterfall-{place + 1}": partial(waterfall, comparison, place, width) for place in others}
    makers |= {f"riders-{place + 1}": partial(riders, comparison, place, width) for place in others}
    makers["trips"] = partial(trips, comparison, width)
    makers["prices"] = partial(prices, comparison, width)
    makers |= {"fan": partial(fan, comparison, width), "months": partial(months, comparison, width)}
    if folder is not None:
        makers |= {f"affected-map-{p + 1}": partial(affected_map, comparison, p, folder, width) for p in others}
    places = range(len(comparison["options"]))
    makers |= {f"tornado-{place + 1}": partial(tornado, comparison, place, width) for place in places}
    makers["trials"] = partial(trials, comparison, width)
    return makers
