"""Every drawing of a comparison, each made when it is asked for."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from sim.answer.records import Answer
from sim.telling.drawing.affected_map import affected_map
from sim.telling.drawing.drawing import HALF, NARROW, WIDE, Drawing
from sim.telling.drawing.fan import fan
from sim.telling.drawing.intervals import intervals, trips
from sim.telling.drawing.language import Translator, drawn_in
from sim.telling.drawing.months import months
from sim.telling.drawing.prices import prices
from sim.telling.drawing.riders import riders
from sim.telling.drawing.tornado import tornado
from sim.telling.drawing.trials import trials
from sim.telling.drawing.waterfall import waterfall

Maker = Callable[[], Drawing | None]
ENDS = {"-narrow": NARROW, "-half": HALF}
"""What a drawing's name ends in when it is drawn in another width than asked for."""


class Drawings(Mapping[str, Drawing]):
    """The drawings by name, in the order in which they are shown.

    One is drawn when it is first asked for, and kept; going through all of them draws them all. A comparison does not hold
    every drawing: what it has no numbers for is not there. Each is there twice more, narrow and of half a page's width, under its
    name and ``-narrow`` or ``-half``; going through them passes those over.
    """

    def __init__(
        self, makers: Mapping[str, Maker], others: Mapping[str, Mapping[str, Maker]], translator: Translator = str
    ) -> None:
        self._translator = translator
        self._shown = tuple(makers)
        self._makers = dict(makers)
        for end, own in others.items():
            self._makers |= {f"{name}{end}": maker for name, maker in own.items()}
        self._made: dict[str, Drawing | None] = {}

    def __getitem__(self, name: str) -> Drawing:
        if name not in self._made:
            with drawn_in(self._translator):
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


def drawings(
    comparison: Answer, folder: Path | None = None, *, width: int = WIDE, translator: Translator = str
) -> Drawings:
    """Return the drawings of a published comparison; those of single trips only with the result's folder.

    Names end in the option's number, from 2 for the first after today's: ``waterfall-2``. The words in the pictures pass through
    ``translator``; titles, descriptions and tables are Danish.
    """
    others = {end: _makers(comparison, folder, other) for end, other in ENDS.items()}
    return Drawings(_makers(comparison, folder, width), others, translator)


def _makers(comparison: Answer, folder: Path | None, width: int) -> dict[str, Maker]:
    others = range(1, len(comparison.options))
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
    places = range(len(comparison.options))
    makers |= {f"tornado-{place + 1}": partial(tornado, comparison, place, width) for place in places}
    makers["trials"] = partial(trials, comparison, width)
    return makers
