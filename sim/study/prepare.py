"""Making a scenario ready for one municipality: geography, prices, volume, and in Danish what was supposed on the way."""

import re
from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from sim.geography.destinations import find_destination
from sim.geography.region import Region
from sim.inputs.corona import counted_in_corona
from sim.inputs.scenario import Scenario
from sim.riders.clinic_rides import clinic_name
from sim.riders.demand.town_trips import line_shares, municipal_pattern
from sim.riders.demand.volume import ALLOCATION_DAY, allocated_volume, in_year, own_volume
from sim.riders.plustur.offer import WITHOUT_TIMETABLE
from sim.study.accounts.operator import rates_from_register
from sim.study.closed_days import closed_notes
from sim.study.demand import acceptance_at_reference, curves
from sim.study.facts import known_facts
from sim.study.own_prices import own_price_notes
from sim.study.own_trips import read_own_trips
from sim.study.plustur import plustur_notes, plustur_setting
from sim.study.prices import price_note, projected_note
from sim.study.study import Study, fee_oere, midyear
from sim.study.terms import line_of, measured, terms_of
from sim.words.names import told_apart
from tariffs import Level, PriceBook, ServicePackage, choose_level, parse_package
from tariffs.errors import InputError
from tariffs.level_choice import in_price_list
from tariffs.municipal_choices import MunicipalChoices

FEW_PASSENGERS = 50


def prepare(
    scenario: Scenario, municipality_code: str, *, on: date | None = None, names_say_kroner: bool = True
) -> Study:
    """Make a scenario ready for one of its municipalities.

    ``on`` is the day whose known choices (flextur, town zones) are looked up; None is the last day of the year. An option whose name
    says another bytakst than it has is refused unless ``names_say_kroner`` is false, as in a year that follows the named one.

    Raises InputError when the municipality has no flextur, a town zone or destination is unknown, the year has no
    tariff edition, or a chosen level is not in the edition.
    """
    terms = terms_of(scenario, municipality_code, on=on, names_say_kroner=names_say_kroner)
    assumptions, book, year, packages, lines = terms.assumptions, terms.book, terms.year, terms.packages, terms.lines
    switches, prices, known, choice_2017 = terms.switches, terms.prices, terms.book.choices, terms.choice_2017
    notes = list(terms.notes)
    region = measured(terms.land)
    notes.extend(region.notes)
    served = _served(known, region, terms.on)

    reference_known, reference_line = True, lines[0]
    if scenario.trips is not None and switches.border_payer == "home":
        raise InputError(
            "En turliste kan ikke bruges sammen med border_payer=home",
            why="listen har de ture, der starter i kommunen, men ikke borgernes ture hjem over grænsen",
            next_step="udelad --switch border_payer=home, eller giv kommunens passagertal i stedet for listen",
        )
    own_trips = read_own_trips(scenario, region, year) if scenario.trips is not None else None
    if own_trips is not None:
        volume = own_trips.volume
        reference_day = midyear(year)
        reference = _counted_under(scenario, book, reference_day) or packages[0]
        notes.extend((*own_trips.told, _ended(f"Turlisten gælder under {in_words(reference)}")))
    elif scenario.passengers is not None:
        counted = scenario.counted_year or year.year
        volume = in_year(own_volume(scenario.passengers), municipality_code, year.year, assumptions, counted)
        reference_day = midyear(year)
        reference = _counted_under(scenario, book, reference_day) or packages[0]
        notes.append(_ended(f"Passagertallet er kommunens eget og gælder under {in_words(reference)}"))
        if counted != year.year:
            notes.append(f"{volume.statement_da}; priser og takster er årets egne.")
        notes.extend(counted_in_corona(scenario.counted_year))
    else:
        reference_day = ALLOCATION_DAY
        counted_under = _counted_under(scenario, book, reference_day)
        allocated = allocated_volume(municipality_code, assumptions, counted_under)
        volume = in_year(allocated, municipality_code, year.year, assumptions)
        volume = replace(volume, passengers=volume.passengers * year.open_share(assumptions))
        if counted_under is None:
            reference, reference_known = choice_2017.package, choice_2017.certainty == "known"
            if choice_2017.zones:
                reference_line = line_of(municipality_code, choice_2017.zones, None, terms.density)
        else:
            reference = counted_under
        told = "kendt" if reference_known else "antaget"
        notes.append(
            f"Passagertallet er fordelt ud fra Movias total for 2017 under kommunens takst da ({in_words(reference)}; {told})."
        )

    notes.extend(
        f"{option.name} har sit eget byområde: {', '.join(told_apart(own.names)) or 'intet'} ({own.source})."
        for option, own in zip(scenario.options, lines, strict=True)
        if option.has_own_line
    )
    notes.extend(closed_notes(known, municipality_code, year, volume, year.open_share(assumptions)))
    free_names = tuple(dict.fromkeys(name for package in packages for name in package.free_destinations))
    for name in free_names:
        find_destination(region, name)  # an unknown one is said now, not in the middle of a run
        own = next((fact for fact in scenario.free_destinations if fact.name == name), None)
        stated = name == clinic_name(scenario.clinic, free_names) or (own and own.added_trips_per_month is not None)
        if not stated and name not in known_facts(municipality_code):
            times = assumptions["free_destination_multiplier"]
            unknown = (
                "om besøgene der"
                if not own or own.trips_per_month_before is None
                else "om, hvor mange flere der kommer"
            )
            notes.append(
                f"Gratis til {name}: intet vides {unknown}; der er regnet med"
                f" {f'{assumptions.number(times.id):g}'.replace('.', ',')} gange de ture, der ville køres dertil ved 24 kr."
                f" ({'oplyst' if times.overridden else '1,7-10, skøn'}; i 2017-priser), hvad de end koster uden ændringen."
                + (
                    " Taksten uden ændringen er en anden, så det er en ekstrapolation."
                    if not _at_kommunetakst(packages[0])
                    else ""
                )
                + " Kommunens egne tal om besøg gør svaret sikrere (på siden under Kendte besøg; i en scenariefil: free_destinations)."
            )
    if scenario.passengers is not None and scenario.passengers < FEW_PASSENGERS:
        notes.append(
            f"Passagertallet er kun {scenario.passengers:g} om året. I en scenariefil er 12.000 tolv: skriv 12000."
        )
    notes.extend(own_price_notes(packages, book, terms.settled, scenario.years_ahead))
    notes.append(price_note(prices, assumptions))
    hour = assumptions["operator_driving_kr_per_hour"]
    if hour.outside_range:
        notes.append(
            f"Afvigelse: køretimens pris på {hour.value:g} kr. ligger uden for {hour.low:g}-{hour.high:g} kr., som bud tillader;"
            " se vognmodellen og tallet efter."
        )
    plustur, plustur_told = plustur_setting(scenario, region, assumptions, packages)
    if plustur is not None and plustur.departures is not None:
        assumptions = assumptions.replaced(WITHOUT_TIMETABLE, "køreplanen")
    study = Study(
        scenario=scenario,
        region=region,
        year=year,
        book=book.with_own_levels(level for p in (*packages, reference) for level in p.own_levels),
        switches=switches,
        assumptions=assumptions,
        packages=packages,
        lines=lines,
        reference=reference,
        reference_line=reference_line,
        reference_day=reference_day,
        reference_known=reference_known,
        volume=volume,
        served=served,
        pattern=municipal_pattern(
            region,
            assumptions,
            reference_line,
            served=served,
            any_town=switches.town_scope == "any_town",
            home_pays=switches.border_payer == "home",
        ),
        prices=prices,
        rates=rates_from_register(assumptions, prices.operator),
        fee_oere=fee_oere(book, reference_day, volume, assumptions, scenario.fee_pooling) * prices.fee,
        notes=(*notes, *plustur_told),
        plustur=plustur,
        own_trips=own_trips,
    )
    if own_trips is not None:
        accepted = acceptance_at_reference(study, curves(study, None))
        shares = line_shares(region, reference_line)
        known_shares = own_trips.told_to(study.assumptions, accepted, shares, any_town=study.any_town)
        study = study.resting_on(known_shares)
    if study.list_from is not None:
        told = (
            f"Helårstallene og månederne er for alle valgmuligheder regnet, som om taksten fra {study.list_from:%d-%m-%Y} gjaldt hele året,"
            " fordi en valgmulighed har et niveau, der ikke fandtes før. Budgetårets tal følger dagenes egne takster."
        )
        study = replace(study, notes=(*study.notes, told))
    unsure = projected_note(assumptions) if study.fares_projected else ""
    return replace(study, notes=(*study.notes, *filter(None, [unsure]), *plustur_notes(study)))


