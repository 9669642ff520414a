"""What the first visitor would otherwise wait for: imports, the map of the land, the estimate's own data, and the versions.

Then what the estimates of each municipality rest on, one at a time, as soon as its roads are measured.
"""

import threading
import time

import structlog

from api.web.lands import with_flextur

log = structlog.get_logger("takstlab.web")
FIRST_PAGE_S = 1.0
"""Whoever opens the page as soon as the service answers does not share a core with this."""
REST = 4.0
"""How many times as long as a municipality took nothing is done before the next: who asks meanwhile has the interpreter."""
MEASURED_EVERY_S = 2.0
"""How often it is looked whether a municipality's roads are measured by now."""
TRIED = {
    "municipality": "0316",
    "options": [{"name": "1", "elements": ()}, {"name": "2", "elements": ("kommunetakst",)}],
    "year": 2020,
}


def warm_up(year: int, *, every_municipality: bool) -> None:
    """Do it beside the answering; what goes wrong here goes wrong again, and is told, when somebody asks.

    With ``every_municipality`` what is kept for each is made too, for ``year``; their roads are waited for (`api.web.lands`).
    """
    threading.Thread(target=_warm, args=(year, every_municipality), name="warm-up", daemon=True).start()


def _warm(year: int, every_municipality: bool) -> None:
    time.sleep(FIRST_PAGE_S)
    try:
        from api.web.instant import instant
        from api.web.translation import known_english
        from sim.answer.identity import versions
        from sim.estimate.ahead import made_ready
        from sim.geography.land import land
        from sim.telling.drawing.drawings import drawings  # noqa: F401 - imported to be there
        from sim.telling.drawing.maps import PHONE, picker_svg

        picker_svg(lambda code: code)
        picker_svg(lambda code: code, width=PHONE)
        land()
        versions()
        instant(TRIED)
        known_english("flextur")
        for code in with_flextur(year) if every_municipality else ():
            began = time.monotonic()
            while not made_ready(code, year):
                time.sleep(MEASURED_EVERY_S)
                began = time.monotonic()
            time.sleep(REST * (time.monotonic() - began))
    except Exception:
        log.exception("warm-up failed")
