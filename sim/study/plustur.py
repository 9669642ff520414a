"""Plustur in a study: what it meets in the municipality, how many ride, who moves over, and what is said of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.geography.region import Region
from sim.inputs.assumptions import Assumptions
from sim.inputs.scenario import Scenario
from sim.riders.demand.model import DemandModel, TourRates
from sim.riders.demand.pattern_sums import PatternSums
from sim.riders.demand.trip_pattern import LOCAL
from sim.riders.demand.volume import mean_party
from sim.riders.plustur.moved import moving_share, served_ends
from sim.riders.plustur.searches import PlusturDemand, Setting, pilot_residents, plustur_demand, residents
from sim.riders.plustur.services import DAY_TYPES
from sim.riders.plustur.size import pilot_size, size_text_da
from sim.riders.plustur.timetable import Surroundings, departures, read_calls
from sim.riders.plustur.transfers import transfer_points
from sim.study.fare_certainty import level_certainty
from sim.study.study import Study, fee_oere
from sim.words.names import told_apart
from sim.words.numbers import danish
from tariffs import Level, Refusal, ServicePackage
from tariffs.level_choice import level_amount


def plustur_setting(
    scenario: Scenario, region: Region, assumptions: Assumptions, packages: Sequence[ServicePackage]
) -> tuple[Setting | None, tuple[str, ...]]:
    """Return what plustur meets in the municipality, None when no option has it, and what was supposed, in Danish.

    Raises InputError for an unknown transfer point, or a timetable that is missing, unreadable or of somewhere else.
    """
    if not any(package.plustur for package in packages):
        unused = [name for name in ("transfer_points", "gtfs") if getattr(scenario, name) is not None]
        told = f"Ingen valgmulighed har plustur, så {' og '.join(unused)} er ikke brugt."
        return None, (told,) if unused else ()
    points = transfer_points(region, scenario.transfer_points)
    offered, notes = None, []
    if scenario.gtfs is not None:
        walk_m = assumptions.number("plustur_walk_m")
        calls, days, feed_notes = read_calls(
            Path(scenario.gtfs), scenario.year, Surroundings.of(region, points, walk_m)
        )
        offered = departures(region, points, calls, walk_m, scenario.gtfs)
        typical = ", ".join(f"{name} som {day}" for name, day in zip(DAY_TYPES, days, strict=True))
        notes.append(
            f"Plustur tilbydes, hvor køreplanen ikke har afgange nok mod nærmeste skiftested ({typical}). Skift undervejs og"
            " rejsetid er ikke med; niveauet er målt mod forsøgets kommuner uden deres køreplan."
        )
        notes.append(
            "De skønnede andele uden godt alternativ (plustur_offered_town, plustur_offered_country) er erstattet af køreplanen og"
            " varieres ikke; om forsøgets kommuner, hvis køreplan ikke er kendt, gælder de fortsat."
        )
        notes += feed_notes
    else:
        town, country = (danish(100 * assumptions.number(f"plustur_offered_{k}")) for k in ("town", "country"))
        notes.append(
            f"Ingen køreplan er angivet: det er skønnet, at bus og tog ikke er et godt alternativ for {town} % af"
            f" søgningerne fra byer og {country} % fra landet, ud over gangafstand til en station eller terminal."
        )
    if len(points):
        notes.append(f"Skiftesteder for plustur: {', '.join(told_apart(points.names))}.")
    else:
        notes.append("Kommunen har ingen station eller terminal, så plustur regnes fra dør til dør.")
    return Setting(points, residents(region, transfer_points(region)), pilot_residents(), offered), tuple(notes)


def with_plustur(study: Study, model: DemandModel, sums: PatternSums, accepted: Mapping[int, float]) -> DemandModel:
    """Return the demand with the year's plustur and the flextur riders who take it, as it is when no option has plustur.

    ``sums`` are the trip pattern's, ``accepted`` the share that rides under the reference by place class. Where that has plustur, the
    passengers were counted after those riders had left, so they come on top.
    """
    if study.plustur is None:
        return model
    demand = plustur_demand(study.region, study.plustur, study.year, study.assumptions)
    moved = demand.tours * study.assumptions.number("plustur_moved_share")
    rates = model.rates
    tours = sum(rates.by_kind[kind] * sums.local[kind].riding(accepted) for kind in LOCAL)
    if study.reference.plustur and tours > 0:
        more = 1.0 + moved / tours
        town, inside, out, home = rates.by_kind
        rates = TourRates((town * more, inside * more, out, home))
    there = sum(rates.by_kind[kind] * part.riding(accepted) for kind, part in zip(LOCAL, sums.touching, strict=True))
    share = moving_share(there, study.assumptions.number("standing_share"), moved)
    return replace(model, rates=rates, plustur=replace(demand, moving_share=share))


def ends_of_plustur(study: Study) -> NDArray[np.bool_] | None:
    """Return the places a flextur tour must touch to be one that plustur could take, None where no option has it."""
    return None if study.plustur is None else served_ends(study.plustur.points.place, study.region.inside)


def moved_online(study: Study, package: ServicePackage, demand: PlusturDemand | None = None) -> float:
    """Return how much plustur adds to the share of passengers who book online, 0 where it has no effect on the fee.

    ``demand`` is the study's plustur where it is known.
    Those who move over from flextur booked by phone as often as everybody there, and now book online.
    """
    if not package.plustur or study.plustur is None or not study.switches.plustur_fee_effect:
        return 0.0
    number = study.assumptions.number
    demand = demand or plustur_demand(study.region, study.plustur, study.year, study.assumptions)
    moved = demand.trips * mean_party(study.assumptions) * number("plustur_moved_share")
    by_phone = 1.0 - number("online_share")
    return min(1.0, moved / study.volume.passengers) * by_phone


def fee_under(study: Study, package: ServicePackage, demand: PlusturDemand | None = None) -> Fraction:
    """Return the fee to Movia per passenger under a package: who moves to plustur no longer calls; ``demand`` as in `moved_online`."""
    moved = moved_online(study, package, demand)
    if not moved:
        return study.fee_oere
    fee = fee_oere(study.book, study.reference_day, study.volume, study.assumptions, study.scenario.fee_pooling, moved)
    return fee * study.prices.fee


def plustur_notes(study: Study) -> tuple[str, ...]:
    """Return what a reader must know of plustur's figures, in Danish; nothing when no option has plustur."""
    if study.plustur is None:
        return ()
    number = study.assumptions.number
    demand = plustur_demand(study.region, study.plustur, study.year, study.assumptions)
    fare = plustur_fare_oere(study) / 100
    size = pilot_size(mean_party(study.assumptions), fare, number("plustur_gross_kr"))
    package = next(package for package in study.packages if package.plustur)
    less = float(study.fee_oere - fee_under(study, package))
    ticket = study.assumptions["plustur_ticket_kr"]
    effect = (
        f"Deres færre opkald sænker betalingen til Movia med {danish(less, 3)} øre pr. passager"
        + (", fordi betalingen er fælles for hele Movia." if study.scenario.fee_pooling == "movia" else ".")
        if study.switches.plustur_fee_effect
        else "At de bestiller på nettet, er holdt ude af betalingen til Movia (regelvalg plustur_fee_effect)."
    )
    return (
        *_unpublished_fare(study),
        size_text_da(size),
        f"Plusturs niveau er sat efter forsøget: her {danish(demand.trips)} ture om året, efter antallet af 16-39-årige uden"
        " godt alternativ. At det kommer ud igen, er kontrol af modellen, ikke validering.",
        f"{danish(100 * number('plustur_moved_share'))} % af plusturene (0-50, skøn) var ellers kørt som flextur. {effect}",
        f"Ved siden af plusturens {danish(fare)} kr. betaler borgeren sin billet til bus eller tog, ca."
        f" {danish(number('plustur_ticket_kr'))} kr. ({ticket.low:g}-{ticket.high:g}, skøn). Den er ikke i kommunens regnskab.",
    )


