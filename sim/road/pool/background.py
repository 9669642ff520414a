"""The referred traffic of an area: flexhandicap, patients and others who ride in the same vehicles as flextur.

Flexrute, the fixed routes for pupils and others, is planned apart and is not among it. Drawn like flextur, from streams of its
own, so that it is the same whatever flextur and its options are. It pays no fare and decides nothing here: it is there to fill
vehicles and to be paid for by others.
"""

from dataclasses import dataclass, fields
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sim.geography.municipalities import movia_municipalities
from sim.geography.region import Region
from sim.inputs.assumptions import Assumptions
from sim.inputs.chance.streams import stream
from sim.riders.demand.days import ServiceYear
from sim.riders.demand.times import LAST_START_S, asking_times, wished_times
from sim.riders.demand.tours import poisson_quantile
from sim.riders.demand.trip_pattern import PairWeights, homes, pair_weights, pull_of
from sim.words.numbers import danish
from tariffs.errors import About, InputError

LEAVING_YEAR = 2027
"""Rehabilitation moves from the municipalities to Region Østdanmark on 1 January."""


@dataclass(frozen=True)
class Background:
    """Referred bookings in the order in which they are asked for; every field is an array with one value per row.

    ``outbound_row`` is the row of the tour's way out, -1 for a way out itself; ``flexhandicap`` tells that scheme's
    bookings from the others; the other fields are as in `sim.riders.demand.requests.Requests`.
    """

    asked_at_s: NDArray[np.int64]
    service_day: NDArray[np.int64]
    wished_s: NDArray[np.int64]
    outbound_row: NDArray[np.int64]
    origin: NDArray[np.int64]
    destination: NDArray[np.int64]
    direct_s: NDArray[np.int64]
    passengers: NDArray[np.int64]
    flexhandicap: NDArray[np.bool_]
    wheelchair: NDArray[np.bool_]
    in_vain: NDArray[np.bool_]
    boarding_s: NDArray[np.int64]
    alighting_s: NDArray[np.int64]
    pickup_permille: NDArray[np.int64]
    dropoff_permille: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.asked_at_s)

    def among(self, days: NDArray[np.bool_]) -> "Background":
        """Return the bookings for the days that are true in ``days``, one value per day of the year; tours stay whole."""
        kept = days[self.service_day]
        columns = {f.name: getattr(self, f.name)[kept] for f in fields(self)}
        place = np.cumsum(kept) - 1
        columns["outbound_row"] = np.where(columns["outbound_row"] >= 0, place[columns["outbound_row"]], -1)
        return Background(**columns)


def bookings_a_year(region: Region, assumptions: Assumptions) -> float:
    """Return the area's expected referred bookings a year: Movia's less flexrute's and those leaving, by population and scale."""
    everybody = sum(m.population_2020 for m in movia_municipalities())
    passengers = assumptions.number("pool_passengers") * region.municipality.population_2020 / everybody
    passengers *= 1.0 - assumptions.number("pool_flexrute_share")
    if region.year >= LEAVING_YEAR:
        passengers *= 1.0 - assumptions.number("pool_leaving_share")
    return assumptions.number("pool_scale") * passengers / (1.0 + assumptions.number("pool_companion_share"))


def leaving_notes(year: int, assumptions: Assumptions) -> list[str]:
    """Return what is said of referred rides that the user has taken out of the pool from 2027; nothing of others."""
    share = assumptions.number("pool_leaving_share")
    if not share or year < LEAVING_YEAR:
        return []
    return [
        f"{danish(100 * share)} % af den visiterede kørsel er taget ud af puljen fra {LEAVING_YEAR}, som I har valgt: genoptræning"
        " flytter til Region Østdanmark. Om kørslen følger med, og hvor stor den er, vides ikke."
    ]


def check_schemes(assumptions: Assumptions) -> None:
    """Raise InputError when flexrute and flexhandicap together are more than all the referred."""
    flexrute, flexhandicap = _schemes(assumptions)
    if flexrute + flexhandicap > 1.0:
        raise InputError(
            f"pool_flexrute_share {flexrute:g} og pool_flexhandicap_share {flexhandicap:g} er tilsammen mere end alle visiterede",
            why="begge er andele af de samme passagerer",
            next_step="angiv to andele, der tilsammen er højst 1",
            about=About("assumptions", ("pool_flexrute_share", "pool_flexhandicap_share")),
        )


def flexhandicap_share(assumptions: Assumptions) -> float:
    """Return the share of the pool's passengers who ride with flexhandicap: of the referred less flexrute's.

    At most all of them, also where a draw of one share leaves no room for a stated other.
    """
    flexrute, flexhandicap = _schemes(assumptions)
    return min(1.0, flexhandicap / (1.0 - flexrute)) if flexrute < 1.0 else 0.0


def _schemes(assumptions: Assumptions) -> tuple[float, float]:
    return assumptions.number("pool_flexrute_share"), assumptions.number("pool_flexhandicap_share")


def bookings_a_weekday(region: Region, year: ServiceYear, assumptions: Assumptions) -> float:
    """Return the expected referred bookings of a mean weekday that is no holiday."""
    weights = year.weights(assumptions, "pool_weekday_profile")[~year.weekend]
    return bookings_a_year(region, assumptions) * float(weights.mean())


