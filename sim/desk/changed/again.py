"""Calculates a saved answer's scenario again with today's build, and finds the saved answer of a scenario file."""

import contextlib
from collections.abc import Sequence
from pathlib import Path

from sim.answer.budget.fit_progress import FitProgress
from sim.answer.budget.recalibration import of_scenario
from sim.answer.compare import compare
from sim.desk.changed.saved import COMPARISON, Saved, read_saved
from sim.inputs.scenario import Scenario
from sim.study.prepare import prepare
from sim.study.replicated.parallel import Progress
from sim.study.study import Study
from sim.telling.folder import PARTS, manifest_of, write_results
from tariffs.errors import InputError, TakstlabError


def calculated_again(
    scenario: Scenario, code: str, *, workers: int, progress: Progress, command: str, folder: Path | None = None
) -> tuple[Saved, Study]:
    """Return today's answer to a scenario and its study; a whole result folder is written into ``folder``, if one is given.

    Raises InputError when the scenario cannot be run today.
    """
    steps = FitProgress(scenario, progress)
    own = of_scenario(scenario, code, workers=workers, progress=steps.one_more)
    study = prepare(scenario if own is None else own.scenario, code)
    tables = None if folder is None else folder / PARTS
    if tables is not None:
        tables.mkdir(parents=True)
    found = compare(study, workers=workers, tables_to=tables, progress=steps.of_comparison, recalibration=own)
    if folder is not None:
        write_results(study, found, folder, command)
        return read_saved(folder), study
    return Saved(found.answer, manifest_of(study, found, command), "regnet igen"), study


def answer_beside(scenario_file: Path, scenario: Scenario, codes: Sequence[str]) -> Saved:
    """Return the saved answer of a scenario file: in its folder, or in a folder there, for the municipality and with its options.

    Raises InputError when there is none, or more than one: a scenario alone has no old figures.
    """
    home = scenario_file.absolute().parent
    found = []
    for path in [home, *sorted(p for p in home.iterdir() if p.is_dir())]:
        if (path / COMPARISON).is_file():
            with contextlib.suppress(TakstlabError):
                found.append(read_saved(path))
    names = {option.name for option in scenario.options}
    fits = [s for s in found if s.municipality in codes and names & {option.name for option in s.answer.options}]
    if len(fits) == 1:
        return fits[0]
    if fits:
        raise InputError(
            f"Der er {len(fits)} gamle svar ved siden af scenariefilen", where=str(scenario_file),
            next_step=f"vælg ét med --answer, fx --answer {fits[0].place}",
        )  # fmt: skip
    raise InputError(
        "En scenariefil har ingen gamle tal, og der ligger intet gemt svar til den ved siden af",
        where=str(scenario_file),
        next_step="angiv mappen med det gamle svar med --answer MAPPE; findes det ikke mere, så regn det, der gælder nu, med"
        f" takstlab compare {scenario_file} --out MAPPE",
    )
