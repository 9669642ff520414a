"""Which drawings stand where in the paper."""

from dataclasses import dataclass
from pathlib import Path

from sim.paper.document import Picture
from sim.report.cells import Json

MOST_WATERFALLS = 3
"""Options that have their waterfall in the paper; with more of them only the chart that shows all."""


@dataclass(frozen=True)
class Pictures:
    """The drawings by section; a section without any has none."""

    economy: list[Picture]
    citizens: list[Picture]
    certainty: list[Picture]


def pictures(comparison: Json, folder: Path | None) -> Pictures:
    """Draw what the paper shows of the comparison; maps need the result ``folder``."""
    from sim.drawing.intervals import intervals
    from sim.drawing.waterfall import waterfall

    places = range(1, len(comparison["options"]))
    if not places:
        return Pictures([], [], [])
    drawn = {d.name: d for d in (intervals(comparison), *(waterfall(comparison, n) for n in places)) if d is not None}

    def taken(*names: str) -> list[Picture]:
        found = [drawn[name] for name in names if name in drawn]
        return [Picture(d.name, d.svg, d.alt, d.title) for d in found]

    waterfalls = [f"waterfall-{n + 1}" for n in places] if len(places) <= MOST_WATERFALLS else []
    return Pictures(
        economy=taken("intervals", *waterfalls),
        citizens=taken("affected-map-1"),
        certainty=taken("tornado"),
    )
