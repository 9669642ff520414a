"""A year's trip requests, drawn.

Every request draws all its numbers here, before any price or vehicle is known, each from a stream of its own. So the same
people with the same luck meet every option, and a longer list begins with the shorter one.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.geography.user_areas import POINTS
from sim.inputs.chance.streams import stream
from sim.riders.demand.listed import ListedTrips
from sim.riders.demand.model import DemandModel
from sim.riders.demand.places import free_ends, free_pairs, ordinary_pairs, plustur_pairs
from sim.riders.demand.requests import Requests, placed
from sim.riders.demand.riders import ages, online_share_by_age, tilted
from sim.riders.demand.times import DAY_S, LAST_START_S, OPENS_S, asking_times, wished_times
from sim.riders.demand.trip_pattern import TourKind
from sim.riders.plustur.moved import moves_to_plustur
from sim.riders.plustur.searches import PlusturDemand

PLUSTUR_ID_OFFSET = 100_000_000
FREE_ID_OFFSET = 200_000_000


def draw_requests(model: DemandModel, seed: int, replication: int) -> Requests:
    """Draw one year of requests; the same seed and replication give the same requests, bit for bit."""
    families = (Family("", model.rates.total), *visits(model), *additional(model))
    return in_order([draw_tours(model, seed, replication, family) for family in families])


def visits(model: DemandModel) -> tuple["Family", ...]:
    """Return the visits to free destinations that the user knows of beyond the trip pattern's."""
    return tuple(
        Family(f"visits {free.name} ", free.known_tours, free_index=index)
        for index, free in enumerate(model.free_destinations)
        if free.known_tours > 0
    )


def additional(model: DemandModel, *, free: Collection[str] = (), plustur: bool = True) -> tuple["Family", ...]:
    """Return the tours that are made only under some options: to free destinations but those named, and by plustur."""
    families = [
        Family(f"free {candidate.name} ", candidate.extra_tours, free_index=index, free_only=True)
        for index, candidate in enumerate(model.free_destinations)
        if candidate.extra_tours > 0 and candidate.name not in free
    ]
    if plustur and model.plustur is not None and model.plustur.tours > 0:
        families.append(Family("plustur ", model.plustur.tours, plustur=model.plustur))
    return tuple(families)


def in_order(parts: Sequence[Mapping[str, NDArray[Any]]]) -> Requests:
    """Join tours drawn apart into the order in which their trips reach the planner."""
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


@dataclass(frozen=True)
class Family:
    """Tours drawn together: ordinary ones, visits to a free destination, extra ones because it is free, plustur.

    ``listed`` holds trips of a list in place of drawn ones, numbered from ``listed_id``.
    """

    prefix: str
    expected: float = 0.0
    free_index: int = -1
    free_only: bool = False
    plustur: PlusturDemand | None = None
    listed: ListedTrips | None = None
    listed_id: int = 0

    @property
    def first_id(self) -> int:
        """Ids of one family never meet those of another."""
        if self.listed is not None:
            return self.listed_id
        if self.plustur is not None:
            return PLUSTUR_ID_OFFSET
        return FREE_ID_OFFSET * (2 * (self.free_index + 1) + self.free_only) if self.free_index >= 0 else 0


