"""The pictures of an answer, drawn when first asked for and kept."""

from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from threading import Lock

from sim.telling.drawing.drawing import Drawing
from sim.words.cells import Json

FIGURE = r"^[a-z0-9-]{1,60}$"
Figures = Mapping[str, Drawing]
KEPT = 16
_kept: OrderedDict[tuple[str, str], Figures] = OrderedDict()
_lock = Lock()


def figures_of(run: str, comparison: Json, folder: Path) -> Figures:
    """Return a run's pictures by name."""
    key = run, comparison["municipality"]
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    from sim.telling.drawing.drawings import drawings

    found = drawings(comparison, folder)
    with _lock:
        _kept[key] = found
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return found
