"""Nothing is lost on the way: trips, months and years agree to the oere, passengers to the last, and fares with their lines."""

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from sim.evidence.calibration.mix import municipalities_2017
from sim.evidence.validation.group import Found, Group, Unit
from sim.evidence.validation.profile import Profile
from sim.evidence.validation.runs import Columns, study_of, with_tables
from sim.evidence.validation.target import Target, identity
from sim.study.replicated.measures import MEASURE_KEYS, Measure
from sim.study.replicated.totals import Replication
from sim.study.study import Study
from tariffs import Offer, Trip, quote

PACKAGES = (
    (),
    ("kommunetakst",),
    ("bytakst=low",),
    ("kommunetakst", "bytakst=low"),
    ("kommunetakst", "bytakst=high"),
    ("kommunetakst", "plustur"),
)
YEAR = 2020
QUOTED = 200
"""Trips of each set that are quoted one by one."""
CHECKS = {
    "trips_sum": "Turenes fire beløb lagt sammen er årets",
    "months_sum": "Månederne lagt sammen er året, i alle otte tal",
    "net_cost": "Vognmandsbetaling − takst + betaling til Movia er nettoudgiften, for året og hver måned",
    "passengers": "Passagerer i turtabellen er årets",
    "boarded": "Lige så mange passagerer stiger af som på, og ingen er i vognen, når vagten slutter",
    "fare_lines": "Prislinjerne lagt sammen er den opkrævede takst, tur for tur",
    "rules": "Ingen simuleret tur er en, taksten afviser (begge ender skal ligge i kommuner med flextur)",
    "little": "Littles lov: passagertid i vognene, talt stop for stop, er passagerernes tid, talt tur for tur",
}


def chosen(count: int, seed: int) -> list[tuple[str, tuple[str, ...]]]:
    """Return random sets of municipality and package, the same for the same seed."""
    rng = np.random.default_rng([seed, 3])
    codes = [code for code, _ in municipalities_2017()]
    return [(codes[rng.integers(len(codes))], PACKAGES[rng.integers(len(PACKAGES))]) for _ in range(count)]


def differences(code: str, package: Sequence[str], seed: int) -> dict[str, int]:
    """Simulate one set; return the sum of the absolute differences of each check."""
    study = study_of(code, YEAR, [package], seed, offers_flextur=True)
    replication, tables = with_tables(study, 0, "trips", "stops")
    trips, year, months = tables["trips"], replication.year[0], replication.months[0]
    money = {key: int(trips[column].sum()) for key, column in _MONEY.items()}
    made = trips["status"] == "trip"
    return {
        "trips_sum": sum(abs(money[key] - int(year[MEASURE_KEYS.index(key)])) for key in money),
        "months_sum": int(np.abs(months.sum(axis=0) - year).sum()),
        "net_cost": _net_cost_off(replication),
        "passengers": abs(int(trips["passengers"][made].sum()) - int(year[Measure.PASSENGERS])),
        "boarded": left_in_the_car(tables["stops"]),
        "little": little_off(tables["stops"], trips),
        **_quotes(study, trips, made),
    }


_COUNTED = {"rules": f"Ture, der afvises, af ca. {QUOTED} i hvert sæt"}
_MONEY = {
    "fares_oere": "fare_oere",
    "operator_payment_oere": "operator_payment_oere",
    "movia_fee_oere": "movia_fee_oere",
    "net_cost_oere": "net_cost_oere",
}


def _net_cost_off(replication: Replication) -> int:
    rows = np.vstack([replication.year[0], replication.months[0]])
    worked_out = rows[:, Measure.OPERATOR_PAYMENT] - rows[:, Measure.FARES] + rows[:, Measure.MOVIA_FEE]
    return int(np.abs(worked_out - rows[:, Measure.NET_COST]).sum())


def left_in_the_car(stops: Columns) -> int:
    """Return how many passengers are on board after the last stop of a duty, summed over duties; negative ones counted too."""
    last = np.append(stops["duty"][1:] != stops["duty"][:-1], True) if len(stops["duty"]) else np.zeros(0, bool)
    load = stops["load"].astype(np.int64)
    return int(np.abs(load[last]).sum() - np.minimum(load, 0).sum())


def little_off(stops: Columns, trips: Columns) -> int:
    """Return the passenger-seconds that the two ways of counting differ by.

    L = λW over a day is this identity divided by the day's length: on board on average, times arriving, times time on board.
    """
    load, done = stops["load"].astype(np.int64), stops["done_s"].astype(np.int64)
    same = stops["duty"][1:] == stops["duty"][:-1]
    by_stop = int((load[:-1] * np.diff(done))[same].sum())
    size = dict(zip(trips["request_id"].tolist(), trips["passengers"].tolist(), strict=True))
    change = np.diff(load, prepend=0)
    sign = np.select([stops["kind"] == "pickup", stops["kind"] == "dropoff"], [1, -1], 0)
    # Referred passengers are not in the table of trips; their party is what the load changes by.
    known = [size.get(request, -1) for request in stops["request_id"].tolist()]
    boards = np.where(np.array(known) < 0, change, sign * np.array(known))
    return abs(by_stop + int((boards * done).sum()))


def _quotes(study: Study, trips: Columns, made: NDArray[np.bool_]) -> dict[str, int]:
    """Quote some trips one by one, as a citizen's price is quoted: oere off what was charged, and trips refused."""
    rows = np.flatnonzero(made)[:: max(1, int(made.sum()) // QUOTED)]
    off = refused = 0
    for row in rows.tolist():
        answer = quote(_trip(trips, row), study.packages[0], study.book, study.switches)
        if isinstance(answer, Offer):
            off += abs(sum(line.amount_oere for line in answer.lines) - int(trips["fare_oere"][row]))
        else:
            refused += 1
    return {"fare_lines": off, "rules": refused}


def _trip(trips: Columns, row: int) -> Trip:
    children = int(trips["children"][row])
    return Trip(
        str(trips["from_municipality"][row]),
        str(trips["to_municipality"][row]),
        int(trips["distance_m"][row]),
        _day(trips["booked_date"][row]),
        _day(trips["service_date"][row]),
        product="plustur" if trips["product"][row] == "plustur" else "flextur",
        channel="online" if trips["online"][row] else "phone",
        adults=int(trips["passengers"][row]) - children,
        children=children,
        standing=bool(trips["standing"][row]),
        from_town=str(trips["town"][row]),
        to_town=str(trips["town"][row]),
    )


def _day(value: object) -> date:
    return date.fromisoformat(str(value)[:10])


def _units(profile: Profile, seed: int) -> Sequence[Unit]:
    return [Unit(differences, (code, package, seed)) for code, package in chosen(profile.conserved, seed)]


def _found(profile: Profile, results: Sequence[dict[str, int]]) -> Found:
    def target(name: str) -> Target:
        return identity(
            f"conserved_{name}", CHECKS[name], sum(result[name] for result in results),
            f"{_COUNTED.get(name, 'Forskel')}, lagt sammen over {len(results)} tilfældige kommuner og valg.",
        )  # fmt: skip

    return Found([target(name) for name in CHECKS])


GROUP = Group("conserved", "Penge og passagerer forsvinder ikke", _units, _found)