def draw_tours(model: DemandModel, seed: int, replication: int, family: Family) -> dict[str, NDArray[Any]]:
    """Draw the tours of one family and return their legs' columns; what a list states is not drawn."""
    region, assumptions = model.region, model.assumptions
    free_index, plustur, listed = family.free_index, family.plustur, family.listed

    def draws(name: str) -> np.random.Generator:
        return stream(seed, region.municipality.code, replication, family.prefix + name)

    def known(name: str, drawn: NDArray[Any]) -> NDArray[Any]:
        return drawn if listed is None else listed.known(name, drawn)

    n = poisson_quantile(float(draws("number of tours").random()), family.expected) if listed is None else len(listed)

    # Where
    u_pair = draws("pair of places").random(n)
    if listed is not None:
        kind, origin, destination = listed.kind, listed.origin, listed.destination
    elif plustur is not None:
        day_type, origin, hour = plustur.search(u_pair)
        kind, destination = plustur_pairs(model, origin, draws("transfer point").random(n))
    elif free_index >= 0:
        kind, origin, destination = free_pairs(model, free_index, u_pair)
    else:
        kind, origin, destination = ordinary_pairs(model, draws("kind of tour").random(n), u_pair)
    in_town = kind == TourKind.TOWN
    ends = [
        region.points_at(place, draws(f"point of {end}").random(n), POINTS)
        for place, end in ((origin, "origin"), (destination, "destination"))
    ]

    # Who
    u_age = draws("age").random(n)
    age = ages(assumptions, u_age, in_town) if plustur is None else plustur.ages(origin, u_age)
    aids = draws("aids").random(n) < tilted(
        np.array(assumptions.profile("aids_share_by_age"))[age], assumptions.number("town_aids_tilt"), in_town
    )
    wheelchair = draws("wheelchair").random(n) < assumptions.number("wheelchair_share")
    online = known("online", draws("channel").random(n) < online_share_by_age(assumptions)[age])
    party = 1 + np.searchsorted(
        np.cumsum(assumptions.profile("party_size_shares"))[:-1], draws("party").random(n), side="right"
    )
    party = known("party", party)
    child_companions = draws("children").binomial(party - 1, assumptions.number("child_companion_share"))
    children = known("children", child_companions + (age == 0))
    if plustur is not None:
        online, aids, wheelchair = np.ones(n, bool), np.zeros(n, bool), np.zeros(n, bool)

    # When
    u_day, u_minute = draws("day").random(n), draws("minute").random(n)
    if plustur is not None:
        day, wished = plustur.days(day_type, u_day), OPENS_S + hour * 3600 + (u_minute * 12).astype(np.int64) * 300
    else:
        day = np.searchsorted(np.cumsum(model.year.weights(assumptions))[:-1], u_day, side="right")
        wished = wished_times(assumptions, draws("hour").random(n), u_minute)
    if listed is not None:
        day, wished = listed.day, listed.half_hour * 1800 + (u_minute * 6).astype(np.int64) * 300
    stay_s = (
        60
        * assumptions.number("stay_median_min")
        * np.exp(assumptions.number("stay_spread") * draws("stay").standard_normal(n))
    )
    direct = region.drive_s[origin, destination].astype(np.int64)
    # Who would stay past the last pickup stays a part of the time that is left instead.
    left_s = np.maximum(0, LAST_START_S - wished - direct)
    shortened_s = left_s * draws("shortened stay").random(n)
    home_wished = wished + direct + np.where(stay_s <= left_s, stay_s, shortened_s).astype(np.int64)
    home_wished = np.minimum(home_wished, LAST_START_S)
    one_way = (kind == TourKind.ACROSS_OUT) | (kind == TourKind.ACROSS_HOME)
    returns = (draws("return").random(n) < assumptions.number("return_share")) & ~one_way & (listed is None)
    lead_s = (
        3600
        * assumptions.number("lead_median_h")
        * np.exp(assumptions.number("lead_spread") * draws("lead").standard_normal(n))
    )
    standing = (draws("standing").random(n) < assumptions.number("standing_share")) & (plustur is None)
    standing = known("standing", standing)
    newest, oldest = (assumptions.number(f"standing_age_{end}_weeks") for end in ("min", "max"))
    agreed_weeks = newest + draws("agreed").random(n) * (oldest - newest)
    if listed is not None:
        lead_s = listed.lead_s(wished, lead_s)
    asked = asking_times(day, wished, lead_s, standing)
    booked_day = np.where(standing, known("booked_day", day - (7 * agreed_weeks).astype(np.int64)), asked // DAY_S)

    moves = np.zeros(n, dtype=bool)
    if model.plustur is not None and (not family.prefix or (listed is not None and listed.may_move)):
        u_moves = draws("moves to plustur").random(n)
        moves = moves_to_plustur(model.plustur, region.inside, origin, destination, standing, u_moves)
    willingness = draws("willingness").random(n)
    spread = assumptions.number("drive_time_spread")
    free = free_ends(model, origin, destination, kind, draws("free destination").random(n), free_index)
    offset = family.first_id

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
    luck = {name: _by_leg(draws(name), n, "random", tours, leg) for name in ("in vain",)} | {
        name: _by_leg(draws(name), n, "standard_normal", tours, leg) for name in ("pickup drive", "dropoff drive")
    }
    permille = {
        name: np.maximum(1, np.rint(1000 * np.exp(spread * luck[name] - spread**2 / 2))).astype(np.int64)
        for name in ("pickup drive", "dropoff drive")
    }
    across = one_way[tours]
    start_point, end_point = (
        np.where(home, ends[1][tours], ends[0][tours]),
        np.where(home, ends[0][tours], ends[1][tours]),
    )
    place = placed(model.line, start_point, end_point, across, any_town=model.any_town)
    return {
        "request_id": offset + 2 * tours.astype(np.int64) + leg,
        "tour": offset + tours.astype(np.int64),
        "leg": leg,
        "service_day": day[tours].astype(np.int64),
        "wished_s": np.where(home, home_wished[tours], wished[tours]).astype(np.int64),
        "asked_at_s": asked[tours],
        "booked_day": booked_day[tours].astype(np.int64),
        "standing": standing[tours],
        "plustur": known("plustur", np.full(n, plustur is not None))[tours],
        "online": online[tours],
        "origin": start.astype(np.int32),
        "destination": end.astype(np.int32),
        "fare_distance_m": region.fare_distance_m[start, end].astype(np.int64),
        "direct_s": region.drive_s[start, end].astype(np.int64),
        "origin_point": start_point,
        "destination_point": end_point,
        "reference_class": place["place_class"],
        **place,
        "free_destination": free[tours],
        "free_only": np.full(len(tours), family.free_only),
        "moves_to_plustur": moves[tours],
        "willingness": willingness[tours],
        "adults": (party - children)[tours].astype(np.int64),
        "children": children[tours].astype(np.int64),
        "age_band": age[tours].astype(np.int8),
        "aids": aids[tours],
        "wheelchair": wheelchair[tours],
        "in_vain": luck["in vain"] < assumptions.number("in_vain_share") if listed is None else listed.in_vain,
        "boarding_s": boarding[tours],
        "alighting_s": (boarding * assumptions.number("alighting_share")).astype(np.int64)[tours],
        "pickup_permille": permille["pickup drive"],
        "dropoff_permille": permille["dropoff drive"],
    }


def _by_leg(
    draws: np.random.Generator, n: int, method: str, tours: NDArray[np.int64], leg: NDArray[np.int8]
) -> NDArray[Any]:
    """Draw for way out and way home of every tour, whether or not it has a way home."""
    return getattr(draws, method)((n, 2))[tours, leg]
