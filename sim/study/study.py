"""Making a scenario ready for one municipality: geography, prices, volume, parameter draws."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Literal, TypedDict

from sim.accounts.operator import rates_from_register
from sim.assumptions import Assumptions, load_assumptions
from sim.choice import PLACE_CLASS_NAMES
from sim.clinic.rides import clinic_name
from sim.demand.days import ServiceYear, service_year
from sim.demand.model import DemandModel, TourRates
from sim.demand.requests import PlaceClass
from sim.demand.trip_pattern import PATTERN_ASSUMPTIONS, TourKind, TripPattern, trip_pattern
from sim.demand.volume import ALLOCATION_DAY, Volume, allocated_volume, mean_party, own_volume
from sim.geography.attraction import VisitWeights
from sim.geography.network import RoadFactor, Speeds
from sim.geography.region import Region, build_region
from sim.geography.town_areas import TownDensity
from sim.plustur.searches import Setting
from sim.response.response import LOWEST_PAID_OERE, Curve, load_response
from sim.scenario import Scenario
from sim.study.draws import ParameterDraw
from sim.study.facts import known_facts
from sim.study.own_trips import OwnTrips, read_own_trips
from sim.study.prices import PriceIndex, price_index, price_note
from tariffs import (
    Level,
    PriceBook,
    Refusal,
    ServicePackage,
    Switches,
    VariabelRates,
    choose_level,
    fee_terms,
    load_price_book,
    municipal_fee,
    parse_package,
)
from tariffs.errors import InputError
from tariffs.level_choice import level_amount
from tariffs.switches import parse_switches

FEW_PASSENGERS = 50

KIND_CLASS = {
    TourKind.IN_TOWN: PlaceClass.IN_TOWN,
    TourKind.INSIDE: PlaceClass.INSIDE,
    TourKind.ACROSS_OUT: PlaceClass.ACROSS,
    TourKind.ACROSS_HOME: PlaceClass.ACROSS,
}


@dataclass(frozen=True)
class Study:
    """One municipality's comparison, ready to run; holds no randomness.

    ``reference`` is the package in force when the volume was observed, on ``reference_day``; ``packages`` are the
    options'. ``notes`` say in Danish what was supposed on the way. ``plustur`` is what plustur meets in the municipality,
    None when no option has it. ``own_trips`` are the municipality's own, the demand in place of the drawn one. ``draw``
    is the parameter draw whose values it holds, None under central assumptions.
    """

    scenario: Scenario
    region: Region
    year: ServiceYear
    book: PriceBook
    switches: Switches
    assumptions: Assumptions
    packages: tuple[ServicePackage, ...]
    reference: ServicePackage
    reference_day: date
    reference_known: bool
    volume: Volume
    pattern: TripPattern
    prices: PriceIndex
    rates: VariabelRates
    fee_oere: Fraction
    notes: tuple[str, ...]
    plustur: Setting | None = None
    own_trips: OwnTrips | None = None
    draw: ParameterDraw | None = None

    @property
    def free_names(self) -> tuple[str, ...]:
        """Names of all destinations that some option makes free, each once, in order."""
        return tuple(dict.fromkeys(name for package in self.packages for name in package.free_destinations))

    @property
    def standing_delay_days(self) -> int:
        """Days after a change of elements before it reaches standing trips booked earlier: as for a fare change."""
        return self.book.standing_delay_days(self.scenario.start or self.year.first)

    @property
    def price_day(self) -> date:
        """The day whose prices stand for the year's: the start date, or 1 July, when the year's fares have settled."""
        return self.scenario.start or midyear(self.year)

    @property
    def start_day(self) -> int | None:
        """The start date as a day of the year from 0, None without one."""
        return None if self.scenario.start is None else (self.scenario.start - self.year.first).days

    def under(self, draw: ParameterDraw | None) -> "Study":
        """Return the study with one draw's values of what is not known; itself for None or its own draw."""
        if draw is None or draw == self.draw:
            return self
        if self.draw is not None:
            raise ValueError(f"the study is under draw {self.draw.number} already")
        return replace(self.at(draw.values, draw.volume_factor), draw=draw)

    def at(self, values: Mapping[str, float], volume_factor: float = 1.0) -> "Study":
        """Return the study at other values of some assumptions, and that many times the volume.

        What was read from the register to build the geography stays as it is.
        """
        assumptions = self.assumptions.at(values)
        volume = replace(self.volume, passengers=self.volume.passengers * volume_factor)
        return replace(self, **_resting_on(assumptions, self, volume))

    def fee_under(self, package: ServicePackage) -> Fraction:
        """Return the fee to Movia per passenger under a package: who moves to plustur no longer calls."""
        from sim.study.plustur import moved_online

        moved = moved_online(self, package)
        if not moved:
            return self.fee_oere
        fee = _fee(self.book, self.reference_day, self.volume, self.assumptions, self.scenario.fee_pooling, moved)
        return fee * self.prices.fee


