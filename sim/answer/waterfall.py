"""The parts of the change in net cost, as published."""

from sim.answer.records.option import WaterfallPart
from sim.study.replicated.figures import figure
from sim.study.replicated.reader import Reader
from sim.study.replicated.waterfall_parts import WATERFALL_KEYS


def waterfall(read: Reader, place: int) -> tuple[WaterfallPart, ...]:
    """Return the parts as published: each with its figure, in order."""
    return tuple(
        WaterfallPart(key, figure(read("waterfall", place, part)).shown) for part, key in enumerate(WATERFALL_KEYS)
    )
