"""From replications to the comparison as it is published: ``comparison.json``."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sim.answer.accumulated import accumulated, budget_months
from sim.answer.affected_riders import affected_riders
from sim.answer.budget.forecast import check_budget, forecast
from sim.answer.budget.recalibration import Recalibration, paid_year
from sim.answer.citizen_prices import citizen_prices
from sim.answer.clinic.account import check_clinic, clinic_account
from sim.answer.clinic.displaced import displaced_notes
from sim.answer.experiments import experiments
from sim.answer.extrapolation import extrapolation
from sim.answer.flexhandicap import account, flexhandicap
from sim.answer.introduction import introduction
from sim.answer.judgements import published_assumptions
from sim.answer.neighbours.side_by_side import beside, check_neighbours, neighbour_studies
from sim.answer.outlook.outlook import Base, prepare_outlook, simulate_outlook
from sim.answer.own_lines import own_lines
from sim.answer.waterfall import waterfall
from sim.answer.wording import affected_rule, sentence
from sim.estimate.sensitivity.most_important import Weighty, what_matters_most
from sim.riders.demand.population import Residents, residents
from sim.study.draws import ParameterDraw, parameter_draws
from sim.study.fare_certainty import fare_certainty
from sim.study.plustur import plustur_prices
from sim.study.replicated.figures import Json, Spread, figure, ratio
from sim.study.replicated.measures import Measure
from sim.study.replicated.parallel import Progress, Samples, gather
from sim.study.replicated.reader import Reader
from sim.study.replicated.sequential import Precision, precision
from sim.study.study import Study

PLUSTUR_KEYS = (
    ("trips", Measure.TRIPS),
    ("passengers", Measure.PASSENGERS),
    ("fares_oere", Measure.FARES),
    ("operator_payment_oere", Measure.OPERATOR_PAYMENT),
    ("net_cost_oere", Measure.NET_COST),
)
SCHEMA_VERSION = 1


@dataclass(frozen=True)
class Comparison:
    """A finished comparison: the figures as published, and how sure they are by chance."""

    json: Json
    precision: Precision
    samples: Samples
    recalibration: Recalibration | None = None


def compare(
    study: Study,
    *,
    workers: int,
    tables_to: Path | None = None,
    progress: Progress = lambda done, expected: None,
    recalibration: Recalibration | None = None,
) -> Comparison:
    """Run the study's options on the same people until chance is small, and draw up the comparison.

    ``recalibration`` is how the study's scenario was fitted to the municipality's own months, if it was.

    Raises InputError before anything is run when budget, neighbours, clinic or a year ahead cannot be calculated.
    """
    check_budget(study.scenario)
    check_neighbours(study.scenario, study.region.municipality.code)
    check_clinic(study)
    years = prepare_outlook(study)
    asked = study.scenario if recalibration is None else recalibration.asked
    others = neighbour_studies(study, asked.assumptions)
    draws = parameter_draws(study.scenario.draws, study.assumptions, study.volume)
    if recalibration is not None:
        draws = recalibration.drawn(draws)
    paid = None if recalibration is None else paid_year(recalibration.scenario, study.region.municipality.code)
    # What rests on the estimate alone is worked out while the processes simulate.
    with ThreadPoolExecutor(1) as meanwhile:
        important = meanwhile.submit(what_matters_most, study, paid)
        samples = gather(study, draws, workers=workers, tables_to=tables_to, progress=progress)
    net = np.stack([r.year[:, Measure.NET_COST] for r in samples.central])
    reached = precision(net)
    done = len(samples.central) + len(samples.drawn)
    result = _json(study, samples, draws, reached, important.result())
    result["outlook"] = simulate_outlook(
        years, Base(study, samples, draws), workers=workers, progress=lambda n, of: progress(done + n, done + of)
    )
    result["clinic"] = clinic_account(study, samples, draws)
    result["budget"] = forecast(study, samples)
    result["observed"] = None if recalibration is None else recalibration.json()
    result["neighbours"] = beside(study, result, samples, others, lambda s: compare(s, workers=workers).json)
    return Comparison(result, reached, samples, recalibration)


def _json(
    study: Study, samples: Samples, draws: Sequence[ParameterDraw], reached: Precision, important: Weighty
) -> Json:
    scenario, read = study.scenario, Reader(samples)
    people = residents_of(study)
    options = [
        _option(study, samples, read, place)
        | {"flexhandicap": flexhandicap(study, read, draws, place) if place else None}
        for place in range(len(study.packages))
    ]
    across, _ = read.block("across", 0)
    return {
        "schema_version": SCHEMA_VERSION,
        "municipality": study.region.municipality.code,
        "municipality_name": study.region.municipality.name,
        "year": scenario.year,
        "price_level": study.prices.year,
        "start": None if scenario.start is None else scenario.start.isoformat(),
        "price_day": study.price_day.isoformat(),
        "seed": scenario.seed,
        "tariff_editions": sorted({edition for r in samples.central for edition in r.editions}),
        "replications": len(samples.central),
        "draws": len(samples.drawn),
        "precision": {
            "reached": reached.reached,
            "half_width_oere": reached.half_width_oere,
            "allowed_oere": reached.allowed_oere,
            "rule": "95 % t-interval for ændringen i nettoudgift, alene tilfældighed: højst 5 % af ændringen"
            " eller 0,5 % af nettoudgiften",
        },
        "volume": {
            "passengers": study.volume.passengers,
            "origin": study.volume.origin,
            "statement": study.volume.statement_da,
            "reference": list(study.reference.elements()),
            "reference_known": study.reference_known,
        },
        "population": people.everyone,
        "population_older": people.older,
        "population_year": people.year,
        "population_basis": people.basis,
        "options": options,
        "across": across,
        "experiments": experiments(study, read),
        "own_lines": own_lines(study, read),
        "flexhandicap": account(study, options),
        "citizen_prices": citizen_prices(study),
        "fares": fare_certainty(study),
        "plustur_prices": plustur_prices(study),
        "prebooked": _prebooked(study, read),
        "introduction": introduction(study),
        "notes": [*study.notes, *displaced_notes(study)],
        "most_important": important.five,
        "tornadoes": important.each,
        "assumptions": published_assumptions(study),
    }


def _option(study: Study, samples: Samples, read: Reader, place: int) -> Json:
    option, package = study.scenario.options[place], study.packages[place]
    people = residents_of(study)
    year, year_apart = read.block("year", place)
    change, change_apart = read.change("year", place, "year", 0)
    town_base = read("in_town", 0, Measure.PASSENGERS)
    net, net_base = read("year", place, Measure.NET_COST), read("year", 0, Measure.NET_COST)
    moved = net - net_base
    per_thousand = ratio(moved, town_base, 1000.0)
    town = ratio(read("in_town", place, Measure.NET_COST), read("in_town", place, Measure.PASSENGERS))
    lost = read("year", 0, Measure.TRIPS) - read("year", place, Measure.TRIPS)
    per_lost = ratio(net_base - net, lost) if lost.mean > 0 else None
    shared = ratio(read("shared", place), read("year", place, Measure.TRIPS), 100.0)
    coordinated = ratio(read("coordinated", place), read("year", place, Measure.TRIPS), 100.0)
    avoidable = read("pool_payment", place) - read("pool_payment", 0)
    bill = read("year", place, Measure.OPERATOR_PAYMENT) - read("year", 0, Measure.OPERATOR_PAYMENT)
    result: Json = {
        "name": option.name,
        "elements": list(package.elements()),
        **year,
        "uncertainty": {
            "replications": len(samples.central),
            "draws": len(samples.drawn),
            **year_apart,
            "change": change_apart,
        },
        "change": change,
        "part_year": _part_year(study, read, place),
        "plustur": _plustur(read, place) if package.plustur else None,
        "affected": None if place == 0 else _affected(study, read, place),
        "affected_riders": affected_riders(study, read, place) if place else None,
        "waterfall": waterfall(read, place) if place else None,
        "per_1000_town_passengers_oere": None if per_thousand is None else per_thousand.json(),
        "net_cost_per_town_passenger_oere": None if town is None else town.json(),
        "net_cost_per_lost_trip_oere": None if per_lost is None else per_lost.json(),
        "net_cost_per_resident_oere": ratio_to(net, people.everyone),
        "net_cost_per_older_resident_oere": ratio_to(net, people.older),
        "shared_percent": None if shared is None else shared.json(),
        "coordinated_percent": None if coordinated is None else coordinated.json(),
        "operator_payment_change_oere": None if place == 0 else figure(bill).json(),
        "avoidable_cost_change_oere": None if place == 0 else figure(avoidable).json(),
        "no_vehicle": figure(read("refused", place), at_least=0.0).json(),
        "months": [
            {
                "month": month + 1,
                "trips": figure(read("months", place, month, Measure.TRIPS), at_least=0.0).json(),
                "net_cost_oere": figure(read("months", place, month, Measure.NET_COST)).json(),
                "accumulated_net_cost_oere": reached,
                "budget_year_net_cost_oere": own,
            }
            for month, (reached, own) in enumerate(
                zip(accumulated(study, read, place), budget_months(study, read, place), strict=True)
            )
        ],
        "extrapolation": extrapolation(study, place),
    }
    sure = figure(moved).sign_is_sure
    result["sign_is_sure"] = sure
    result["sentence"] = sentence(study, option.name, change, sure) if place else None
    return result


def residents_of(study: Study) -> Residents:
    """Return the residents of the study's year."""
    return residents(study.region.municipality.code, study.year.year, study.assumptions)


