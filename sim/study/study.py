"""The study: one municipality's comparison with everything it needs made ready."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal, TypedDict

import numpy as np
from numpy.typing import NDArray

from sim.geography.region import Region
from sim.geography.town_line import TownLine
from sim.inputs.assumptions import Assumptions
from sim.inputs.scenario import Scenario
from sim.riders.demand.days import ServiceYear
from sim.riders.demand.times import HORIZON_DAYS
from sim.riders.demand.town_trips import municipal_pattern
from sim.riders.demand.trip_pattern import PATTERN_ASSUMPTIONS, TripPattern
from sim.riders.demand.volume import COUNTED_YEAR, Volume, growth
from sim.riders.plustur.searches import Setting
from sim.study.accounts.operator import rates_from_register
from sim.study.draws import ParameterDraw
from sim.study.own_list import OwnTrips
from sim.study.price_days import list_from, settled_day
from sim.study.prices import FARE_IDS, PriceIndex, price_book, price_index
from tariffs import PriceBook, ServicePackage, Switches, VariabelRates, fee_terms, municipal_fee


@dataclass(frozen=True)
class Study:
    """One municipality's comparison, ready to run; holds no randomness.

    ``reference`` is the package in force when the volume was observed, on ``reference_day``; ``packages`` are the
    options', ``lines`` the town line of each; ``reference_line`` is the reference's. ``served`` is true for the places of
    municipalities that have flextur, or may have it. ``notes`` say in Danish what was assumed on the way. ``plustur`` is what
    plustur meets in the municipality, None when no option has it. ``own_trips`` are the municipality's own, the demand in
    place of the drawn one. ``draw`` is the parameter draw whose values it holds, None under central assumptions. ``begun`` is
    the day of an earlier year on which the options took effect, None in the scenario's own year.
    """

    scenario: Scenario
    region: Region
    year: ServiceYear
    book: PriceBook
    switches: Switches
    assumptions: Assumptions
    packages: tuple[ServicePackage, ...]
    lines: tuple[TownLine, ...]
    reference: ServicePackage
    reference_line: TownLine
    reference_day: date
    reference_known: bool
    volume: Volume
    served: NDArray[np.bool_]
    pattern: TripPattern
    prices: PriceIndex
    rates: VariabelRates
    fee_oere: Fraction
    notes: tuple[str, ...]
    plustur: Setting | None = None
    own_trips: OwnTrips | None = None
    draw: ParameterDraw | None = None
    begun: date | None = None

    @property
    def free_names(self) -> tuple[str, ...]:
        """Names of all destinations that some option makes free, each once, in order."""
        return tuple(dict.fromkeys(name for package in self.packages for name in package.free_destinations))

    @property
    def any_town(self) -> bool:
        """Whether a trip between two different town areas is a town trip too (the switch ``town_scope``)."""
        return self.switches.town_scope == "any_town"

    def alike(self, place: int, other: int) -> bool:
        """Return whether two options price and close every trip alike: the same elements, and the same line where it counts."""
        package = self.packages[place]
        if package != self.packages[other]:
            return False
        return not package.follows_town_line or self.lines[place].mark == self.lines[other].mark

    @property
    def counted_year(self) -> int:
        """The year in which the volume was counted, before it was carried to this one."""
        return self.scenario.counted_year or self.year.year if self.volume.origin == "own" else COUNTED_YEAR

    @property
    def standing_delay_days(self) -> int:
        """Days after a change of elements before it reaches standing trips booked earlier: as for a fare change."""
        return self.book.standing_delay_days(self.scenario.start or self.year.first)

    @property
    def price_day(self) -> date:
        """A day whose prices hold for most of the span from the start date, or of the year, to 31 December.

        The start date, or 1 July without one, where its edition does; otherwise the first day of the edition that does.
        """
        start = self.scenario.start
        return settled_day(self.book, start or self.year.first, self.year.last, start or midyear(self.year))

    @property
    def list_from(self) -> date | None:
        """The day whose price list the full-year figures are calculated by until then, None: the days' own; see `list_from`."""
        return list_from(self.book, self.year.year, self.packages, self.scenario.start)

    def full_year_days(self, effective: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the days whose prices the full-year figures have in place of ``effective`` days, from 1 January."""
        return effective if self.list_from is None else np.maximum(effective, (self.list_from - self.year.first).days)

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

        A volume counted in another year has grown since as the assumptions on growth say. What was read from the register to build
        the geography stays as it is.
        """
        assumptions = self.assumptions.at(values)
        since = self.counted_year
        if since != self.year.year:
            code, year = self.region.municipality.code, self.year.year
            before, after = (growth(code, since, year, register) for register in (self.assumptions, assumptions))
            volume_factor *= after / before
        volume = replace(self.volume, passengers=self.volume.passengers * volume_factor)
        return replace(self, **_resting_on(assumptions, self, volume))

    @property
    def fares_projected(self) -> bool:
        """Whether some trip of the year may pay by a projected price list."""
        first = self.year.first - timedelta(days=max(HORIZON_DAYS, self.standing_delay_days))
        return any(e.source.projected and e.covers_any(first, self.year.last) for e in self.book.editions)

    def book_at(self, assumptions: Assumptions) -> PriceBook:
        """Return the price book under another register: projected fares rise as it says, and an option's own price stays."""
        if not self.fares_projected:
            return self.book
        if all(assumptions.number(key) == self.assumptions.number(key) for key in FARE_IDS):
            return self.book
        return price_book(self.scenario, assumptions).with_own_levels(self.book.own_levels)

    def resting_on(self, assumptions: Assumptions) -> "Study":
        """Return the study with another register."""
        return replace(self, **_resting_on(assumptions, self, self.volume))


class _Resting(TypedDict):
    book: PriceBook
    assumptions: Assumptions
    volume: Volume
    pattern: TripPattern
    prices: PriceIndex
    rates: VariabelRates
    fee_oere: Fraction


def _resting_on(assumptions: Assumptions, study: Study, volume: Volume) -> _Resting:
    """Return the parts of a study that rest on assumptions, at other values of them."""
    prices = price_index(assumptions, study.scenario)
    fee = fee_oere(study.book, study.reference_day, volume, assumptions, study.scenario.fee_pooling)
    return {
        "book": study.book_at(assumptions),
        "assumptions": assumptions,
        "volume": volume,
        "pattern": study.pattern
        if all(assumptions[key] == study.assumptions[key] for key in PATTERN_ASSUMPTIONS)
        else municipal_pattern(
            study.region,
            assumptions,
            study.reference_line,
            served=study.served,
            any_town=study.any_town,
            home_pays=study.switches.border_payer == "home",
        ),
        "prices": prices,
        "rates": rates_from_register(assumptions, prices.operator),
        "fee_oere": fee * prices.fee,
    }


def midyear(year: ServiceYear) -> date:
    """Return 1 July, by when a fare change of January holds for all but a few trips."""
    return date(year.year, 7, 1)


def fee_oere(
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