def prepare(scenario: Scenario, municipality_code: str, *, on: date | None = None) -> Study:
    """Make a scenario ready for one of its municipalities.

    ``on`` is the day whose known choices (flextur, town zones) are looked up; None is the last day of the year.

    Raises InputError when the municipality has no flextur, a town zone or destination is unknown, the year has no
    tariff edition, or a chosen level is not in the edition.
    """
    assumptions = load_assumptions().overriding(scenario.assumptions)
    switches = parse_switches(dict(scenario.switches))
    book = load_price_book(tuple(Path(f) for f in scenario.tariff_files), scenario.variant)
    year = service_year(scenario.year)
    packages = tuple(option.package for option in scenario.options)
    _check_prices(book, year, packages)

    known = book.choices
    on = on or date(year.year, 12, 31)
    offered = known.offers("flextur", municipality_code, on)
    notes: list[str] = []
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
    zones = scenario.town_zones or choice_now.zones or choice_2017.zones or None
    region = build_region(
        municipality_code,
        year=scenario.year,
        town_zones=zones,
        town_areas_file=Path(scenario.town_areas) if scenario.town_areas else None,
        speeds=Speeds(assumptions.number("speed_town_kmh"), assumptions.number("speed_country_kmh")),
        weights=VisitWeights(*assumptions.profile("visit_weights")),
        road=RoadFactor(*assumptions.profile("road_distance_factor")),
        density=TownDensity(*assumptions.profile("town_density")),
    )
    notes.extend(region.notes)

    reference_known = True
    any_town = switches.town_scope == "any_town"
    own_trips = read_own_trips(scenario, region, year, any_town=any_town) if scenario.trips is not None else None
    if own_trips is not None:
        volume = own_trips.volume
        reference = packages[0] if scenario.reference is None else parse_package(", ".join(scenario.reference))
        reference_day = midyear(year)
        notes.extend((*own_trips.told, f"Turlisten gælder under {in_words(reference)}."))
    elif scenario.passengers is not None:
        volume = own_volume(scenario.passengers)
        reference = packages[0] if scenario.reference is None else parse_package(", ".join(scenario.reference))
        reference_day = midyear(year)
        notes.append(f"Passagertallet er kommunens eget og gælder under {in_words(reference)}.")
    else:
        volume = allocated_volume(municipality_code, assumptions)
        reference_day = ALLOCATION_DAY
        if scenario.reference is None:
            reference, reference_known = choice_2017.package, choice_2017.certainty == "known"
        else:
            reference = parse_package(", ".join(scenario.reference))
        told = "kendt" if reference_known else "antaget"
        notes.append(
            f"Passagertallet er fordelt af Movias total for 2017 under kommunens takst da ({in_words(reference)}; {told})."
        )

    free_names = tuple(dict.fromkeys(name for package in packages for name in package.free_destinations))
    for name in free_names:
        stated = name == clinic_name(scenario.clinic, free_names) or any(
            fact.name == name and fact.added_trips_per_month is not None for fact in scenario.free_destinations
        )
        if not stated and name not in known_facts(municipality_code):
            notes.append(
                f"Gratis til {name}: intet vides om besøgene der; der er regnet med fire gange dagens ture (1,7-10, skøn)."
                " Kommunens egne tal kan gives i en scenariefil (free_destinations)."
            )
    if scenario.passengers is not None and scenario.passengers < FEW_PASSENGERS:
        notes.append(
            f"Passagertallet er kun {scenario.passengers:g} om året. I en scenariefil er 12.000 tolv: skriv 12000."
        )
    prices = price_index(assumptions, year.year)
    notes.append(price_note(prices, assumptions))
    hour = assumptions["operator_driving_kr_per_hour"]
    if hour.outside_range:
        notes.append(
            f"Afvigelse: køretimens pris på {hour.value:g} kr. ligger uden for {hour.low:g}-{hour.high:g} kr., som bud tillader;"
            " vognmodellen eller tallet er forkert."
        )
    from sim.study.plustur import plustur_notes, plustur_setting

    plustur, plustur_told = plustur_setting(scenario, region, assumptions, packages)
    study = Study(
        scenario=scenario,
        region=region,
        year=year,
        book=book,
        switches=switches,
        assumptions=assumptions,
        packages=packages,
        reference=reference,
        reference_day=reference_day,
        reference_known=reference_known,
        volume=volume,
        pattern=trip_pattern(region, assumptions, any_town=any_town),
        prices=prices,
        rates=rates_from_register(assumptions, prices.operator),
        fee_oere=_fee(book, reference_day, volume, assumptions, scenario.fee_pooling) * prices.fee,
        notes=(*notes, *plustur_told),
        plustur=plustur,
        own_trips=own_trips,
    )
    if own_trips is not None:
        accepted = acceptance_at_reference(study, curves(study, None))
        study = replace(study, assumptions=own_trips.told_to(study.assumptions, accepted))
    return replace(study, notes=(*study.notes, *plustur_notes(study)))


