"""Queues with known answers, and a day driven by hand, through the planner and the clock that drive every year.

One place without distances makes a vehicle a server and boarding the service. What may not wait is lost when all vehicles are
busy (Erlang B), what meets more vehicles than it ever needs gives a Poisson number of busy ones (M/M/infinity), and one vehicle is
a line of one server (M/M/1, Erlang C with c = 1). With more vehicles the planner looks for the cheapest plan, not for whoever is free
first, so Erlang C for several servers is held against a waiting line on the same clock (`sim.road.kernel.queue`).
"""

import math
import tomllib
from collections.abc import Sequence
from importlib.resources import files
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.evidence.validation.group import Found, Group, Unit
from sim.evidence.validation.profile import Profile
from sim.evidence.validation.target import CLOSED_FORM, STANDARD_ERRORS, Simulated, Target, identity
from sim.road.dispatch.plan import CONTRACTS, NO_END, V_SEATS, V_UNTIL, V_WEEKEND, VEHICLE_FIELDS
from sim.road.dispatch.travel import Travel
from sim.road.kernel import EventLog, Kind, Workload, simulate
from sim.road.kernel.queue import waits

DAY_S: Final = 86_400
SERVICE_S: Final = 300.0
"""Mean service. Arrivals are cut down and services rounded up to whole seconds; the two half seconds cancel."""
NO_LIMIT: Final = 10 * DAY_S
ABUNDANT: Final = 40
BUSY_MEAN, BUSY_UNTIL_S, WARM_S, APART_S = 5.0, 14_400, 3_600, 2_400
"""M/M/infinity and Erlang B: offered load, length of a day, warm-up, and time between counts (8 mean services)."""
LINE_LOAD, LINE_WARM_S = 0.5, 28_800
LINE_STOPS: Final = 1_024
SERVERS, SERVER_LOAD, CUSTOMERS = 3, 0.7, 2_000


def erlang_b(servers: int, load: float) -> float:
    """Return the share lost with so many servers at an offered load.

    >>> round(erlang_b(5, 5.0), 4)
    0.2849
    """
    lost = 1.0
    for n in range(1, servers + 1):
        lost = load * lost / (n + load * lost)
    return lost


def erlang_c_wait(servers: int, load: float, service: float) -> float:
    """Return the mean wait with so many servers at an offered load, in the unit of ``service``.

    >>> erlang_c_wait(1, 0.5, 300.0)
    300.0
    """
    lost = erlang_b(servers, load)
    waits_at_all = lost / (1 - load / servers * (1 - lost))
    return waits_at_all * service / (servers - load)


Ratio = tuple[float, float]
"""A mean and its standard error."""


def fleet(count: int, seats: int) -> NDArray[np.int64]:
    """Return alike vehicles that are always there."""
    vehicles = np.zeros((count, VEHICLE_FIELDS), dtype=np.int64)
    vehicles[:, V_SEATS], vehicles[:, V_UNTIL], vehicles[:, V_WEEKEND] = seats, NO_END, 1
    return vehicles


