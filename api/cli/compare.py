"""``takstlab compare``: what service elements cost a municipality."""

import shlex
import sys
from pathlib import Path
from typing import Any

import click

from api.cli.budget_options import budget_options, read_budget
from api.cli.clinic_options import clinic_options, take_clinic, with_clinic
from api.cli.options import Whole
from api.cli.progress import progress_bar
from api.cli.scenario_values import municipality_codes, scenario_options, scenario_values
from sim.words.numbers import listed
from tariffs.elements import elements


@click.command(
    "compare",
    epilog="Et element er kommunetakst, bytakst=60 (kroner) eller bytakst=low|high, gratis=<destination>, plustur"
    f" eller en af ordningerne {listed(list(elements()))}; ingen elementer er grundtakst. Den første valgmulighed er nuværende ordning.",
)
@scenario_options
@budget_options
@click.option(
    "--years-ahead", type=Whole(), help="Overslagsår efter året, 0-5 (standard 0); 3 giver de tre overslagsår."
)
@clinic_options
@click.option("--draws", type=Whole(), help="Sæt forudsætninger (trækninger), 0-64 (standard 32).")
@click.option("--min-replications", type=Whole(), help="Mindste antal gentagelser (standard 5).")
@click.option("--max-replications", type=Whole(), help="Største antal gentagelser (standard 40).")
@click.option("--workers", type=Whole(1, 256), help="Processer (standard: alle kerner); ændrer ikke resultatet.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Mappe til resultatet.")
@click.option("--overwrite", is_flag=True, help="Erstat en mappe med tidligere resultater.")
def command(scenario: Path | None, out: Path, overwrite: bool, workers: int | None, **given: Any) -> None:
    """Sammenlign serviceelementer for en kommune: udgift, ture og usikkerhed.

    SCENARIO er en TOML-fil med det samme; det, der gives på kommandolinjen, går forud.
    """
    from data import attribution
    from sim.answer.budget.fit_progress import FitProgress
    from sim.answer.budget.forecast import check_budget
    from sim.answer.budget.recalibration import of_scenario
    from sim.answer.compare import compare
    from sim.answer.identity import run_id
    from sim.answer.neighbours.side_by_side import check_neighbours
    from sim.geography.municipalities import find_municipality
    from sim.inputs.scenario.scenario import build_scenario
    from sim.inputs.whole_folder import taking_place_of
    from sim.study.prepare import prepare
    from sim.study.replicated.parallel import default_workers
    from sim.telling.folder import PARTS, check_place, write_results
    from sim.telling.report.text import text_report

    clinic = take_clinic(given)
    values = with_clinic(scenario_values(scenario, read_budget(given)), clinic)
    where = str(scenario) if scenario else "kommandolinjen"
    checked = build_scenario(values, where)
    codes = municipality_codes(checked, where)
    check_budget(checked, where)
    for code in codes:
        check_neighbours(checked, code)
    places = {code: out if len(codes) == 1 else out / code for code in codes}
    # Everything that can be refused is refused before the first file is written or the first trip driven.
    for code, place in places.items():
        check_place(place, run_id(checked, code), overwrite=overwrite)
    studies, fitted = {}, {}
    for code in codes:
        click.echo(f"Gør klar: {find_municipality(code).name} (afstande, befolkning, takst) ...", err=True)
        own = None
        if checked.has_own_months:
            with progress_bar(f"Tilpasser modellen til egne måneder, {find_municipality(code).name}") as progress:
                steps = FitProgress(checked, progress, then_compared=False)
                own = of_scenario(checked, code, workers=workers or default_workers(), progress=steps.one_more)
        studies[code], fitted[code] = prepare(checked if own is None else own.scenario, code), own
    for code, study in studies.items():
        place = places[code]
        with taking_place_of(place) as work:
            (work / PARTS).mkdir()
            with progress_bar(f"Simulerer {study.region.municipality.name} {study.scenario.year}") as progress:
                result = compare(
                    study,
                    workers=workers or default_workers(),
                    tables_to=work / PARTS,
                    progress=progress,
                    recalibration=fitted[code],
                )
            click.echo("Skriver tabeller og rapport ...", err=True)
            write_results(study, result, work, _command_line())
        click.echo(text_report(result.answer, str(place), color=sys.stdout.isatty()))
    click.echo(attribution())


def _command_line() -> str:
    return shlex.join(["takstlab", *sys.argv[1:]])
