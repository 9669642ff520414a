"""A compiled floor: the common workload's trips drawn, inserted, priced and written, and nothing else.

No clock, no events, no lateness, no accounts: what a year of bookings costs when a loop of machine code does the least that can
be called a simulation. Every day's requests go, in the order of booking, to the vehicle and the places in its plan where they add
least driving; all that was promised is kept.
"""

from pathlib import Path

import numba
import numpy as np
from numpy.typing import NDArray

from benchmarks.workloads import CLOSES_S, FACTOR, HOURS, KMH, MEDIAN_KM, OPENS_S, SEATS, SPREAD, TOWN_SPREAD_KM, TOWNS
from benchmarks.workloads import HEIGHT_KM as HEIGHT
from benchmarks.workloads import WIDTH_KM as WIDTH
from benchmarks.workloads import WINDOW_S as WINDOW

compiled = numba.njit(cache=True, nogil=True)
TOWN_KM = np.array([town[:2] for town in TOWNS])
TOWN_EDGES = np.cumsum([town[2] for town in TOWNS])
HOUR_EDGES = np.cumsum(HOURS) / HOURS.sum()
STOPS = 128
SECONDS_PER_KM = FACTOR / KMH * 3600
BASE_OERE, KM_OERE, HOUR_OERE = 3_600, 600, 35_800
SERVED, DAY, VEHICLE, PICKUP_S, DROPOFF_S, DISTANCE_M, FARE, PAYMENT = range(8)
COLUMNS = ("served", "service_day", "vehicle", "pickup_s", "dropoff_s", "distance_m", "fare_oere", "payment_oere")


@compiled
def place(rng: np.random.Generator) -> tuple[float, float]:
    """Draw a place: in one of the towns, or anywhere."""
    u = rng.random()
    for number in range(len(TOWN_EDGES)):
        if u < TOWN_EDGES[number]:
            x = TOWN_KM[number, 0] + TOWN_SPREAD_KM * rng.standard_normal()
            y = TOWN_KM[number, 1] + TOWN_SPREAD_KM * rng.standard_normal()
            return min(max(x, 0.0), WIDTH), min(max(y, 0.0), HEIGHT)
    return rng.random() * WIDTH, rng.random() * HEIGHT


@compiled
def drive_s(a: NDArray[np.float64], b: NDArray[np.float64]) -> int:
    """Return whole seconds of driving between two places."""
    return int(np.ceil(np.sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) * SECONDS_PER_KM))


@compiled
def draw_day(rng: np.random.Generator, ends: NDArray[np.float64], times: NDArray[np.int64]) -> None:
    """Fill one day's ends (requests, 2, 2) in km and times (requests, 3): earliest and latest pickup, latest drop-off; by booking."""
    n = len(times)
    booked = np.empty(n)
    for row in range(n):
        ends[row, 0, 0], ends[row, 0, 1] = place(rng)
        length = MEDIAN_KM / FACTOR * np.exp(SPREAD * rng.standard_normal())
        for _ in range(20):  # the other end that far away, inside the area
            turn = 2 * np.pi * rng.random()
            x, y = ends[row, 0, 0] + length * np.cos(turn), ends[row, 0, 1] + length * np.sin(turn)
            if 0.0 <= x <= WIDTH and 0.0 <= y <= HEIGHT:
                break
        ends[row, 1, 0], ends[row, 1, 1] = min(max(x, 0.0), WIDTH), min(max(y, 0.0), HEIGHT)
        hour = int(np.searchsorted(HOUR_EDGES, rng.random(), side="right"))
        wished = OPENS_S + WINDOW + hour * 3600 + int(3600 * rng.random())
        wished = min(wished, CLOSES_S - 2 * WINDOW)
        direct = drive_s(ends[row, 0], ends[row, 1])
        times[row, 0], times[row, 1] = wished - WINDOW, wished + WINDOW
        times[row, 2] = wished + WINDOW + int(1.5 * direct) + 600
        booked[row] = wished - 7_200 - 36_000 * np.exp(rng.standard_normal())
    order = np.argsort(booked)
    ends[:], times[:] = ends[order], times[order]


@compiled
def find(
    at: NDArray[np.float64],
    window: NDArray[np.int64],
    begin: NDArray[np.int64],
    latest: NDArray[np.int64],
    load: NDArray[np.int64],
    count: int,
    ends: NDArray[np.float64],
    times: NDArray[np.int64],
    least: int,
) -> tuple[int, int, int]:
    """Return the seconds a booking adds to one plan and the positions of its stops; (least, -1, -1) when not fewer than least.

    Position 0 is the vehicle's base. ``begin`` is when each stop begins, ``latest`` the latest it may so that the rest holds.
    """
    first, last = -1, -1
    direct = drive_s(ends[0], ends[1])
    for i in range(1, count + 1):
        if i < count and latest[i] < times[0]:
            continue
        there = drive_s(at[i - 1], ends[0])
        pickup = max(begin[i - 1] + there, times[0])
        if pickup > times[1]:
            break
        if load[i - 1] >= SEATS:
            continue
        arrive = pickup + direct
        onward = drive_s(ends[1], at[i]) if i < count else 0
        if arrive <= times[2] and (i == count or arrive + onward <= latest[i]):
            added = there + direct + (onward - drive_s(at[i - 1], at[i]) if i < count else 0)
            if added < least:
                least, first, last = added, i, i
        if i == count:
            break
        out = drive_s(ends[0], at[i])
        time, added = pickup + out, there + out - drive_s(at[i - 1], at[i])
        for j in range(i, count):
            time = max(time, window[j, 0])
            if time > latest[j] or load[j - 1] >= SEATS or added >= least:
                break
            off = drive_s(at[j], ends[1])
            if time + off > times[2]:
                break
            onward = drive_s(ends[1], at[j + 1]) if j + 1 < count else 0
            if j + 1 == count or time + off + onward <= latest[j + 1]:
                more = added + off + (onward - drive_s(at[j], at[j + 1]) if j + 1 < count else 0)
                if more < least and load[j] < SEATS:
                    least, first, last = more, i, j + 1
            if j + 1 < count:
                time += drive_s(at[j], at[j + 1])
    return least, first, last


