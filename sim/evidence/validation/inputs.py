"""Inputs that must come back out one by one: arrivals' dispersion, plustur's level, the price of an hour."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.evidence.validation.group import Found, Group, Unit
from sim.evidence.validation.profile import Profile
from sim.evidence.validation.runs import study_of, with_tables
from sim.evidence.validation.target import CLOSED_FORM, STANDARD_ERRORS, Simulated, Target, from_fact, spread
from sim.inputs.assumptions import load_assumptions
from sim.riders.demand.tours import draw_requests
from sim.study.demand import demand_model

ARRIVALS_IN = "0223"
"""Hørsholm: enough tours a day to count, few enough to draw hundreds of years."""
PILOT = ("0326", "0265")
"""Kalundborg and Roskilde, where plustur was tried."""
PILOT_YEARS = 3


def arrivals(first: int, count: int, seed: int) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Draw some years of tours; return Pearson's (n - m)²/m summed over the days of each, the years' totals, and the m's."""
    study = study_of(ARRIVALS_IN, 2020, [["kommunetakst"]], seed, offers_flextur=True)
    model = demand_model(study, None)
    mean = model.rates.total * study.year.weights(study.assumptions)
    pearson, totals = [], []
    for number in range(first, first + count):
        requests = draw_requests(model, seed, number)
        counts = np.bincount(requests.service_day[requests.leg == 0], minlength=study.year.days)
        pearson.append(float(((counts - mean) ** 2 / mean).sum()))
        totals.append(float(counts.sum()))
    return np.array(pearson), np.array(totals), mean


def plustur_months(code: str, number: int, seed: int) -> float:
    """Return plustur's trips a month in one simulated year."""
    study = study_of(code, 2020, [["kommunetakst", "plustur"]], seed, offers_flextur=True)
    trips = with_tables(study, number, "trips")[1]["trips"]
    return float(((trips["product"] == "plustur") & (trips["status"] == "trip")).sum()) / 12


def _units(profile: Profile, seed: int) -> Sequence[Unit]:
    return [
        Unit(arrivals, (0, profile.arrivals, seed)),
        *(Unit(plustur_months, (code, number, seed)) for code in PILOT for number in range(PILOT_YEARS)),
    ]


def _found(profile: Profile, results: Sequence[Any]) -> Found:
    pearson, totals, mean = results[0]
    years, days = len(totals), len(mean)
    # The variance of (n - m)²/m is 2 + 1/m when n is Poisson with mean m.
    daily = math.sqrt(float((2 + 1 / mean).sum()) / years) / days
    yearly = math.sqrt(2 / (years - 1))
    months = np.array(results[1:])
    return Found([
        _dispersion("daily", "Dagenes ture: varians over middel er 1, når dagens vægt er taget ud",
                    spread(pearson / days, "random"), daily),
        _dispersion(
            "yearly", "Årets ture: varians over middel er 1", Simulated(float(np.var(totals, ddof=1) / totals.mean())), yearly
        ),
        from_fact("plustur_pilot", spread(months, "random"), chance=float(np.std(months, ddof=1)) / math.sqrt(len(months)),
                  remark=f"Kalundborg og Roskilde, {PILOT_YEARS} år hver."),
        from_fact("hourly_rate", Simulated(load_assumptions().number("operator_driving_kr_per_hour")),
                  remark="operator_driving_kr_per_hour i data/assumptions.toml, tilpasset til 2017."),
    ])  # fmt: skip


def _dispersion(name: str, words: str, simulated: Simulated, error: float) -> Target:
    room = STANDARD_ERRORS * error
    return Target(
        f"arrivals_{name}", "verification", words, f"{CLOSED_FORM}: Poisson", 1 - room, 1 + room, simulated, "",
        "Grænserne er ± 3 standardfejl.",
    )  # fmt: skip


GROUP = Group("inputs", "Input kommer ud igen", _units, _found)
