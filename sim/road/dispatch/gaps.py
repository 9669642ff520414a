"""The gaps of the vehicles' plans by the half hour, from which `sim.road.dispatch.bounds` tells which vehicles can be the cheapest.

A gap is what lies between two stops that follow on each other in a vehicle's plan: the place and the time at which it leaves the one,
the place of the other and the latest second at which that must begin, and the drive between them. A gap is listed in every half hour
that it reaches into. In a list the vehicles lie side by side, so that compiled code handles eight or sixteen at a time.

The bounds need driving times that no way round another place makes shorter, vehicles that stay where they are between trips, and a
plan that costs its driving alone. Where one of them does not hold there are no lists, and every vehicle is looked at.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.road.dispatch.compiled import compiled
from sim.road.dispatch.plan import (
    ARRIVE,
    C_WAIT,
    COUNT,
    FAR,
    FREE_AT,
    GARANTIVOGN,
    OFF,
    PLACE,
    RIDE,
    SERVICE,
    SLACK,
    STATE,
    V_BASE,
    V_CONTRACT,
    VEHICLE_AT,
)
from sim.road.dispatch.travel import Where

SPAN_S = 1800
"""How long a list's hour is."""
DEEPEST = 32
"""Gaps that a list holds of one vehicle; one that has more in an hour is always looked at."""
MOST_NUMBERS = 1 << 24
"""Numbers in all lists together, four bytes each; where that is not enough, every vehicle is looked at."""
TOGETHER = 16
"""Vehicles that compiled code handles at a time; the last group is filled up with none."""

# Fields of a gap: where its later stop is, on the unit sphere; the drive to there; when the vehicle leaves the earlier one; by when
# the later one must begin. The row before a list's first gap holds where the earlier stop of that is, and no more.
X, Y, Z, DRIVE, LEAVES, BY = range(0, 6 * TOGETHER, TOGETHER)
ROW = 6 * TOGETHER
NONE = np.float32(1e12)
"""A time that never comes, and a way round that cannot be."""
ANY = np.float32(-1e15)
"""When the gap begins of which nothing need be known: its vehicle must be looked at."""
UNREACHABLE = 1_000_000_000
"""The bound of a vehicle that cannot be there in time, or need not be looked at again."""


class Gaps(NamedTuple):
    """The lists of all service days in view, and room to work in.

    Attributes
    ----------
    hours : float32 (slots, groups, hours, 1 + DEEPEST, ROW), vehicles in groups of TOGETHER
    depth : int64 (slots, groups, hours), the most gaps that any vehicle of the group has had in a list
    ends : float32 (slots, groups, ROW)
    work : float32 (5 * TOGETHER), room for `sim.road.dispatch.bounds` to work in
    low : int32 (groups * TOGETHER), seconds: the last request's bounds; none where there are no lists
    low_dropoff : int32 (groups * TOGETHER), seconds: likewise, for the way round by the destination
    """

    hours: NDArray[np.float32]
    depth: NDArray[np.int64]
    ends: NDArray[np.float32]
    work: NDArray[np.float32]
    low: NDArray[np.int32]
    low_dropoff: NDArray[np.int32]