class _Resting(TypedDict):
    assumptions: Assumptions
    volume: Volume
    pattern: TripPattern
    prices: PriceIndex
    rates: VariabelRates
    fee_oere: Fraction


def _resting_on(assumptions: Assumptions, study: Study, volume: Volume) -> _Resting:
    """Return the parts of a study that rest on assumptions, at other values of them."""
    prices = price_index(assumptions, study.scenario.year)
    fee = _fee(study.book, study.reference_day, volume, assumptions, study.scenario.fee_pooling)
    return {
        "assumptions": assumptions,
        "volume": volume,
        "pattern": study.pattern
        if all(assumptions[key].value == study.assumptions[key].value for key in PATTERN_ASSUMPTIONS)
        else trip_pattern(study.region, assumptions, any_town=study.switches.town_scope == "any_town"),
        "prices": prices,
        "rates": rates_from_register(assumptions, prices.operator),
        "fee_oere": fee * prices.fee,
    }


def midyear(year: ServiceYear) -> date:
    """Return 1 July, by when a fare change of January holds for all but a few trips."""
    return date(year.year, 7, 1)


def in_words(package: ServicePackage) -> str:
    """Return a package as an officer says it."""
    return str(package).replace("=low", " (lavt niveau)").replace("=high", " (højt niveau)").replace("_", " ")


def _fee(
    book: PriceBook,
    day: date,
    volume: Volume,
    assumptions: Assumptions,
    pooling: Literal["movia", "municipality"],
    moved_online: float = 0.0,
) -> Fraction:
    """Return the fee to Movia per passenger: the realised one, moved by the municipality's online share if that differs.

    ``moved_online`` adds to the share of passengers who book online.
    """
    calls_saved, fixed_part = (Fraction(str(assumptions.number(f"fee_{key}"))) for key in ("calls_saved", "fixed_part"))
    terms = fee_terms(book, day, calls_saved, fixed_part)
    passengers = min(Fraction(round(volume.passengers)) or Fraction(1), Fraction(terms.passengers))
    online = Fraction(str(assumptions.number("online_share"))) + Fraction(str(round(moved_online, 9)))
    return municipal_fee(online, passengers, passengers, terms, pooling)


