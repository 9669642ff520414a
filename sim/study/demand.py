"""Who rides at what price: the levels a study's packages mean, the price response, and the demand that follows."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from sim.assumptions import Assumptions
from sim.choice import PLACE_CLASS_NAMES
from sim.demand.model import DemandModel, TourRates
from sim.demand.requests import PlaceClass
from sim.demand.trip_pattern import KIND_CLASS, TourKind, TripPattern
from sim.demand.volume import mean_party
from sim.response.response import LOWEST_PAID_OERE, Curve, load_response
from sim.study.draws import ParameterDraw
from sim.study.free_destinations import free_destinations, visits_at_reference
from sim.study.study import Study
from tariffs import Level, PriceBook, Refusal, ServicePackage, choose_level
from tariffs.errors import InputError
from tariffs.level_choice import level_amount


def curves(study: Study, draw: ParameterDraw | None) -> dict[int, Curve]:
    """Return the price response by place class: one draw's, or the middle one seen from the reference level."""
    study = study.under(draw)
    index = study.prices.willingness
    if study.draw is not None:
        return dict.fromkeys(PlaceClass, study.draw.curve(index))
    levels = reference_levels(study)
    count = study.scenario.draws or None
    return {place_class: _central(index, count, level or LOWEST_PAID_OERE) for place_class, level in levels.items()}


@lru_cache(maxsize=64)
def _central(index: float, count: int | None, reference_oere: int) -> Curve:
    """Return the middle curve seen from a level, worked out once for each process: it remembers what it has answered."""
    return load_response().central(index, count, reference_oere)


def reference_levels(study: Study) -> dict[int, int | None]:
    """Return the adult level under the reference package by place class, None where it closes the trips.

    An allocated volume was counted at the prices of 2017: its levels are told in the prices of the run, to the oere.
    """
    levels = _levels_by_class(study.reference, study.book, study.reference_day, f"reference: {study.reference}")
    if study.volume.origin == "own" or not study.prices.moved:
        return levels
    return {c: level and max(LOWEST_PAID_OERE, round(level * study.prices.willingness)) for c, level in levels.items()}


def package_levels(study: Study, package: ServicePackage) -> dict[int, int | None]:
    """Return the adult level under a package on the price day by place class, None where it closes the trips."""
    return _levels_by_class(package, study.book, study.price_day, f"valgmuligheden '{package}'")


def _levels_by_class(package: ServicePackage, book: PriceBook, day: date, where: str) -> dict[int, int | None]:
    closed_town = package.lukket_by or package.stoppested
    return {
        place_class: None
        if place_class == PlaceClass.IN_TOWN and closed_town
        else level_oere(choose_level(package, name), book, day, where)
        for place_class, name in PLACE_CLASS_NAMES.items()
    }


def level_oere(level: Level, book: PriceBook, day: date, where: str) -> int:
    """Return what a level costs an adult on a day; raises InputError, saying ``where``, when the edition has no such price."""
    amount = level_amount(level, book, day)
    if isinstance(amount, Refusal):
        raise InputError(
            f"Prisen kan ikke findes: {amount.text_da}",
            where=where,
            next_step="vælg et andet år eller serviceelement, eller tilføj en takstudgave med --tariff FIL",
        )
    return int(amount)


def demand_model(study: Study, draw: ParameterDraw | None) -> DemandModel:
    """Return the demand under central assumptions (None) or one draw of the parameters."""
    from sim.study.plustur import with_plustur

    study = study.under(draw)
    assumptions = study.assumptions
    passengers = study.volume.passengers
    shares = class_shares(study.pattern, assumptions)
    whole = sum(shares.values())
    accepted = acceptance_at_reference(study, curves(study, draw))
    riding = sum(shares[c] / whole * accepted[c] for c in shares)
    carried = mean_party(assumptions) * (1.0 - assumptions.number("in_vain_share"))
    requests = passengers / (carried * riding)
    legs = 1.0 + assumptions.number("return_share")
    by_kind = [0.0] * len(TourKind)
    by_kind[TourKind.IN_TOWN] = requests * shares[PlaceClass.IN_TOWN] / whole / legs
    by_kind[TourKind.INSIDE] = requests * shares[PlaceClass.INSIDE] / whole / legs
    by_kind[TourKind.ACROSS_OUT] = by_kind[TourKind.ACROSS_HOME] = requests * shares[PlaceClass.ACROSS] / whole / 2
    rates = TourRates((by_kind[0], by_kind[1], by_kind[2], by_kind[3]))
    free = free_destinations(study, rates, accepted)
    # Visits that the user knows of beyond the trip pattern's are part of the volume, and so are those made only because it is
    # free where the reference has that already: the others make room for them.
    riding_trips = sum(
        rate * accepted[KIND_CLASS[kind]] * (1.0 if KIND_CLASS[kind] == PlaceClass.ACROSS else legs)
        for kind, rate in zip(TourKind, rates.by_kind, strict=True)
    )
    beside, more = (legs * tours for tours in visits_at_reference(study, free, rates, accepted))
    room = max(0.0, (riding_trips - beside) / (riding_trips + more))
    rates = TourRates(
        (rates.by_kind[0] * room, rates.by_kind[1] * room, rates.by_kind[2] * room, rates.by_kind[3] * room)
    )
    model = DemandModel(study.region, study.year, study.pattern, assumptions, rates, free)
    return with_plustur(study, model, [accepted[KIND_CLASS[kind]] for kind in TourKind])


def class_shares(pattern: TripPattern, assumptions: Assumptions) -> dict[int, float]:
    """Return the share of the requests of each place class, at equal fares.

    A class that has no pair of places leaves its share to the others inside the municipality; the trips in town have at most
    what those across the border leave.
    """
    town, inside, out, home = (pairs is not None for pairs in pattern.pairs)
    across_share = assumptions.number("cross_border_share") if out and home else 0.0
    within = 1.0 - across_share
    town_share = 0.0 if not town else within if not inside else min(assumptions.number("town_share"), within)
    return {
        PlaceClass.IN_TOWN: town_share,
        PlaceClass.ACROSS: across_share,
        PlaceClass.INSIDE: max(0.0, 1.0 - (town_share + across_share)) if inside else 0.0,
    }


def acceptance_at_reference(study: Study, by_class: Mapping[int, Curve]) -> dict[int, float]:
    """Return the share of the requests of each place class that ride under the reference package."""
    return {
        place_class: 0.0 if level is None else by_class[place_class].acceptance(level)
        for place_class, level in reference_levels(study).items()
    }
