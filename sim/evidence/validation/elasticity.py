"""Price elasticities by fare level, beside what is usual for local buses."""

from collections.abc import Sequence

from sim.evidence.validation.group import Found, Group, Unit
from sim.evidence.validation.profile import Profile
from sim.evidence.validation.target import Simulated, Target, from_fact
from sim.riders.response.elasticity import elasticities
from sim.riders.response.posterior import Summary

COMPARED_KR = (24, 36)
"""Levels at which flextur had fares for years; beyond 48 kr there is nothing to hold an elasticity against."""


def _units(profile: Profile, seed: int) -> Sequence[Unit]:
    return [Unit(elasticities, ())]


def _found(profile: Profile, results: Sequence[dict[int, Summary]]) -> Found:
    levels = results[0]
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
