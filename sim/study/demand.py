"""Who rides at what price: the levels a study's packages mean, the price response, and the demand that follows."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Protocol

from sim.inputs.assumptions import Assumptions
from sim.riders.demand.model import DemandModel, TourRates
from sim.riders.demand.pattern_sums import PatternSums, pattern_sums
from sim.riders.demand.requests import PlaceClass
from sim.riders.demand.town_trips import across_share
from sim.riders.demand.trip_pattern import LOCAL, TourKind
from sim.riders.demand.volume import mean_party
from sim.riders.response.response import LOWEST_PAID_OERE, Curve, acceptance_in_each, load_response
from sim.study.booked import shares_by_edition
from sim.study.choice import PLACE_CLASS_NAMES
from sim.study.draws import ParameterDraw
from sim.study.free_destinations import free_destinations, free_places, visits_at_reference
from sim.study.plustur import ends_of_plustur, with_plustur
from sim.study.study import Study
from tariffs import Level, PriceBook, Reason, Refusal, ServicePackage, choose_level
from tariffs.errors import About, InputError
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


def level_ratio(study: Study, package: ServicePackage, book: PriceBook) -> float:
    """Return how many times as much a package's mean adult level is in another book on the price day.

    Each place class weighs what it has of the trips asked for. 1 where ``book`` is the study's or the package is free.
    """
    town, inside, *across = kind_shares(study.pattern, study.assumptions)
    weights: dict[int, float] = {
        PlaceClass.IN_TOWN: town,
        PlaceClass.INSIDE: inside,
        PlaceClass.ACROSS: across[0] + across[1],
    }

    def mean(of: PriceBook) -> float:
        levels = _levels_by_class(package, of, study.price_day, f"valgmuligheden '{package}'")
        return sum(weights[place] * float(level or 0) for place, level in levels.items())

    return mean(book) / mean(study.book) if mean(study.book) else 1.0


def _levels_by_class(package: ServicePackage, book: PriceBook, day: date, where: str) -> dict[int, int | None]:
    return {
        place_class: None if package.closed_by(name) else level_oere(choose_level(package, name), book, day, where)
        for place_class, name in PLACE_CLASS_NAMES.items()
    }


ELEMENT_OF_LEVEL: dict[int, About] = {
    Level.KOMMUNETAKST: About("kommunetakst"),
    Level.BYTAKST_LOW: About("bytakst", ("low",)),
    Level.BYTAKST_HIGH: About("bytakst", ("high",)),
    Level.PLUSTUR: About("plustur"),
    Level.DOBBELT_GRUNDTAKST: About("dobbelt_grundtakst"),
}


def level_oere(level: int, book: PriceBook, day: date, where: str) -> int:
    """Return what a level costs an adult on a day; raises InputError, saying ``where``, when the edition has no such price."""
    amount = level_amount(level, book, day)
    if isinstance(amount, Refusal):
        raise InputError(
            f"Prisen kan ikke findes: {amount.text_da}",
            where=where,
            next_step="vælg et andet år eller serviceelement, eller tilføj en takstudgave med --tariff FIL",
            about=_about(level, book, amount),
        )
    return int(amount)


def _about(level: int, book: PriceBook, refusal: Refusal) -> About | None:
    """Return the element of a level that has no price, or the choice of known prices alone that leaves it out."""
    if book.known_only and refusal.reason in (Reason.EDITION_UNKNOWN, Reason.PRICE_UNKNOWN):
        return About("known_prices_only")
    return ELEMENT_OF_LEVEL.get(level)


def demand_model(study: Study, draw: ParameterDraw | None) -> DemandModel:
    """Return the demand under central assumptions (None) or one draw of the parameters."""
    study = study.under(draw)
    by_class = curves(study, draw)
    return demand_of(study, sums_of(study), by_class, acceptance_at_reference(study, by_class))


def demand_of(
    study: Study, sums: PatternSums, by_class: Mapping[int, Curve], accepted: Mapping[int, float]
) -> DemandModel:
    """Return the demand of a study from what is known of it: its trip pattern's sums, price response, and who rides under the reference."""
    assumptions = study.assumptions
    passengers = study.volume.passengers
    riding = riding_by_kind(sums, accepted)
    shares = kind_shares(sums, assumptions)
    accepted_share = sum(share * riding[kind] for kind, share in zip(TourKind, shares, strict=True))
    carried = mean_party(assumptions) * (1.0 - assumptions.number("in_vain_share"))
    requests = passengers / (carried * accepted_share)
    legs = 1.0 + assumptions.number("return_share")
    by_kind = [
        requests * share / (legs if kind in LOCAL else 1.0) for kind, share in zip(TourKind, shares, strict=True)
    ]
    rates = TourRates((by_kind[0], by_kind[1], by_kind[2], by_kind[3]))
    free = free_destinations(study, rates, by_class, accepted, sums)
    # Visits that the user knows of beyond the trip pattern's are part of the volume, and so are those made only because it is
    # free where the reference has that already: the others make room for them.
    riding_trips = sum(
        rate * riding[kind] * (legs if kind in LOCAL else 1.0)
        for kind, rate in zip(TourKind, rates.by_kind, strict=True)
    )
    beside, more = (legs * tours for tours in visits_at_reference(study, free, rates, accepted, sums))
    room = max(0.0, (riding_trips - beside) / (riding_trips + more))
    rates = TourRates(
        (rates.by_kind[0] * room, rates.by_kind[1] * room, rates.by_kind[2] * room, rates.by_kind[3] * room)
    )
    model = DemandModel(
        study.region, study.year, study.pattern, assumptions, rates, study.reference_line, study.any_town, free
    )
    return with_plustur(study, model, sums, accepted)


