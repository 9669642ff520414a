"""A year's trip requests, drawn in columns: one row per trip somebody would like to make.

Every request draws all its numbers here, before any price or vehicle is known, each from a stream of its own. So the same
people with the same luck meet every option, and a longer list begins with the shorter one.
"""

from dataclasses import dataclass, fields
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from sim.assumptions import Assumptions
from sim.demand.days import ServiceYear
from sim.demand.trip_pattern import TourKind, TripPattern
from sim.geography.region import Region
from sim.streams import stream

DAY_S = 86_400
OPENS_S, LAST_START_S = 6 * 3600, 23 * 3600 - 1
NOTICE_S = 2 * 3600
HORIZON_DAYS = 14
EVENING_S = 20 * 3600
MORNING_S = 8 * 3600
FREE_ID_OFFSET = 10_000_000
PLUSTUR_ID_OFFSET = 20_000_000
AGE_BANDS = ("0-15", "16-39", "40-59", "60-69", "70-79", "80+")
FIRST_OLDER_BAND = 4


class PlaceClass(IntEnum):
    """What the fare rule sees of a trip's two ends."""

    IN_TOWN = 0
    INSIDE = 1
    ACROSS = 2


@dataclass(frozen=True)
class Requests:
    """Trip requests in the order in which they reach the planner; every field is an array with one value per row.

    Attributes
    ----------
    request_id : stable identity of the request within its replication; ``tour`` that of its tour
    leg : 0 way out, 1 way home; ``outbound_row`` the row of the way out, -1 for a way out
    service_day : days from 1 January; ``wished_s`` wished pickup, seconds from the start of the service day
    asked_at_s : when it reaches the planner, seconds from 1 January 00:00 (standing trips when their day comes into view)
    booked_day : day of the booking, for a standing trip the day it was agreed; may be negative
    origin, destination : places of the region; ``fare_distance_m``, ``direct_s`` between them
    place_class : see PlaceClass; ``zone`` the town area of an IN_TOWN trip, else -1; ``both_in_towns`` whether both ends
        lie in town areas, be it different ones
    free_destination : index of the free destination at one end, else -1; ``free_only`` rides only because it is free
    willingness : the tour's percentile of willingness to pay, in [0, 1); it rides when the share that
        accepts the price lies above
    pickup_permille, dropoff_permille : actual over planned driving time of the legs to the two stops
    """

    request_id: NDArray[np.int64]
    tour: NDArray[np.int64]
    leg: NDArray[np.int8]
    outbound_row: NDArray[np.int64]
    service_day: NDArray[np.int64]
    wished_s: NDArray[np.int64]
    asked_at_s: NDArray[np.int64]
    booked_day: NDArray[np.int64]
    standing: NDArray[np.bool_]
    plustur: NDArray[np.bool_]
    online: NDArray[np.bool_]
    origin: NDArray[np.int32]
    destination: NDArray[np.int32]
    fare_distance_m: NDArray[np.int64]
    direct_s: NDArray[np.int64]
    place_class: NDArray[np.int8]
    zone: NDArray[np.int8]
    both_in_towns: NDArray[np.bool_]
    visitor: NDArray[np.bool_]
    free_destination: NDArray[np.int8]
    free_only: NDArray[np.bool_]
    willingness: NDArray[np.float64]
    adults: NDArray[np.int64]
    children: NDArray[np.int64]
    age_band: NDArray[np.int8]
    aids: NDArray[np.bool_]
    wheelchair: NDArray[np.bool_]
    in_vain: NDArray[np.bool_]
    boarding_s: NDArray[np.int64]
    alighting_s: NDArray[np.int64]
    pickup_permille: NDArray[np.int64]
    dropoff_permille: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.request_id)

    @property
    def passengers(self) -> NDArray[np.int64]:
        """Passengers of the booking."""
        return self.adults + self.children

    def take(self, rows: NDArray[np.int64]) -> "Requests":
        """Return the given rows in the given order, ``outbound_row`` pointing into the new rows.

        A way home whose way out is not among the rows keeps -1.
        """
        where = np.full(len(self), -1, dtype=np.int64)
        where[rows] = np.arange(len(rows))
        columns = {f.name: getattr(self, f.name)[rows] for f in fields(self)}
        outbound = columns["outbound_row"]
        columns["outbound_row"] = np.where(outbound >= 0, where[outbound], -1)
        return Requests(**columns)


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
    """

    name: str
    place: int
    share: float
    extra_tours: float


@dataclass(frozen=True)
class DemandModel:
    """Everything that stays the same from replication to replication."""

    region: Region
    year: ServiceYear
    pattern: TripPattern
    assumptions: Assumptions
    rates: TourRates
    free_destinations: tuple[FreeDestination, ...] = ()
    plustur_tours: float = 0.0
    transfer_places: NDArray[np.int32] | None = None


def draw_requests(model: DemandModel, seed: int, replication: int) -> Requests:
    """Draw one year of requests; the same seed and replication give the same requests, bit for bit."""
    code = model.region.municipality.code
    parts = [_draw_tours(model, seed, code, replication, "")]
    for index, free in enumerate(model.free_destinations):
        if free.extra_tours > 0:
            parts.append(_draw_tours(model, seed, code, replication, f"free {free.name} ", free_index=index))
    if model.plustur_tours > 0:
        parts.append(_draw_tours(model, seed, code, replication, "plustur ", plustur=True))
    everything = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    order = np.argsort(everything["asked_at_s"], kind="stable")
    columns = {name: values[order] for name, values in everything.items()}
    # Way out and way home are asked for in the same second and adjacent, the way out first.
    leg, tour = columns["leg"], columns["tour"]
    rows = np.arange(len(leg))
    columns["outbound_row"] = np.where((leg == 1) & (np.roll(tour, 1) == tour), rows - 1, -1)
    return Requests(**columns)


def poisson_quantile(uniform: float, mean: float) -> int:
    """Return the smallest n whose Poisson distribution function reaches ``uniform``."""
    from scipy.special import pdtr, pdtrik

    if mean <= 0:
        return 0
    guess = max(0, int(np.ceil(pdtrik(uniform, mean))) - 2) if uniform > np.exp(-mean) else 0
    while pdtr(guess, mean) < uniform:
        guess += 1
    return guess


def _draw_tours(
    model: DemandModel,
    seed: int,
    code: str,
    replication: int,
    prefix: str,
    *,
    free_index: int = -1,
    plustur: bool = False,
) -> dict[str, NDArray]:  # type: ignore[type-arg]
    """Draw tours of one family (ordinary, extra ones to a free destination, plustur) and return their legs' columns."""
    region, assumptions = model.region, model.assumptions

    def draws(name: str) -> np.random.Generator:
        return stream(seed, code, replication, prefix + name)

    if plustur:
        expected = model.plustur_tours
    elif free_index >= 0:
        expected = model.free_destinations[free_index].extra_tours
    else:
        expected = model.rates.total
    n = poisson_quantile(float(draws("number of tours").random()), expected)

    # Where
    u_pair = draws("pair of places").random(n)
    if plustur:
        kind, origin, destination = _plustur_pairs(model, u_pair, draws("transfer point").random(n))
    elif free_index >= 0:
        kind, origin, destination = _free_pairs(model, free_index, u_pair)
    else:
        kind, origin, destination = _pairs(model, draws("kind of tour").random(n), u_pair)
    in_town = kind == TourKind.IN_TOWN

    # Who
    age = _ages(assumptions, draws("age").random(n), in_town)
    aids = draws("aids").random(n) < _tilted(
        np.array(assumptions.profile("aids_share_by_age"))[age], assumptions.number("town_aids_tilt"), in_town
    )
    wheelchair = draws("wheelchair").random(n) < assumptions.number("wheelchair_share")
    online = draws("channel").random(n) < _online_share(assumptions)[age]
    party = 1 + np.searchsorted(
        np.cumsum(assumptions.profile("party_size_shares"))[:-1], draws("party").random(n), side="right"
    )
    child_companions = draws("children").binomial(party - 1, assumptions.number("child_companion_share"))
    children = child_companions + (age == 0)
    if plustur:
        age = np.minimum(age, 2)
        online, aids, wheelchair = np.ones(n, bool), np.zeros(n, bool), np.zeros(n, bool)

    # When
    day = np.searchsorted(np.cumsum(model.year.weights(assumptions))[:-1], draws("day").random(n), side="right")
    wished = _wished_times(assumptions, draws("hour").random(n), draws("minute").random(n))
    stay_s = 60 * assumptions.number("stay_median_min") * np.exp(
        assumptions.number("stay_spread") * draws("stay").standard_normal(n)
    )
    direct = region.drive_s[origin, destination].astype(np.int64)
    home_wished = np.minimum(wished + direct + stay_s.astype(np.int64), LAST_START_S - 15 * 60)
    home_wished = np.maximum(home_wished, wished)
    one_way = (kind == TourKind.ACROSS_OUT) | (kind == TourKind.ACROSS_HOME)
    returns = (draws("return").random(n) < assumptions.number("return_share")) & ~one_way
    lead_s = 3600 * assumptions.number("lead_median_h") * np.exp(
        assumptions.number("lead_spread") * draws("lead").standard_normal(n)
    )
    standing = (draws("standing").random(n) < assumptions.number("standing_share")) & (not plustur)
    agreed_weeks = 2 + draws("agreed").random(n) * (assumptions.number("standing_age_max_weeks") - 2)
    asked = _asking_times(day, wished, lead_s, standing)
    booked_day = np.where(standing, day - (7 * agreed_weeks).astype(np.int64), asked // DAY_S)

    willingness = draws("willingness").random(n)
    spread = assumptions.number("drive_time_spread")
    free = _free_ends(model, origin, destination, kind, draws("free destination").random(n), free_index)
    offset = PLUSTUR_ID_OFFSET if plustur else FREE_ID_OFFSET * (free_index >= 0) + 100_000_000 * max(0, free_index)

    boarding = (
        assumptions.number("boarding_s")
        + assumptions.number("boarding_aids_s") * aids
        + assumptions.number("boarding_wheelchair_s") * wheelchair
    ).astype(np.int64)

    # Legs: the way out of every tour, and the way home where there is one, side by side.
    tours = np.repeat(np.arange(n), 1 + returns)
    leg = np.zeros(len(tours), dtype=np.int8)
    leg[1:] = tours[1:] == tours[:-1]
    home = leg == 1
    start, end = np.where(home, destination[tours], origin[tours]), np.where(home, origin[tours], destination[tours])
    luck = {
        name: _by_leg(draws(name), n, "random", tours, leg) for name in ("in vain",)
    } | {name: _by_leg(draws(name), n, "standard_normal", tours, leg) for name in ("pickup drive", "dropoff drive")}
    permille = {
        name: np.maximum(1, np.rint(1000 * np.exp(spread * luck[name] - spread**2 / 2))).astype(np.int64)
        for name in ("pickup drive", "dropoff drive")
    }
    across = one_way[tours]
    return {
        "request_id": offset + 2 * tours.astype(np.int64) + leg,
        "tour": offset + tours.astype(np.int64),
        "leg": leg,
        "service_day": day[tours].astype(np.int64),
        "wished_s": np.where(home, home_wished[tours], wished[tours]).astype(np.int64),
        "asked_at_s": asked[tours],
        "booked_day": booked_day[tours].astype(np.int64),
        "standing": standing[tours],
        "plustur": np.full(len(tours), plustur),
        "online": online[tours],
        "origin": start.astype(np.int32),
        "destination": end.astype(np.int32),
        "fare_distance_m": region.fare_distance_m[start, end].astype(np.int64),
        "direct_s": region.drive_s[start, end].astype(np.int64),
        "place_class": np.where(
            across, PlaceClass.ACROSS, np.where(in_town[tours], PlaceClass.IN_TOWN, PlaceClass.INSIDE)
        ).astype(np.int8),
        "zone": np.where(in_town[tours], region.zone[start], -1).astype(np.int8),
        "both_in_towns": (region.zone[start] >= 0) & (region.zone[end] >= 0),
        "visitor": (kind == TourKind.ACROSS_HOME)[tours],
        "free_destination": free[tours],
        "free_only": np.full(len(tours), free_index >= 0),
        "willingness": willingness[tours],
        "adults": (party - children)[tours].astype(np.int64),
        "children": children[tours].astype(np.int64),
        "age_band": age[tours].astype(np.int8),
        "aids": aids[tours],
        "wheelchair": wheelchair[tours],
        "in_vain": luck["in vain"] < assumptions.number("in_vain_share"),
        "boarding_s": boarding[tours],
        "alighting_s": (boarding * assumptions.number("alighting_share")).astype(np.int64)[tours],
        "pickup_permille": permille["pickup drive"],
        "dropoff_permille": permille["dropoff drive"],
    }


def _by_leg(draws: np.random.Generator, n: int, method: str, tours: NDArray[np.int64], leg: NDArray[np.int8]):  # type: ignore[no-untyped-def]
    """Draw for way out and way home of every tour, whether or not it has a way home."""
    return getattr(draws, method)((n, 2))[tours, leg]


def _pairs(
    model: DemandModel, u_kind: NDArray[np.float64], u_pair: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]:
    edges = np.cumsum(model.rates.by_kind) / model.rates.total
    kind = np.minimum(np.searchsorted(edges, u_kind, side="right"), len(edges) - 1)
    origin = np.zeros(len(kind), dtype=np.int32)
    destination = np.zeros(len(kind), dtype=np.int32)
    for value, pairs in enumerate(model.pattern.pairs):
        rows = kind == value
        if pairs is not None and rows.any():
            origin[rows], destination[rows] = pairs.draw(u_pair[rows])
    return kind, origin, destination


def _free_pairs(
    model: DemandModel, free_index: int, u_pair: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]:
    region, place = model.region, model.free_destinations[free_index].place
    decay_m = 1000 * model.assumptions.number("distance_decay_km")
    weight = model.pattern.rider_weight * np.exp(-region.fare_distance_m[:, place] / decay_m)
    origin = np.searchsorted(np.cumsum(weight)[:-1] / weight.sum(), u_pair, side="right").astype(np.int32)
    destination = np.full(len(u_pair), place, dtype=np.int32)
    same = (region.zone[origin] >= 0) & (region.zone[origin] == region.zone[place])
    return np.where(same, TourKind.IN_TOWN, TourKind.INSIDE), origin, destination


def _plustur_pairs(
    model: DemandModel, u_pair: NDArray[np.float64], u_transfer: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]:
    region, transfers = model.region, model.transfer_places
    assert transfers is not None
    weight = region.population * region.inside
    origin = np.searchsorted(np.cumsum(weight)[:-1] / weight.sum(), u_pair, side="right").astype(np.int32)
    # To the nearest transfer point, or the second nearest in one case of four.
    nearest = np.argsort(region.fare_distance_m[origin][:, transfers], axis=1, kind="stable")
    second = (u_transfer < 0.25) & (len(transfers) > 1)
    destination = transfers[np.where(second, nearest[:, min(1, len(transfers) - 1)], nearest[:, 0])]
    same = (region.zone[origin] >= 0) & (region.zone[origin] == region.zone[destination])
    return np.where(same, TourKind.IN_TOWN, TourKind.INSIDE), origin, destination


def _free_ends(
    model: DemandModel,
    origin: NDArray[np.int32],
    destination: NDArray[np.int32],
    kind: NDArray[np.int64],
    uniform: NDArray[np.float64],
    free_index: int,
) -> NDArray[np.int8]:
    """Return which free destination a tour goes to, -1 for none; tours across the border never do."""
    free = np.full(len(origin), free_index, dtype=np.int8)
    if free_index < 0:
        local = (kind == TourKind.IN_TOWN) | (kind == TourKind.INSIDE)
        for index, candidate in enumerate(model.free_destinations):
            free[local & (destination == candidate.place) & (uniform < candidate.share) & (free < 0)] = index
    return free


def _ages(assumptions: Assumptions, uniform: NDArray[np.float64], in_town: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return age bands; older people are likelier in town, the shares of the whole staying as they are."""
    shares = np.array(assumptions.profile("age_shares"))
    tilt = assumptions.number("town_older_tilt")
    town = in_town.mean() if len(in_town) else 0.0
    older = shares[FIRST_OLDER_BAND:].sum()
    # Share of older riders elsewhere such that town and elsewhere together give the overall share.
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if town * _odds(middle, tilt) + (1 - town) * middle < older:
            low = middle
        else:
            high = middle
    elsewhere = (low + high) / 2
    older_share = np.where(in_town, _odds(elsewhere, tilt), elsewhere)
    is_older = uniform < older_share
    within = np.where(is_older, uniform / older_share, (uniform - older_share) / (1 - older_share))
    older_edges = np.cumsum(shares[FIRST_OLDER_BAND:])[:-1] / older
    younger_edges = np.cumsum(shares[:FIRST_OLDER_BAND])[:-1] / (1 - older)
    return np.where(
        is_older,
        FIRST_OLDER_BAND + np.searchsorted(older_edges, within, side="right"),
        np.searchsorted(younger_edges, within, side="right"),
    )


def _odds(share: float, ratio: float) -> float:
    """Return the share whose odds are ``ratio`` times those of ``share``.

    >>> _odds(0.5, 3.0)
    0.75
    """
    return share * ratio / (1 - share + share * ratio)


def _tilted(share: NDArray[np.float64], ratio: float, in_town: NDArray[np.bool_]) -> NDArray[np.float64]:
    tilted: NDArray[np.float64] = np.where(in_town, share * ratio / (1 - share + share * ratio), share)
    return tilted


def _online_share(assumptions: Assumptions) -> NDArray[np.float64]:
    """Return the online share by age band, in the ratios assumed and with the overall share assumed."""
    tilt = np.array(assumptions.profile("online_tilt_by_age"))
    shares = np.array(assumptions.profile("age_shares"))
    by_age: NDArray[np.float64] = np.minimum(1.0, tilt * assumptions.number("online_share") / (tilt @ shares))
    return by_age


def _wished_times(
    assumptions: Assumptions, u_hour: NDArray[np.float64], u_minute: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Return wished pickups of ways out: an hour from the profile, five-minute steps within it."""
    profile = np.array(assumptions.profile("hour_profile"))
    hour = np.searchsorted(np.cumsum(profile)[:-1] / profile.sum(), u_hour, side="right")
    return OPENS_S + hour * 3600 + (u_minute * 12).astype(np.int64) * 300


def _asking_times(
    day: NDArray[np.int64], wished: NDArray[np.int64], lead_s: NDArray[np.float64], standing: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Return when each tour is asked for, within the booking rules.

    At least two hours and at most 14 days ahead; not after 20:00 for the same day, nor for before 08:00 the next day: who
    thinks of it later than allowed has asked at 20:00. Standing trips come into view 14 days before.
    """
    pickup = day * DAY_S + wished
    earliest = (day - HORIZON_DAYS) * DAY_S + MORNING_S
    asked = np.maximum(pickup - NOTICE_S - lead_s.astype(np.int64), earliest)
    last_evening = np.where(wished < MORNING_S, (day - 1) * DAY_S + EVENING_S, day * DAY_S + EVENING_S)
    asked = np.minimum(asked, last_evening)
    asked = np.where(standing, earliest, asked)
    return np.minimum(asked, pickup - NOTICE_S).astype(np.int64)
