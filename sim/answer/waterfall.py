"""The parts of the change in net cost, as published."""

from sim.study.replicated.figures import Json, figure
from sim.study.replicated.reader import Reader
from sim.study.replicated.waterfall_parts import WATERFALL_KEYS


def waterfall(read: Reader, place: int) -> list[Json]:
    """Return the parts as published: each with its figure, in order."""
    return [
        {"id": key, "oere": figure(read("waterfall", place, part)).json()} for part, key in enumerate(WATERFALL_KEYS)
    ]
