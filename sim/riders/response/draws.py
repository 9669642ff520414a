"""The fixed set of parameter draws: chosen from the posterior by rule, equally weighted, in a balanced order."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.inputs.chance.places import DRAWS, joint_columns, may_follow, places_of
from sim.inputs.chance.quantiles import HIGH, LOW
from sim.riders.response.families import Floats
from sim.riders.response.posterior import FamilyPosterior, Posterior

Integers = NDArray[np.int64]
KEY = (24.0, 60.0)
FREE_OF = ((24.0, 48.0), KEY, (48.0, 60.0))
"""Changes of the town fare with which the free destination's multiplier has nothing to do."""
BALANCED = ((24.0, 36.0), (24.0, 48.0), (24.0, 60.0), (48.0, 60.0), (36.0, 60.0), (36.0, 72.0))


@dataclass(frozen=True)
class Draw:
    """One equally weighted draw: a family's curve, the spread, and z of a municipality not yet seen."""

    family: str
    a: float
    b: float
    spread: float
    z: float
    free_multiplier: float


def largest_remainder(shares: dict[str, float], total: int) -> dict[str, int]:
    """Share ``total`` out in proportion to ``shares`` (which sum to 1); ties go to the first named.

    >>> largest_remainder({"x": 0.5, "y": 0.3, "z": 0.2}, 4)
    {'x': 2, 'y': 1, 'z': 1}
    """
    counts = {name: math.floor(share * total) for name, share in shares.items()}
    by_remainder = sorted(shares, key=lambda name: counts[name] - shares[name] * total)
    for name in by_remainder[: total - sum(counts.values())]:
        counts[name] += 1
    return counts


def free_multipliers(count: int, low: float, median: float, high: float) -> list[float]:
    """Return the multiplier's mid-quantiles.

    >>> [round(x, 3) for x in free_multipliers(2, 1.0, 4.0, 16.0)]
    [2.0, 8.0]
    """
    return [free_multiplier_at((i + 0.5) / count, low, median, high) for i in range(count)]


def free_multiplier_at(u: float, low: float, median: float, high: float) -> float:
    """Return the quantile of a law that is log-uniform below and above its median, half the mass on each side."""
    return low * (median / low) ** (2 * u) if u < 0.5 else median * (high / median) ** (2 * u - 1)


def ends(posterior: Posterior) -> list[tuple[float, ...]]:
    """Return what a tenth, half and nine tenths of each balanced effect lie below."""
    weight = np.concatenate([part.weight * posterior.weights[part.family] for part in posterior.parts])
    found = []
    for change in BALANCED:
        effects = np.concatenate([part.effect(*change) for part in posterior.parts])
        order = np.argsort(effects, kind="stable")
        cumulated = np.cumsum(weight[order]) / weight.sum()
        found.append(tuple(float(effects[order[np.searchsorted(cumulated, share)]]) for share in (LOW, 0.5, HIGH)))
    return found


def _features(part: FamilyPosterior, places: Integers, ends: Sequence[tuple[float, ...]]) -> Floats:
    """Return what the draws are balanced on, one row per place: effects as shares left and whether they lie below the ends of
    their intervals and their middle, spread, z and z squared."""
    chosen = part.at(places)
    effects = [chosen.effect(*change) for change in BALANCED]
    left = [1.0 + effect / 100.0 for effect in effects]
    below = [np.asarray(effect < end, dtype=np.float64) for effect, of in zip(effects, ends, strict=True) for end in of]
    return np.column_stack([*left, *(share * share for share in left), *below, chosen.spread, chosen.z, chosen.z**2])