def sums_of(study: Study) -> PatternSums:
    """Return what the demand of a study needs of its trip pattern, pair by pair."""
    return pattern_sums(
        study.pattern,
        study.reference_line,
        any_town=study.any_town,
        places=free_places(study),
        ends=ends_of_plustur(study),
    )


class Shares(Protocol):
    """What says how the tours are shared among the kinds: a trip pattern, or its sums."""

    @property
    def town_share(self) -> float: ...  # noqa: D102

    @property
    def crosses(self) -> bool: ...  # noqa: D102


def kind_shares(pattern: Shares, assumptions: Assumptions) -> tuple[float, ...]:
    """Return the share of the trips asked for, at equal fares, of each kind of tour.

    A kind across the border that has no pair of places leaves its share to the trips inside the municipality.
    """
    across = across_share(pattern, assumptions)
    local = 1.0 - across
    return local * pattern.town_share, local * (1.0 - pattern.town_share), across / 2, across / 2


def riding_by_kind(sums: PatternSums, accepted: Mapping[int, float]) -> tuple[float, ...]:
    """Return the share of each kind's wishes that ride under the reference.

    ``accepted`` is that share by place class; a pair partly inside the reference's town line has some of both.
    """
    across = accepted[PlaceClass.ACROSS] if sums.crosses else 0.0
    return (*(part.riding(accepted) for part in sums.local), across, across)


def acceptance_at_reference(study: Study, by_class: Mapping[int, Curve]) -> dict[int, float]:
    """Return the share of the requests of each place class that ride under the reference package.

    A municipality's own number is the year's: counted at the prices that were paid over it, by day of booking. Where the year
    begins without a level of the reference, that of the reference day stands for it.
    """
    return _accepted(levels_counted_at(study), by_class)


def acceptances_at_reference(
    studies: Sequence[Study], curves_of: Sequence[Mapping[int, Curve]]
) -> list[dict[int, float]]:
    """Return the same for one study under each of some draws, whose curves answer together."""
    counted = [levels_counted_at(study) for study in studies]
    asked: dict[int, list[Curve]] = {}
    for over_the_year, by_class in zip(counted, curves_of, strict=True):
        for _, levels in over_the_year:
            for place_class, level in levels.items():
                if level is not None:
                    asked.setdefault(level, []).append(by_class[place_class])
    for level, some in asked.items():
        acceptance_in_each(some, [level] * len(some))
    return [_accepted(over_the_year, by_class) for over_the_year, by_class in zip(counted, curves_of, strict=True)]


LevelsOverTheYear = list[tuple[float, dict[int, int | None]]]
"""Shares of a year's trips, and the adult level of each of them by place class, None where it is closed."""


def levels_counted_at(study: Study) -> LevelsOverTheYear:
    """Return the levels at which the volume was counted."""
    counted = reference_levels(study)
    over_the_year = {study.reference_day: 1.0} if study.volume.origin != "own" else shares_by_edition(study)
    return [
        (share, counted if day == study.reference_day else _levels_at(study, day) or counted)
        for day, share in over_the_year.items()
    ]


def _accepted(over_the_year: LevelsOverTheYear, by_class: Mapping[int, Curve]) -> dict[int, float]:
    found: dict[int, float] = {}
    for share, levels in over_the_year:
        for place_class, level in levels.items():
            rides = 0.0 if level is None else by_class[place_class].acceptance(level)
            found[place_class] = found.get(place_class, 0.0) + share * rides
    return found


def _levels_at(study: Study, day: date) -> dict[int, int | None] | None:
    """Return the reference's levels on a day, None where the edition of the day lacks one of them."""
    try:
        return _levels_by_class(study.reference, study.book, day, "reference")
    except InputError:
        return None