def poisson_days(load: float, until_s: int, days: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Return Poisson arrivals of some days, int64 (arrivals, 3): day, second of the day, service time."""
    rows = []
    for day in range(days):
        count = rng.poisson(load * until_s / SERVICE_S)
        at = np.sort(rng.integers(until_s, size=count))
        rows.append(
            np.stack([np.full(count, day), at, np.ceil(rng.exponential(SERVICE_S, count)).astype(np.int64)], axis=1)
        )
    return np.concatenate(rows).astype(np.int64)


def served(arrivals: NDArray[np.int64], vehicles: int, patience_s: int, max_stops: int = 128) -> EventLog:
    """Let the planner and the clock serve arrivals at one place, each asking for a vehicle the second it comes."""
    day, at, service = arrivals.T
    nothing = np.zeros(len(day), dtype=np.int64)
    planner = np.stack(
        [nothing, nothing, at, at + patience_s, service, nothing, nothing + NO_LIMIT, nothing + 1, nothing], axis=1
    )  # fmt: skip
    work = Workload(
        asked_at_s=day * DAY_S + at,
        service_day=day,
        decision=np.full(len(day), Kind.BOOKED, dtype=np.int8),
        outbound=nothing - 1,
        planner=planner,
        pickup_drive_permille=nothing + 1000,
        dropoff_drive_permille=nothing + 1000,
        boarding_s=service,
        alighting_s=nothing,
        in_vain=nothing > 0,
        in_vain_wait_s=0,
    )
    rates = np.zeros((int(day.max()) + 1, CONTRACTS, 3), dtype=np.int64)
    return simulate(
        work,
        vehicles=fleet(vehicles, 1),
        travel=Travel.by_table(np.zeros((1, 1), np.int32)),
        rates=rates,
        max_stops=max_stops,
    )


def started(log: EventLog, requests: int) -> NDArray[np.int64]:
    """Return when each request's service began, seconds from the start; -1 for one that was lost."""
    events = log.columns()
    picked = events[events[:, 1] == Kind.PICKED_UP]
    begin = np.full(requests, -1, dtype=np.int64)
    begin[picked[:, 2]] = picked[:, 0] - picked[:, 4]
    return begin


def busy_counts(days: int, seed: int) -> NDArray[np.int64]:
    """Return the number of busy vehicles at evenly spaced times, there being more than are ever needed."""
    arrivals = poisson_days(BUSY_MEAN, BUSY_UNTIL_S, days, np.random.default_rng([seed, 5]))
    begin = started(served(arrivals, ABUNDANT, 0), len(arrivals))
    if (begin < 0).any():
        raise AssertionError("an abundant fleet turned somebody away")
    end = begin + arrivals[:, 2]
    times = np.arange(WARM_S, BUSY_UNTIL_S, APART_S)
    instants = (np.arange(days)[:, None] * DAY_S + times[None, :]).ravel()
    return np.searchsorted(np.sort(begin), instants, "right") - np.searchsorted(np.sort(end), instants, "right")


def lost_shares(days: int, seed: int) -> Ratio:
    """Return the share of the arrivals, warm-up left out, that five vehicles without a line turn away."""
    arrivals = poisson_days(BUSY_MEAN, BUSY_UNTIL_S, days, np.random.default_rng([seed, 6]))
    begin = started(served(arrivals, int(BUSY_MEAN), 0), len(arrivals))
    return over_days(arrivals, (begin < 0).astype(np.float64), WARM_S, days)


def line_waits(days: int, seed: int) -> Ratio:
    """Return the mean wait for the only vehicle, warm-up left out, seconds."""
    arrivals = poisson_days(LINE_LOAD, DAY_S, days, np.random.default_rng([seed, 7]))
    waited = started(served(arrivals, 1, NO_LIMIT, LINE_STOPS), len(arrivals)) - arrivals[:, 0] * DAY_S - arrivals[:, 1]
    return over_days(arrivals, waited.astype(np.float64), LINE_WARM_S, days)


def over_days(arrivals: NDArray[np.int64], value: NDArray[np.float64], warm_s: int, days: int) -> Ratio:
    """Return the mean over arrivals with its standard error over days.

    Sums are divided, not days averaged: a busy day has more arrivals and worse ones, which an average of days would hide.
    """
    warm = arrivals[:, 1] >= warm_s
    total = np.bincount(arrivals[warm, 0], weights=value[warm], minlength=days)
    count = np.bincount(arrivals[warm, 0], minlength=days)
    mean = float(total.sum() / count.sum())
    return mean, math.sqrt(float(((total - mean * count) ** 2).sum())) / float(count.sum())


def server_waits(lines: int, seed: int) -> Ratio:
    """Return the mean wait for one of three servers, in mean services; the first tenth of each line is warm-up."""
    means = []
    for day in range(lines):
        rng = np.random.default_rng([seed, 8, day])
        arrives = np.cumsum(rng.exponential(1 / (SERVERS * SERVER_LOAD), CUSTOMERS))
        means.append(waits(arrives, rng.exponential(1.0, CUSTOMERS), SERVERS)[CUSTOMERS // 10 :].mean())
    return float(np.mean(means)), float(np.std(means, ddof=1)) / math.sqrt(lines)


def hand_traced() -> int:
    """Return in how many numbers the simulated day differs from the one driven by hand."""
    day = tomllib.loads((files("data") / "hand_traced_day.toml").read_text(encoding="utf-8"))
    expected = [
        [d * DAY_S + _seconds(t), int(Kind[kind]), row, -1 if kind == "NO_VEHICLE" else 0, s]
        for d, t, kind, row, s in day["events"]["rows"]
    ]  # fmt: skip
    found = _driven(day).columns().tolist()
    if len(found) != len(expected):
        return abs(len(found) - len(expected)) * len(expected[0])
    return sum(a != b for ours, theirs in zip(found, expected, strict=True) for a, b in zip(ours, theirs, strict=True))


def _driven(day: dict[str, Any]) -> EventLog:
    drive = np.array(day["drive_s"], dtype=np.int32)
    requests, number = day["requests"], {name: place for place, name in enumerate(day["places"])}
    origin, destination = (np.array([number[r[end]] for r in requests]) for end in ("from", "to"))
    wished = np.array([_seconds(r["wished"]) for r in requests])
    nothing = np.zeros(len(requests), dtype=np.int64)
    window, boarding, alighting = day["window_s"], nothing + day["boarding_s"], nothing + day["alighting_s"]
    longest = drive[origin, destination] + day["extra_ride_s"]
    passengers = np.array([r["passengers"] for r in requests])
    planner = np.stack(
        [origin, destination, wished - window, wished + window, boarding, alighting, longest, passengers, nothing], axis=1
    ).astype(np.int64)  # fmt: skip
    work = Workload(
        asked_at_s=np.array([_seconds(r["asked"]) for r in requests]),
        service_day=nothing + 1,
        decision=np.full(len(requests), Kind.BOOKED, dtype=np.int8),
        outbound=nothing - 1,
        planner=planner,
        pickup_drive_permille=nothing + 1000,
        dropoff_drive_permille=nothing + 1000,
        boarding_s=boarding,
        alighting_s=alighting,
        in_vain=np.array([r["in_vain"] for r in requests]),
        in_vain_wait_s=day["in_vain_wait_s"],
    )
    rates = np.tile(np.array([day["start"], day["driving"], day["waiting"]], dtype=np.int64), (2, CONTRACTS, 1))
    return simulate(work, vehicles=fleet(1, 4), travel=Travel.by_table(drive), rates=rates)


def _seconds(clock: str) -> int:
    hours, minutes, seconds = (int(part) for part in clock.split(":"))
    return 3600 * hours + 60 * minutes + seconds


def _units(profile: Profile, seed: int) -> Sequence[Unit]:
    days = profile.queue_days
    sizes = ((busy_counts, days), (lost_shares, days), (line_waits, days), (server_waits, days // 5))
    return [Unit(hand_traced, ()), *(Unit(work, (size, seed)) for work, size in sizes)]


def _found(profile: Profile, results: Sequence[Any]) -> Found:
    different, busy, lost, line, servers = results
    days = f"{profile.queue_days} dage"
    return Found([
        identity("hand_traced_day", "En dag kørt i hånden (data/hand_traced_day.toml) kører modellen ens, hændelse for hændelse",
                 different, "Antal tal, der er anderledes."),
        _within("busy_mean", "M/M/∞ i planlægger og ur: optagne vogne i gennemsnit", BUSY_MEAN,
                math.sqrt(BUSY_MEAN / len(busy)), Simulated(float(busy.mean())), "vogne", f"{len(busy)} tællinger."),
        _within("busy_dispersion", "M/M/∞ i planlægger og ur: optagne vogne er Poisson, varians over middel 1", 1.0,
                math.sqrt(2 / (len(busy) - 1)), Simulated(float(np.var(busy, ddof=1) / busy.mean())), "", f"{len(busy)} tællinger."),
        _within("erlang_b", "5 vogne uden ventetid i planlægger og ur: andelen, der afvises, er Erlang B", erlang_b(5, BUSY_MEAN),
                lost[1], Simulated(lost[0]), "", f"{days}."),
        _within("one_server", "Én vogn i planlægger og ur: middelventetid efter Erlang C (M/M/1)",
                erlang_c_wait(1, LINE_LOAD, SERVICE_S), line[1], Simulated(line[0]), "s", f"{days}."),
        _within("three_servers", "3 betjenere på samme ur: middelventetid efter Erlang C (M/M/3)",
                erlang_c_wait(SERVERS, SERVERS * SERVER_LOAD, 1.0), servers[1], Simulated(servers[0]), "betjeninger",
                f"{profile.queue_days // 5} køer af {CUSTOMERS} kunder."),
    ])  # fmt: skip


def _within(name: str, words: str, exact: float, error: float, simulated: Simulated, unit: str, remark: str) -> Target:
    room = STANDARD_ERRORS * error
    return Target(
        f"queue_{name}", "verification", words, CLOSED_FORM, exact - room, exact + room, simulated, unit,
        f"{remark} Lukket form: {exact:.4g}; grænserne er ± 3 standardfejl.",
    )  # fmt: skip


GROUP = Group("queues", "Køer med kendt svar, og en dag kørt i hånden", _units, _found)
