"""Simulated years to fit the instant estimate on, and to measure it against."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.accounts.operator import duty_payments, operator_rates
from sim.assumptions import load_assumptions
from sim.comparison.measures import Measure, run_totals
from sim.comparison.replication import fare_table
from sim.demand.tours import draw_requests
from sim.demand.volume import allocated_volume
from sim.dispatch.plan import GARANTIVOGN
from sim.kernel import Kind
from sim.response.response import PRICE_YEAR
from sim.scenario.scenario import build_scenario, parse_option
from sim.study.demand import curves, demand_model
from sim.study.prepare import prepare
from sim.study.run import OptionRun, pool_of, run_option
from sim.study.study import Study
from tariffs.operator_payment import PARTS_PER_OERE

PACKAGES = (
    "Kommunetakst: kommunetakst",
    "Grundtakst",
    "Bytakst lav: kommunetakst, bytakst=low",
    "Bytakst høj: kommunetakst, bytakst=high",
    "Plustur: kommunetakst, plustur",
)
"""The first is what the others change from, and the reference under which the volume holds."""
FEWEST_PASSENGERS = 1500.0


@dataclass(frozen=True)
class Sample:
    """One option's simulated year: its totals (see `Measure`) and what a booking bore of the operator's time.

    ``driving_s`` is in driving-hour equivalents: what is neither start fee, waiting nor own boarding, at the driving rate.
    """

    municipality: str
    option: str
    totals: tuple[float, ...]
    direct_s: float
    bookings_a_day: float
    area_km2: float
    driving_s: float
    waiting_s: float
    starts: float

    @property
    def net_cost_oere(self) -> float:
        """Net cost of the year."""
        return self.totals[Measure.NET_COST]


def study_of(code: str, factor: float) -> Study:
    """Return the study of one municipality under all packages, its allocated volume times a factor, in prices of 2017."""
    assumptions = load_assumptions()
    passengers = max(FEWEST_PASSENGERS, factor * allocated_volume(code, assumptions).passengers)
    scenario = build_scenario(
        {
            "municipality": code,
            "offers_flextur": True,
            "passengers": round(passengers),
            "options": [parse_option(text) for text in PACKAGES],
            "assumptions": {"price_level": float(PRICE_YEAR)},
        },
        "sim.estimate",
    )
    return prepare(scenario, code)


def simulate(code: str, factor: float, replications: int) -> list[Sample]:
    """Simulate every package of one municipality under central parameters; the mean over some replications."""
    study = study_of(code, factor)
    model, by_class = demand_model(study, None), curves(study, None)
    table = fare_table(study.book, study.switches)
    found: list[list[tuple[float, ...]]] = [[] for _ in study.packages]
    totals: list[list[NDArray[np.int64]]] = [[] for _ in study.packages]
    for number in range(replications):
        requests = draw_requests(model, study.scenario.seed, number)
        pool = pool_of(study, model, number)
        for place, package in enumerate(study.packages):
            run = run_option(study, requests, package, by_class, pool, table)
            totals[place].append(run_totals(run, np.ones(len(run.requests), dtype=bool)))
            found[place].append(_borne(study, run))
    return [
        Sample(
            code,
            option.name,
            tuple(np.mean(totals[place], axis=0).tolist()),
            *np.mean(found[place], axis=0).tolist(),
        )
        for place, option in enumerate(study.scenario.options)
    ]


def _borne(study: Study, run: OptionRun) -> tuple[float, ...]:
    """Return the setting and the operator's time per booking of one run."""
    booked = (run.outcome == Kind.DROPPED_OFF) | (run.outcome == Kind.IN_VAIN)
    count = int(np.count_nonzero(booked))
    rates, weekend = operator_rates(study.rates, study.assumptions, study.prices.operator), study.year.weekend
    duties, stops = run.duties, run.stops
    own = stops.request >= 0

    # A duty's waiting is borne like its payment, by what each of its bookings bears of that.
    duty_of = np.full(len(run.requests), -1, dtype=np.int64)
    duty_of[stops.request[own]] = stops.duty[own]
    mine = np.bincount(duty_of[duty_of >= 0], weights=run.operator_parts[duty_of >= 0], minlength=len(duties.vehicle))
    share = mine / np.maximum(duty_payments(duties, rates, weekend), 1)
    waited = np.where(duties.contract == GARANTIVOGN, 0.0, share * duties.wait_s)
    off = weekend[duties.service_day]
    waiting_rate = np.where(off, study.rates.waiting("weekend"), study.rates.waiting("weekday"))
    paid_waiting = float(waited @ waiting_rate)

    off_bookings = weekend[run.requests.service_day[booked]].mean()
    hour = study.rates.driving("weekday") * (1 - off_bookings) + study.rates.driving("weekend") * off_bookings
    starts = run.start_parts / PARTS_PER_OERE / study.rates.start_oere
    rest = int(run.operator_parts.sum()) - run.start_parts - paid_waiting
    service_s = float(stops.service_s[own].sum())
    return (
        float(run.requests.direct_s[booked].mean()),
        count / study.year.driven_days,
        study.region.municipality.area_km2,
        (rest / hour - service_s) / count,
        float(waited.sum()) / count,
        starts / count,
    )