def draw_background(
    region: Region, year: ServiceYear, assumptions: Assumptions, *, seed: int, replication: int
) -> Background:
    """Draw one year of referred bookings; the same seed and replication give the same ones, bit for bit."""
    number = assumptions.number

    def draws(name: str) -> np.random.Generator:
        return stream(seed, region.municipality.code, replication, f"pool {name}")

    tours_a_year = bookings_a_year(region, assumptions) / (1.0 + number("pool_return_share"))
    n = poisson_quantile(float(draws("number of tours").random()), tours_a_year)

    flexhandicap = draws("scheme").random(n) < flexhandicap_share(assumptions)
    origin, destination = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    decays = number("pool_distance_decay_km"), number("pool_distance_decay_across_km")
    wants_out = draws("inside or outside").random(n) < number("pool_outside_share")
    u_pair = draws("pair of places").random(n)
    for scheme, older in ((~flexhandicap, "pool_older_share"), (flexhandicap, "flexhandicap_older_share")):
        inside, outside = _pairs(region, number(older), *decays)
        goes_out = wants_out & (outside is not None)
        for pairs, rows in ((inside, scheme & ~goes_out), (outside, scheme & goes_out)):
            if pairs is not None and rows.any():
                origin[rows], destination[rows] = pairs.draw(u_pair[rows])

    weights = year.weights(assumptions, "pool_weekday_profile")
    day = np.searchsorted(np.cumsum(weights)[:-1], draws("day").random(n), side="right")
    wished = wished_times(assumptions, draws("hour").random(n), draws("minute").random(n), "pool_hour_profile")
    stay_s = 60 * number("pool_stay_median_min") * np.exp(number("stay_spread") * draws("stay").standard_normal(n))
    direct = region.drive_s[origin, destination].astype(np.int64)
    home_wished = np.minimum(wished + direct + stay_s.astype(np.int64), LAST_START_S)
    lead_s = 3600 * number("lead_median_h") * np.exp(number("lead_spread") * draws("lead").standard_normal(n))
    asked = asking_times(day, wished, lead_s, draws("standing").random(n) < number("pool_standing_share"))

    wheelchair = draws("wheelchair").random(n) < number("pool_wheelchair_share")
    aids_share = np.where(flexhandicap, _aids_beside_wheelchairs(assumptions), number("pool_aids_share"))
    aids = draws("aids").random(n) < aids_share
    boarding = (
        number("boarding_s") + number("boarding_aids_s") * aids + number("boarding_wheelchair_s") * wheelchair
    ).astype(np.int64)
    passengers = 1 + (draws("companion").random(n) < number("pool_companion_share")).astype(np.int64)
    returns = draws("return").random(n) < number("pool_return_share")

    # Way out and way home of a tour side by side; tours in the order in which they are asked for.
    order = np.argsort(asked, kind="stable")
    tour = np.repeat(order, 1 + returns[order])
    home = np.r_[False, tour[1:] == tour[:-1]][: len(tour)]
    leg = home.astype(np.int64)
    start, end = np.where(home, destination[tour], origin[tour]), np.where(home, origin[tour], destination[tour])
    spread = number("drive_time_spread")
    pickup, dropoff = (
        np.maximum(1, np.rint(1000 * np.exp(spread * draws(name).standard_normal((n, 2)) - spread**2 / 2)))
        .astype(np.int64)[tour, leg]
        for name in ("pickup drive", "dropoff drive")
    )  # fmt: skip
    return Background(
        asked_at_s=asked[tour],
        service_day=day[tour].astype(np.int64),
        wished_s=np.where(home, home_wished[tour], wished[tour]),
        outbound_row=np.where(home, np.arange(len(tour)) - 1, -1),
        origin=start,
        destination=end,
        direct_s=region.drive_s[start, end].astype(np.int64),
        passengers=passengers[tour],
        flexhandicap=flexhandicap[tour],
        wheelchair=wheelchair[tour],
        in_vain=(draws("in vain").random((n, 2)) < number("in_vain_share"))[tour, leg],
        boarding_s=boarding[tour],
        alighting_s=(boarding * number("alighting_share")).astype(np.int64)[tour],
        pickup_permille=pickup,
        dropoff_permille=dropoff,
    )


def _aids_beside_wheelchairs(assumptions: Assumptions) -> float:
    """Return the share with other aids at which the stated share of flexhandicap's riders brings an aid, wheelchairs counted."""
    wheelchair = assumptions.number("pool_wheelchair_share")
    without = 1.0 - assumptions.number("flexhandicap_aids_share")
    return max(0.0, 1.0 - without / (1.0 - wheelchair)) if wheelchair < 1.0 else 0.0


@lru_cache(maxsize=4)
def _pairs(
    region: Region, older_share: float, decay_km: float, decay_across_km: float
) -> tuple[PairWeights | None, PairWeights | None]:
    """Return the pairs of homes and destinations inside the municipality, and of homes and destinations beyond it.

    The referred go where there is something to go to, not to private addresses.
    """
    living = homes(region, older_share)
    inside = pair_weights(region, living, pull_of(region, region.inside, 0.0), decay_km)
    outside = pair_weights(region, living, pull_of(region, ~region.inside, 0.0), decay_across_km)
    return inside.pairs(), outside.pairs()