def _check_prices(book: PriceBook, year: ServiceYear, packages: tuple[ServicePackage, ...]) -> None:
    """Say before any work begins when some day of the year has no edition, or an edition lacks a chosen level."""
    first_booking = year.first - timedelta(days=14)
    days = [first_booking + timedelta(days=n) for n in range(year.days + 14)]
    missing = [day for day in days if book.edition_on(day) is None]
    if missing:
        raise InputError(
            f"Året {year.year} har ingen takstudgave den {missing[0]}",
            why=f"taksten er kendt fra {book.editions[0].start} til {book.editions[-1].end or 'videre'}; ture bestilles op til"
            " 14 dage før årets første dag",
            next_step="vælg et andet år, eller tilføj en udgave med --tariff FIL (udkast: takstlab tariffs index)",
        )
    changes = [day for n, day in enumerate(days) if n == 0 or book.edition_on(day) != book.edition_on(days[n - 1])]
    for package in packages:
        wanted = {choose_level(package, name) for name in PLACE_CLASS_NAMES.values()}
        wanted |= {Level.GRATIS} if package.free_destinations else set()
        wanted |= {Level.PLUSTUR} if package.plustur else set()
        for day in changes:
            for level in sorted(wanted):
                _level_oere(level, book, day, f"valgmuligheden '{package}'")


def _level_oere(level: Level, book: PriceBook, day: date, where: str) -> int:
    amount = level_amount(level, book, day)
    if isinstance(amount, Refusal):
        raise InputError(
            f"Prisen kan ikke findes: {amount.text_da}",
            where=where,
            next_step="vælg et andet år eller serviceelement, eller tilføj en takstudgave med --tariff FIL",
        )
    return int(amount)


def curves(study: Study, draw: ParameterDraw | None) -> dict[int, Curve]:
    """Return the price response by place class: one draw's, or the mean curve seen from the reference level."""
    response = load_response()
    study = study.under(draw)
    index = study.prices.willingness
    if study.draw is not None:
        curve = response.curve(study.draw.response, index)
        return dict.fromkeys(PlaceClass, curve)
    levels = reference_levels(study)
    count = study.scenario.draws or None
    return {
        place_class: response.central(index, count, reference_oere=level) if level else response.central(index, count)
        for place_class, level in levels.items()
    }


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
        else _level_oere(choose_level(package, name), book, day, where)
        for place_class, name in PLACE_CLASS_NAMES.items()
    }


def demand_model(study: Study, draw: ParameterDraw | None) -> DemandModel:
    """Return the demand under central assumptions (None) or one draw of the parameters."""
    from sim.study.free_destinations import free_destinations
    from sim.study.plustur import with_plustur

    study = study.under(draw)
    assumptions = study.assumptions
    town_share = assumptions.number("town_share")
    across_share = assumptions.number("cross_border_share")
    passengers = study.volume.passengers
    town, inside, across, home = (pairs is not None for pairs in study.pattern.pairs)
    shares = {
        PlaceClass.IN_TOWN: town_share * town,
        PlaceClass.ACROSS: across_share * (across and home),
    }
    shares[PlaceClass.INSIDE] = (1.0 - sum(shares.values())) * inside
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
    # Visits that the user knows of beyond the trip pattern's are part of the volume, so the others make room for them.
    riding_trips = sum(
        rate * accepted[KIND_CLASS[kind]] * (1.0 if KIND_CLASS[kind] == PlaceClass.ACROSS else legs)
        for kind, rate in zip(TourKind, rates.by_kind, strict=True)
    )
    known_trips = sum(f.known_tours * accepted[PlaceClass.INSIDE] * legs for f in free)
    room = max(0.0, 1.0 - known_trips / riding_trips)
    rates = TourRates(
        (rates.by_kind[0] * room, rates.by_kind[1] * room, rates.by_kind[2] * room, rates.by_kind[3] * room)
    )
    model = DemandModel(study.region, study.year, study.pattern, assumptions, rates, free)
    return with_plustur(study, model, [accepted[KIND_CLASS[kind]] for kind in TourKind])


def acceptance_at_reference(study: Study, by_class: Mapping[int, Curve]) -> dict[int, float]:
    """Return the share of the requests of each place class that ride under the reference package."""
    return {
        place_class: 0.0 if level is None else by_class[place_class].acceptance(level)
        for place_class, level in reference_levels(study).items()
    }
