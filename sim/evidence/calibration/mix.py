"""The mix of 2017: every municipality that had, or may have had, flextur, simulated on a sample of the year's days.

What was counted for all of Movia is compared with this mix: a municipality whose flextur is only assumed counts by the
chance that it had it, and one whose fare is unknown is simulated both with grundtakst and with kommunetakst.
"""

import multiprocessing
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from sim.geography.municipalities import movia_municipalities
from sim.inputs.assumptions import Value, load_assumptions
from sim.inputs.scenario.scenario import build_scenario
from sim.riders.demand.tours import draw_requests
from sim.riders.demand.volume import ALLOCATION_DAY, allocated_volume
from sim.road.kernel import Kind
from sim.study.demand import curves, demand_model
from sim.study.draws import ParameterDraw
from sim.study.prepare import prepare
from sim.study.prices import fare_table
from sim.study.run import pool_of, run_option
from sim.study.study import Study
from tariffs import load_municipal_choices
from tariffs.operator_payment import PARTS_PER_OERE

YEAR = 2017
SEED = 2017
EXPECTED_KNOB_ROUNDS = 8
"""How many times the whole mix is usually simulated; for the progress bar."""

Side = Literal["", "grundtakst", "kommunetakst"]
"""Which of the two fares an unknown one is taken to be; empty where the package is known."""


@dataclass(frozen=True)
class Member:
    """A municipality in the mix under one package; ``weight`` is the chance that it had flextur."""

    code: str
    weight: float
    elements: tuple[str, ...]
    side: Side = ""


@dataclass(frozen=True)
class Setting:
    """What a simulation of the mix is run with.

    ``every`` takes every so many days of the year (coprime with 7, so that all weekdays come alike); ``overrides`` replace
    assumptions; ``draw`` is a parameter draw, None for central parameters.
    """

    every: int
    overrides: Mapping[str, Value] = field(default_factory=dict)
    draw: ParameterDraw | None = None


@dataclass(frozen=True)
class Totals:
    """What one member's sampled days came to; amounts of the operator payment are in 1/3600 oere.

    ``start_parts`` does not depend on the price of an hour, ``hour_parts`` is in proportion to it, at ``rate_kr``.
    """

    member: Member
    trips: int
    passengers: int
    fares_oere: int
    start_parts: int
    hour_parts: int
    rate_kr: float
    fee_oere: float
    shared: int
    coordinated: int


def municipalities_2017() -> list[tuple[str, float]]:
    """Return the municipalities that had flextur in 2017, with the probability that they had."""
    choices = load_municipal_choices()
    chances = {"known": 1.0, "assumed": load_assumptions().number("volume_assumed_share"), "no": 0.0}
    offered = {m.code: chances[choices.offers("flextur", m.code, ALLOCATION_DAY)] for m in movia_municipalities()}
    return [(code, chance) for code, chance in offered.items() if chance]


def members() -> tuple[Member, ...]:
    """Return the mix, each unknown fare twice."""
    choices = load_municipal_choices()
    found: list[Member] = []
    for code, weight in municipalities_2017():
        choice = choices.choices(code, ALLOCATION_DAY)
        elements = choice.package.elements()
        if choice.certainty == "known" or elements:
            found.append(Member(code, weight, elements))
        else:
            found += [Member(code, weight, (), "grundtakst"), Member(code, weight, ("kommunetakst",), "kommunetakst")]
    return tuple(found)


def largest(mix: Sequence[Member], share: float) -> tuple[Member, ...]:
    """Return the members of the municipalities with most passengers, until they have ``share`` of them all."""
    assumptions = load_assumptions()
    riders = {m.code: m.weight * allocated_volume(m.code, assumptions).passengers for m in mix}
    kept: set[str] = set()
    for code in sorted(riders, key=lambda c: -riders[c]):
        if sum(riders[c] for c in kept) >= share * sum(riders.values()):
            break
        kept.add(code)
    return tuple(m for m in mix if m.code in kept)


def study_of(member: Member, setting: Setting) -> Study:
    """Return the member's year, ready to run."""
    scenario = build_scenario(
        {
            "municipality": member.code,
            "year": YEAR,
            "seed": SEED,
            "reference": member.elements,
            "options": [{"name": str(YEAR), "elements": member.elements}],
            "assumptions": dict(setting.overrides),
        },
        "calibration",
    )
    return prepare(scenario, member.code, on=ALLOCATION_DAY).under(setting.draw)


