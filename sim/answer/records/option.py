"""One option of an answer: its totals, its change, and what is told of it alone."""

from dataclasses import dataclass
from typing import Literal

from sim.answer.records.totals import Change, PartYear, Totals, Uncertainty
from sim.words.figure import Figure

Grouping = Literal["by_age", "by_place", "by_distance"]


@dataclass(frozen=True)
class Plustur:
    """Plustur's own figures in the full year, which are also part of the option's."""

    trips: Figure
    passengers: Figure
    fares_oere: Figure
    operator_payment_oere: Figure
    net_cost_oere: Figure


@dataclass(frozen=True)
class Affected:
    """The trips whose price or rule the option changes, under the option; ``rule`` says in Danish which they are."""

    rule: str
    trips: Figure
    passengers: Figure
    net_cost_oere: Figure
    change: Change


@dataclass(frozen=True)
class Band:
    """Trips of one band of riders under the first option and under this one; ``id`` is the band's, or a town area's name."""

    id: str
    trips: Figure
    trips_after: Figure
    trips_change: Figure


@dataclass(frozen=True)
class AffectedRiders:
    """Who makes the trips that an option touches, under the first option: how many are older, have aids, book by phone.

    The bands are None in answers before 0.4.0.
    """

    trips: Figure
    older: Figure
    aids: Figure
    by_phone: Figure
    by_age: tuple[Band, ...] | None = None
    by_place: tuple[Band, ...] | None = None
    by_distance: tuple[Band, ...] | None = None

    def bands(self, group: Grouping) -> tuple[Band, ...]:
        """Return the bands of one way of grouping the riders; none of an answer that does not hold them."""
        return {"by_age": self.by_age, "by_place": self.by_place, "by_distance": self.by_distance}[group] or ()


@dataclass(frozen=True)
class WaterfallPart:
    """A part of the change in net cost, above zero where it is more expensive; the parts add up to the change."""

    id: str
    oere: Figure


@dataclass(frozen=True)
class Month:
    """A calendar month (1-12) of the settled year, and of the budget year as it runs: alone, and from 1 January to its end."""

    month: int
    trips: Figure
    net_cost_oere: Figure
    accumulated_net_cost_oere: Figure | None = None
    budget_year_net_cost_oere: Figure | None = None


@dataclass(frozen=True)
class Flexhandicap:
    """What may follow beside the net cost: trips turned away, those that come back as flexhandicap, and what these cost."""

    turned_away_trips: Figure
    trips: Figure
    cost_oere: Figure
    sentence: str | None


@dataclass(frozen=True)
class KnownEnds:
    """How well a figure in oere is known: standard errors of its middle, by chance alone (None of one replication), and of the ends of
    its interval.

    ``width_percent`` is that of the less certain end, in percent of the interval's width; ``correlation`` is between the draws as
    simulated and what the closed form makes of them.
    """

    correlation: float
    middle_error_oere: float | None
    low_error_oere: float
    high_error_oere: float
    width_percent: float


@dataclass(frozen=True)
class Ends:
    """What the intervals rest on beside the simulated draws: so many in closed form; and how well the two main ones are known.

    A figure is None where the closed form cannot tell it: a change of the first option, or one that is 0 in every draw.
    """

    closed_form_draws: int
    net_cost: KnownEnds | None
    change: KnownEnds | None


@dataclass(frozen=True)
class _Named:
    """An option's name, and its service elements."""

    name: str
    elements: tuple[str, ...]


@dataclass(frozen=True)
class _Measured(Totals, _Named):
    """An option with its totals of the full year."""


@dataclass(frozen=True, kw_only=True)
class OptionAnswer(_Measured):
    """An option's full year, its change against the first option, and what is told of it alone.

    None is what does not concern the option (the first one changes nothing), or what an older answer does not hold.
    """

    uncertainty: Uncertainty
    change: Change
    part_year: PartYear | None
    plustur: Plustur | None = None
    affected: Affected | None
    affected_riders: AffectedRiders | None
    waterfall: tuple[WaterfallPart, ...] | None = None
    per_1000_town_passengers_oere: Figure | None
    net_cost_per_town_passenger_oere: Figure | None
    net_cost_per_lost_trip_oere: Figure | None
    net_cost_per_resident_oere: Figure
    net_cost_per_older_resident_oere: Figure | None = None
    shared_percent: Figure | None
    coordinated_percent: Figure | None = None
    standing_min_per_trip: Figure | None = None
    operator_payment_change_oere: Figure | None = None
    avoidable_cost_change_oere: Figure | None = None
    no_vehicle: Figure
    months: tuple[Month, ...]
    extrapolation: str | None
    sign_is_sure: bool
    sentence: str | None
    flexhandicap: Flexhandicap | None = None
    ends: Ends | None = None

    @property
    def touches(self) -> Affected:
        """The trips it touches; raises ValueError for the first option, which touches none."""
        if self.affected is None:
            raise ValueError(f"{self.name} is what the others are compared with, and touches no trips")
        return self.affected

    @property
    def riders(self) -> AffectedRiders:
        """Who makes the trips it touches; raises ValueError for the first option."""
        if self.affected_riders is None:
            raise ValueError(f"{self.name} is what the others are compared with, and touches no trips")
        return self.affected_riders

    @property
    def part_year_change_oere(self) -> Figure | None:
        """How net cost moves in the part year; None without a start date."""
        return None if self.part_year is None else self.part_year.change.net_cost_oere
