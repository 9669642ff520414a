"""The trials of 2016-18: their effect on trips is fitted or given, their effect on cost is predicted here."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.answer.compare import compare
from sim.evidence.validation.group import Found, Group, Unit
from sim.evidence.validation.profile import Profile
from sim.evidence.validation.runs import study_of
from sim.evidence.validation.target import Simulated, Target, from_fact, spread
from sim.inputs.chance.quantiles import interval
from sim.inputs.facts import load_facts
from sim.study.replicated.measures import Measure
from sim.study.replicated.totals import Replication

Floats = NDArray[np.float64]
TOWN_48 = ("0316", "0326", "0376", "0390")
"""Holbæk, Kalundborg, Guldborgsund, Vordingborg."""
LOLLAND, GLADSAXE, TELEFONFABRIKKEN = "0360", "0159", "Telefonfabrikken"
ENDS = {"small": (-40.0, -57.5, -52.5), "large": (-55.0, -67.5, -62.5)}
"""The two ends of what was published, read to 2.5 points either way as the trip effects are: the trips' effect, the cost's range."""


@dataclass(frozen=True)
class Trial:
    """One municipality's trial, an entry for each parameter draw and each replication under central parameters.

    ``trips`` and ``cost`` are the changes of the affected trips and of their net cost, percent; ``town_net_kr`` the net cost per
    town passenger before; ``trips_after`` the affected trips under the trial in a year.
    """

    code: str
    trips: Floats
    cost: Floats
    town_net_kr: Floats
    trips_after: Floats


def trial(
    code: str, year: int, on: date, before: Sequence[str], after: Sequence[str], seed: int, draws: int, runs: int
) -> Trial:
    """Simulate one trial, before and after on the same people."""
    study = study_of(
        code, year, [before, after], seed, on=on, draws=draws, min_replications=runs, max_replications=runs
    )  # fmt: skip
    samples = compare(study, workers=1).samples
    # The draws are the spread; without any, the replications are.
    return observed(code, samples.drawn or samples.central)


def observed(code: str, replications: Sequence[Replication]) -> Trial:
    """Read the effects of option 1 against option 0 out of the replications; those without affected trips before are left out."""
    before = np.stack([r.affected_base[1] for r in replications]).astype(np.float64)
    after = np.stack([r.affected[1] for r in replications]).astype(np.float64)
    town = np.stack([r.in_town[0] for r in replications]).astype(np.float64)
    some = before[:, Measure.TRIPS] > 0
    before, after, town = before[some], after[some], town[some]

    def change(measure: Measure) -> Floats:
        return 100.0 * (after[:, measure] / before[:, measure] - 1.0)

    with np.errstate(divide="ignore", invalid="ignore"):
        net = town[:, Measure.NET_COST] / town[:, Measure.PASSENGERS] / 100.0
    return Trial(code, change(Measure.TRIPS), change(Measure.NET_COST), net[np.isfinite(net)], after[:, Measure.TRIPS])


def kept_per_trip(trips: Floats, cost: Floats) -> tuple[float, float, Floats]:
    """Return the line through what a remaining trip costs relative to before: (at 0 % trips lost, slope, residuals).

    A trip that remains costs k = (1 + cost change) / (1 + trips change) of what a trip cost before; k follows the
    change of the trips by a straight line, as pooling gets worse the fewer ride.
    """
    k = (1 + cost / 100) / (1 + trips / 100)
    slope, start = np.polyfit(trips, k, 1)
    return float(start), float(slope), k - (start + slope * trips)


def cost_at(trips: Floats, cost: Floats, at: float) -> Simulated:
    """Return the cost effect that goes with the trip effect ``at``, both percent, by the line of `kept_per_trip`."""
    start, slope, residuals = kept_per_trip(trips, cost)
    low, high = interval(residuals)
    middle = start + slope * at
    mean, p10, p90 = (100 * ((1 + at / 100) * (middle + r) - 1) for r in (0.0, low, high))
    return Simulated(mean, p10, p90)


def within(trial_: Trial, low: float, high: float) -> Floats:
    """Return the cost effects of the draws whose trips fell as much as was published."""
    chosen: Floats = trial_.cost[(trial_.trips >= low) & (trial_.trips <= high)]
    return chosen


def _units(profile: Profile, seed: int) -> Sequence[Unit]:
    size = (seed, profile.draws, profile.replications)
    summer, town = date(2017, 7, 1), ["kommunetakst", "bytakst=low"]
    free = ["kommunetakst", f"gratis={TELEFONFABRIKKEN}"]
    return [
        *(Unit(trial, (code, 2017, summer, ["kommunetakst"], town, *size)) for code in TOWN_48),
        Unit(trial, (LOLLAND, 2017, summer, [], ["dobbelt_grundtakst"], *size)),
        # Free destinations are priced from the edition of July 2019 on; 2020 is the first whole year of it.
        Unit(trial, (GLADSAXE, 2020, date(2020, 7, 1), ["kommunetakst"], free, *size)),
    ]


def _found(profile: Profile, results: Sequence[Trial]) -> Found:
    towns, lolland, gladsaxe = results[: len(TOWN_48)], results[-2], results[-1]
    trips, cost = (np.concatenate([getattr(t, name) for t in towns]) for name in ("trips", "cost"))
    facts = load_facts()
    town_trips, lolland_trips = facts["town_48_trips"], facts["lolland_72_trips"]
    inside = np.concatenate([within(t, town_trips.low, town_trips.high) for t in towns])
    draws = f"{profile.draws} parametertrækninger i hver kommune"
    targets = [
        from_fact("town_48_cost", spread(inside), remark=f"De af {draws}, hvor turene faldt 40-55 %."),
        *(paired_end(name, trips, cost) for name in ENDS),
        from_fact("lolland_72_cost", spread(within(lolland, lolland_trips.low, lolland_trips.high)),
                  remark=f"De af {draws}, hvor turene faldt 85-92 %."),
        from_fact("gladsaxe_cost", spread(gladsaxe.cost), remark=f"{draws.capitalize()}."),
        from_fact("net_per_town_passenger", spread(np.concatenate([t.town_net_kr for t in towns])), remark=f"{draws}."),
        free_trips(gladsaxe, profile),
    ]  # fmt: skip
    return Found(targets, _series(towns, lolland, gladsaxe))


def paired_end(name: str, trips: Floats, cost: Floats) -> Target:
    """Return the target of one end of the published range: low goes with low, high with high."""
    fact = load_facts()["town_48_cost"]
    at, low, high = ENDS[name]
    fell = f"{-at:.0f}"
    return Target(
        f"town_48_cost_{name}", "validation",
        f"Bytakst 24 → 48 kr., parvist: {fell} % færre ture giver {(-low - high) / 2:.0f} % lavere udgift (læst ± 2,5)",
        fact.source, low, high, cost_at(trips, cost, at), "%",
        f"Ved {fell} % færre ture, på linjen gennem alle trækninger i de fire kommuner.",
    )  # fmt: skip


def free_trips(gladsaxe: Trial, profile: Profile) -> Target:
    """Return the target of Gladsaxe's trips a month when Telefonfabrikken is free; both numbers are put in."""
    monthly = gladsaxe.trips_after / 12
    # Draws share their replications, so those count; a Poisson tour makes at most two trips, which at most doubles the variance.
    chance = math.sqrt(2 * float(gladsaxe.trips_after.mean()) / profile.replications) / 12
    return from_fact("gladsaxe_trips", spread(monthly), chance=chance)


def _series(towns: Sequence[Trial], lolland: Trial, gladsaxe: Trial) -> Mapping[str, Any]:
    def points(trials: Sequence[Trial]) -> list[dict[str, Any]]:
        return [
            {"code": t.code, "trips": round(float(x), 2), "cost": round(float(y), 2)}
            for t in trials
            for x, y in zip(t.trips, t.cost, strict=True)
        ]

    return {"town": points(towns), "lolland": points([lolland]), "gladsaxe": points([gladsaxe])}


GROUP = Group("trials", "Forsøgene: udgift sammen med ture", _units, _found)
