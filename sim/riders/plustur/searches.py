"""Who searches for a journey and is offered plustur: how many trips a year, from where, on which days and hours.

    trips = searches × share offered × share that takes it up

Only the product is known, from the pilot: 9.1 trips a month in Kalundborg and Roskilde. So the level is set by the pilot,
and between municipalities it follows the residents of 16-39 who have no good alternative.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from sim.geography.region import Region
from sim.geography.regions import build_region
from sim.inputs.assumptions import Assumptions
from sim.riders.demand.days import SUNDAY, ServiceYear
from sim.riders.plustur.offer import in_town_or_village, offered_share
from sim.riders.plustur.services import DAY_TYPES
from sim.riders.plustur.size import PILOT_MUNICIPALITIES
from sim.riders.plustur.transfers import TransferPoints, distance_to_nearest, transfer_points
from tariffs.errors import About, InputError

YOUNG = 1
"""The age band 16-39."""
ANCHOR_YEAR = 2020


@dataclass(frozen=True, eq=False)
class Residents:
    """What the offer needs to know of a municipality's own places.

    Attributes
    ----------
    ages : float64 (places, 6), residents by age band; outside the municipality 0
    town : bool (places,), in a town or village
    to_station_m : float64 (places,), road distance to the nearest station or terminal, infinite where there is none
    """

    ages: NDArray[np.float64]
    town: NDArray[np.bool_]
    to_station_m: NDArray[np.float64]


def residents(region: Region, stations: TransferPoints) -> Residents:
    """Return a region's residents with their way to the stations and terminals, be they transfer points or not."""
    return Residents(
        region.ages * region.inside[:, None], in_town_or_village(region), distance_to_nearest(region, stations)
    )


@cache
def pilot_residents() -> tuple[Residents, ...]:
    """Return the residents of the pilot's two municipalities, with all their stations and terminals as transfer points."""
    regions = [build_region(code, year=ANCHOR_YEAR) for code in PILOT_MUNICIPALITIES]
    return tuple(residents(region, transfer_points(region)) for region in regions)


@dataclass(frozen=True, eq=False)
class Setting:
    """What plustur meets in one municipality, the same under all assumptions but the walk to a stop.

    ``departures`` per hour towards the nearest transfer point (day types, places, hours), None without a timetable.
    """

    points: TransferPoints
    own: Residents
    pilot: tuple[Residents, ...]
    departures: NDArray[np.int64] | None


@dataclass(frozen=True, eq=False)
class PlusturDemand:
    """A year's plustur as the generator needs it.

    Attributes
    ----------
    trips : expected trips made in a year; ``tours`` the tours behind them
    transfers : int32, places that are transfer points; ``reach_m`` how far from home one may lie
    second_share : share to the second nearest transfer point
    cumulative : float64, of all searches with an offer by (day type, place, hour), flattened from ``shape``
    ages_cumulative : float64 (places, 6), of the searchers' age bands in each place
    day_weights : float64 (day types, days), each day's share among the days of its type
    moving_share : probability that a flextur rider to or from a transfer point takes plustur instead
    """

    trips: float
    tours: float
    transfers: NDArray[np.int32]
    reach_m: float
    second_share: float
    cumulative: NDArray[np.float64]
    shape: tuple[int, int, int]
    ages_cumulative: NDArray[np.float64]
    day_weights: NDArray[np.float64]
    moving_share: float = 0.0

    def search(self, uniform: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int64]]:
        """Draw searches that are offered plustur: (day type, home, hour from 06)."""
        at = np.minimum(np.searchsorted(self.cumulative, uniform, side="right"), len(self.cumulative) - 1)
        day_type, place, hour = np.unravel_index(at, self.shape)
        return day_type.astype(np.int64), place.astype(np.int32), hour.astype(np.int64)

    def ages(self, place: NDArray[np.int32], uniform: NDArray[np.float64]) -> NDArray[np.int64]:
        """Draw the age band of searchers who live in the given places."""
        return (self.ages_cumulative[place, :-1] <= uniform[:, None]).sum(axis=1).astype(np.int64)

    def days(self, day_type: NDArray[np.int64], uniform: NDArray[np.float64]) -> NDArray[np.int64]:
        """Draw a day of the year of each given type."""
        day = np.zeros(len(day_type), dtype=np.int64)
        for kind in range(len(DAY_TYPES)):
            of_kind = day_type == kind
            edges = np.cumsum(self.day_weights[kind])[:-1]
            day[of_kind] = np.searchsorted(edges, uniform[of_kind], side="right")
        return day