def _unpublished_fare(study: Study) -> tuple[str, ...]:
    """Say what is assumed of a fare that is our arithmetic, as in 2024; projected fares are named with the others."""
    value = study.book.level(Level.PLUSTUR, study.price_day)
    if value is None or value.source.mark != "C" or value.source.projected:
        return ()
    return (f"Plustur {study.price_day.year}: der er regnet med {value.text} kr. ({value.source.note}).",)


def plustur_fare_oere(study: Study) -> int:
    """Return the flat fare per passenger on the study's price day."""
    amount = level_amount(Level.PLUSTUR, study.book, study.price_day)
    assert not isinstance(amount, Refusal), "prepare has checked that every option's prices exist"
    return int(amount)


def plustur_prices(study: Study) -> dict[str, Any] | None:
    """Return what one passenger pays for plustur and beside it, oere; None when no option has plustur.

    The ticket is an assumption with its range, and no part of any account.
    """
    if study.plustur is None:
        return None
    ticket = study.assumptions["plustur_ticket_kr"]
    assert ticket.low is not None
    assert ticket.high is not None
    return {
        "fare_oere": plustur_fare_oere(study),
        "ticket_oere": {
            "value": round(100 * study.assumptions.number("plustur_ticket_kr")),
            "low": round(100 * ticket.low),
            "high": round(100 * ticket.high),
        },
        "certainty": level_certainty(study, Level.PLUSTUR),
    }
