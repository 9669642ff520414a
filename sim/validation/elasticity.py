"""Price elasticities by fare level, beside what is usual for local buses."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from sim.response.facts import read_facts
from sim.response.posterior import FamilyPosterior, Posterior, Summary, posterior, summarise
from sim.validation.group import Found, Group, Unit
from sim.validation.profile import Profile
from sim.validation.target import Simulated, Target, from_fact

COMPARED_KR = (24, 36)
"""Levels at which flextur had fares for years; beyond 48 kr there is nothing to hold an elasticity against."""
SHOWN_KR = (24, 30, 36, 42, 48, 54, 60, 66, 72)
STEP_KR = 0.5


def elasticity(part: FamilyPosterior, level_kr: float) -> Any:
    """Return the elasticity at a level for each point: change of log trips over change of log fare, half a krone either way."""
    low, high = level_kr - STEP_KR, level_kr + STEP_KR
    return -part.log_response(low, high) / np.log(high / low)


def of_ensemble(fitted: Posterior, level_kr: float) -> Summary:
    """Return the elasticity in a municipality not yet seen; points where nobody rides at the level have none."""
    values, weights = [], []
    for part in fitted.parts:
        e = elasticity(part, level_kr)
        known = np.isfinite(e)
        values.append(np.maximum(e[known], -20.0))
        weights.append(part.weight[known] * fitted.weights[part.family])
    return summarise(values, weights)


def by_level() -> list[tuple[int, Summary]]:
    """Return the elasticity at every level shown."""
    fitted = posterior(read_facts())
    return [(level, of_ensemble(fitted, level)) for level in SHOWN_KR]


def _units(profile: Profile, seed: int) -> Sequence[Unit]:
    return [Unit(by_level, ())]


def _found(profile: Profile, results: Sequence[list[tuple[int, Summary]]]) -> Found:
    levels = dict(results[0])
    return Found(
        [_target(level, levels[level]) for level in COMPARED_KR],
        {"levels": [{"kr": kr, "mean": s.mean, "p10": s.p10, "p90": s.p90} for kr, s in levels.items()]},
    )


def _target(level: int, found: Summary) -> Target:
    return from_fact(
        "elasticity", Simulated(found.mean, found.p10, found.p90), suffix=f"at_{level}",
        remark=f"Punktelasticitet ved {level} kr. i en kommune, der ikke er set.",
    )  # fmt: skip


GROUP = Group("elasticity", "Priselasticitet efter takstniveau", _units, _found)
