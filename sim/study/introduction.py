"""Flextur or plustur introduced on the start date: how much of the settled volume there is on each day after it.

The volume grows evenly from ``introduction_first_share`` on the start date to all of it ``introduction_growth_months`` later, into the
years after it.
"""

from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.inputs.assumptions import Assumptions
from sim.study.study import Study

Service = Literal["flextur", "plustur"]
MONTHS_A_YEAR = 12


def introduced(study: Study, place: int) -> Service | None:
    """Return what begins on the start date under an option, None where nothing does; the same in a year after it.

    Flextur where the municipality is known not to have it and is calculated as if it had: then every option begins, the first
    too. Plustur where neither the first option has it nor the package the volume was counted under.
    """
    begins = study.begun or study.scenario.start
    if begins is None:
        return None
    code, last = study.region.municipality.code, date(begins.year, 12, 31)
    if study.scenario.offers_flextur and study.book.choices.offers("flextur", code, last) == "no":
        return "flextur"
    had = study.packages[0].plustur or study.reference.plustur
    return "plustur" if study.packages[place].plustur and not had else None


def settled_shares(study: Study, assumptions: Assumptions | None = None) -> NDArray[np.float64]:
    """Return the share of the settled volume there is on each day of the year, 0 before the start date, float64 (days,).

    ``assumptions`` are another register than the study's: that of a draw.
    """
    begins = study.begun or study.scenario.start
    assert begins is not None
    register = study.assumptions if assumptions is None else assumptions
    first = register.number("introduction_first_share")
    months = register.number("introduction_growth_months")
    day, start = np.arange(study.year.days), (begins - study.year.first).days
    elapsed = (day - start + 0.5) * MONTHS_A_YEAR / study.year.days
    grown = np.clip(elapsed / months, 0.0, 1.0) if months else np.ones(len(day))
    return np.where(day < start, 0.0, first + (1.0 - first) * grown)
