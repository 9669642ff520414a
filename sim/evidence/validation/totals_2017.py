"""The year 2017 of all municipalities: what was put in must come back out of the trips, and no more be lost than chance takes."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.evidence.calibration.mix import Member, members, municipalities_2017
from sim.evidence.validation.group import Found, Group, Unit
from sim.evidence.validation.profile import Profile
from sim.evidence.validation.runs import Columns, study_of, with_tables
from sim.evidence.validation.target import Simulated, Target, from_fact
from sim.inputs.assumptions import load_assumptions
from sim.inputs.facts import load_facts
from sim.riders.demand.requests import AGE_BANDS, FIRST_OLDER_BAND
from sim.riders.demand.volume import ALLOCATION_DAY
from sim.study.replicated.measures import MEASURE_KEYS

Moments = NDArray[np.float64]
"""Sums over tours of x, y, x², xy and y²: all that a ratio and its standard error take."""
OLDER = AGE_BANDS[FIRST_OLDER_BAND:]
SHORT_M = 5_000
PER_CENT, PER_MILLION_KRONER = 100.0, 1e-8


def municipal_year(member: Member, seed: int) -> dict[str, Moments]:
    """Simulate one municipality's 2017 under its package then; return the moments of each quantity over tours."""
    study = study_of(
        member.code, ALLOCATION_DAY.year, [member.elements], seed, on=ALLOCATION_DAY, reference=member.elements
    )
    replication, tables = with_tables(study, 0, "trips")
    moments = quantities(tables["trips"])
    moments["year"] = replication.year[0].astype(np.float64)
    return moments


def quantities(trips: Columns) -> dict[str, Moments]:
    """Return the moments of every quantity that 2017 is checked by.

    Trips of one tour share rider and party, so tours, not trips, are what is drawn independently.
    """
    made = trips["status"] == "trip"
    booked = made | (trips["status"] == "in_vain")
    tour = np.unique(trips["tour"], return_inverse=True)[1]
    carried = np.where(made, trips["passengers"], 0)
    one = np.ones(len(made))
    pairs = {
        "passengers": (carried, one),
        "cost": (trips["net_cost_oere"], one),
        "fee": (trips["movia_fee_oere"], one),
        "older": (made & np.isin(trips["age_band"], OLDER), made),
        "online": (booked & trips["online"], booked),
        "in_vain": (booked & ~made, booked),
        "party": (carried, made),
        "short": (made & (trips["distance_m"] <= SHORT_M), made),
    }
    return {name: moments(tour, x, y) for name, (x, y) in pairs.items()}


def moments(tour: NDArray[np.int64], x: NDArray[Any], y: NDArray[Any]) -> Moments:
    """Return the sums over tours of x, y, x², xy and y²."""
    if not len(tour):
        return np.zeros(5)
    by_tour = [np.bincount(tour, weights=values.astype(np.float64)) for values in (x, y)]
    a, b = by_tour
    return np.array([a.sum(), b.sum(), a @ a, a @ b, b @ b])


def total(parts: Sequence[Moments], weights: Sequence[float]) -> tuple[float, float]:
    """Return the weighted total of x and its standard error, the number of tours being Poisson.

    The variance of a sum over a Poisson number of tours is the expected sum of the squares.
    """
    value = sum(w * p[0] for w, p in zip(weights, parts, strict=True))
    return value, math.sqrt(sum(w * w * p[2] for w, p in zip(weights, parts, strict=True)))


def ratio(parts: Sequence[Moments], weights: Sequence[float]) -> tuple[float, float]:
    """Return the weighted x over the weighted y, and its standard error by the residuals x - r y of the tours."""
    below = sum(w * p[1] for w, p in zip(weights, parts, strict=True))
    r = sum(w * p[0] for w, p in zip(weights, parts, strict=True)) / below
    square = sum(w * w * (p[2] - 2 * r * p[3] + r * r * p[4]) for w, p in zip(weights, parts, strict=True))
    return r, math.sqrt(max(0.0, square)) / below


def _units(profile: Profile, seed: int) -> Sequence[Unit]:
    return [Unit(municipal_year, (member, seed)) for member in members()]


def _found(profile: Profile, results: Sequence[Mapping[str, Moments]]) -> Found:
    weights = [weight for _, weight in municipalities_2017()]
    years = by_municipality(members(), results, load_assumptions().number("unknown_kommunetakst_share"))
    many = f"{len(weights)} kommuner, der havde eller måske havde flextur, vægtet efter sandsynligheden; ét år."

    def drawn(fact: str, value: tuple[float, float], factor: float = 1.0) -> Target:
        mean, error = value[0] * factor, value[1] * factor
        return from_fact(fact, Simulated(mean), remark=many, chance=error)

    def of(name: str) -> list[Moments]:
        return [year[name] for year in years]

    return Found([
        drawn("passengers_2017", total(of("passengers"), weights)),
        drawn("cost_2017", total(of("cost"), weights), PER_MILLION_KRONER),
        drawn("fee_2017", total(of("fee"), weights), PER_MILLION_KRONER),
        drawn("older_riders", ratio(of("older"), weights), PER_CENT),
        drawn("online_2018", ratio(of("online"), weights), PER_CENT),
        drawn("in_vain_2015", ratio(of("in_vain"), weights), PER_CENT),
        drawn("passengers_per_booking", ratio(of("party"), weights)),
        short_trips(ratio(of("short"), weights), many),
        fee_rate(of("year"), weights),
    ])  # fmt: skip


def short_trips(share: tuple[float, float], remark: str) -> Target:
    """Return the target of the share of short trips; another municipality's of another company, so a check and no fit."""
    found = Simulated(PER_CENT * share[0])
    return from_fact(
        "short_trips", found, remark=f"{remark} Takstafstand, udførte ture; tallet er fra et andet selskab."
    )


def by_municipality(
    mix: Sequence[Member], results: Sequence[Mapping[str, Moments]], kommunetakst_share: float
) -> list[dict[str, Moments]]:
    """Return each municipality's moments, an unknown fare being kommunetakst with this chance.

    The same people ride on both sides of an unknown fare, so their moments are averaged and not added as if apart.
    """
    sides = {"": 1.0, "grundtakst": 1.0 - kommunetakst_share, "kommunetakst": kommunetakst_share}
    found: dict[str, dict[str, Moments]] = {}
    for member, result in zip(mix, results, strict=True):
        so_far = found.setdefault(member.code, {})
        for name, values in result.items():
            so_far[name] = so_far.get(name, 0.0) + sides[member.side] * values
    return list(found.values())


def fee_rate(years: Sequence[Moments], weights: Sequence[float]) -> Target:
    """Return the target of the fee per passenger: 34.50 kr, but for the rounding of each year to whole oere."""
    fact = load_facts()["fee_2017"]
    fee, passengers = MEASURE_KEYS.index("movia_fee_oere"), MEASURE_KEYS.index("passengers")
    each = sum(w * y[fee] for w, y in zip(weights, years, strict=True)) / sum(
        w * y[passengers] for w, y in zip(weights, years, strict=True)
    )
    return Target(
        "fee_per_passenger", "verification", "Betaling til Movia pr. passager, 34,50 kr. (38 % på nettet)", fact.source,
        34.4999, 34.5001, Simulated(each / 100), "kr.", "Årets betaling afrundes én gang i hver kommune.",
    )  # fmt: skip


GROUP = Group("totals_2017", "Tallene for 2017 kommer ud igen", _units, _found)
