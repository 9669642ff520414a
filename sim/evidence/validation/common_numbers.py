"""Common random numbers: how much smaller the chance in a difference is when both options meet the same people."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from sim.evidence.validation.group import Found, Group, Unit
from sim.evidence.validation.profile import Profile
from sim.evidence.validation.runs import repriced, study_of
from sim.evidence.validation.target import Simulated, Target
from sim.inputs.chance.quantiles import interval
from sim.study.replicated.measures import Measure
from sim.study.replicated.replication import run_replication
from tariffs import Parameter

HOLBAEK, YEAR = "0316", 2020
DEARER_FROM = date(2019, 12, 1)
"""Before the first booking for the year, after the day the volume was counted on."""
DEARER_PERCENT = 5
AT_A_TIME = 4
RESAMPLES = 400


def dearer(parameter: Parameter) -> int | None:
    """Return a price five percent up, to the oere; None where there is none."""
    now = parameter.on(DEARER_FROM)
    return None if now is None or now.amount is None else round(now.amount * (100 + DEARER_PERCENT) / 100)


def net_costs(first: int, count: int, seed: int) -> NDArray[np.float64]:
    """Simulate some replications; return net cost in kr: kommunetakst, with bytakst low, kommunetakst 5 % dearer."""
    study = study_of(HOLBAEK, YEAR, [["kommunetakst"], ["kommunetakst", "bytakst=low"]], seed)
    alone = study_of(HOLBAEK, YEAR, [["kommunetakst"]], seed)
    raised = replace(alone, book=repriced(alone.book, DEARER_FROM, dearer))
    rows = []
    for number in range(first, first + count):
        two, one = run_replication(study, number), run_replication(raised, number)
        rows.append([*two.year[:, Measure.NET_COST], one.year[0, Measure.NET_COST]])
    return np.array(rows, dtype=np.float64) / 100.0


def times_smaller(base: NDArray[np.float64], option: NDArray[np.float64]) -> float:
    """Return the variance of the difference between independent runs over that between runs on the same people.

    Independent runs have the variances of both added up, whichever seeds they have, so the same runs serve.
    """
    return float((np.var(base, ddof=1) + np.var(option, ddof=1)) / np.var(option - base, ddof=1))


def with_interval(base: NDArray[np.float64], option: NDArray[np.float64], seed: int) -> Simulated:
    """Return how many times smaller, with an interval from drawing the replications again."""
    rng = np.random.default_rng([seed, 4])
    again = [times_smaller(base[rows], option[rows]) for rows in rng.integers(len(base), size=(RESAMPLES, len(base)))]
    low, high = interval(again)
    return Simulated(times_smaller(base, option), low, high)


def _units(profile: Profile, seed: int) -> Sequence[Unit]:
    return [
        Unit(net_costs, (first, min(AT_A_TIME, profile.pairs - first), seed))
        for first in range(0, profile.pairs, AT_A_TIME)
    ]  # fmt: skip


def _found(profile: Profile, results: Sequence[NDArray[np.float64]]) -> Found:
    base, town, raised = np.concatenate(results).T
    seed = profile.pairs

    def target(name: str, words: str, least: float, option: NDArray[np.float64]) -> Target:
        return Target(
            f"common_numbers_{name}", "verification", f"Variansen af ændringen i nettoudgift er mindst {least:.0f} gange mindre, {words}",
            "Krav til metoden: samme mennesker i alle valgmuligheder", least, None, with_interval(base, option, seed), "gange",
            f"Holbæk, {len(base)} gentagelser, mod lige så mange med hver sit frø.",
        )  # fmt: skip

    return Found([
        target("town_48", "når bytakst 48 afløser 24 kr. i byen", 2.0, town),
        target("five_percent", "når alle priser stiger 5 %", 10.0, raised),
    ])  # fmt: skip


GROUP = Group("common_numbers", "Samme mennesker i alle valgmuligheder", _units, _found)
