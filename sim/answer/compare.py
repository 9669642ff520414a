"""From replications to the comparison as it is published: ``comparison.json``."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from sim.answer.budget.forecast import check_budget, forecast
from sim.answer.budget.recalibration import Recalibration, paid_year
from sim.answer.citizen_prices import citizen_prices
from sim.answer.clinic.account import check_clinic, clinic_account
from sim.answer.clinic.displaced import displaced_notes
from sim.answer.codec import SCHEMA_VERSION, as_json
from sim.answer.experiments import experiments
from sim.answer.flexhandicap import account
from sim.answer.introduction import introduction
from sim.answer.judgements import published_assumptions
from sim.answer.neighbours.side_by_side import beside, check_neighbours, neighbour_studies
from sim.answer.option import option_answer, residents_of
from sim.answer.outlook.outlook import Base, prepare_outlook, simulate_outlook
from sim.answer.own_lines import own_lines
from sim.answer.records import Answer
from sim.answer.records import basis as records
from sim.answer.records.prices import Assumed, FareCertainty, PlusturPrices
from sim.answer.totals import totals
from sim.estimate.closed_forms import closed_forms
from sim.estimate.sensitivity.most_important import what_matters_most
from sim.inputs.scenario import Scenario
from sim.study.draws import parameter_draws
from sim.study.fare_certainty import fare_certainty
from sim.study.plustur import plustur_prices
from sim.study.replicated.figures import figure
from sim.study.replicated.parallel import Progress, gather
from sim.study.replicated.reader import Reader
from sim.study.replicated.samples import Samples
from sim.study.replicated.sequential import Precision, precision
from sim.study.replicated.so_far import Watch, so_far
from sim.study.replicated.totals import PREBOOKED_KEYS, net_costs
from sim.study.study import Study
from tariffs import Certainty

PRECISION_RULE = "95 % t-interval for ændringen i nettoudgift, alene tilfældighed: højst 5 % af ændringen eller 0,5 % af nettoudgiften"


@dataclass(frozen=True)
class Comparison:
    """A finished comparison: the answer, how sure it is by chance, and the samples it was made of."""

    answer: Answer
    precision: Precision
    samples: Samples
    recalibration: Recalibration | None = None

    @cached_property
    def json(self) -> dict[str, Any]:
        """The answer as ``comparison.json`` holds it."""
        return as_json(self.answer)


def compare(
    study: Study,
    *,
    workers: int,
    tables_to: Path | None = None,
    progress: Progress = lambda done, expected: None,
    recalibration: Recalibration | None = None,
    watch: Watch = lambda figures: None,
) -> Comparison:
    """Run the study's options on the same people until chance is small, and build the answer.

    ``recalibration`` is how the study's scenario was fitted to the municipality's own months, if it was. ``watch`` is told what
    the replications made so far say, each time there is one more.

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
        forms = meanwhile.submit(closed_forms, study, len(draws), paid)
        samples = gather(
            study,
            draws,
            workers=workers,
            tables_to=tables_to,
            progress=progress,
            closed_forms=forms.result,
            all_draws=_asks_more(study.scenario),
            watch=lambda central: watch(so_far(study, central)),
        )
    draws = draws[: len(samples.drawn)]
    reached = precision(net_costs(samples.central))
    done = len(samples.central) + len(samples.drawn)
    read = Reader(samples)
    options = tuple(option_answer(study, read, draws, place) for place in range(len(study.packages)))
    outlook = simulate_outlook(
        years, Base(study, samples, draws), workers=workers, progress=lambda n, of: progress(done + n, done + of)
    )
    neighbours = beside(study, options[0], samples, others, lambda s: compare(s, workers=workers).answer)
    people, weighty = residents_of(study), important.result()
    answer = Answer(
        schema_version=SCHEMA_VERSION,
        municipality=study.region.municipality.code,
        municipality_name=study.region.municipality.name,
        year=study.scenario.year,
        price_level=study.prices.year,
        start=study.scenario.start,
        price_day=study.price_day,
        seed=study.scenario.seed,
        tariff_editions=tuple(sorted({edition for r in samples.central for edition in r.editions})),
        replications=len(samples.central),
        draws=len(samples.drawn),
        precision=records.Precision(reached.reached, reached.half_width_oere, reached.allowed_oere, PRECISION_RULE),
        volume=_volume(study),
        population=people.everyone,
        population_older=people.older,
        population_year=people.year,
        population_basis=people.basis,
        options=options,
        across=totals(read, "across", 0),
        experiments=experiments(study, read),
        own_lines=own_lines(study, read),
        flexhandicap=account(study, [option.flexhandicap for option in options]),
        citizen_prices=citizen_prices(study),
        fares=_fares(study),
        plustur_prices=_plustur_prices(study),
        prebooked=_prebooked(study, read),
        introduction=introduction(study),
        notes=(*study.notes, *displaced_notes(study)),
        most_important=tuple(records.Swing(**swing) for swing in weighty.five),
        tornadoes=tuple(tuple(records.Swing(**swing) for swing in each) for each in weighty.each),
        assumptions=published_assumptions(study),
        outlook=outlook,
        clinic=clinic_account(study, samples, draws),
        budget=forecast(study, samples),
        observed=None if recalibration is None else recalibration.shown,
        neighbours=neighbours,
    )
    return Comparison(answer, reached, samples, recalibration)


def _asks_more(scenario: Scenario) -> bool:
    """Return whether the answer has parts that rest on the simulated draws alone."""
    return bool(
        scenario.years_ahead or scenario.neighbours or scenario.clinic or scenario.budget_kr or scenario.spent_kr
    )


def _volume(study: Study) -> records.Volume:
    volume = study.volume
    return records.Volume(
        volume.passengers, volume.origin, volume.statement_da, study.reference.elements(), study.reference_known
    )


def _fares(study: Study) -> FareCertainty:
    found = fare_certainty(study)
    return FareCertainty(Certainty(found["certainty"]), found["text_da"], found["text_en"])


def _plustur_prices(study: Study) -> PlusturPrices | None:
    found = plustur_prices(study)
    return (
        None
        if found is None
        else PlusturPrices(found["fare_oere"], Assumed(**found["ticket_oere"]), Certainty(found["certainty"]))
    )


def _prebooked(study: Study, read: Reader) -> records.Prebooked | None:
    if study.start_day is None:
        return None
    return records.Prebooked(*(figure(read("prebooked", n), at_least=0.0).shown for n in range(len(PREBOOKED_KEYS))))