def ratio_to(top: Spread, divisor: float) -> Json:
    """Return a quantity divided by a known number."""
    return figure(Spread(top.central / divisor, top.drawn / divisor, top.paired)).json()


def _part_year(study: Study, read: Reader, place: int) -> Json | None:
    if study.start_day is None:
        return None
    figures, apart = read.block("part_year", place)
    change, change_apart = read.change("part_year", place, "part_year", 0)
    n, d = len(read.samples.central), len(read.samples.drawn)
    return {
        **figures,
        "change": change,
        "uncertainty": {"replications": n, "draws": d, **apart, "change": change_apart},
    }


def _plustur(read: Reader, place: int) -> Json:
    """Return plustur's own figures in the full year, which are also part of the option's."""
    return {
        key: figure(read("plustur", place, measure), at_least=-np.inf if key == "net_cost_oere" else 0.0).json()
        for key, measure in PLUSTUR_KEYS
    }


def _affected(study: Study, read: Reader, place: int) -> Json:
    change, _ = read.change("affected", place, "affected_base", place)
    return {
        "rule": affected_rule(study, place),
        "trips": figure(read("affected", place, Measure.TRIPS), at_least=0.0).json(),
        "passengers": figure(read("affected", place, Measure.PASSENGERS), at_least=0.0).json(),
        "net_cost_oere": figure(read("affected", place, Measure.NET_COST)).json(),
        "change": change,
    }


def _prebooked(study: Study, read: Reader) -> Json | None:
    if study.start_day is None:
        return None
    names = ("trips", "passengers", "standing_trips")
    return {name: figure(read("prebooked", n), at_least=0.0).json() for n, name in enumerate(names)}