def systematic(part: FamilyPosterior, count: int, ends: Sequence[tuple[float, ...]]) -> Integers:
    """Return the places of ``count`` points at the mid-quantiles of the response 24 -> 60 kr, z included.

    Points at neighbouring quantiles have nearly the same response 24 -> 60 but other curves, spreads and z. Among
    those within a tenth of a stratum of the middle the one is taken that brings the means over the draws nearest to
    the family's posterior means (three rounds of exchange).
    """
    order = np.argsort(np.round(part.log_response(*KEY), 12), kind="stable")
    cumulated = np.cumsum(part.weight[order])
    quantiles = (np.arange(count)[:, None] + 0.5 + np.linspace(-0.1, 0.1, 81)) / count
    nearby = order[np.searchsorted(cumulated, quantiles * cumulated[-1])]
    features = _features(part, np.arange(len(order)), ends)
    target = part.weight @ features
    scale = np.sqrt(part.weight @ (features - target) ** 2)
    features, target, scale = (values[..., scale > 0] for values in (features, target, scale))
    standard = (features - target) / scale
    chosen: Integers = nearby[:, 40].copy()
    for _ in range(3):
        for place in range(count):
            rest = standard[chosen].sum(axis=0) - standard[chosen[place]]
            candidates = nearby[place]
            miss = ((rest + standard[candidates]) ** 2).sum(axis=1)
            chosen[place] = candidates[int(np.argmin(np.round(miss, 9)))]
    return chosen


def balanced_order(features: Floats, places: Integers) -> list[int]:
    """Return an order in which every prefix has means close to those of the whole set.

    Each next row is the one that leaves the running mean nearest to the whole mean (ties: the first), among those that
    keep the first 16, 32 and 64 stratified by ``places``, the rows' ranks by what matters most. Features are
    standardised first; a feature that never varies is left out.
    """
    deviation = features - features.mean(axis=0)
    spread = deviation.std(axis=0)
    standard = deviation[:, spread > 0] / spread[spread > 0]
    left, running = list(range(len(features))), np.zeros(standard.shape[1])
    order: list[int] = []
    while left:
        allowed = may_follow(places[order], places[left])
        among = [row for row, may in zip(left, allowed, strict=True) if may]
        miss = ((running + standard[among]) ** 2).sum(axis=1)
        following = among[int(np.argmin(np.round(miss, 9)))]
        left.remove(following)
        order.append(following)
        running = running + standard[following]
    return order


def choose(posterior: Posterior, count: int, free: tuple[float, float, float]) -> list[Draw]:
    """Return ``count`` draws: families by largest remainder, then systematic, then in balanced order.

    The free-destination multiplier is independent of the price response: its mid-quantiles are dealt out so that the
    first 16, 32 and 64 draws are stratified, without rank correlation with the effects of the town fares.

    Raises ValueError for another ``count`` than the 64 for which such places are known.
    """
    if count != DRAWS:
        raise ValueError(f"there are places for {DRAWS} draws, not for {count}")
    counts = largest_remainder(posterior.weights, count)
    rows, features, effects, of = [], [], [], ends(posterior)
    for number, part in enumerate(posterior.parts):
        places = systematic(part, counts[part.family], of)
        chosen = part.at(places)
        member = np.zeros((len(places), len(posterior.parts)))
        member[:, number] = 1.0
        # The families count double: a slice's place in the order leaves less room for them.
        features.append(np.hstack([member, member, _features(part, places, of)]))
        effects.append(np.column_stack([chosen.effect(*change) for change in FREE_OF]))
        rows += list(zip([part.family] * len(places), chosen.a, chosen.b, chosen.spread, chosen.z, strict=True))
    falls = np.vstack(effects)
    order = balanced_order(np.vstack(features), places_of(falls[:, FREE_OF.index(KEY)].tolist()))
    ordered = [places_of(column.tolist()) for column in falls[order].T]
    multipliers = free_multipliers(count, *free)
    (dealt,) = joint_columns(ordered, ["free_destination_multiplier"], steps=6000)
    return [
        Draw(family, float(a), float(b), float(spread), float(z), multipliers[dealt[place]])
        for place, (family, a, b, spread, z) in enumerate(rows[i] for i in order)
    ]
