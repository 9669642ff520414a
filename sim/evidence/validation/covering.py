"""The coverage as targets: truths from the prior, and from a family that the fit does not have."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from sim.evidence.validation.coverage import draw_truths, grid_of, places
from sim.evidence.validation.group import Found, Group, Unit
from sim.evidence.validation.profile import Profile
from sim.evidence.validation.target import CLOSED_FORM, STANDARD_ERRORS, Simulated, Target
from sim.riders.response.facts import read_facts
from sim.riders.response.families import Floats

INTERVALS = (80, 95)
BINS = 10


def from_prior(count: int, fineness: float, seed: int) -> Floats:
    """Return where the answers of truths drawn from the prior lie in their predictions."""
    facts = read_facts()
    truths = draw_truths(facts, facts.families, count, np.random.default_rng([seed, 1]))
    return places(grid_of(facts.finer(fineness)), truths)


def from_left_out(family: str, count: int, fineness: float, seed: int) -> Floats:
    """Return the same for truths of one family, fitted with the other families alone."""
    facts = read_facts()
    truths = draw_truths(facts, (family,), count, np.random.default_rng([seed, 2, facts.families.index(family)]))
    others = replace(facts, families=tuple(name for name in facts.families if name != family))
    return places(grid_of(others.finer(fineness)), truths)


def covered(where: Floats, percent: int) -> float:
    """Return the percentage of answers inside the middle interval of so many percent."""
    tail = (1 - percent / 100) / 2
    return 100.0 * float(np.mean((where >= tail) & (where <= 1 - tail)))


def coverage_target(name: str, words: str, where: Floats, percent: int, remark: str) -> Target:
    """Return the target of one interval: what it says, three binomial standard deviations either way."""
    share = percent / 100
    room = 100 * STANDARD_ERRORS * math.sqrt(share * (1 - share) / len(where))
    return Target(
        f"coverage_{name}_{percent}", "coverage", f"{percent}-procents-intervallet dækker {percent} % af {words}", CLOSED_FORM,
        percent - room, min(100.0, percent + room), Simulated(covered(where, percent)), "%",
        f"{len(where)} sandheder; grænserne er ± 3 binomiale standardafvigelser. {remark}".strip(),
    )  # fmt: skip


def _units(profile: Profile, seed: int) -> Sequence[Unit]:
    families = read_facts().families
    each = profile.left_out // len(families)
    return [
        Unit(from_prior, (profile.truths, profile.fineness, seed)),
        *(Unit(from_left_out, (family, each, profile.fineness, seed)) for family in families),
    ]


def _found(profile: Profile, results: Sequence[Floats]) -> Found:
    families = read_facts().families
    prior, apart = results[0], np.concatenate(results[1:])
    by_family = ", ".join(f"{f} {covered(w, 80):.0f} %" for f, w in zip(families, results[1:], strict=True))
    left_out = "sandheder fra en familie, som tilpasningen ikke har"
    return Found(
        [
            *(coverage_target("prior", "sandheder trukket af prioren (24 → 60 kr. i en kommune, der ikke er set)", prior, p, "")
              for p in INTERVALS),
            *(coverage_target("left_out", left_out, apart, p,
                              f"Hver familie for sig udeladt; 80-procents-intervallet dækker: {by_family}.") for p in INTERVALS),
        ],
        {"prior": np.histogram(prior, BINS, (0, 1))[0].tolist(), "left_out": np.histogram(apart, BINS, (0, 1))[0].tolist()},
    )  # fmt: skip


GROUP = Group("coverage", "Dækker intervallerne det, de siger?", _units, _found)
