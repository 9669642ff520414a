"""The ``neighbours`` block of a comparison: the municipality and chosen others side by side."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction

import numpy as np

from sim.answer.citizen_prices import citizen_prices
from sim.answer.neighbours.common_fee import fee_move
from sim.answer.records import Answer
from sim.answer.records.neighbours import AcrossTo, FeeMove, NeighbourRow, Neighbours, NeighbourWithout
from sim.answer.records.option import OptionAnswer
from sim.geography.municipalities import Municipality, find_municipality
from sim.inputs.assumptions import Assumption, Value
from sim.inputs.scenario import Scenario
from sim.inputs.scenario.scenario import Option
from sim.riders.demand.population import residents
from sim.study.prepare import prepare
from sim.study.replicated.figures import Spread, figure
from sim.study.replicated.measures import Measure
from sim.study.replicated.neighbours import chosen_neighbours
from sim.study.replicated.samples import Samples
from sim.study.study import Study
from sim.words.figure import Figure
from tariffs import fee_terms, load_price_book
from tariffs.errors import InputError
from tariffs.municipal_choices import MunicipalChoices

REPLICATIONS, DRAWS = 5, 8
"""Few: a neighbour's figures are for looking sideways, and its volume is allocated anyhow."""
SHOWN_TRIPS = (3, 8)
"""Kilometres of the typical trips whose price is shown: within the town, and between town and country."""
NOT_THEIRS = (
    "Naboernes tal er ikke deres egne: passagererne er fordelt ud fra Movias total i 2017 efter ældre borgere, befolkningstæthed og takst"
    " (÷3 til ×3), hvor andet ikke står, og nettoudgiften er beregnet ud fra dem. Tallene må ikke lægges sammen på tværs af"
    " kommuner."
)
BORDER = (
    "En tur over kommunegrænsen betaler altid grundtakst, hvad naboen end vælger, og begge ender skal have flextur. Naboens"
    " kommunetakst eller bytakst ændrer derfor intet her; forlader naboen flextur, falder turene dertil bort."
)
Compare = Callable[[Study], Answer]
"""Runs a study and returns its answer."""


def check_neighbours(scenario: Scenario, code: str) -> None:
    """Raise InputError when a neighbour is unknown, outside Movia, or the municipality itself.

    Or when what it has at the year's end cannot be expressed by service elements.
    """
    for text in scenario.neighbours:
        found = find_municipality(text)
        if found.code == code:
            raise InputError(
                f"{found.name} kan ikke være sin egen nabo", next_step="vælg en anden kommune med --neighbour"
            )
        choice = _choices(scenario).choices(found.code, date(scenario.year, 12, 31))
        if choice.own_fare is not None:
            raise InputError(
                f"{found.name} kan ikke være nabo i {scenario.year}",
                why=f"kommunen har sin egen takst, som serviceelementerne ikke kan udtrykke: {choice.own_fare.text_da}",
                next_step="vælg en anden nabo eller et år før",
            )


def neighbour_studies(study: Study, assumptions: Mapping[str, Value]) -> tuple[Study | None, ...]:
    """Return each chosen neighbour made ready under its own package at the year's end, None for one without flextur.

    ``assumptions`` are those the user stated for all; what was fitted to the municipality itself is not its neighbours'.
    All are in the prices of the same year, or the level that the user stated.
    """
    return tuple(_ready(study.scenario, neighbour, assumptions) for neighbour in chosen_neighbours(study))


def _ready(scenario: Scenario, neighbour: Municipality, assumptions: Mapping[str, Value]) -> Study | None:
    choices, on = _choices(scenario), date(scenario.year, 12, 31)
    if choices.offers("flextur", neighbour.code, on) == "no":
        return None
    now = Option(name="ordningen nu", elements=choices.choices(neighbour.code, on).package.elements())
    kept = {
        key: getattr(scenario, key) for key in ("year", "seed", "tariff_files", "variant", "switches", "fee_pooling")
    }
    alone = Scenario(
        municipalities=(neighbour.code,), options=(now,), assumptions=dict(assumptions), draws=min(DRAWS, scenario.draws),
        min_replications=min(REPLICATIONS, scenario.max_replications),
        max_replications=min(REPLICATIONS, scenario.max_replications), **kept,
    )  # fmt: skip
    return prepare(alone, neighbour.code)


