"""Free destinations: the trips each has today, and those it would add when free."""

from collections.abc import Mapping, Sequence

import numpy as np

from sim.geography.destinations import find_destination
from sim.geography.projection import to_metres
from sim.geography.records import destinations
from sim.geography.region import Region
from sim.inputs.scenario.scenario import FreeDestinationFacts
from sim.riders.clinic_rides import clinic_facts, clinic_name
from sim.riders.demand.model import FreeDestination, TourRates
from sim.riders.demand.pattern_sums import PatternSums
from sim.riders.demand.places import homes_near
from sim.riders.demand.requests import PlaceClass
from sim.riders.demand.town_trips import line_shares
from sim.riders.demand.trip_pattern import LOCAL, chance_inside
from sim.riders.response.response import LOWEST_PAID_OERE, Curve
from sim.study.facts import known_facts
from sim.study.study import Study

MULTIPLIER_FROM_OERE = 2400
"""What a trip cost where the effect of a free destination was observed (Gladsaxe 2018), in the prices of 2017."""


def free_destinations(
    study: Study, rates: TourRates, by_class: Mapping[int, Curve], accepted: Mapping[int, float], sums: PatternSums
) -> tuple[FreeDestination, ...]:
    """Return the destinations that some option makes free.

    ``rates`` are all tours (accepted or not) by kind, ``by_class`` the price response and ``accepted`` the share that rides
    under the reference by place class. What the user knows (``free_destinations`` of the scenario, visits moved to a
    ``clinic``) goes before what is published (``data/free_destinations.toml``), and that before what the model assumes.
    """
    facts = known_facts(study.region.municipality.code) | {f.name: f for f in study.scenario.free_destinations}
    facts |= clinic_facts(study.scenario, study.assumptions, study.free_names)
    times = times_the_wishes(study, by_class)
    return tuple(
        _free_destination(study, name, facts.get(name), rates, accepted, times, sums) for name in study.free_names
    )


def free_places(study: Study) -> tuple[int, ...]:
    """Return the place of each destination that some option makes free, in the order of their names."""
    return tuple(_place_of(study, name) for name in study.free_names)


def _place_of(study: Study, name: str) -> int:
    place = find_destination(study.region, name)[0].place
    assert place is not None
    return place


def times_the_wishes(study: Study, by_class: Mapping[int, Curve]) -> float:
    """Return how many trips a free destination has for each wish to go there at 21 kr., at least 1.

    The multiplier was observed where a trip cost 24 kr.; so the same wishes made free end at the same number, whatever
    they cost before, and never below those who ride at the lowest price that is known.
    """
    seen = max(LOWEST_PAID_OERE, round(MULTIPLIER_FROM_OERE * study.prices.willingness))
    return max(1.0, free_multiplier(study) * by_class[PlaceClass.INSIDE].acceptance(seen))


def _free_destination(
    study: Study,
    name: str,
    fact: FreeDestinationFacts | None,
    rates: TourRates,
    accepted: Mapping[int, float],
    times: float,
    sums: PatternSums,
) -> FreeDestination:
    place = _place_of(study, name)
    # A tour makes this many trips, no-shows left out.
    trips_a_tour = (1 + study.assumptions.number("return_share")) * (1 - study.assumptions.number("in_vain_share"))
    wishes, there = _tours_to(place, rates, accepted, sums)
    # The place's visits are shared equally among what there is to visit; private addresses are not part of it.
    share = (1 - study.assumptions.number("private_destination_share")) / _attractions(study.region, place)
    before, known = there * share, 0.0
    if fact is not None and fact.trips_per_month_before is not None:
        before = 12 * fact.trips_per_month_before / trips_a_tour
        share = min(1.0, before / there) if there else 0.0
        riding = accepted_visits(study, place, accepted)
        known = max(0.0, before - there) / riding if riding else 0.0
    # Everybody who would go there at 21 kr. goes when it is free; the others go only because it is.
    all_wishes = wishes * share + known
    visits_from_home = name == clinic_name(study.scenario.clinic, study.free_names)
    if fact is not None and fact.added_trips_per_month is not None:
        added = 12 * fact.added_trips_per_month / trips_a_tour
        # Who comes to a clinic instead of being visited comes beside everybody else.
        only_free = added if visits_from_home else max(0.0, before + added - all_wishes)
    else:
        only_free = (times - 1.0) * all_wishes
    return FreeDestination(name, place, share, only_free, known, from_all_homes=visits_from_home)


def visits_at_reference(
    study: Study,
    free: Sequence[FreeDestination],
    rates: TourRates,
    accepted: Mapping[int, float],
    sums: PatternSums,
) -> tuple[float, float]:
    """Return the tours to free destinations that ride under the reference, beside the trip pattern's and more of the pattern's.

    Beside it: visits that the user knows of; and where the destination is free under the reference, those made only
    because of it. More of it: whoever goes there anyway rides for certain then.
    """
    beside = more = 0.0
    for each in free:
        if each.name in study.reference.free_destinations:
            beside += each.known_tours + each.extra_tours
            wishes, riding = _tours_to(each.place, rates, accepted, sums)
            more += each.share * (wishes - riding)
        else:
            beside += each.known_tours * accepted_visits(study, each.place, accepted)
    return beside, more


def accepted_visits(study: Study, place: int, accepted: Mapping[int, float]) -> float:
    """Return the share of the wishes to visit a place that ride under the reference: some visitors live in its town area.

    ``accepted`` is that share by place class.
    """
    homes = homes_near(study.region, study.pattern, place, study.assumptions)
    shares = line_shares(study.region, study.reference_line)
    town = float(homes @ chance_inside(shares, shares[place], study.any_town)) / float(homes.sum())
    return town * accepted[PlaceClass.IN_TOWN] + (1.0 - town) * accepted[PlaceClass.INSIDE]


def free_multiplier(study: Study) -> float:
    """Return how many times the trips that cost 24 kr. to a destination grow when it becomes free."""
    if study.draw is not None and not study.assumptions["free_destination_multiplier"].overridden:
        return study.draw.curve(1.0).draws[0].free_multiplier
    return study.assumptions.number("free_destination_multiplier")


def _tours_to(place: int, rates: TourRates, accepted: Mapping[int, float], sums: PatternSums) -> tuple[float, float]:
    """Return the trip pattern's local tours to a place: all that are wished, and those that ride under the reference."""
    parts = list(zip(LOCAL, sums.to_place[place], strict=True))
    wishes = sum(rates.by_kind[kind] * part.share for kind, part in parts)
    return wishes, sum(rates.by_kind[kind] * part.riding(accepted) for kind, part in parts)


def _attractions(region: Region, place: int) -> int:
    """Return how many of the municipality's destinations are nearest to a place of it, at least 1."""
    known = [d for d in destinations() if d.municipality_code == region.municipality.code]
    if not known:
        return 1
    x, y = to_metres([d.lat for d in known], [d.lon for d in known])
    xs, ys = to_metres(region.lat[region.inside], region.lon[region.inside])
    nearest = np.hypot(xs - x[:, None], ys - y[:, None]).argmin(axis=1)
    return max(1, int(np.count_nonzero(nearest == place)))
