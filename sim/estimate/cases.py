"""What the instant estimate is fitted on and measured by: kinds of change, volumes, municipalities."""

from dataclasses import dataclass

import numpy as np

from sim.geography.municipalities import movia_municipalities
from sim.inputs.assumptions import load_assumptions
from sim.inputs.scenario.scenario import build_scenario, parse_option
from sim.riders.demand.volume import allocated_volume, mean_party
from sim.study.prepare import prepare
from sim.study.study import Study

MEASURED = ("0159", "0190", "0217", "0219", "0250", "0260", "0306", "0316", "0329", "0340", "0376", "0390")
"""Municipalities that the estimate is measured in, each by a fit that leaves it out: dense and thin, large and small."""
NEVER = ("0101", "0185")
"""København and Tårnby have no flextur and are like no other municipality."""
VOLUMES = (2_000, 6_000, 12_000, None)
"""Passengers a year; None is the municipality's share of Movia's total."""
FEWEST_PASSENGERS = 1500
FREE_SHARE = 0.03
"""Share of today's trips that go to the destination that becomes free."""


@dataclass(frozen=True)
class Case:
    """What is in force today, also the reference under which the volume holds, and the changes by kind."""

    today: str
    changes: tuple[tuple[str, str], ...]
    free: bool = False

    @property
    def kinds(self) -> tuple[str, ...]:
        """Kind of each option, '' for the first."""
        return ("", *(kind for kind, _ in self.changes))


MAIN = Case(
    "kommunetakst",
    (
        ("kommunetakst_removed", ""),
        ("bytakst_low", "kommunetakst, bytakst=low"),
        ("bytakst_high", "kommunetakst, bytakst=high"),
        ("plustur", "kommunetakst, plustur"),
        ("closed_town", "kommunetakst, lukket_by"),
    ),
)
ADDED = Case("", (("kommunetakst_added", "kommunetakst"),))
FREE = Case("kommunetakst", (("free_destination", "kommunetakst, gratis={place}"),), free=True)
CASES = (MAIN, ADDED, FREE)
KINDS = tuple(kind for case in CASES for kind, _ in case.changes)


def fitted_municipalities() -> tuple[str, ...]:
    """Return the municipalities that are fitted on, those that are measured in among them."""
    return tuple(m.code for m in movia_municipalities() if m.code not in NEVER)


def passengers_of(code: str, volume: int | None) -> int:
    """Return the passengers a year of a volume in one municipality."""
    if volume is not None:
        return volume
    return max(FEWEST_PASSENGERS, round(allocated_volume(code, load_assumptions()).passengers))


def study_of(code: str, passengers: int, case: Case) -> Study:
    """Return the study of one municipality's case at a volume."""
    values: dict[str, object] = {"municipality": code, "offers_flextur": True, "passengers": passengers}
    place = ""
    if case.free:
        place = _busiest_place(code)
        trips = passengers / mean_party(load_assumptions())
        values["free_destinations"] = [{"name": place, "trips_per_month_before": FREE_SHARE * trips / 12}]
    named = [("I dag", case.today), *case.changes]
    values["options"] = [parse_option(f"{name}: {elements.format(place=place)}") for name, elements in named]
    return prepare(build_scenario(values, "sim.estimate"), code)


def _busiest_place(code: str) -> str:
    """Return the place with most to visit, as 'latitude longitude'."""
    region = study_of(code, FEWEST_PASSENGERS, ADDED).region
    place = int(np.argmax(region.visit_weight * region.inside))
    return f"{region.lat[place]:.5f} {region.lon[place]:.5f}"
