"""The demand of one municipality as the generator needs it: what stays the same from replication to replication."""

from dataclasses import dataclass

from sim.geography.region import Region
from sim.geography.town_line import TownLine
from sim.inputs.assumptions import Assumptions
from sim.riders.demand.days import ServiceYear
from sim.riders.demand.trip_pattern import TripPattern
from sim.riders.plustur.searches import PlusturDemand


@dataclass(frozen=True)
class TourRates:
    """Expected tours in the year, by kind; the unit in which demand is stated to the generator."""

    by_kind: tuple[float, float, float, float]

    @property
    def total(self) -> float:
        """Expected tours of all kinds."""
        return sum(self.by_kind)


@dataclass(frozen=True)
class FreeDestination:
    """A destination that an option makes free.

    Attributes
    ----------
    name : as the user wrote it
    place : index among the region's places
    share : share of the place's trips that go to this destination
    extra_tours : expected tours a year that are made only because it is free
    known_tours : expected tours a year (accepted or not) beyond those that the trip pattern sends there, when the user
        knows of more
    from_all_homes : whether the extra tours come from wherever people of 70 or more live (visits that were made at home
        before), and not oftener from homes near by
    """

    name: str
    place: int
    share: float
    extra_tours: float
    known_tours: float = 0.0
    from_all_homes: bool = False


@dataclass(frozen=True)
class DemandModel:
    """Everything that stays the same from replication to replication.

    ``line`` is the reference's town line, ``any_town`` the switch ``town_scope``: how `draw_requests` places trips.
    """

    region: Region
    year: ServiceYear
    pattern: TripPattern
    assumptions: Assumptions
    rates: TourRates
    line: TownLine
    any_town: bool = False
    free_destinations: tuple[FreeDestination, ...] = ()
    plustur: PlusturDemand | None = None