def beside(
    study: Study, first: OptionAnswer, samples: Samples, studies: Sequence[Study | None], compare: Compare
) -> Neighbours | None:
    """Return the block, None without neighbours: its own row first, then each neighbour's, and the trips across to each.

    Parameters
    ----------
    first : the municipality's own first option
    samples : its replications, with the trips across to each neighbour
    studies : the neighbours as `neighbour_studies` made them
    """
    neighbours = chosen_neighbours(study)
    if not neighbours:
        return None
    answers = [None if theirs is None else compare(theirs) for theirs in studies]
    found = [
        (theirs, answer.options[0]) if theirs is not None and answer is not None else None
        for theirs, answer in zip(studies, answers, strict=True)
    ]
    rows = [_row(study, first, study.region.municipality, own=True)]
    for neighbour, known in zip(neighbours, found, strict=True):
        rows.append(_without(neighbour) if known is None else _row(*known, neighbour, own=False))
    return Neighbours(
        rows=tuple(rows),
        across=tuple(
            _across(study, first, samples, place, neighbour, None if known is None else known[1])
            for place, (neighbour, known) in enumerate(zip(neighbours, found, strict=True))
        ),
        replications=max((answer.replications for answer in answers if answer is not None), default=0),
        draws=max((answer.draws for answer in answers if answer is not None), default=0),
        notes=(NOT_THEIRS, BORDER),
    )


def _without(municipality: Municipality) -> NeighbourWithout:
    return NeighbourWithout(municipality.code, municipality.name, own=False, offers_flextur="no")


def _row(study: Study, option: OptionAnswer, municipality: Municipality, *, own: bool) -> NeighbourWithout:
    choices, on = study.book.choices, date(study.scenario.year, 12, 31)
    near, far = (_price_of_today(study, km) for km in SHOWN_TRIPS)
    people = residents(municipality.code, study.scenario.year, study.assumptions)
    return NeighbourRow(
        municipality=municipality.code,
        name=municipality.name,
        own=own,
        offers_flextur=choices.offers("flextur", municipality.code, on),
        package=option.elements,
        package_certainty="known" if own else choices.choices(municipality.code, on).certainty,
        price_3_km_oere=near,
        price_8_km_oere=far,
        volume_origin=study.volume.origin,
        population=people.everyone,
        older=people.older,
        trips=option.trips,
        passengers=option.passengers,
        net_cost_oere=option.net_cost_oere,
        net_cost_per_passenger_oere=option.net_cost_per_passenger_oere,
        net_cost_per_resident_oere=option.net_cost_per_resident_oere,
        net_cost_per_older_resident_oere=option.net_cost_oere.over(people.older),
        trips_per_1000_older=option.trips.over(people.older / 1000),
    )


def _price_of_today(study: Study, km: int) -> int | None:
    """Return what an adult who books by phone pays under the first option on the first typical trip of a length."""
    fare = next(row.oere[0] for row in citizen_prices(study) if row.km == km)
    return None if fare is None else fare.adult_phone


def _across(
    study: Study,
    first: OptionAnswer,
    samples: Samples,
    place: int,
    neighbour: Municipality,
    theirs: OptionAnswer | None,
) -> AcrossTo:
    """Return what falls away here when a neighbour leaves flextur, and what that does to Movia's common fee.

    ``theirs`` is the neighbour's own option, None when it has left.
    """
    paired = np.array(samples.paired_with, dtype=np.int64)

    def shown(measure: Measure, at_least: float = 0.0) -> Figure:
        central = np.array([float(r.across_to[place, measure]) for r in samples.central])
        drawn = np.array([float(r.across_to[place, measure]) for r in samples.drawn])
        return figure(Spread(central, drawn, paired), at_least=at_least).shown

    fixed_parts = _fixed_parts(study.assumptions["fee_fixed_part"])
    return AcrossTo(
        municipality=neighbour.code,
        name=neighbour.name,
        offers_flextur="no" if theirs is None else "yes",
        trips=shown(Measure.TRIPS),
        passengers=shown(Measure.PASSENGERS),
        net_cost_oere=shown(Measure.NET_COST, -np.inf),
        fee=None
        if theirs is None
        else tuple(_fee(study, fixed, first.passengers.mean, theirs.passengers.mean) for fixed in fixed_parts),
    )


def _fixed_parts(entry: Assumption) -> list[Fraction]:
    """Return the fixed part of the fee as assumed, and the highest it may be."""
    assert isinstance(entry.value, float | int)
    return [Fraction(str(part)) for part in dict.fromkeys((entry.value, entry.high or entry.value))]


def _fee(study: Study, fixed_part: Fraction, here: float, there: float) -> FeeMove:
    calls = Fraction(str(study.assumptions.number("fee_calls_saved")))
    move = fee_move(fee_terms(study.book, study.reference_day, calls, fixed_part), there)
    each = float(move.per_passenger * study.prices.fee)
    return FeeMove(float(fixed_part), each, each * here)


def _choices(scenario: Scenario) -> MunicipalChoices:
    from pathlib import Path

    return load_price_book(tuple(Path(f) for f in scenario.tariff_files), scenario.variant).choices
