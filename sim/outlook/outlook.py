"""The budget year and the overslagsår: each simulated with its own riders, prices and fares."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from sim.comparison.figures import Json, Spread, figure
from sim.comparison.measures import Measure
from sim.comparison.parallel import Progress, Samples, gather
from sim.comparison.replication import Replication
from sim.outlook.editions import DRAFTED, editions_of, with_drafts
from sim.outlook.population import GROWTH_IDS, demand_index
from sim.scenario import Scenario
from sim.study.draws import ParameterDraw, parameter_draws
from sim.study.study import Study, prepare
from tariffs.errors import InputError

REPLICATIONS, DRAWS = 4, 16
"""Fewer than the comparison's own, for every year: the mean is nearly as good, the interval rougher."""
PRICE_IDS = ("operator_index_percent", "fee_index_percent", "willingness_index_percent", "fare_index_percent")


@dataclass(frozen=True)
class OutlookYear:
    """One year made ready.

    ``study`` is the year's own, with the volume that its age groups give; ``index`` the demand against the year
    ``since``; ``editions`` the fare editions in force, as published in the result.
    """

    study: Study
    index: float
    since: int
    editions: list[Json]

    def draws(self) -> tuple[ParameterDraw, ...]:
        """Return the first of the comparison's draws, each with the growth of the demand that it supposes."""
        study = self.study
        drawn = parameter_draws(study.scenario.draws, study.assumptions, study.volume)[:DRAWS]
        return tuple(
            replace(draw, volume_factor=draw.volume_factor * self.index_in(draw) / self.index) for draw in drawn
        )

    def index_in(self, draw: ParameterDraw) -> float:
        """Return the demand index under one draw of the assumptions on growth."""
        study = self.study
        register = study.assumptions.at(draw.values)
        return demand_index(study.region.municipality.code, study.year.year, register, since=self.since)


@dataclass(frozen=True)
class Outlook:
    """The budget year and those after it, ready to be simulated; ``drafted_from`` the last known fare edition."""

    years: tuple[OutlookYear, ...]
    drafted_from: str


def prepare_outlook(study: Study) -> Outlook | None:
    """Make the budget year and the years after it ready; None when the scenario asks for none.

    Raises InputError when a year cannot be calculated, before anything is simulated.
    """
    scenario = study.scenario
    if not scenario.years_ahead:
        return None
    if scenario.trips is not None:
        raise InputError(
            "Overslagsår kan ikke regnes på kommunens egen turliste",
            why="en turliste er ét års ture, og fremskrivningen ændrer passagertallet efter aldersgrupper",
            next_step="giv i stedet passagertallet med --passengers, eller udelad --years-ahead",
        )
    last = scenario.year + scenario.years_ahead
    known = frozenset(edition.id for edition in study.book.editions)
    percent = study.assumptions.number("fare_index_percent")
    with with_drafts(scenario.tariff_files, scenario.variant, last, percent) as files:
        years = tuple(_year(study, year, files, known) for year in range(scenario.year, last + 1))
    return Outlook(years, study.book.editions[-1].id)


def _year(study: Study, year: int, files: tuple[str, ...], known: frozenset[str]) -> OutlookYear:
    since, code = study.scenario.year, study.region.municipality.code
    ready = prepare(_scenario(study.scenario, year, files), code, on=date(since, 12, 31))
    index = demand_index(code, year, study.assumptions, since=since)
    volume = replace(study.volume, passengers=study.volume.passengers * index)
    editions = editions_of(ready.book, year, ready.packages, known)
    return OutlookYear(replace(ready, volume=volume), index, since, editions)


def _scenario(scenario: Scenario, year: int, files: tuple[str, ...]) -> Scenario:
    """Return the scenario of one of the years: all of it, at its own prices unless the user has stated a price level."""
    return scenario.model_copy(
        update={
            "year": year,
            "start": None,
            "years_ahead": 0,
            "tariff_files": files,
            "assumptions": {"price_level": float(year)} | scenario.assumptions,
            "min_replications": 2,
            "max_replications": REPLICATIONS,
        }
    )


def simulate_outlook(
    outlook: Outlook | None, *, workers: int, progress: Progress = lambda done, expected: None
) -> Json | None:
    """Simulate every option in every year and draw up the block of ``comparison.json``; None without years."""
    if outlook is None:
        return None
    blocks: list[Json] = []
    draws = [year.draws() for year in outlook.years]
    each = REPLICATIONS + len(draws[0])
    for place, year in enumerate(outlook.years):

        def so_far(done: int, _expected: int, before: int = place * each) -> None:
            progress(before + done, each * len(outlook.years))

        samples = gather(year.study, draws[place], workers=workers, tables_to=None, progress=so_far)
        blocks.append(_year_block(year, draws[place], samples))
    register = outlook.years[0].study.assumptions
    return {
        "years": blocks,
        "fixed_prices": len({block["price_level"] for block in blocks}) == 1,
        "drafted_from": outlook.drafted_from if any(block["drafted"] for block in blocks) else None,
        "assumptions": {key: register.number(key) for key in (*GROWTH_IDS, *PRICE_IDS)},
        "replications": REPLICATIONS,
        "draws": len(draws[0]),
    }


def _year_block(year: OutlookYear, draws: Sequence[ParameterDraw], samples: Samples) -> Json:
    study = year.study
    indices = np.array([year.index_in(draw) for draw in draws], dtype=np.float64)
    index = figure(Spread(np.array([year.index]), indices, np.zeros(len(draws), dtype=np.int64)))
    return {
        "year": study.year.year,
        "price_level": study.prices.year,
        "demand_index": index.json(),
        "passengers": study.volume.passengers,
        "editions": year.editions,
        "drafted": any(edition["certainty"] == DRAFTED for edition in year.editions),
        "options": [_option(study, samples, place) for place in range(len(study.packages))],
    }


def _option(study: Study, samples: Samples, place: int) -> Json:
    net, trips = (_spread(samples, place, measure) for measure in (Measure.NET_COST, Measure.TRIPS))
    moved = figure(net - _spread(samples, 0, Measure.NET_COST))
    return {
        "name": study.scenario.options[place].name,
        "net_cost_oere": figure(net).json(),
        "trips": figure(trips, at_least=0.0).json(),
        "change": {
            "net_cost_oere": moved.json(),
            "trips": figure(trips - _spread(samples, 0, Measure.TRIPS)).json(),
        },
        "sign_is_sure": moved.sign_is_sure,
    }


def _spread(samples: Samples, option: int, measure: Measure) -> Spread:
    def values(replications: Sequence[Replication]) -> NDArray[np.float64]:
        return np.array([float(r.year[option, measure]) for r in replications], dtype=np.float64)

    return Spread(values(samples.central), values(samples.drawn), np.array(samples.paired_with, dtype=np.int64))
