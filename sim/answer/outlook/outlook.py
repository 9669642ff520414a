"""The budget year and the overslagsår: each simulated with its own riders, prices and fares."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np

from sim.answer.outlook.amounts import Shares, amounts, lacking, month_shares
from sim.answer.outlook.editions import PROJECTED, editions_of
from sim.answer.records import outlook as records
from sim.inputs.scenario import Scenario
from sim.riders.demand.population import GROWTH_IDS, demand_index
from sim.study.demand import level_ratio
from sim.study.draws import ParameterDraw
from sim.study.introduction import introduced, settled_shares
from sim.study.prepare import prepare
from sim.study.prices import price_index
from sim.study.replicated.figures import Spread, figure
from sim.study.replicated.measures import Measure
from sim.study.replicated.parallel import Progress, gather
from sim.study.replicated.samples import Samples
from sim.study.replicated.totals import Replication
from sim.study.study import Study
from sim.words.figure import Figure
from tariffs import last_known
from tariffs.errors import InputError

REPLICATIONS = 4
"""Fewer than the comparison's own: all years meet the same people, so that they differ by little chance."""
PRICED = {Measure.OPERATOR_PAYMENT: "operator", Measure.MOVIA_FEE: "fee"}
"""The part of the price index by which an amount grows; fares have editions."""
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
    editions: tuple[records.EditionInForce, ...]

    def is_that_of(self, study: Study) -> bool:
        """Say whether the year is the comparison's own, in the same prices."""
        return study.year.year == self.study.year.year and study.prices.year == self.study.prices.year

    def index_in(self, draw: ParameterDraw) -> float:
        """Return the demand index under one draw of the assumptions on growth."""
        study = self.study
        register = study.assumptions.at(draw.values)
        return demand_index(study.region.municipality.code, study.year.year, register, since=self.since)

    @cached_property
    def shares(self) -> Shares:
        """What there is of the settled volume of what was introduced in an earlier year, by month."""
        return month_shares(self.study, self.study.assumptions)


@dataclass(frozen=True)
class Base:
    """The comparison that the years follow on: its study, runs and parameter draws (those of ``samples.drawn``)."""

    study: Study
    samples: Samples
    draws: tuple[ParameterDraw, ...]


@dataclass(frozen=True)
class YearFigures:
    """Reads a year's spreads: its own runs for the centre, and the comparison's draws for what is not known.

    A draw is not run again in every year. What it made of an amount in the comparison, in proportion, it makes of that
    year's; besides, it has its own growth of the demand and of prices up to the year.
    """

    year: OutlookYear
    base: Base
    central: tuple[Replication, ...]

    def __call__(self, option: int, measure: Measure) -> Spread:
        """Return the spread of one of an option's amounts."""
        study, draws = self.year.study, self.base.draws
        settled = amounts(study, self.central, option, measure)
        paired = np.arange(len(draws), dtype=np.int64) % len(settled)
        factor = np.array([self._factor(n, draw, option, measure) for n, draw in enumerate(draws)], dtype=np.float64)
        if study.begun is None:
            return Spread(settled, settled[paired] * factor, paired)
        central = settled - lacking(self.central, option, measure, self.year.shares)
        drawn = [
            (settled[run] - lacking([self.central[run]], option, measure, shares)[0]) * times
            for run, times, shares in zip(paired, factor, self._shares, strict=True)
        ]
        return Spread(central, np.array(drawn, dtype=np.float64), paired)

    @cached_property
    def _shares(self) -> tuple[Shares, ...]:
        """What there is of an introduced service in each month under every draw."""
        study = self.year.study
        return tuple(month_shares(study, study.assumptions.at(draw.values)) for draw in self.base.draws)

    def net_cost(self, option: int) -> Spread:
        """Return operator payment less fares plus fee."""
        operator, fares, fee = (self(option, m) for m in (Measure.OPERATOR_PAYMENT, Measure.FARES, Measure.MOVIA_FEE))
        return Spread(
            operator.central - fares.central + fee.central, operator.drawn - fares.drawn + fee.drawn, operator.paired
        )

    def _factor(self, number: int, draw: ParameterDraw, option: int, measure: Measure) -> float:
        """Return what a draw multiplies an amount of this year by."""
        samples = self.base.samples
        runs = (samples.drawn[number], samples.central[samples.paired_with[number]])
        under, centre = amounts(self.year.study, runs, option, measure)
        growth = self.year.index_in(draw) / self.year.index
        return (under / centre if centre else 1.0) * growth * self._prices(draw, option, measure)

    def _prices(self, draw: ParameterDraw, option: int, measure: Measure) -> float:
        """Return how much more a draw's prices have grown by this year than by the comparison's, against the centre."""
        part = PRICED.get(measure)
        grown = 1.0
        for study, sign in ((self.year.study, 1), (self.base.study, -1)):
            register = study.assumptions.at(draw.values)
            if part is not None:
                own = price_index(register, study.scenario)
                grown *= float(getattr(own, part) / getattr(study.prices, part)) ** sign
            elif measure == Measure.FARES:
                grown *= level_ratio(study, study.packages[option], study.book_at(register)) ** sign
        return grown


