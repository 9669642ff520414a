"""The posterior on a grid small enough for plain loops, with every formula written out here."""

import itertools
import math
from dataclasses import replace

import pytest
from scipy import stats

from sim.riders.response.facts import Axis, read_facts
from sim.riders.response.posterior import posterior

FACTS = replace(
    read_facts(),
    axes={
        "mean_kr": Axis(40.0, 60.0, 3),
        "variation": Axis(0.3, 0.6, 3),
        "spread": Axis(0.15, 0.4, 2),
        "z": Axis(-1.5, 1.5, 3),
    },
    neglect=0.0,
)


def geometric(low: float, high: float, points: int) -> list[float]:
    return [low * (high / low) ** (i / (points - 1)) for i in range(points)]


def limit(family: str, mean: float, variation: float):
    """The law of willingness to pay with this mean and variation, as scipy knows it."""
    sd = mean * variation
    if family == "logistic":
        return stats.logistic(mean, sd * math.sqrt(3) / math.pi)
    if family == "normal":
        return stats.norm(mean, sd)
    if family == "linear":
        low = max(mean - sd * math.sqrt(3), 0.0)
        return stats.uniform(low, mean + sd * math.sqrt(3) - low)
    # a Weibull's variation falls with its shape: halve until it is found
    low, high = 0.5, 20.0
    for _ in range(100):
        shape = (low + high) / 2
        law = stats.weibull_min(shape)
        low, high = (shape, high) if law.std() / law.mean() > variation else (low, shape)
    return stats.weibull_min(shape, scale=mean / stats.weibull_min(shape).mean())


def prior(x: float, law) -> float:
    return float(stats.norm(math.log(law.median), law.sd_log).pdf(math.log(x)))


def below(share: float, fall: float, spread: float) -> float:
    """The chance that ln(fall) + spread z is below ln(-ln(1 - share))."""
    if fall == math.inf:
        return 0.0
    return float(stats.norm.cdf(math.log(-math.log(1 - share)), math.log(fall), spread))


def chance(falls: dict[tuple[int, int], float], spread: float) -> float:
    edges = [below(x, falls[24, 48], spread) for x in (0.375, 0.425, 0.525, 0.575)]
    bands = [edges[i + 1] - edges[i] for i in range(3)]
    four = sum(
        math.prod(bands[i] for i in places)
        for places in itertools.product(range(3), repeat=4)
        if 0 in places and 2 in places
    )
    return four * (below(0.92, falls[36, 72], spread) - below(0.85, falls[36, 72], spread))


def by_loops(family: str) -> tuple[float, float]:
    """Return the evidence, and the mean of the effect 36 -> 60 in an unseen municipality, percent."""
    evidence = effect = 0.0
    cell = math.log(60 / 40) / 2 * math.log(0.6 / 0.3) / 2 * math.log(0.4 / 0.15)
    for mean, variation in itertools.product(geometric(40, 60, 3), geometric(0.3, 0.6, 3)):
        law = limit(family, mean, variation)
        left = {p: float(law.sf(p)) for p in (24, 36, 48, 60, 72)}
        falls = {
            (p, q): math.log(left[p] / left[q]) if left[q] > 0 else math.inf for p, q in ((24, 48), (36, 72), (36, 60))
        }
        for spread in geometric(0.15, 0.4, 2):
            belief = prior(mean, FACTS.mean_kr) * prior(variation, FACTS.variation) * prior(spread, FACTS.spread)
            mass = belief * cell * chance(falls, spread)
            z_mass = {z: math.exp(-z * z / 2) for z in (-1.5, 0.0, 1.5)}
            unseen = sum(m * (math.exp(-falls[36, 60] * math.exp(spread * z)) - 1) for z, m in z_mass.items())
            evidence += mass
            effect += mass * 100 * unseen / sum(z_mass.values())
    return evidence, effect / evidence


@pytest.fixture(scope="module")
def fitted():
    return posterior(FACTS)


@pytest.mark.parametrize("family", FACTS.families)
def test_each_family_agrees_with_plain_loops(fitted, family) -> None:
    evidence, effect = by_loops(family)
    part = next(part for part in fitted.parts if part.family == family)
    assert part.evidence == pytest.approx(evidence, rel=1e-8)
    assert part.weight @ part.effect(36, 60) == pytest.approx(effect, rel=1e-8)


def test_families_weigh_by_the_chance_they_gave_the_figures(fitted) -> None:
    found = {family: by_loops(family)[0] for family in FACTS.families}
    total = sum(found.values())
    assert fitted.weights == pytest.approx({family: evidence / total for family, evidence in found.items()}, rel=1e-8)