@compiled
def year(rng: np.random.Generator, a_day: int, vehicles: int, days: int) -> NDArray[np.int64]:
    """Return the trips of a year, int64 (requests, COLUMNS); 0 in ``served`` for those no vehicle could take."""
    trips = np.zeros((a_day * days, len(COLUMNS)), dtype=np.int64)
    base = np.empty((vehicles, 2))
    for vehicle in range(vehicles):
        base[vehicle, 0], base[vehicle, 1] = place(rng)
    ends, times = np.empty((a_day, 2, 2)), np.empty((a_day, 3), dtype=np.int64)
    at = np.empty((vehicles, STOPS, 2))
    window, begin = np.zeros((vehicles, STOPS, 2), dtype=np.int64), np.zeros((vehicles, STOPS), dtype=np.int64)
    latest, load = np.zeros((vehicles, STOPS), dtype=np.int64), np.zeros((vehicles, STOPS), dtype=np.int64)
    whose = np.zeros((vehicles, STOPS), dtype=np.int64)
    count = np.empty(vehicles, dtype=np.int64)
    for day in range(days):
        draw_day(rng, ends, times)
        count[:] = 1
        at[:, 0] = base
        begin[:, 0] = OPENS_S
        for row in range(a_day):
            least, who, first, last = 1 << 40, -1, 0, 0
            for vehicle in range(vehicles):
                if count[vehicle] + 2 > STOPS:
                    continue
                added, i, j = find(
                    at[vehicle], window[vehicle], begin[vehicle], latest[vehicle], load[vehicle], count[vehicle],
                    ends[row], times[row], least,
                )  # fmt: skip
                if i > 0 and added < least:
                    least, who, first, last = added, vehicle, i, j
            trip = trips[day * a_day + row]
            trip[DAY] = day
            trip[DISTANCE_M] = int(drive_s(ends[row, 0], ends[row, 1]) * KMH / 3.6)
            if who < 0:
                continue
            trip[SERVED], trip[VEHICLE] = 1, who
            _put(at[who], window[who], load[who], whose[who], count[who], first, last, ends[row], times[row], row)
            count[who] += 2
            _time(at[who], window[who], begin[who], latest[who], count[who])
        for vehicle in range(vehicles):
            for k in range(1, count[vehicle]):
                row = whose[vehicle, k]
                field = DROPOFF_S if row < 0 else PICKUP_S
                trips[day * a_day + (-row - 1 if row < 0 else row), field] = begin[vehicle, k]
    for row in range(len(trips)):
        if trips[row, SERVED]:
            km = -(-trips[row, DISTANCE_M] // 1000)
            trips[row, FARE] = BASE_OERE + KM_OERE * max(0, km - 10)
            trips[row, PAYMENT] = (trips[row, DROPOFF_S] - trips[row, PICKUP_S]) * HOUR_OERE // 3600
    return trips


@compiled
def _put(
    at: NDArray[np.float64],
    window: NDArray[np.int64],
    load: NDArray[np.int64],
    whose: NDArray[np.int64],
    count: int,
    first: int,
    last: int,
    ends: NDArray[np.float64],
    times: NDArray[np.int64],
    row: int,
) -> None:
    """Put a booking's stops before positions ``first`` and ``last``; ``whose`` is its row, the drop-off's counted from -1 down."""
    for k in range(count - 1, first - 1, -1):
        to = k + 2 if k >= last else k + 1
        at[to], window[to], load[to], whose[to] = at[k], window[k], load[k], whose[k]
    at[first], window[first, 0], window[first, 1], whose[first] = ends[0], times[0], times[1], row
    at[last + 1], window[last + 1, 0], window[last + 1, 1], whose[last + 1] = ends[1], 0, times[2], -row - 1
    load[0] = 0
    for k in range(first, count + 2):
        load[k] = load[k - 1] + (1 if whose[k] >= 0 else -1)


@compiled
def _time(
    at: NDArray[np.float64], window: NDArray[np.int64], begin: NDArray[np.int64], latest: NDArray[np.int64], count: int
) -> None:
    for k in range(1, count):
        begin[k] = max(begin[k - 1] + drive_s(at[k - 1], at[k]), window[k, 0])
    latest[count - 1] = window[count - 1, 1]
    for k in range(count - 2, 0, -1):
        latest[k] = min(window[k, 1], latest[k + 1] - drive_s(at[k], at[k + 1]))


def run_floor(seed: int, a_day: int, vehicles: int, days: int, file: Path) -> NDArray[np.int64]:
    """Draw, insert, price and write a municipality's year; return the trips."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    trips: NDArray[np.int64] = year(np.random.default_rng(seed), a_day, vehicles, days)
    columns = {name: trips[:, number].astype(np.int32) for number, name in enumerate(COLUMNS)}
    columns = {"request_id": np.arange(len(trips), dtype=np.int32)} | columns
    pq.write_table(pa.table(columns), file, compression="zstd", use_dictionary=False)
    return trips