def simulate(member: Member, setting: Setting) -> Totals:
    """Simulate the sampled days of one member's 2017, one replication."""
    study = study_of(member, setting)
    model = demand_model(study, setting.draw)
    sampled = np.arange(study.year.days) % setting.every == 0
    requests = draw_requests(model, SEED, 0)
    requests = requests.take(np.flatnonzero(sampled[requests.service_day]))
    pool = pool_of(study, model, 0).among(sampled)
    table = fare_table(study.book, study.switches)
    run = run_option(study, requests, study.packages[0], curves(study, setting.draw), pool, table)
    made = run.outcome == Kind.DROPPED_OFF
    return Totals(
        member,
        trips=int(np.count_nonzero(made)),
        passengers=int(run.carried.sum()),
        fares_oere=int(run.fare_oere.sum()),
        start_parts=run.start_parts,
        hour_parts=int(run.operator_parts.sum()) - run.start_parts,
        rate_kr=study.assumptions.number("operator_driving_kr_per_hour"),
        fee_oere=float(run.fee_oere),
        shared=int(np.count_nonzero(run.shared & made)),
        coordinated=int(np.count_nonzero(run.coordinated & made)),
    )


Run = Callable[[Sequence[tuple[Member, Setting]]], list[Totals]]
"""Simulates members under settings, in the order given."""


@contextmanager
def simulator(workers: int, done: Callable[[], None]) -> Iterator[Run]:
    """Yield a function that simulates, in processes of their own; ``done`` is called after each simulation."""
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:

        def run(work: Sequence[tuple[Member, Setting]]) -> list[Totals]:
            futures = [pool.submit(simulate, *each) for each in work]
            found = []
            for future in futures:
                found.append(future.result())
                done()
            return found

        yield run


@dataclass(frozen=True)
class Mix:
    """The members put together: totals weighted by the chance of each, and of its fare."""

    trips: float
    passengers: float
    fares_oere: float
    start_oere: float
    hour_oere_per_kr: float
    fee_oere: float
    shared: float
    coordinated: float

    @property
    def mean_fare_kr(self) -> float:
        """What a passenger paid on average."""
        return self.fares_oere / self.passengers / 100

    @property
    def shared_percent(self) -> float:
        """Trips with another booking in the car, of all trips."""
        return 100 * self.shared / self.trips

    @property
    def coordinated_percent(self) -> float:
        """Shared or chained trips, of all trips."""
        return 100 * self.coordinated / self.trips

    def net_kr_per_passenger(self, rate_kr: float) -> float:
        """Return the net cost per passenger when an hour costs ``rate_kr``, the driving as it is."""
        operator = self.start_oere + rate_kr * self.hour_oere_per_kr
        return (operator - self.fares_oere + self.fee_oere) / self.passengers / 100

    def rate_for(self, net_kr: float) -> float:
        """Return the price of an hour at which a passenger costs ``net_kr`` net."""
        at_zero = self.net_kr_per_passenger(0.0)
        return (net_kr - at_zero) / (self.net_kr_per_passenger(1.0) - at_zero)


def together(found: Sequence[Totals], kommunetakst_share: float) -> Mix:
    """Put members together; ``kommunetakst_share`` of the unknown fares are taken to be kommunetakst."""
    sides: dict[Side, float] = {"": 1.0, "grundtakst": 1.0 - kommunetakst_share, "kommunetakst": kommunetakst_share}

    def total(value: Callable[[Totals], float]) -> float:
        return sum(t.member.weight * sides[t.member.side] * value(t) for t in found)

    return Mix(
        trips=total(lambda t: t.trips),
        passengers=total(lambda t: t.passengers),
        fares_oere=total(lambda t: t.fares_oere),
        start_oere=total(lambda t: t.start_parts / PARTS_PER_OERE),
        hour_oere_per_kr=total(lambda t: t.hour_parts / PARTS_PER_OERE / t.rate_kr),
        fee_oere=total(lambda t: t.passengers * t.fee_oere),
        shared=total(lambda t: t.shared),
        coordinated=total(lambda t: t.coordinated),
    )
