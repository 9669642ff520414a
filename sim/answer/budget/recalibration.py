"""The model fitted to a municipality's own months: how many ride, in which months, and what an hour of driving costs."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sim.answer.budget.observed import Observed, read_observed
from sim.answer.budget.rate import ASSUMPTION, REPLICATIONS, RateFit, fit_rate, rates_by_draw
from sim.answer.budget.season import month_shares, own_month_profile, yearly_passengers
from sim.answer.records.budget import ObservedMonths
from sim.estimate.paid import Paid
from sim.inputs.assumptions import Assumptions, Value, load_assumptions
from sim.inputs.corona import corona_notes
from sim.inputs.scenario import Scenario
from sim.inputs.scenario.scenario import MAX_PASSENGERS
from sim.riders.demand.volume import growth
from sim.study.closed_days import year_of
from sim.study.draws import ParameterDraw
from sim.study.prepare import prepare
from sim.study.replicated.parallel import Progress
from sim.words.numbers import OERE_PER_KRONE, danish
from tariffs import load_municipal_choices, load_price_book
from tariffs.errors import About, InputError

FITTED = "Tilpasset kommunens egne tal"


@dataclass(frozen=True)
class Recalibration:
    """A scenario as it was asked for, the same with what the observed months say, and how that was found.

    ``passengers`` is a year's passengers, None when the municipality's own trips say that already; ``rate`` is None
    where no cost was observed, and ``rates_by_draw`` empty.
    """

    asked: Scenario
    scenario: Scenario
    observed: Observed
    year: int
    passengers: float | None
    rate: RateFit | None
    notes: tuple[str, ...]
    rates_by_draw: tuple[float, ...] = ()

    def drawn(self, draws: tuple[ParameterDraw, ...]) -> tuple[ParameterDraw, ...]:
        """Return the parameter draws with the driving hour that the observed cost gives each of them."""
        if not self.rates_by_draw:
            return draws
        pairs = zip(draws, self.rates_by_draw, strict=True)
        return tuple(replace(draw, values={**draw.values, ASSUMPTION: rate}) for draw, rate in pairs)

    @property
    def shown(self) -> ObservedMonths:
        """The ``observed`` block of the published comparison."""
        return ObservedMonths(
            year=self.year,
            months=tuple(self.observed.months),
            passengers=tuple(self.observed.passengers),
            cost_oere=None if self.observed.cost_oere is None else tuple(self.observed.cost_oere),
            passengers_per_year=self.passengers,
            rate=None if self.rate is None else self.rate.shown,
            overrides={k: v for k, v in self.scenario.assumptions.items() if k not in self.asked.assumptions},
            use="calibration",
            notes=self.notes,
        )


def _quietly(done: int, expected: int) -> None:
    """Show no progress."""


def recalibrated(
    scenario: Scenario, code: str, observed: Observed, *, workers: int = 1, progress: Progress = _quietly
) -> Recalibration:
    """Return the scenario fitted to observed months; where cost was observed, by simulating them.

    ``progress`` hears that simulation begins, and of every replication. Passengers a year are the observed ones over their
    months' share of a year; twelve months also give the municipality its own month profile; cost gives it its own driving
    hour. They enter as the user's own values.

    Raises InputError when the scenario states what the months would decide, or no driving hour gives the observed cost.
    """
    _check(scenario, observed)
    year = observed.year or scenario.year
    register = load_assumptions().overriding(scenario.assumptions)
    calendar = year_of(load_municipal_choices(), code, year)
    own: dict[str, Value] = {}
    passengers, notes = None, list(observed.notes)
    if scenario.trips is None:
        if observed.is_whole_year:
            own["month_profile"] = own_month_profile(observed, calendar, register)
        shares = month_shares(calendar, register.overriding(own))
        passengers = round(yearly_passengers(observed, shares), 1)
        if passengers > MAX_PASSENGERS:
            raise InputError(
                f"Kommunens egne måneder giver {danish(passengers)} passagerer om året",
                why=f"det er flere end {danish(MAX_PASSENGERS)}",
                next_step="kontrollér, at kolonnen passagerer er antal passagerer i måneden",
            )
        notes.append(_passenger_note(observed, year, passengers, float(shares[[m - 1 for m in observed.months]].sum())))
    carried = passengers is not None and year != scenario.year
    update = {
        "passengers": passengers,
        "counted_year": year if carried else None,
        "assumptions": {**scenario.assumptions, **own},
    }
    rate = None
    by_draw: tuple[float, ...] = ()
    if observed.cost_oere is not None:
        # What was paid in the months was paid in kroner of their year.
        paid_in = {**scenario.assumptions, **own, "price_level": float(year)}
        alone = reference_alone(scenario, code, year).model_copy(update={**update, "assumptions": paid_in})
        progress(0, 0)
        rate = fit_rate(alone, code, observed.months, sum(observed.cost_oere), workers, progress)
        own[ASSUMPTION] = rate.rate_kr
        if scenario.draws:
            by_draw = rates_by_draw(alone, code, observed.months, rate.rate_kr, scenario.draws, workers, progress)
        notes.append(_rate_note(rate))
        update["assumptions"] = {**scenario.assumptions, **own}
    if carried:
        notes.append(_carried_note(scenario, code, year, register))
        if observed.cost_oere is not None:
            notes.append(_line_note(observed, year, calendar.days, scenario.year))
    notes += corona_notes(observed.months, year)
    notes.append("De observerede måneder er brugt til tilpasning og kan derfor ikke også bekræfte modellen.")
    return Recalibration(
        scenario, scenario.model_copy(update=update), observed, year, passengers, rate, tuple(notes), by_draw
    )


def of_scenario(
    scenario: Scenario, code: str, *, workers: int = 1, progress: Progress = _quietly
) -> Recalibration | None:
    """Return the recalibration that a scenario asks for, None when it has no observed months."""
    if not scenario.has_own_months:
        return None
    if len(scenario.municipalities) > 1:
        raise InputError(
            "Kommunens egne måneder kan ikke gælde flere kommuner",
            where=scenario.observed or "",
            next_step="kør én kommune ad gangen med hver sin fil",
        )
    return recalibrated(scenario, code, observed_of(scenario), workers=workers, progress=progress)


def paid_year(fitted: Scenario, code: str) -> Paid | None:
    """Return the year that was paid for, by a scenario fitted to its months; None where none of them has a cost."""
    if not fitted.has_own_months:
        return None
    observed = observed_of(fitted)
    if observed.cost_oere is None:
        return None
    year = observed.year or fitted.year
    paid_in = {**fitted.assumptions, "price_level": float(year)}
    alone = reference_alone(fitted, code, year).model_copy(update={"assumptions": paid_in, "counted_year": None})
    return Paid.of(prepare(alone, code))


def without_cost(scenario: Scenario, code: str) -> Scenario:
    """Return the scenario with what its months say of passengers alone, which takes no simulation.

    Raises InputError where the months or what is stated beside them cannot be used.
    """
    if not scenario.has_own_months:
        return scenario
    observed = observed_of(scenario)
    _check(scenario, observed)
    return recalibrated(scenario, code, replace(observed, cost_oere=None)).scenario


def observed_of(scenario: Scenario) -> Observed:
    """Return the months that a scenario names a file of or has in it; raises InputError for a file that cannot be read."""
    own = scenario.observed_months
    if own is None:
        return read_observed(Path(scenario.observed or ""))
    cost = None if own.cost_kr is None else tuple(round(kr * OERE_PER_KRONE) for kr in own.cost_kr)
    return Observed(own.year, own.months, own.passengers, cost, own.notes or ())


def _check(scenario: Scenario, observed: Observed) -> None:
    stated = [
        name
        for name, given in (
            ("passengers", scenario.passengers is not None),
            ("assumptions.month_profile", observed.is_whole_year and "month_profile" in scenario.assumptions),
            (f"assumptions.{ASSUMPTION}", observed.cost_oere is not None and ASSUMPTION in scenario.assumptions),
        )
        if given
    ]
    if stated:
        first, _, key = stated[0].partition(".")
        raise InputError(
            f"Kommunens egne måneder kan ikke bruges sammen med {' og '.join(stated)}",
            why="månederne bestemmer det samme tal",
            next_step="udelad det ene",
            about=About(first, (key,) if key else ()),
        )
    if scenario.trips is not None and observed.cost_oere is None:
        raise InputError(
            "Kommunens egne måneder har ingen udgift at tilpasse til",
            why="antallet af ture kommer fra kommunens egne ture (trips)",
            next_step="tilføj kolonnen nettoudgift, eller udelad observed",
        )


def reference_alone(scenario: Scenario, code: str, year: int) -> Scenario:
    """Return the observed year under the reference package alone, a few replications under central parameters."""
    first = scenario.options[0]
    elements = first.elements if scenario.reference is None else scenario.reference
    alone = first.model_copy(update={"name": "observeret", "elements": elements})
    return scenario.model_copy(
        update={
            "municipalities": (code,), "options": (alone,), "year": year,
            "start": None, "neighbours": (), "years_ahead": 0, "clinic": None, "draws": 0,
            "min_replications": REPLICATIONS, "max_replications": REPLICATIONS,
        }
    )  # fmt: skip


def _passenger_note(observed: Observed, year: int, passengers: float, share: float) -> str:
    seen = f"{danish(sum(observed.passengers))} passagerer i {len(observed.months)} måneder af {year}"
    if observed.is_whole_year:
        return f"{FITTED}: {seen}; årets måneder følger kommunens egne."
    return (
        f"{FITTED}: {seen}, som er {danish(100 * share, 1)} % af et år efter månedsprofilen, giver {danish(passengers)}"
        " passagerer om året."
    )


def _rate_note(rate: RateFit) -> str:
    spread = f"{danish(rate.low)}-{danish(rate.high)} kr."
    verdict = (
        f"det er inden for de {spread}, som bud tillader"
        if rate.is_plausible
        else f"det er uden for de {spread}, som bud tillader, så udgift, passagerer eller vognmodel bør ses efter"
    )
    return (
        f"{FITTED}: en køretime koster {danish(rate.rate_kr, 2)} kr. (± {danish(rate.chance_kr, 2)}, alene tilfældighed i"
        f" {REPLICATIONS} gentagelser), når de observerede måneders nettoudgift skal blive"
        f" {danish(rate.observed_oere / 100)} kr.; {verdict}."
    )


def _carried_note(scenario: Scenario, code: str, year: int, register: Assumptions) -> str:
    percent = 100 * (growth(code, year, scenario.year, register) - 1)
    book = load_price_book(tuple(Path(name) for name in scenario.tariff_files), scenario.variant)
    editions = [book.edition_on(date(y, 7, 1)) for y in (year, scenario.year)]
    note = (
        f"Månederne er fra {year}; til {scenario.year} er antallet af passagerer ført med aldersgrupperne"
        f" ({danish(percent, 1) if percent < 0 else f'+{danish(percent, 1)}'} %) og køretimens pris med vognmandsindekset."
    )
    if editions[0] != editions[1]:
        note += f" Taksterne er dem for {scenario.year}; at de følger priserne, er ikke regnet for at koste passagerer i sig selv."
    return note


def _line_note(observed: Observed, year: int, days_in_year: int, budget_year: int) -> str:
    """Say what the officers' straight line makes of the months: what a day has cost, all of the year, unchanged."""
    assert observed.cost_oere is not None
    days = sum(monthrange(year, month)[1] for month in observed.months)
    oere = sum(observed.cost_oere) / days * days_in_year
    return f"Lige fremskrivning: {danish(oere / OERE_PER_KRONE)} kr. om året i {year}-priser, også i {budget_year}."
