"""The year's outturn against its budget: the officers' straight line, and simulated."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

import numpy as np
from numpy.typing import NDArray

from sim.answer.budget.learning import Learned, learn
from sim.answer.budget.words import sentence
from sim.answer.records import budget as records
from sim.inputs.scenario import Scenario
from sim.study.replicated.figures import Figure, Spread, figure, ratio
from sim.study.replicated.measures import Measure
from sim.study.replicated.samples import Samples
from sim.study.replicated.totals import Replication
from sim.study.study import Study
from sim.words.numbers import OERE_PER_KRONE
from tariffs.errors import About, InputError

NET = Measure.NET_COST


@dataclass(frozen=True)
class Outturn:
    """What a year comes to (forventet regnskab), and what that is over its budget (afvigelse), in oere.

    ``deviation`` and ``grant`` (the tillægsbevilling: the deviation, at least 0) are None without a budget.
    """

    outturn: Figure
    deviation: Figure | None
    grant: Figure | None

    @classmethod
    def of(cls, outturn: Spread, budget_oere: int | None) -> "Outturn":
        """Return the outturn of a quantity against a budget."""
        if budget_oere is None:
            return cls(figure(outturn), None, None)
        over = figure(Spread(outturn.central - budget_oere, outturn.drawn - budget_oere, outturn.paired))
        ends = {part: max(0.0, getattr(over, part)) for part in ("mean", "p10", "p90")}
        return cls(figure(outturn), over, Figure(**ends, chance=over.chance, parameters=over.parameters))

    @property
    def verdict(self) -> records.Verdict | None:
        """Merforbrug, mindreforbrug, or usikker when the interval has both; None without a budget."""
        if self.deviation is None:
            return None
        if self.deviation.p10 >= 0 < self.deviation.p90:
            return "merforbrug"
        return "mindreforbrug" if self.deviation.p90 <= 0 else "usikker"

    @property
    def shown(self) -> records.Outturn:
        """The figures as published."""
        return records.Outturn(
            self.outturn.shown,
            self.deviation and self.deviation.shown,
            self.grant and self.grant.shown,
            self.verdict,
        )


def check_budget(scenario: Scenario, where: str = "") -> None:
    """Raise InputError when budget, spending and dates do not fit together."""

    def refuse(what: str, next_step: str, field: str, why: str = "") -> None:
        raise InputError(what, where=where, why=why, next_step=next_step, about=About(field))

    spent, to, start = scenario.spent_kr, scenario.spent_to, scenario.start
    if scenario.budget_kr is None and spent is None and to is None:
        return
    if len(scenario.municipalities) > 1:
        refuse(
            "Ét budget kan ikke gælde flere kommuner",
            "kør én kommune ad gangen med hver sit --budget og --spent",
            "budget_kr",
        )
    if (spent is None) != (to is None):
        missing, given = ("--spent", "--spent-to") if spent is None else ("--spent-to", "--spent")
        field = "spent_kr" if spent is None else "spent_to"
        refuse(f"{given} er angivet uden {missing}", "angiv både forbruget og den dag, det er talt til og med", field)
    if to is None:
        return
    if to.year != scenario.year:
        refuse(
            f"Forbruget er talt til og med {to}, som ikke ligger i {scenario.year}",
            "ret --spent-to, eller vælg året med --year",
            "spent_to",
        )
    if start is not None and start <= to:
        refuse(
            f"Ændringen træder i kraft {start}, før forbruget er talt til og med {to}",
            "angiv forbruget til og med dagen før --start, eller en senere --start",
            "start",
            "forbruget ville allerede indeholde noget af ændringen",
        )
    if start is None and len(scenario.options) > 1:
        refuse(
            "Der er ingen dage tilbage i året, som en ændring kan gælde i",
            "regn kun på nuværende ordning, eller vælg næste år med --year",
            "spent_to",
            f"forbruget er talt til og med {to}",
        )


def straight_line_oere(spent_oere: int, to: date) -> float:
    """Return the officers' outturn: what is spent up to and with a day, over the days gone, times the year's days.

    >>> round(straight_line_oere(120_000_000, date(2020, 6, 30)))
    241318681
    """
    first = date(to.year, 1, 1)
    return spent_oere / ((to - first).days + 1) * (date(to.year + 1, 1, 1) - first).days


def shares_gone(study: Study, to: date) -> NDArray[np.float64]:
    """Return how much of each month's trips has been made up to and with ``to``, float64 (12,).

    Inside a month its days weigh as the demand does: by weekday, holiday and month profile.
    """
    weights, month = study.year.weights(study.assumptions), study.year.month
    gone = np.arange(study.year.days) <= (to - study.year.first).days
    whole = np.array([weights[month == m].sum() for m in range(12)])
    made_up = np.array([weights[gone & (month == m)].sum() for m in range(12)])
    # A month that was closed throughout has nothing to make up.
    return np.divide(made_up, whole, out=np.zeros(12), where=whole > 0)


def forecast(study: Study, samples: Samples) -> records.Budget | None:
    """Return the ``budget`` block of a comparison, None when neither a budget nor spending is given.

    An option holds from the start date; before it, and where there is no spending to count from, today's holds. Without
    a start date an option holds the whole year.
    """
    scenario = study.scenario
    check_budget(scenario)
    if scenario.budget_kr is None and scenario.spent_kr is None:
        return None
    budget, spent, to = _oere(scenario.budget_kr), _oere(scenario.spent_kr), scenario.spent_to
    paired = np.array(samples.paired_with, dtype=np.int64)

    def spread(value: Callable[[Replication], float]) -> Spread:
        return Spread(
            np.array([value(r) for r in samples.central]), np.array([value(r) for r in samples.drawn]), paired
        )

    gone = np.zeros(12) if to is None else shares_gone(study, to)
    straight = None if spent is None or to is None else straight_line_oere(spent, to)
    to_date = None if spent is None else _to_date(spent, spread(partial(_so_far, gone=gone)))
    learned = _learned(study, samples, paired, spent, gone)
    options = []
    for place, option in enumerate(scenario.options):
        change = learned.applied_to(spread(partial(_change, place=place)))
        simulated = Outturn.of(_plus(_plus(learned.remaining, change), spent or 0), budget).shown
        line = None
        if straight is not None:
            beside = _plus(change, straight) if place else Spread(np.full(1, straight), np.zeros(0), paired[:0])
            line = Outturn.of(beside, budget).shown
        said = sentence(option.name, simulated, budget, line, to_date)
        options.append(records.OptionBudget(option.name, line, simulated, said))
    return records.Budget(
        budget_oere=budget,
        spent_oere=spent,
        spent_to=to,
        days_gone=None if to is None else (to - study.year.first).days + 1,
        days_in_year=study.year.days,
        to_date=to_date,
        spending_weight=None if spent is None else learned.weight,
        options=tuple(options),
    )


def _change(run: Replication, place: int) -> float:
    """Return what an option adds to today's net cost in this year, from the start date on."""
    totals = run.year if run.part_year is None else run.part_year
    return float(totals[place, NET] - totals[0, NET])


