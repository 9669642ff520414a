"""Free destinations: the trips each has today, and those it would add when free."""

from collections.abc import Mapping, Sequence

import numpy as np

from sim.clinic.rides import clinic_facts, clinic_name
from sim.demand.model import FreeDestination, TourRates
from sim.demand.places import homes_near
from sim.demand.requests import PlaceClass
from sim.demand.trip_pattern import KIND_CLASS, TourKind, in_town
from sim.geography.destinations import find_destination
from sim.geography.records import destinations
from sim.geography.region import Region
from sim.scenario.scenario import FreeDestinationFacts
from sim.study.facts import known_facts
from sim.study.study import Study


def free_destinations(study: Study, rates: TourRates, accepted: Mapping[int, float]) -> tuple[FreeDestination, ...]:
    """Return the destinations that some option makes free.

    ``rates`` are all tours (accepted or not) by kind, ``accepted`` the share that rides under the reference by place
    class. What the user knows (``free_destinations`` of the scenario, visits moved to a ``clinic``) goes before what is
    published (``data/free_destinations.toml``), and that before what the model supposes.
    """
    facts = known_facts(study.region.municipality.code) | {f.name: f for f in study.scenario.free_destinations}
    facts |= clinic_facts(study.scenario, study.assumptions, study.free_names)
    return tuple(_free_destination(study, name, facts.get(name), rates, accepted) for name in study.free_names)


def _free_destination(
    study: Study,
    name: str,
    fact: FreeDestinationFacts | None,
    rates: TourRates,
    accepted: Mapping[int, float],
) -> FreeDestination:
    place = find_destination(study.region, name)[0].place
    assert place is not None
    # A tour makes this many trips, those in vain left out.
    trips_a_tour = (1 + study.assumptions.number("return_share")) * (1 - study.assumptions.number("in_vain_share"))
    there = sum(_tours_to(study, place, kind, rates) * accepted[KIND_CLASS[kind]] for kind in LOCAL)
    # The place's visits are shared equally among what there is to visit; private addresses are not part of it.
    share = (1 - study.assumptions.number("private_destination_share")) / _attractions(study.region, place)
    before, known = there * share, 0.0
    if fact is not None and fact.trips_per_month_before is not None:
        before = 12 * fact.trips_per_month_before / trips_a_tour
        share = min(1.0, before / there) if there else 0.0
        riding = accepted_visits(study, place, accepted)
        known = max(0.0, before - there) / riding if riding else 0.0
    if fact is not None and fact.added_trips_per_month is not None:
        added = 12 * fact.added_trips_per_month / trips_a_tour
    else:
        added = (free_multiplier(study) - 1.0) * before
    visits_from_home = name == clinic_name(study.scenario.clinic, study.free_names)
    return FreeDestination(name, place, share, added, known, from_all_homes=visits_from_home)


def visits_at_reference(
    study: Study, free: Sequence[FreeDestination], rates: TourRates, accepted: Mapping[int, float]
) -> tuple[float, float]:
    """Return the tours to free destinations that ride under the reference, beside the trip pattern's and more of the pattern's.

    Beside it: visits that the user knows of; and where the destination is free under the reference, those made only
    because of it. More of it: whoever goes there anyway rides for certain then.
    """
    beside = more = 0.0
    for each in free:
        if each.name in study.reference.free_destinations:
            beside += each.known_tours + each.extra_tours
            more += sum(
                each.share * _tours_to(study, each.place, kind, rates) * (1.0 - accepted[KIND_CLASS[kind]])
                for kind in LOCAL
            )
        else:
            beside += each.known_tours * accepted_visits(study, each.place, accepted)
    return beside, more


def accepted_visits(study: Study, place: int, accepted: Mapping[int, float]) -> float:
    """Return the share of the wishes to visit a place that ride under the reference: some visitors live in its town.

    ``accepted`` is that share by place class.
    """
    region = study.region
    homes = homes_near(region, study.pattern, place, study.assumptions)
    town = in_town(region.zone, region.zone[place], any_town=study.pattern.any_town)
    in_town_share = float(homes[town].sum() / homes.sum())
    return in_town_share * accepted[PlaceClass.IN_TOWN] + (1.0 - in_town_share) * accepted[PlaceClass.INSIDE]


def free_multiplier(study: Study) -> float:
    """Return how many times the trips to a destination grow when it becomes free."""
    if study.draw is not None and not study.assumptions["free_destination_multiplier"].overridden:
        return study.draw.curve(1.0).draws[0].free_multiplier
    return study.assumptions.number("free_destination_multiplier")


LOCAL = (TourKind.IN_TOWN, TourKind.INSIDE)


def _tours_to(study: Study, place: int, kind: TourKind, rates: TourRates) -> float:
    """Return the tours of one kind whose destination is a place."""
    pairs = study.pattern.pairs[kind]
    if pairs is None:
        return 0.0
    steps = np.diff(pairs.cumulative, prepend=0.0)
    return rates.by_kind[kind] * float(steps[pairs.destination == place].sum())


def _attractions(region: Region, place: int) -> int:
    """Return how many destinations are nearest to a place, at least 1."""
    code = region.municipality.code
    mine = [d for d in destinations() if d.municipality_code == code]
    return max(1, sum(region.nearest_place(d.lat, d.lon, inside_only=True) == place for d in mine))