@dataclass(frozen=True)
class Outlook:
    """The budget year and those after it, ready to be simulated; ``drafted_from`` the last known price list."""

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
            next_step="angiv i stedet passagertallet med --passengers, eller udelad --years-ahead",
        )
    last = scenario.year + scenario.years_ahead
    years = tuple(_year(study, year) for year in range(scenario.year, last + 1))
    return Outlook(years, last_known(study.book).id)


def _year(study: Study, year: int) -> OutlookYear:
    since, code = study.scenario.year, study.region.municipality.code
    start = study.scenario.start
    asked = _scenario(study, year).model_copy(update={"start": start if year == since else None})
    ready = prepare(asked, code, on=date(since, 12, 31), names_say_kroner=False)
    index = demand_index(code, year, study.assumptions, since=since)
    # Passengers of a year with closed days are those of the other days.
    driven = ready.year.open_share(ready.assumptions) / study.year.open_share(study.assumptions)
    volume = replace(study.volume, passengers=study.volume.passengers * index * driven)
    editions = editions_of(ready.book, year, ready.packages)
    return OutlookYear(replace(ready, volume=volume, begun=None if year == since else start), index, since, editions)


def _scenario(study: Study, year: int) -> Scenario:
    """Return the scenario of one of the years: all of it, at its own prices unless the user has stated a price level.

    A level in kroner is what it is in the budget year: one of the price list follows it, an own price stays.
    """
    scenario = study.scenario
    return scenario.model_copy(
        update={
            "year": year,
            "options": tuple(
                option.model_copy(update={"elements": package.elements()})
                for option, package in zip(scenario.options, study.packages, strict=True)
            ),
            "reference": scenario.reference and study.reference.elements(),
            "years_ahead": 0,
            "assumptions": {"price_level": float(year)} | scenario.assumptions,
            "min_replications": 2,
            "max_replications": REPLICATIONS,
        }
    )


def simulate_outlook(
    outlook: Outlook | None,
    base: Base,
    *,
    workers: int,
    progress: Progress = lambda done, expected: None,
) -> records.Outlook | None:
    """Simulate every option in every year and return what the answer says of them; None without years.

    The budget year is the comparison itself when both are in the same prices.
    """
    if outlook is None:
        return None
    blocks: list[records.OutlookYear] = []
    own = [year.study.year.year for year in outlook.years if not year.is_that_of(base.study)]
    done = 0
    for year in outlook.years:
        central = base.samples.central
        if year.study.year.year in own:
            before = done

            def so_far(n: int, _expected: int, before: int = before) -> None:
                progress(before + n, REPLICATIONS * len(own))

            central = gather(year.study, (), workers=workers, tables_to=None, progress=so_far).central
            done += REPLICATIONS
        blocks.append(_year_block(year, YearFigures(year, base, tuple(central))))
    register = outlook.years[0].study.assumptions
    return records.Outlook(
        years=tuple(blocks),
        budget_year_from=base.study.scenario.start,
        fixed_prices=len({block.price_level for block in blocks}) == 1,
        drafted_from=outlook.drafted_from if any(block.drafted for block in blocks) else None,
        assumptions={key: register.number(key) for key in (*GROWTH_IDS, *PRICE_IDS)},
        replications=REPLICATIONS,
        draws=len(base.draws),
    )


def _year_block(year: OutlookYear, read: YearFigures) -> records.OutlookYear:
    study = year.study
    indices = np.array([year.index_in(draw) for draw in read.base.draws], dtype=np.float64)
    index = figure(Spread(np.array([year.index]), indices, np.zeros(len(indices), dtype=np.int64)))
    return records.OutlookYear(
        year=study.year.year,
        price_level=study.prices.year,
        demand_index=index.shown,
        passengers=study.volume.passengers,
        editions=year.editions,
        drafted=any(edition.certainty == PROJECTED for edition in year.editions),
        settled_share=_settled_share(year, read),
        options=tuple(_option(study, read, place) for place in range(len(study.packages))),
    )


def _settled_share(year: OutlookYear, read: YearFigures) -> Figure | None:
    """Return how much of its settled volume an introduced service has in a year, from the start date on; None where there is none."""
    study = year.study
    if not any(introduced(study, place) for place in range(len(study.packages))):
        return None
    registers = [study.assumptions, *(study.assumptions.at(draw.values) for draw in read.base.draws)]
    first = study.start_day or 0
    centre, *drawn = (float(settled_shares(study, register)[first:].mean()) for register in registers)
    return figure(Spread(np.array([centre]), np.array(drawn), np.zeros(len(drawn), dtype=np.int64))).shown


def _option(study: Study, read: YearFigures, place: int) -> records.OptionYear:
    net, trips = read.net_cost(place), read(place, Measure.TRIPS)
    moved = figure(net - read.net_cost(0)).shown
    return records.OptionYear(
        name=study.scenario.options[place].name,
        net_cost_oere=figure(net).shown,
        trips=figure(trips, at_least=0.0).shown,
        change=records.YearChange(moved, figure(trips - read(0, Measure.TRIPS)).shown),
        sign_is_sure=moved.sign_is_sure,
    )