def plustur_demand(region: Region, setting: Setting, year: ServiceYear, assumptions: Assumptions) -> PlusturDemand:
    """Return a municipality's plustur; nobody moves over from flextur yet (`sim.riders.plustur.moved`)."""
    year = year.all_open()  # plustur is driven also where flextur is closed
    kinds = day_types(year)
    weights = year.weights(assumptions)
    by_type = np.array([weights[kinds == kind].sum() for kind in range(len(DAY_TYPES))])
    hours = np.array(assumptions.profile("hour_profile"))
    when = by_type[:, None] * hours[None, :] / hours.sum()

    offered = offered_share(setting.own.town, setting.own.to_station_m, setting.departures, assumptions)
    leaning = age_leaning(setting, assumptions)
    searchers = setting.own.ages @ leaning
    weight = when[:, None, :] * searchers[None, :, None] * offered
    total = float(weight.sum())
    legs = 1.0 + assumptions.number("return_share")
    carried = 1.0 - assumptions.number("in_vain_share")
    trips = trips_a_year(setting, when, offered, assumptions) if total > 0 else 0.0
    by_age = np.cumsum(setting.own.ages * leaning, axis=1)
    return PlusturDemand(
        trips=trips,
        tours=trips / (legs * carried),
        transfers=setting.points.place,
        reach_m=1000 * assumptions.number("plustur_transfer_reach_km"),
        second_share=assumptions.number("plustur_second_transfer_share"),
        cumulative=np.cumsum(weight) / total if total > 0 else np.ones(weight.size),
        shape=(weight.shape[0], weight.shape[1], weight.shape[2]),
        ages_cumulative=by_age / np.maximum(by_age[:, -1:], 1e-12),
        day_weights=np.stack([np.where(kinds == kind, weights, 0.0) / by_type[kind] for kind in range(len(DAY_TYPES))]),
    )


def trips_a_year(
    setting: Setting, when: NDArray[np.float64], offered: NDArray[np.float64], assumptions: Assumptions
) -> float:
    """Return plustur trips made in a year.

    The pilot's, times the residents of 16-39 without a good alternative over the mean of the pilot's two municipalities,
    to a power. ``when`` are the shares of searches by day type and hour.

    The pilot's own share without an alternative is the assumption without a timetable: its timetable is not at hand.
    """
    own = float(setting.own.ages[:, YOUNG] @ np.einsum("dkh,dh->k", offered, when))
    pilot = 0.0
    for there in setting.pilot:
        share = offered_share(there.town, there.to_station_m, None, assumptions)[0, :, 0]
        pilot += float(there.ages[:, YOUNG] @ share) / len(setting.pilot)
    if own <= 0:
        return 0.0
    if pilot <= 0:
        raise InputError(
            "Plusturs omfang kan ikke beregnes: ingen i forsøgets kommuner ville få plustur tilbudt",
            where="plustur_offered_town, plustur_offered_country",
            why="niveauet er sat efter forsøget, så der skal have været nogen uden godt alternativ",
            next_step="sæt mindst den ene andel over 0",
            about=About("assumptions", ("plustur_offered_town", "plustur_offered_country")),
        )
    scale = (own / pilot) ** assumptions.number("plustur_size_exponent")
    return 12 * assumptions.number("plustur_trips_per_month") * scale


def age_leaning(setting: Setting, assumptions: Assumptions) -> NDArray[np.float64]:
    """Return how much a resident of each age band searches, such that the pilot's residents give the riders' known ages."""
    pilot = np.sum([there.ages.sum(axis=0) for there in setting.pilot], axis=0)
    shares = np.array(assumptions.profile("plustur_age_shares"))
    return np.divide(shares, pilot, out=np.zeros_like(shares), where=pilot > 0)


def day_types(year: ServiceYear) -> NDArray[np.int64]:
    """Return each day's type: 0 a weekday, 1 a Saturday, 2 a Sunday or public holiday."""
    off = year.holiday | (year.weekday == SUNDAY)
    return np.where(off, 2, np.where(year.weekday == SUNDAY - 1, 1, 0)).astype(np.int64)
