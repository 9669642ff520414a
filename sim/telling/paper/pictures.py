"""Which drawings stand where in the paper."""

from dataclasses import dataclass
from pathlib import Path

from sim.telling.drawing.drawings import drawings
from sim.telling.drawing.tornado import leading
from sim.telling.paper.document import Picture
from sim.telling.paper.today import is_todays
from sim.words.cells import Json

MOST_WATERFALLS = 3
"""Options that have their waterfall in the paper; with more of them only the chart that shows all."""


@dataclass(frozen=True)
class Pictures:
    """The drawings by section; a section without any has none."""

    economy: list[Picture]
    citizens: list[Picture]
    certainty: list[Picture]


def pictures(comparison: Json, folder: Path | None) -> Pictures:
    """Draw what the paper shows of the comparison; maps need the result ``folder``.

    Of the drawings that there is one of for each option, the map is shown for the first that has one, and the tornado for the
    option that the table beside it is of: the others stand in the report and on the page.
    """

    drawn, weighed = drawings(comparison, folder), leading(comparison)
    numbers = range(2, len(comparison["options"]) + 1)

    def taken(*names: str) -> list[Picture]:
        found = [drawn[name] for name in names if name in drawn]
        return [Picture(d.name, d.svg, d.alt, d.title) for d in found]

    changed = [n for n in numbers if not is_todays(comparison, comparison["options"][n - 1])]
    waterfalls = [f"waterfall-{n}" for n in changed] if len(changed) <= MOST_WATERFALLS else []
    return Pictures(
        economy=taken("intervals", *waterfalls),
        citizens=taken(*(f"affected-map-{n}" for n in numbers))[:1],
        certainty=taken(*([] if weighed is None else [f"tornado-{weighed + 1}"])),
    )