def _so_far(run: Replication, gone: NDArray[np.float64]) -> float:
    return float((run.months[0, :, NET] - run.not_yet[0, :, NET]) @ gone)


def _learned(
    study: Study, samples: Samples, paired: NDArray[np.int64], spent: int | None, gone: NDArray[np.float64]
) -> Learned:
    """Return the days that are left under today's option, and what the spending says of every run."""
    central, drawn = (
        np.array([r.months[0, :, NET] - r.not_yet[0, :, NET] for r in runs], dtype=np.float64).reshape(-1, 12)
        for runs in (samples.central, samples.drawn)
    )
    return learn(spent or 0, central, drawn, paired, gone, study.assumptions)


def _plus(of: Spread, more: Spread | float) -> Spread:
    if isinstance(more, Spread):
        return Spread(of.central + more.central, of.drawn + more.drawn, of.paired)
    return Spread(of.central + more, of.drawn + more, of.paired)


def _to_date(spent: int, simulated: Spread) -> records.ToDate:
    """Set what was spent beside what the simulation makes of the same days."""
    actual = Spread(np.full_like(simulated.central, spent), np.full_like(simulated.drawn, spent), simulated.paired)
    percent = ratio(actual - simulated, simulated, 100.0)
    return records.ToDate(spent, figure(simulated).shown, figure(actual - simulated).shown, percent and percent.shown)


def _oere(kroner: float | None) -> int | None:
    return None if kroner is None else round(kroner * OERE_PER_KRONE)
