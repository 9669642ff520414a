"""Making a scenario ready for one municipality: geography, prices, volume, and in Danish what was supposed on the way."""

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.geography.attraction import VisitWeights
from sim.geography.destinations import find_destination
from sim.geography.network import RoadFactor, Speeds
from sim.geography.region import Region
from sim.geography.regions import build_region
from sim.geography.town_areas import TownDensity
from sim.geography.town_line import TownLine, town_line
from sim.inputs.assumptions import Assumptions, load_assumptions
from sim.inputs.scenario import Scenario
from sim.riders.clinic_rides import clinic_name
from sim.riders.demand.days import ServiceYear
from sim.riders.demand.times import HORIZON_DAYS
from sim.riders.demand.town_trips import line_shares, municipal_pattern
from sim.riders.demand.volume import ALLOCATION_DAY, allocated_volume, in_year, own_volume
from sim.riders.plustur.offer import WITHOUT_TIMETABLE
from sim.road.pool import check_schemes, leaving_notes
from sim.study.accounts.operator import rates_from_register
from sim.study.closed_days import closed_notes, year_of
from sim.study.demand import acceptance_at_reference, curves, level_oere
from sim.study.facts import known_facts
from sim.study.own_prices import check_names, check_own_prices, own_price_notes
from sim.study.own_trips import read_own_trips
from sim.study.plustur import plustur_notes, plustur_setting
from sim.study.price_days import settled_day, turning_days, wanted_levels
from sim.study.prices import price_book, price_index, price_note, projected_note
from sim.study.study import Study, fee_oere, midyear
from tariffs import Level, PriceBook, ServicePackage, choose_level, parse_package
from tariffs.errors import InputError
from tariffs.level_choice import in_price_list
from tariffs.municipal_choices import MunicipalChoices
from tariffs.offer import KNOWN_ONLY_DA
from tariffs.switches import parse_switches

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
    assumptions = load_assumptions().overriding(scenario.assumptions)
    _check_shares(assumptions)
    check_schemes(assumptions)
    switches = parse_switches(dict(scenario.switches))
    book = price_book(scenario, assumptions)
    known = book.choices
    year = year_of(known, municipality_code, scenario.year, as_if_offered=scenario.offers_flextur)
    prices = price_index(assumptions, scenario)
    settled = settled_day(book, scenario.start or year.first, year.last, scenario.start or midyear(year))
    packages = tuple(in_price_list(option.package, book, settled) for option in scenario.options)
    check_own_prices(packages, prices)
    if names_say_kroner:
        names = (option.name for option in scenario.options)
        check_names(zip(names, packages, strict=True), book, settled)
    check_prices(book, year, packages, scenario.start)

    on = on or date(year.year, 12, 31)
    offered = known.offers("flextur", municipality_code, on)
    notes: list[str] = []
    notes.extend(leaving_notes(year.year, assumptions))
    if offered == "no" and scenario.offers_flextur:
        notes.append("Kommunen har ikke flextur; der er regnet, som om den havde.")
    elif offered == "no":
        raise InputError(
            f"Kommune {municipality_code} har ikke flextur",
            where=f"{on}",
            why="ifølge Movia tilbyder kommunen ikke flextur",
            next_step="vælg en anden kommune (se 'takstlab municipalities'), eller regn, som om den havde, med --offers",
        )
    if offered == "assumed":
        notes.append("Det er antaget, ikke bekræftet, at kommunen har flextur.")

    choice_2017 = known.choices(municipality_code, ALLOCATION_DAY)
    choice_now = known.choices(municipality_code, on)
    if choice_now.own_fare is not None:
        notes.append(
            f"Kommunen har selv {choice_now.own_fare.text_da}. Den kan serviceelementerne ikke udtrykke, så valgmulighederne er"
            " brugerens egne, også den nuværende."
        )
    zones = scenario.town_zones or choice_now.zones or choice_2017.zones or None
    density = TownDensity(*assumptions.profile("town_density"))

    def line(named: tuple[str, ...] | None, drawn: str | None) -> TownLine:
        file = Path(drawn) if drawn else None
        return town_line(municipality_code, town_zones=named, town_areas_file=file, density=density)

    common_line = line(zones, scenario.town_areas)
    lines = tuple(line(o.town_zones, o.town_areas) if o.has_own_line else common_line for o in scenario.options)
    region = build_region(
        municipality_code,
        year=scenario.year,
        speeds=Speeds(assumptions.number("speed_town_kmh"), assumptions.number("speed_country_kmh")),
        weights=VisitWeights(*assumptions.profile("visit_weights")),
        road=RoadFactor(*assumptions.profile("road_distance_factor")),
        density=density,
    )
    notes.extend(region.notes)
    served = _served(known, region, on)

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
        notes.extend((*own_trips.told, f"Turlisten gælder under {in_words(reference)}."))
    elif scenario.passengers is not None:
        counted = scenario.counted_year or year.year
        volume = in_year(own_volume(scenario.passengers), municipality_code, year.year, assumptions, counted)
        reference_day = midyear(year)
        reference = _counted_under(scenario, book, reference_day) or packages[0]
        notes.append(f"Passagertallet er kommunens eget og gælder under {in_words(reference)}.")
        if counted != year.year:
            notes.append(f"{volume.statement_da}; priser og takster er årets egne.")
    else:
        reference_day = ALLOCATION_DAY
        counted_under = _counted_under(scenario, book, reference_day)
        allocated = allocated_volume(municipality_code, assumptions, counted_under)
        volume = in_year(allocated, municipality_code, year.year, assumptions)
        volume = replace(volume, passengers=volume.passengers * year.open_share(assumptions))
        if counted_under is None:
            reference, reference_known = choice_2017.package, choice_2017.certainty == "known"
            if choice_2017.zones:
                reference_line = line(choice_2017.zones, None)
        else:
            reference = counted_under
        told = "kendt" if reference_known else "antaget"
        notes.append(
            f"Passagertallet er fordelt af Movias total for 2017 under kommunens takst da ({in_words(reference)}; {told})."
        )

    notes.extend(
        f"{option.name} har sit eget byområde: {', '.join(own.names) or 'intet'} ({own.source})."
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
    notes.extend(own_price_notes(packages, book, settled, scenario.years_ahead))
    notes.append(price_note(prices, assumptions))
    hour = assumptions["operator_driving_kr_per_hour"]
    if hour.outside_range:
        notes.append(
            f"Afvigelse: køretimens pris på {hour.value:g} kr. ligger uden for {hour.low:g}-{hour.high:g} kr., som bud tillader;"
            " vognmodellen eller tallet er forkert."
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


def _check_shares(assumptions: Assumptions) -> None:
    town, across = (assumptions.number(key) for key in ("town_share", "cross_border_share"))
    if town + across > 1:
        raise InputError(
            f"town_share {town:g} og cross_border_share {across:g} er tilsammen mere end alle ture",
            why="en tur er enten i byområdet, over kommunegrænsen eller et andet sted i kommunen",
            next_step="angiv to andele, der tilsammen er højst 1",
        )


def check_prices(
    book: PriceBook, year: ServiceYear, packages: tuple[ServicePackage, ...], start: date | None = None
) -> None:
    """Say before any work begins when some day of the year has no edition, or an edition lacks a chosen level.

    With a start date the options other than the first are paid only from then on.
    """
    first_booking = year.first - timedelta(days=HORIZON_DAYS)
    days = [first_booking + timedelta(days=n) for n in range(year.days + HORIZON_DAYS)]
    missing = [day for day in days if book.edition_on(day) is None]
    if missing:
        raise InputError(
            f"Året {year.year} har ingen takstudgave den {missing[0]}",
            why=f"taksten er kendt fra {book.editions[0].start} til {book.editions[-1].end or 'videre'}; ture bestilles op til"
            " 14 dage før årets første dag",
            next_step=KNOWN_ONLY_DA
            if book.known_only
            else "vælg et andet år, eller tilføj en udgave med --tariff FIL (udkast: takstlab tariffs index)",
        )
    for place, package in enumerate(packages):
        for day in turning_days(book, start if place and start is not None else first_booking, year.last):
            for level in wanted_levels(package):
                level_oere(level, book, day, f"valgmuligheden '{package}'")
