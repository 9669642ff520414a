"""What a scenario comes to in one municipality before its land is known: assumptions, prices, options and town lines, all checked."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from sim.geography import cache
from sim.geography.attraction import VisitWeights
from sim.geography.build import Request, compute
from sim.geography.municipalities import find_municipality
from sim.geography.network import RoadFactor, Speeds
from sim.geography.region import Region
from sim.geography.town_areas import TownDensity
from sim.geography.town_line import TownLine, town_line
from sim.inputs.assumptions import Assumptions, load_assumptions
from sim.inputs.scenario import Scenario
from sim.riders.demand.days import ServiceYear
from sim.riders.demand.times import HORIZON_DAYS
from sim.riders.demand.volume import ALLOCATION_DAY
from sim.road.pool import check_schemes, leaving_notes
from sim.study.closed_days import year_of
from sim.study.demand import level_oere
from sim.study.own_prices import check_names, check_own_prices
from sim.study.price_days import settled_day, turning_days, wanted_levels
from sim.study.prices import PriceIndex, price_book, price_index
from sim.study.study import midyear
from tariffs import PriceBook, ServicePackage, Switches
from tariffs.errors import About, InputError
from tariffs.level_choice import in_price_list
from tariffs.municipal_choices import MunicipalChoice
from tariffs.offer import KNOWN_ONLY_DA
from tariffs.switches import parse_switches


@dataclass(frozen=True, eq=False)
class Terms:
    """A scenario's terms in one municipality.

    Attributes
    ----------
    on : the day whose known choices are looked up
    settled : the day whose price list says which level so many kroner are
    choice_2017 : the municipality's own choice when Movia's trips of 2017 were counted
    lines : town line of each option
    notes : in Danish, what was assumed on the way
    """

    code: str
    on: date
    assumptions: Assumptions
    switches: Switches
    book: PriceBook
    year: ServiceYear
    prices: PriceIndex
    settled: date
    packages: tuple[ServicePackage, ...]
    choice_2017: MunicipalChoice
    density: TownDensity
    lines: tuple[TownLine, ...]
    notes: tuple[str, ...]

    @property
    def land(self) -> Request:
        """What the municipality's geography depends on."""
        return land_of(self.code, self.year.year, self.assumptions)


def land_of(code: str, year: int, assumptions: Assumptions) -> Request:
    """Return what a municipality's geography depends on under a register of assumptions."""
    return Request(
        municipality=find_municipality(code),
        year=year,
        speeds=Speeds(assumptions.number("speed_town_kmh"), assumptions.number("speed_country_kmh")),
        weights=VisitWeights(*assumptions.profile("visit_weights")),
        road=RoadFactor(*assumptions.profile("road_distance_factor")),
        density=TownDensity(*assumptions.profile("town_density")),
        ferries="road_first",
    )


def measured(land: Request) -> Region:
    """Return a municipality's geography: kept from the last time, or measured now, which takes seconds."""
    return cache.through(land, compute)


def is_measured(land: Request) -> bool:
    """Whether a municipality's geography is kept, so that nobody waits for it."""
    return cache.is_kept(land)


def is_measured_as_usual(code: str, year: int) -> bool:
    """Whether a municipality's geography is kept where no assumption is stated; raises InputError for an unknown municipality."""
    return is_measured(land_of(code, year, load_assumptions()))


def terms_of(
    scenario: Scenario, municipality_code: str, *, on: date | None = None, names_say_kroner: bool = True
) -> Terms:
    """Return a scenario's terms in one of its municipalities; parameters and errors as `sim.study.prepare.prepare` has them."""
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
            about=About("municipality"),
        )
    if offered == "assumed":
        notes.append("Det er antaget, ikke bekræftet, at kommunen har flextur.")

    choice_2017 = known.choices(municipality_code, ALLOCATION_DAY)
    choice_now = known.choices(municipality_code, on)
    if choice_now.own_fare is not None and packages[0].kommunetakst == choice_now.own_fare.fare_kr:
        notes.append(
            f"Kommunen har selv {choice_now.own_fare.text_da}. Den er regnet som kommunetakst med egen pris; om den også gælder over"
            " kommunegrænsen, er ikke oplyst, og der er regnet med grundtakst."
        )
    elif choice_now.own_fare is not None:
        notes.append(
            f"Kommunen har selv {choice_now.own_fare.text_da}. Den kan ikke udtrykkes med serviceelementerne, så valgmulighederne er"
            " dem, der er valgt til beregningen, også den nuværende."
        )
    zones = scenario.town_zones or choice_now.zones or choice_2017.zones or None
    density = TownDensity(*assumptions.profile("town_density"))
    common_line = line_of(municipality_code, zones, scenario.town_areas, density)
    lines = tuple(
        line_of(municipality_code, o.town_zones, o.town_areas, density) if o.has_own_line else common_line
        for o in scenario.options
    )
    return Terms(
        code=municipality_code, on=on, assumptions=assumptions, switches=switches, book=book, year=year, prices=prices,
        settled=settled, packages=packages, choice_2017=choice_2017, density=density, lines=lines, notes=tuple(notes),
    )  # fmt: skip


def line_of(code: str, named: tuple[str, ...] | None, drawn: str | None, density: TownDensity) -> TownLine:
    """Return the town line of named town areas, or of those in a file."""
    return town_line(code, town_zones=named, town_areas_file=Path(drawn) if drawn else None, density=density)


def _check_shares(assumptions: Assumptions) -> None:
    town, across = (assumptions.number(key) for key in ("town_share", "cross_border_share"))
    if town + across > 1:
        raise InputError(
            f"town_share {town:g} og cross_border_share {across:g} er tilsammen mere end alle ture",
            why="en tur er enten i byområdet, over kommunegrænsen eller et andet sted i kommunen",
            next_step="angiv to andele, der tilsammen er højst 1",
            about=About("assumptions", ("town_share", "cross_border_share")),
        )


def check_prices(
    book: PriceBook, year: ServiceYear, packages: tuple[ServicePackage, ...], start: date | None = None
) -> None:
    """Say before any work begins when some day of the year has no edition, or an edition lacks a chosen level.

    With a start date the options other than the first are paid only from then on.
    """
    first_booking = year.first - timedelta(days=HORIZON_DAYS)
    missing = _first_without_edition(book, first_booking, year.last)
    if missing is not None:
        raise InputError(
            f"Året {year.year} har ingen takstudgave den {missing}",
            why=f"taksten er kendt fra {book.editions[0].start} til {book.editions[-1].end or 'videre'}; ture bestilles op til"
            " 14 dage før årets første dag",
            next_step=KNOWN_ONLY_DA
            if book.known_only
            else "vælg et andet år, eller tilføj en udgave med --tariff FIL (udkast: takstlab tariffs index)",
            about=About("known_prices_only" if book.known_only else "year"),
        )
    for place, package in enumerate(packages):
        for day in turning_days(book, start if place and start is not None else first_booking, year.last):
            for level in wanted_levels(package):
                level_oere(level, book, day, f"valgmuligheden '{package}'")


@lru_cache(maxsize=256)
def _first_without_edition(book: PriceBook, first: date, last: date) -> date | None:
    """Return the first day of a span, both ends included, that has no edition; every municipality asks the same of a year."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return next((day for day in days if book.edition_on(day) is None), None)
