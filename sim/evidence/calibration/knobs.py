"""Detour and chaining, fitted to how many trips are shared and coordinated, and the price of an hour that goes with them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.evidence.calibration.mix import Member, Mix, Run, Setting, together
from sim.evidence.calibration.town import DECIMALS as TOWN_DECIMALS
from sim.evidence.calibration.town import TOWN_FACTOR, town_trip_factor
from sim.inputs.assumptions import load_assumptions
from sim.inputs.facts import load_facts

RATE, CHAINING, DETOUR_MIN, DETOUR_SHARE = (
    "operator_driving_kr_per_hour",
    "pool_chaining_kr",
    "detour_min",
    "detour_share",
)
MINUTES_A_SHARE = 30.0
"""The detour is one number: so many minutes always, and the same over 30 of the direct driving time."""
START = {RATE: 360.0, CHAINING: 90.0, DETOUR_MIN: 15.0}
"""Where the search begins; fixed, so that the same facts give the same fit."""
STEPS = {DETOUR_MIN: 3.0, CHAINING: 25.0}
DECIMALS = {RATE: 1, CHAINING: 0, DETOUR_MIN: 1, TOWN_FACTOR: TOWN_DECIMALS}
NEAR_PERCENT = 0.4
"""Shares within this many points of what was counted are as near as the sample can tell."""
NEAR_KR = 0.5
MOST_TRIES = 6
COARSE, FINE = 11, 5
"""Every so many days: for the search, and for the price of an hour."""


@dataclass(frozen=True)
class Knobs:
    """The fitted values by assumption id, the mix they give on the fine sample, and whether a bound stopped the search."""

    values: dict[str, float]
    mix: Mix
    at_bounds: tuple[str, ...]
    simulations: int


def fit_knobs(run: Run, members: Sequence[Member], kommunetakst_share: float) -> Knobs:
    """Fit detour and chaining to the counted shares, then the hour to the net cost, and so again until nothing moves."""
    facts = load_facts()
    target = np.array([facts["shared_2016"].low, facts["coordinated_2016"].low])
    net = facts["net_per_passenger_2017"].low
    simulations = 0

    def mix_at(values: Mapping[str, float], every: int) -> Mix:
        nonlocal simulations
        simulations += len(members)
        setting = Setting(every, overrides(values))
        return together(run([(member, setting) for member in members]), kommunetakst_share)

    values = {**START, TOWN_FACTOR: town_trip_factor({})}
    slope: NDArray[np.float64] | None = None
    for _ in range(MOST_TRIES):
        at = rounded(values)

        def shares(detour: float, chaining: float, held: Mapping[str, float] = at) -> NDArray[np.float64]:
            mix = mix_at({**held, DETOUR_MIN: detour, CHAINING: chaining}, COARSE)
            return np.array([mix.shared_percent, mix.coordinated_percent])

        found = solve(shares, np.array([at[DETOUR_MIN], at[CHAINING]]), target, slope)
        values[DETOUR_MIN], values[CHAINING] = found.place.tolist()
        slope = found.slope
        fine = mix_at(rounded(values), FINE)
        rate = fine.rate_for(net)
        settled = abs(rate - at[RATE]) < NEAR_KR
        values[RATE] = rate
        if settled:
            break
    final = rounded(values)
    register = load_assumptions()
    at_bounds = tuple(key for key in (DETOUR_MIN, CHAINING) if final[key] in (register[key].low, register[key].high))
    return Knobs(overrides(final), fine, at_bounds, simulations)


def overrides(values: Mapping[str, float]) -> dict[str, float]:
    """Return the assumptions that a place of the search stands for."""
    return {**values, DETOUR_SHARE: round(values[DETOUR_MIN] / MINUTES_A_SHARE, 3)}


def rounded(values: Mapping[str, float]) -> dict[str, float]:
    """Return the values with as many decimals as the file tells."""
    return {key: round(value, DECIMALS[key]) for key, value in values.items()}


@dataclass(frozen=True)
class Solution:
    """Where the search ended, and the slope of the two shares there, points per minute and per krone."""

    place: NDArray[np.float64]
    slope: NDArray[np.float64]


def solve(
    shares: Callable[[float, float], NDArray[np.float64]],
    start: NDArray[np.float64],
    target: NDArray[np.float64],
    slope: NDArray[np.float64] | None = None,
) -> Solution:
    """Find the detour (minutes) and chaining (kr) that give the two shares; Broyden's method from measured slopes.

    Steps are kept within the assumptions' ranges.
    """
    register = load_assumptions()
    low, high = (
        np.array([getattr(register[k], end) for k in (DETOUR_MIN, CHAINING)], float) for end in ("low", "high")
    )
    place, seen = start, shares(*start)
    if slope is None:
        slope = np.empty((2, 2))
        for axis, step in enumerate((STEPS[DETOUR_MIN], STEPS[CHAINING])):
            beside = place.copy()
            beside[axis] += step
            slope[:, axis] = (shares(*beside) - seen) / step
    for _ in range(MOST_TRIES):
        if np.abs(target - seen).max() <= NEAR_PERCENT:
            break
        following = np.clip(place + np.linalg.solve(slope, target - seen), low, high)
        following = np.array([round(following[0], DECIMALS[DETOUR_MIN]), round(following[1], DECIMALS[CHAINING])])
        moved = following - place
        if not moved.any():
            break
        found = shares(*following)
        slope = slope + np.outer(found - seen - slope @ moved, moved) / (moved @ moved)
        place, seen = following, found
    return Solution(place, slope)