def _at_kommunetakst(package: ServicePackage) -> bool:
    """Return whether every local trip costs kommunetakst: the level at which a free destination's effect was observed."""
    return {choose_level(package, "in_town"), choose_level(package, "inside")} == {Level.KOMMUNETAKST}


def in_words(package: ServicePackage) -> str:
    """Return a package as an officer says it."""
    in_kroner = re.sub(r"takst=(\d+)", r"takst \1 kr.", str(package))
    return in_kroner.replace("=low", " (lavt niveau)").replace("=high", " (højt niveau)").replace("_", " ")


def _ended(sentence: str) -> str:
    """Return a sentence with its full stop, which is there already after an abbreviation."""
    return sentence if sentence.endswith(".") else f"{sentence}."


def _counted_under(scenario: Scenario, book: PriceBook, day: date) -> ServicePackage | None:
    """Return the package that the user says the passengers were counted under, by the price list of that day."""
    if scenario.reference is None:
        return None
    return in_price_list(parse_package(", ".join(scenario.reference)), book, day)


def _served(known: MunicipalChoices, region: Region, on: date) -> NDArray[np.bool_]:
    """Return the places of the municipality itself, and of those that have flextur or may have it: both ends must have it."""
    offered = {code: known.offers("flextur", code, on) != "no" for code in set(region.municipality_code)}
    served: NDArray[np.bool_] = region.inside | np.array([offered[code] for code in region.municipality_code])
    return served