def empty_gaps(
    vehicles: NDArray[np.int64],
    where: Where,
    rates: NDArray[np.int64],
    *,
    latest_s: int,
    slots: int,
    every_vehicle: bool,
) -> Gaps:
    """Return lists for so many days in view on which nothing is listed; none where the bound does not hold.

    ``latest_s`` is the latest pickup of any request; ``every_vehicle`` asks for no lists.
    """
    hours, groups = max(1, latest_s // SPAN_S + 1), -(-len(vehicles) // TOGETHER)
    fits = slots * groups * hours * (1 + DEEPEST) * ROW <= MOST_NUMBERS
    only_driving = bool((vehicles[:, V_CONTRACT] == GARANTIVOGN).all() and (rates[..., GARANTIVOGN, C_WAIT] == 0).all())
    if every_vehicle or not (fits and only_driving and where.dtype == np.float64):
        slots, groups, hours = 1, 0, 1
    return Gaps(
        np.zeros((slots, groups, hours, 1 + DEEPEST, ROW), dtype=np.float32),
        np.zeros((slots, groups, hours), dtype=np.int64),
        np.zeros((slots, groups, ROW), dtype=np.float32),
        np.zeros(5 * TOGETHER, dtype=np.float32),
        np.zeros(groups * TOGETHER, dtype=np.int32),
        np.zeros(groups * TOGETHER, dtype=np.int32),
    )


def open_gaps(gaps: Gaps, slot: int, beginning: NDArray[np.int64], where: Where) -> None:
    """Clear the lists of a new day, which begins as `day_before_it_begins` says: no gaps, every vehicle at its base."""
    if len(gaps.low):
        gaps.depth[slot] = 0
        ends, fleet = np.zeros((ROW // TOGETHER, len(gaps.low)), dtype=np.float32), beginning[:-1]
        ends[LEAVES // TOGETHER] = NONE
        ends[LEAVES // TOGETHER, : len(fleet)] = np.where(fleet[:, STATE] == OFF, NONE, fleet[:, FREE_AT])
        ends[:3, : len(fleet)] = where[fleet[:, VEHICLE_AT + V_BASE], :3].T
        gaps.ends[slot] = ends.reshape(-1, len(gaps.ends[slot]), TOGETHER).swapaxes(0, 1).reshape(-1, ROW)


@compiled
def hour_of(gaps: Gaps, time_s: int) -> int:
    """Return the hour whose list a time belongs to; what is before the first or after the last belongs to that."""
    return min(max(time_s, 0) // SPAN_S, gaps.depth.shape[2] - 1)


@compiled
def latest_begin(stops: NDArray[np.int64], k: int) -> int:
    """Return the latest second at which the stop at position ``k`` may begin."""
    return stops[k, ARRIVE] + max(0, stops[k, SLACK])


@compiled
def leaving_before(stops: NDArray[np.int64], status: NDArray[np.int64], k: int) -> int:
    """Return when the vehicle is ready to leave for the stop at position ``k``."""
    return stops[k - 1, ARRIVE] + stops[k - 1, SERVICE] if k else status[FREE_AT]


@compiled
def place_before(stops: NDArray[np.int64], status: NDArray[np.int64], k: int) -> int:
    """Return where the vehicle leaves from for the stop at position ``k``."""
    return stops[k - 1, PLACE] if k else status[VEHICLE_AT + V_BASE]


@compiled
def list_gaps(
    gaps: Gaps,
    slot: int,
    stops: NDArray[np.int64],
    status: NDArray[np.int64],
    vehicle: int,
    first: int,
    last: int,
    where: Where,
) -> None:
    """List a vehicle's gaps again in all hours that those before the stops from ``first`` to ``last`` reach into.

    With ``last`` beyond the plan's end that is every hour after the beginning of the first.
    """
    if not len(gaps.low):
        return
    count, hours = status[COUNT], gaps.depth.shape[2]
    group, lane = vehicle // TOGETHER, vehicle % TOGETHER
    put_place(gaps.ends[slot, group], lane, where, place_before(stops, status, count))
    if gaps.ends[slot, group, DRIVE + lane] == 0:
        gaps.ends[slot, group, LEAVES + lane] = leaving_before(stops, status, count)
    hour = hour_of(gaps, leaving_before(stops, status, first))
    until = hour_of(gaps, latest_begin(stops, last)) if last < count else hours - 1
    k = first
    while k > 0 and (hour == 0 or latest_begin(stops, k - 1) >= hour * SPAN_S):
        k -= 1
    for now in range(hour, until + 1):
        while now > 0 and k < count and latest_begin(stops, k) < now * SPAN_S:
            k += 1
        rows, before = gaps.hours[slot, group, now], gaps.depth[slot, group, now]
        many = gaps_until(stops, status, k, (now + 1) * SPAN_S if now < hours - 1 else FAR)
        depth = min(many, DEEPEST)
        for row in range(before + 1, depth + 1):
            for other in range(TOGETHER):
                rows[row, LEAVES + other] = NONE
        for row in range(depth + 1, before + 1):
            rows[row, LEAVES + lane] = NONE
        list_hour(rows, lane, stops, status, k, depth, where)
        if many > DEEPEST:
            # Not all are listed: a gap that is always in time and next to everything stands for them.
            rows[1, DRIVE + lane], rows[1, LEAVES + lane], rows[1, BY + lane] = -ANY, ANY, -ANY
        gaps.depth[slot, group, now] = max(before, depth)


@compiled
def gaps_until(stops: NDArray[np.int64], status: NDArray[np.int64], first: int, until: int) -> int:
    """Return how many gaps from the one before the stop at ``first`` on begin before ``until``."""
    k = first
    while k < status[COUNT] and leaving_before(stops, status, k) < until:
        k += 1
    return k - first


@compiled
def look_always(gaps: Gaps, slot: int, vehicle: int) -> None:
    """See to it that a vehicle is looked at for every booking of the day from now on.

    For one whose pickups may be planned later than they could be, because it was late or somebody was not there: an insertion can
    make them sooner, and its lists would not hold.
    """
    if len(gaps.low):
        ends, lane = gaps.ends[slot, vehicle // TOGETHER], vehicle % TOGETHER
        ends[LEAVES + lane], ends[DRIVE + lane] = ANY, -ANY


@compiled
def list_hour(
    rows: NDArray[np.float32],
    lane: int,
    stops: NDArray[np.int64],
    status: NDArray[np.int64],
    first: int,
    depth: int,
    where: Where,
) -> None:
    """List so many gaps from the one before the stop at ``first`` on."""
    put_place(rows[0], lane, where, place_before(stops, status, first))
    for k in range(first, first + depth):
        row = rows[1 + k - first]
        put_place(row, lane, where, stops[k, PLACE])
        row[DRIVE + lane], row[LEAVES + lane] = stops[k, RIDE], leaving_before(stops, status, k)
        row[BY + lane] = latest_begin(stops, k)


@compiled
def put_place(row: NDArray[np.float32], lane: int, where: Where, place: int) -> None:
    """Write down where a place is."""
    row[X + lane], row[Y + lane], row[Z + lane] = where[place, 0], where[place, 1], where[place, 2]
