"""The roads of every municipality measured ahead, one at a time, by a process of low priority: nobody waits for what is kept.

Started beside the service and ended with it. What is measured stays on the disk, so that the next start has little to do.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from api.clock import clock_of, usual_year
from api.jobs.worker import SERVER, end_with_parent
from api.settings import Settings

GIVES_WAY = 19


@contextmanager
def measuring_ahead(settings: Settings) -> Iterator[None]:
    """Let the process work while the service answers, for the year that is being budgeted, unless the settings say no."""
    if not settings.measure_ahead:
        yield
        return
    process = subprocess.Popen(
        [sys.executable, "-m", "api.web.lands", str(usual_year(clock_of(settings.today)()))],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        env={**os.environ, SERVER: str(os.getpid())},
        start_new_session=True,
    )
    try:
        yield
    finally:
        process.kill()
        process.wait()


def measure(year: int) -> list[str]:
    """Measure the roads of every municipality that may have flextur in a year; returns those that were not kept."""
    from sim.inputs.assumptions import load_assumptions
    from sim.study.terms import is_measured, land_of, measured

    register, new = load_assumptions(), []
    for code in with_flextur(year):
        land = land_of(code, year, register)
        if not is_measured(land):
            measured(land)
            new.append(code)
    return new


def with_flextur(year: int) -> list[str]:
    """Return the codes of the municipalities that may have flextur in a year."""
    from sim.batch.offers import offer_day
    from sim.geography.municipalities import movia_municipalities
    from tariffs import load_municipal_choices

    choices = load_municipal_choices()
    codes = [municipality.code for municipality in movia_municipalities()]
    return [code for code in codes if choices.offers("flextur", code, offer_day(year)) != "no"]


if __name__ == "__main__":
    end_with_parent(int(os.environ[SERVER]))
    os.nice(GIVES_WAY)
    measure(int(sys.argv[1]))
