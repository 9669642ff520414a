"""A scenario made ready for the commands that answer in closed form, and what they say of the parts they do not answer."""

from dataclasses import replace
from typing import TYPE_CHECKING

from api.cli.progress import progress_bar

if TYPE_CHECKING:
    from sim.inputs.scenario import Scenario
    from sim.study.study import Study


def study_of(scenario: "Scenario", code: str, workers: int | None = None) -> "Study":
    """Return one municipality's study, fitted to its own months where it has any; what is left out stands in its notes.

    Raises InputError for everything that a comparison of the same scenario would refuse, but what belongs to the left out.
    """
    from sim.answer.budget.fit_progress import FitProgress
    from sim.answer.budget.recalibration import of_scenario
    from sim.answer.clinic.account import check_clinic
    from sim.study.prepare import prepare
    from sim.study.replicated.parallel import default_workers

    own = None
    if scenario.has_own_months:
        with progress_bar("Tilpasser modellen til kommunens egne måneder") as progress:
            steps = FitProgress(scenario, progress, then_compared=False)
            own = of_scenario(scenario, code, workers=workers or default_workers(), progress=steps.one_more)
    study = prepare(scenario if own is None else own.scenario, code)
    check_clinic(study)
    return replace(study, notes=(*study.notes, *(own.notes if own else ()), *_left_out(scenario)))


LIST_BY_NUMBERS = (
    "Skønnet kender kun turlistens passagertal og andelene i byen og over kommunegrænsen; ture, tider og afstande er modellens"
    " egne. takstlab compare kører listens ture."
)


def _left_out(scenario: "Scenario") -> list[str]:
    said = [] if scenario.trips is None else [LIST_BY_NUMBERS]
    parts = [
        name
        for name, given in (
            ("budget og forbrug", scenario.budget_kr is not None or scenario.spent_kr is not None),
            ("egne linjer", bool(scenario.own_lines)),
            ("naboer", bool(scenario.neighbours)),
            ("overslagsår", bool(scenario.years_ahead)),
            ("sygeplejens eget regnskab (klinikkens ture er med)", scenario.clinic is not None),
        )
        if given
    ]
    if parts:
        said.append(f"Scenariets {', '.join(parts)} er ikke med her; takstlab compare regner det.")
    return said
