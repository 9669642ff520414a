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


def warm_up() -> None:
    """Do it beside the answering; what goes wrong here goes wrong again, and is told, when somebody asks."""
    threading.Thread(target=_work, name="warm-up", daemon=True).start()


def _work() -> None:
    try:
        for step in STEPS:
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
