"""The years before 2017: what the same municipalities would have cost under each year's fares."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

import numpy as np
from numpy.typing import NDArray

from sim.evidence.calibration.mix import municipalities_2017
from sim.evidence.validation.group import Found, Group, Unit
from sim.evidence.validation.profile import Profile
from sim.evidence.validation.runs import repriced, study_of
from sim.evidence.validation.target import Simulated, Target, from_fact
from sim.inputs.assumptions import load_assumptions
from sim.inputs.facts import load_facts
from sim.riders.demand.volume import ALLOCATION_DAY, allocated_volume
from sim.study.replicated.measures import Measure
from sim.study.replicated.replication import run_replication
from tariffs import Parameter, load_municipal_choices

YEARS = (2015, 2016, 2017)
"""The last year of 24 kr everywhere, the first of grundtakst 36, and the year that is fitted."""
CALENDAR = 2018
"""All three are driven on the days of one year, after the day the volume was counted on, before the discount of 2019."""
PRICED_FROM = date(2017, 12, 1)
COMPARED = (
    "Samme mennesker og kommuner i alle år, alt i 2017-priser; de offentliggjorte tal er i årets priser med årets kommuner."
    " Derfor kan fortegnene sammenlignes, størrelserne kun omtrent."
)


def mix(count: int | None) -> list[tuple[str, float]]:
    """Return the municipalities of 2017 with their weights: all, or those with most passengers, in the order of their codes."""
    everyone = municipalities_2017()
    assumptions = load_assumptions()
    largest = sorted(everyone, key=lambda m: -m[1] * allocated_volume(m[0], assumptions).passengers)
    return sorted(largest[:count])


def municipal_totals(code: str, seed: int) -> NDArray[np.int64]:
    """Simulate one municipality's people under each year's fares and elements; return totals, int64 (years, measures)."""
    years = []
    for year in YEARS:
        summer = date(year, 7, 1)
        package = load_municipal_choices().choices(code, summer).package
        study = study_of(code, CALENDAR, [package.elements()], seed, on=ALLOCATION_DAY)
        book = repriced(study.book, PRICED_FROM, partial(price_of, day=summer))
        years.append(run_replication(replace(study, book=book), 0).year[0])
    return np.stack(years)


def price_of(parameter: Parameter, day: date) -> int | None:
    """Return a price as it was on a day, None where there was none."""
    value = parameter.on(day)
    return None if value is None else value.amount


def unit_costs(totals: Sequence[NDArray[np.int64]], weights: Sequence[float]) -> NDArray[np.float64]:
    """Return net cost per passenger of the mix in each year, kr."""
    whole: NDArray[np.float64] = np.tensordot(np.array(weights), np.stack(totals).astype(np.float64), axes=1)
    each: NDArray[np.float64] = whole[:, Measure.NET_COST] / whole[:, Measure.PASSENGERS] / 100.0
    return each


def _units(profile: Profile, seed: int) -> Sequence[Unit]:
    return [Unit(municipal_totals, (code, seed)) for code, _ in mix(profile.mix)]


def _found(profile: Profile, results: Sequence[NDArray[np.int64]]) -> Found:
    weights = [weight for _, weight in mix(profile.mix)]
    each = unit_costs(results, weights)
    source = load_facts()["unit_cost_2012_16"].source

    def fall(name: str, words: str, change: float) -> Target:
        return Target(
            f"unit_cost_{name}", "validation", words, source, None, 0.0, Simulated(change), "kr.",
            f"{len(weights)} kommuner. {COMPARED}",
        )  # fmt: skip

    fitted = load_facts()["net_per_passenger_2017"].low
    level = from_fact(
        "unit_cost_2012_16", Simulated(fitted + float(each[0] - each[2])), suffix="at_24",
        remark=f"2017 er tilpasset til 103,60 kr.; dertil det simulerede fald fra 24 kr., som gjaldt 2012-15. {len(weights)} kommuner."
        f" {COMPARED}",
    )  # fmt: skip
    return Found(
        [
            fall("2015_2016", "Nettoudgift pr. passager falder fra 2015 (24 kr.) til 2016 (36 kr.); offentliggjort -7,0 kr.",
                 float(each[1] - each[0])),
            fall("2016_2017", "og fra 2016 til 2017 (12 kr. fra km 21, bytakster); offentliggjort -1,7 kr.",
                 float(each[2] - each[1])),
            level,
        ],
        {"years": [{"year": year, "kr": round(float(kr), 2)} for year, kr in zip(YEARS, each, strict=True)]},
    )  # fmt: skip


GROUP = Group("years", "Årene 2012-16", _units, _found)
