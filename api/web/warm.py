"""What the first visitor would otherwise wait for: imports, the map of the land, and the estimate's own data."""

import threading
from collections.abc import Callable

import structlog

log = structlog.get_logger("takstlab.web")
TRIED = {
    "municipality": "0316",
    "options": [{"name": "1", "elements": ()}, {"name": "2", "elements": ("kommunetakst",)}],
    "year": 2020,
}


class WarmUp:
    """Does it beside the answering, step by step; what goes wrong here goes wrong again, and is told, when somebody asks."""

    def __init__(self) -> None:
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._work, name="warm-up")
        self._thread.start()

    def end(self) -> None:
        """Return when the step under way is done: a process that ends in the middle of an import may hang."""
        self._ended.set()
        self._thread.join()

    def _work(self) -> None:
        try:
            for step in STEPS:
                if self._ended.is_set():
                    return
                step()
        except Exception:
            log.exception("warm-up failed")


def _estimate_imports() -> None:
    from api.web.instant import instant  # noqa: F401 - imported to be there
    from sim.study.prepare import prepare  # noqa: F401


def _drawings() -> None:
    from sim.drawing.drawings import drawings  # noqa: F401
    from sim.drawing.maps import picker_svg

    picker_svg(lambda code: code)


def _land() -> None:
    from sim.geography.land import land

    land()


def _estimate() -> None:
    from api.web.instant import instant

    instant(TRIED)


STEPS: tuple[Callable[[], None], ...] = (_estimate_imports, _drawings, _land, _estimate)
