"""What is counted of every replication: each total declared once, with its axes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal, get_args, get_type_hints

import numpy as np
from numpy.typing import NDArray

from sim.riders.demand.requests import AGE_BANDS
from sim.study.introduction import MONTHS_A_YEAR
from sim.study.replicated.measures import RIDER_KEYS, Measure
from sim.study.replicated.neighbours import chosen_neighbours
from sim.study.replicated.rider_bands import DISTANCE_BANDS, most_zones
from sim.study.replicated.waterfall_parts import WATERFALL_KEYS
from sim.study.study import Study

Whole = NDArray[np.int64]
Axis = Literal[
    "option", "measure", "month", "before_after", "rider", "age", "place", "distance", "part", "destination",
    "neighbour", "prebooked",
]  # fmt: skip
PREBOOKED_KEYS = ("trips", "passengers", "standing_trips")


@dataclass(frozen=True)
class Additive:
    """Says of a total of each option that it adds up over municipalities: its column where many are counted, and its meaning."""

    column: str
    means: str


@dataclass(frozen=True)
class Replication:
    """Whole totals of one replication: counts, and amounts in oere; the annotation of each is its axes, and whether it is `Additive`.

    Attributes
    ----------
    part_year : None without a start date
    affected, affected_base : the trips that each option touches: under it, and under the first option
    not_yet : what an introduced service lacks of the months in the budget year, see `sim.study.replicated.introduced_volume`;
        the part year is without it
    begun : months of what a service introduced in an earlier year adds once it has settled, less what it replaces
    riders : trips under the first option that the option touches, see RIDER_KEYS
    riders_by_age, riders_by_place, riders_by_distance : trips that the option touches, see `sim.study.replicated.rider_bands`
    waterfall : oere, the change in net cost taken apart, see `sim.study.replicated.waterfall_parts`
    town_fare, free_visits : trips that a published trial can be held against, see `sim.study.replicated.trial_trips`
    across_to : trips under the first option that end in each chosen neighbour
    turned_away : flextur trips under the first option that the option's prices or rules turn away
    prebooked : trips after the start date that are booked before it, see PREBOOKED_KEYS
    shared, coordinated : trips with another booking in the car; those and the chained ones
    standing_s : seconds that the riders of all trips sat in a standing vehicle, each booking once
    refused : requests that no vehicle could take
    pool_payment : oere, what all duties are paid, referred traffic and unused garantivogne included
    editions : labels of the tariff editions that priced anything
    """

    number: int
    year: Annotated[Whole, ("option", "measure")]
    part_year: Annotated[Whole | None, ("option", "measure")]
    affected: Annotated[Whole, ("option", "measure")]
    affected_base: Annotated[Whole, ("option", "measure")]
    across: Annotated[Whole, ("option", "measure")]
    across_to: Annotated[Whole, ("neighbour", "measure")]
    in_town: Annotated[Whole, ("option", "measure")]
    plustur: Annotated[Whole, ("option", "measure")]
    months: Annotated[Whole, ("option", "month", "measure")]
    not_yet: Annotated[Whole, ("option", "month", "measure")]
    begun: Annotated[Whole, ("option", "month", "measure")]
    riders: Annotated[Whole, ("option", "rider")]
    riders_by_age: Annotated[Whole, ("option", "before_after", "age")]
    riders_by_place: Annotated[Whole, ("option", "before_after", "place")]
    riders_by_distance: Annotated[Whole, ("option", "before_after", "distance")]
    waterfall: Annotated[Whole, ("option", "part")]
    town_fare: Annotated[Whole, ("option", "before_after", "measure")]
    free_visits: Annotated[Whole, ("option", "destination", "before_after", "measure")]
    turned_away: Annotated[Whole, ("option",)]
    prebooked: Annotated[Whole, ("prebooked",)]
    shared: Annotated[
        Whole, ("option",), Additive("shared_trips", "whole number: trips with another booking in the car")
    ]
    coordinated: Annotated[
        Whole,
        ("option",),
        Additive(
            "coordinated_trips",
            "whole number: shared trips, and those whose vehicle came from or went on to another booking",
        ),
    ]
    standing_s: Annotated[Whole, ("option",)]
    refused: Annotated[Whole, ("option",), Additive("no_vehicle", "whole number: requests that no vehicle could take")]
    pool_payment: Annotated[
        Whole,
        ("option",),
        Additive(
            "pool_payment_oere",
            "oere: what all vehicles of the area are paid, referred traffic and unused garantivogne included",
        ),
    ]
    editions: tuple[str, ...]


_DECLARED = {
    name: hint.__metadata__
    for name, hint in get_type_hints(Replication, include_extras=True).items()
    if hasattr(hint, "__metadata__")
}
TOTALS: dict[str, tuple[Axis, ...]] = {name: declared[0] for name, declared in _DECLARED.items()}
"""Every total by name, with its axes in order."""
ADDITIVE_TOTALS: dict[str, Additive] = {name: declared[1] for name, declared in _DECLARED.items() if len(declared) > 1}
"""The totals of one number an option that add up over municipalities, in order."""


def sizes(study: Study) -> dict[Axis, int]:
    """Return how long each axis is in a study."""
    found: dict[Axis, int] = {
        "option": len(study.packages),
        "measure": len(Measure),
        "month": MONTHS_A_YEAR,
        "before_after": 2,
        "rider": len(RIDER_KEYS),
        "age": len(AGE_BANDS),
        "place": most_zones(study) + 2,
        "distance": len(DISTANCE_BANDS),
        "part": len(WATERFALL_KEYS),
        "destination": len(study.free_names),
        "neighbour": len(chosen_neighbours(study)),
        "prebooked": len(PREBOOKED_KEYS),
    }
    assert set(found) == set(get_args(Axis))
    return found


def shape(name: str, study: Study) -> tuple[int, ...]:
    """Return the shape that a total has in a study."""
    long = sizes(study)
    return tuple(long[axis] for axis in TOTALS[name])


def net_costs(replications: Sequence[Replication]) -> Whole:
    """Return the net cost of the full year, int64 (replications, options), oere."""
    return np.stack([r.year[:, Measure.NET_COST] for r in replications])
