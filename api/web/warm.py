"""What the first visitor would otherwise wait for: imports, the map of the land, the estimate's own data, and the versions."""

import threading
import time

import structlog

log = structlog.get_logger("takstlab.web")
FIRST_PAGE_S = 1.0
"""Whoever opens the page as soon as the service answers does not share a core with this."""
TRIED = {
    "municipality": "0316",
    "options": [{"name": "1", "elements": ()}, {"name": "2", "elements": ("kommunetakst",)}],
    "year": 2020,
}


def warm_up() -> None:
    """Do it beside the answering; what goes wrong here goes wrong again, and is told, when somebody asks."""
    threading.Thread(target=_warm, name="warm-up", daemon=True).start()


def _warm() -> None:
    time.sleep(FIRST_PAGE_S)
    try:
        from api.web.instant import instant
        from sim.answer.identity import versions
        from sim.geography.land import land
        from sim.telling.drawing.drawings import drawings  # noqa: F401 - imported to be there
        from sim.telling.drawing.maps import PHONE, picker_svg

        picker_svg(lambda code: code)
        picker_svg(lambda code: code, width=PHONE)
        land()
        versions()
        instant(TRIED)
    except Exception:
        log.exception("warm-up failed")
