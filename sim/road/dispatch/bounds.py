"""Which vehicles can be the cheapest: a lower bound for each, so that a booking looks at a few and not at all.

One pass over the lists (`sim.road.dispatch.gaps`) from the earliest pickup to the latest drop-off gives for each vehicle

* the least way round by the origin, of all gaps in which it could be reached in time,
* the least way round by the destination, likewise, and
* the least way round by both, one after the other, in one gap.

A plan with the booking in it is longer by one of the first and one of the second together when pickup and drop-off come into two gaps,
else by one of the third: never by less than the smaller of the two numbers. Why that holds, and why no vehicle is overlooked:
docs/dispatch.md.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.road.dispatch.compiled import compiled
from sim.road.dispatch.gaps import BY, DRIVE, LEAVES, NONE, TOGETHER, UNREACHABLE, Gaps, X, Y, Z, hour_of
from sim.road.dispatch.plan import R_BOARDING, R_BY, R_DESTINATION, R_EARLIEST, R_LATEST, R_LIMIT, R_ORIGIN
from sim.road.dispatch.travel import Where

# What the pass works with: distances of the stop before to origin and destination, and the three least ways round.
TO_ORIGIN, TO_DESTINATION, BY_ORIGIN, BY_DESTINATION, BY_BOTH = range(0, 5 * TOGETHER, TOGETHER)

FARTHEST = np.float32(UNREACHABLE)
NOTHING = np.float32(0.0)
"""Added to what is written, so that it is written whether it changed or not: a write by halves cannot be read again at once."""


class Asked(NamedTuple):
    """A request as the bounds see it: places on the unit sphere, seconds of driving and of the day, all in single precision.

    Widened by ``doubt``, what that precision and the chord in place of the arc can be out by, so that a bound is never too high.
    """

    ax: np.float32
    ay: np.float32
    az: np.float32
    bx: np.float32
    by: np.float32
    bz: np.float32
    pace: np.float32
    ride: np.float32
    boarding: np.float32
    pickup_from: np.float32
    pickup_until: np.float32
    dropoff_from: np.float32
    dropoff_until: np.float32
    doubt: np.float32


@compiled
def asked_for(request: NDArray[np.int64], where: Where, direct: int) -> Asked:
    """Return a request as the bounds see it."""
    a, b = where[request[R_ORIGIN]], where[request[R_DESTINATION]]
    earliest, latest, boarding = request[R_EARLIEST], request[R_LATEST], request[R_BOARDING]
    doubt = 3.0 + 1e-6 * (a[3] + abs(earliest) + abs(latest))
    return Asked(
        np.float32(a[0]), np.float32(a[1]), np.float32(a[2]),
        np.float32(b[0]), np.float32(b[1]), np.float32(b[2]),
        np.float32(a[3]), np.float32(direct), np.float32(boarding - doubt),
        np.float32(earliest), np.float32(latest + doubt),
        np.float32(earliest + boarding + direct - doubt), np.float32(latest_dropoff(request) + doubt),
        np.float32(doubt),
    )  # fmt: skip


@compiled
def latest_dropoff(request: NDArray[np.int64]) -> int:
    """Return when the drop-off can begin at the latest."""
    return min(request[R_BY], request[R_LATEST] + request[R_BOARDING] + request[R_LIMIT])


@compiled
def bound_all(gaps: Gaps, slot: int, request: NDArray[np.int64], where: Where, direct: int) -> None:
    """Write down for each vehicle the fewest seconds of driving by which its plan can grow with the request in it."""
    asked = asked_for(request, where, direct)
    first, last = hour_of(gaps, request[R_EARLIEST]), hour_of(gaps, latest_dropoff(request))
    last_pickup = hour_of(gaps, request[R_LATEST])
    low, low_dropoff, work = gaps.low, gaps.low_dropoff, gaps.work
    for group in range(gaps.depth.shape[1]):
        bound_ends(asked, gaps.ends[slot, group], work)
        for hour in range(first, last + 1):
            rows = gaps.hours[slot, group, hour]
            measure(asked, rows[0], work)
            if hour <= last_pickup:
                bound_gaps(asked, rows, gaps.depth[slot, group, hour], work)
            else:
                bound_dropoffs(asked, rows, gaps.depth[slot, group, hour], work)
        for lane in range(TOGETHER):
            by_b = work[BY_DESTINATION + lane]
            least = min(work[BY_BOTH + lane], work[BY_ORIGIN + lane] + by_b)
            low[TOGETHER * group + lane] = whole_seconds(least - 2 * asked.doubt)
            low_dropoff[TOGETHER * group + lane] = whole_seconds(by_b - asked.doubt)


@compiled
def whole_seconds(bound: np.float32) -> np.int32:
    """Return a bound as a whole number, not above it and not beyond UNREACHABLE."""
    return np.int32(math.floor(max(-FARTHEST, min(FARTHEST, bound))))


@compiled
def bound_ends(asked: Asked, ends: NDArray[np.float32], work: NDArray[np.float32]) -> None:
    """Begin the bounds of a group of vehicles with what comes after their last stops, from where there is no way on."""
    for lane in range(TOGETHER):
        dx, dy, dz = ends[X + lane] - asked.ax, ends[Y + lane] - asked.ay, ends[Z + lane] - asked.az
        to_a = asked.pace * math.sqrt(dx * dx + dy * dy + dz * dz)
        dx, dy, dz = ends[X + lane] - asked.bx, ends[Y + lane] - asked.by, ends[Z + lane] - asked.bz
        to_b = asked.pace * math.sqrt(dx * dx + dy * dy + dz * dz)
        work[BY_ORIGIN + lane] = NONE
        work[BY_DESTINATION + lane] = to_b if ends[LEAVES + lane] + to_b <= asked.dropoff_until else NONE
        work[BY_BOTH + lane] = (
            to_a + asked.ride - ends[DRIVE + lane] if ends[LEAVES + lane] + to_a <= asked.pickup_until else NONE
        )


@compiled
def measure(asked: Asked, row: NDArray[np.float32], work: NDArray[np.float32]) -> None:
    """Write down how far the stops of a row are from origin and destination."""
    for lane in range(TOGETHER):
        dx, dy, dz = row[X + lane] - asked.ax, row[Y + lane] - asked.ay, row[Z + lane] - asked.az
        work[TO_ORIGIN + lane] = asked.pace * math.sqrt(dx * dx + dy * dy + dz * dz)
        dx, dy, dz = row[X + lane] - asked.bx, row[Y + lane] - asked.by, row[Z + lane] - asked.bz
        work[TO_DESTINATION + lane] = asked.pace * math.sqrt(dx * dx + dy * dy + dz * dz)


@compiled
def bound_gaps(asked: Asked, rows: NDArray[np.float32], depth: int, work: NDArray[np.float32]) -> None:
    """Lower the bounds of a group of vehicles by the gaps of an hour, for pickups and drop-offs."""
    for number in range(1, depth + 1):
        row = rows[number]
        for lane in range(TOGETHER):
            dx, dy, dz = row[X + lane] - asked.ax, row[Y + lane] - asked.ay, row[Z + lane] - asked.az
            on_a = asked.pace * math.sqrt(dx * dx + dy * dy + dz * dz)
            dx, dy, dz = row[X + lane] - asked.bx, row[Y + lane] - asked.by, row[Z + lane] - asked.bz
            on_b = asked.pace * math.sqrt(dx * dx + dy * dy + dz * dz)
            to_a, to_b, drive = work[TO_ORIGIN + lane], work[TO_DESTINATION + lane], row[DRIVE + lane]
            there_a, there_b = row[LEAVES + lane] + to_a, row[LEAVES + lane] + to_b
            picked, dropped = max(asked.pickup_from, there_a) + asked.boarding, max(asked.dropoff_from, there_b)
            a_in_time = (there_a <= asked.pickup_until) & (picked + on_a <= row[BY + lane])
            b_in_time = (there_b <= asked.dropoff_until) & (dropped + on_b <= row[BY + lane])
            both_in_time = (there_a <= asked.pickup_until) & (picked + asked.ride + on_b <= row[BY + lane])
            around_a = to_a + on_a - drive if a_in_time else NONE
            around_b = to_b + on_b - drive if b_in_time else NONE
            around_both = to_a + asked.ride + on_b - drive if both_in_time else NONE
            work[BY_ORIGIN + lane] = min(work[BY_ORIGIN + lane], around_a) + NOTHING
            work[BY_DESTINATION + lane] = min(work[BY_DESTINATION + lane], around_b) + NOTHING
            work[BY_BOTH + lane] = min(work[BY_BOTH + lane], around_both) + NOTHING
            work[TO_ORIGIN + lane], work[TO_DESTINATION + lane] = on_a, on_b


@compiled
def bound_dropoffs(asked: Asked, rows: NDArray[np.float32], depth: int, work: NDArray[np.float32]) -> None:
    """Lower the bounds of a group of vehicles by the gaps of an hour that no pickup can be in any more."""
    for number in range(1, depth + 1):
        row = rows[number]
        for lane in range(TOGETHER):
            dx, dy, dz = row[X + lane] - asked.bx, row[Y + lane] - asked.by, row[Z + lane] - asked.bz
            on_b = asked.pace * math.sqrt(dx * dx + dy * dy + dz * dz)
            there_b = row[LEAVES + lane] + work[TO_DESTINATION + lane]
            around_b = work[TO_DESTINATION + lane] + on_b - row[DRIVE + lane]
            in_time = (there_b <= asked.dropoff_until) & (max(asked.dropoff_from, there_b) + on_b <= row[BY + lane])
            work[BY_DESTINATION + lane] = min(work[BY_DESTINATION + lane], around_b if in_time else NONE) + NOTHING
            work[TO_DESTINATION + lane] = on_b


@compiled
def lowest(gaps: Gaps) -> int:
    """Return the first of the vehicles with the lowest bound."""
    low = gaps.low
    least = low[0]
    for vehicle in range(len(low)):
        least = min(least, low[vehicle])
    vehicle = 0
    while low[vehicle] != least:
        vehicle += 1
    return vehicle
